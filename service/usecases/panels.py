"""Panels kept in memory: the same facts are loaded and resolved once per revision."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from service.maths.facts import Facts
from service.maths.panels import Panel
from service.maths.subsets import restricted
from service.query.expressions import EVERYTHING, Expression
from service.query.registry import PRODUCTS
from service.store import facts, records
from service.store.database import Snapshot

FACTS_KEPT, PANELS_KEPT = 4, 24
Value = TypeVar("Value")


class Panels:
    """One per worker. Keys hold the revision, so nothing is ever stale."""

    def __init__(self) -> None:
        self._facts: _Kept[Facts] = _Kept(FACTS_KEPT)
        self._panels: _Kept[Panel] = _Kept(PANELS_KEPT)

    async def get(
        self,
        snapshot: Snapshot,
        *,
        evidence: str,
        stage_min: str,
        expression: Expression,
    ) -> Panel:
        """The panel at the snapshot's revision, of the products that certainly meet the filter."""
        key = (snapshot.revision, evidence, stage_min, expression)

        async def resolve() -> Panel:
            known = await self._known(snapshot, evidence)
            if expression != EVERYTHING:
                known = restricted(known, await records.matching(snapshot, PRODUCTS, expression))
            return await asyncio.to_thread(Panel, known, stage_min)

        return await self._panels.get(key, resolve)

    async def _known(self, snapshot: Snapshot, evidence: str) -> Facts:
        unsourced = evidence == "any"
        return await self._facts.get(
            (snapshot.revision, unsourced), lambda: facts.load(snapshot, unsourced=unsourced)
        )


class _Kept(Generic[Value]):
    """The last few values by key; a value is made once however many ask for it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._locks: dict[Hashable, asyncio.Lock] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Value]]) -> Value:
        async with self._locks.setdefault(key, asyncio.Lock()):
            if key not in self._values:
                self._values[key] = await make()
            self._values.move_to_end(key)
            value = self._values[key]
        while len(self._values) > self._size:
            oldest, _ = self._values.popitem(last=False)
            self._locks.pop(oldest, None)
        return value
