"""What PostgreSQL tells at each commit, heard on a connection of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal, NamedTuple, TypeAlias, get_args

import asyncpg

from service import limits
from service.query.registry import COLLECTIONS
from service.store.failures import translated
from service.store.servers.primary import Primary, RawConnection, timeline_of

Topic: TypeAlias = Literal["dataset", "api_key"]
_LAST_WRITTEN = " UNION ALL ".join(
    f"SELECT '{c.table}' AS name, greatest((SELECT max(revision) FROM {c.table}),"
    f" (SELECT max(replaced_in) FROM {c.table}_history)) AS revision"
    for c in COLLECTIONS
)
_STANDING = (
    f"SELECT name, revision FROM ({_LAST_WRITTEN}) t UNION ALL SELECT '', revision FROM dataset"
)


class Standing(NamedTuple):
    """The newest revision, and by table the last one that wrote it (0: none did)."""

    revision: int
    written: dict[str, int]


class Notifications:
    """An open connection that listens. `is_open` is False from when it is known to be lost;
    `timeline` is the server's, 0 where it is not told."""

    def __init__(self, connection: RawConnection, timeline: int) -> None:
        self._connection = connection
        self.timeline = timeline

    @property
    def is_open(self) -> bool:
        return not self._connection.is_closed()

    async def standing(self) -> Standing:
        """Raises a database failure, also where no answer comes within LISTEN_SECONDS."""
        async with translated():
            rows = await self._connection.fetch(_STANDING, timeout=limits.LISTEN_SECONDS)
        found = {row["name"]: row["revision"] or 0 for row in rows}
        return Standing(found.pop(""), found)


@asynccontextmanager
async def listening(
    primary: Primary, tell: Callable[[Topic | None], None]
) -> AsyncIterator[Notifications]:
    """Calls `tell` in the loop with each topic of a commit, and with None when the connection is
    lost. Raises ServiceError `database_unavailable`.
    """
    async with translated():
        connection = await primary.connect(
            timeout=limits.CONNECT_SECONDS, command_timeout=limits.LISTEN_SECONDS
        )
    try:
        async with translated():
            connection.add_termination_listener(lambda _: tell(None))
            for topic in get_args(Topic):
                await connection.add_listener(
                    f"parity_{topic}", lambda *_, topic=topic: tell(topic)
                )
            timeline = await _timeline(connection)
        yield Notifications(connection, timeline)
    finally:
        try:
            await asyncio.wait_for(connection.close(), limits.LISTEN_SECONDS)
        except (TimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection.terminate()


async def _timeline(connection: RawConnection) -> int:
    try:
        return await timeline_of(connection)
    except (asyncpg.FeatureNotSupportedError, asyncpg.InsufficientPrivilegeError):
        return 0  # a managed server that keeps its log to itself
