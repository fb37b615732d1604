"""Values read off the base and kept with the tables they were read from, once per revision."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from service.store.database import Snapshot
from service.usecases.single_flight_cache import Kept

Value = TypeVar("Value")


class KeptReads(Generic[Value]):
    """The last few values by revision and key. Whoever is given one has read its tables."""

    def __init__(self, size: int) -> None:
        self._kept: Kept[tuple[Value, frozenset[str]]] = Kept(size)

    async def get(
        self, snapshot: Snapshot, key: Hashable, make: Callable[[Snapshot], Awaitable[Value]]
    ) -> Value:
        """The value at the snapshot's revision; `make` reads it through its own,
        in a transaction."""

        async def made() -> tuple[Value, frozenset[str]]:
            await snapshot.open()
            apart = snapshot.apart()
            return await make(apart), frozenset(apart.tables)

        value, tables = await self._kept.get((snapshot.revision, key), made)
        snapshot.note(*tables)
        return value
