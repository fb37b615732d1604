"""Streaming replicas, of which a read is given one that has what it must see."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from typing import NamedTuple

import asyncpg

from service import limits
from service.model.errors import Code, ServiceError
from service.store import secrets
from service.store.failures import is_of_database, translated
from service.store.named_revisions import newest
from service.store.servers.pool import OnStatement, Pool
from service.store.snapshots import Overtaken
from service.store.statements import Connection
from service.telemetry.samples import ReplicaLoad

log = logging.getLogger("parity")
UNKNOWN = -1


class Known(NamedTuple):
    """The newest revision known, how many seconds ago the primary was heard, and with which."""

    revision: int
    seconds: float
    heard: int = UNKNOWN

    @property
    def is_fresh(self) -> bool:
        return self.seconds < limits.REPLICA_LAG_SECONDS

    @property
    def is_lasting(self) -> bool:
        """Whether it may still be told while the primary is away."""
        return self.seconds < limits.REPLICA_ALONE_SECONDS


class Reader(NamedTuple):
    """A session, the revision that a read in it must see, for how many seconds the primary has not
    been heard, and who is told what it sees."""

    connection: Connection
    least: int
    age: float | None
    seen: Callable[[int], None]


class Replica:
    """`applied` is the newest revision that it is known to have; UNKNOWN while it is broken.
    `is_left`: it has revisions that are none of the primary's any more.

    Whether it is whole again is tried by `follow` alone: no request pays for it.
    """

    def __init__(self, address: str, number: int, size: int, name: str) -> None:
        self._connect = partial(asyncpg.connect, address)
        self._number = number
        self._size = size
        self._name = name
        self._pool: Pool | None = None
        self._wanted = UNKNOWN
        self._stirred = asyncio.Event()
        self._current_at = time.monotonic()
        self.applied = UNKNOWN
        self.is_left = False
        self.n_reading = 0

    def want(self, revision: int) -> None:
        """Somebody asked for a revision that it may have by now."""
        if revision > self._wanted:
            self._wanted = revision
            self._stirred.set()

    def has(self, revision: int) -> bool:
        """Whether it may be read by whom this is the newest revision known."""
        if UNKNOWN < self.applied <= revision:
            self.is_left = False
        return self.applied >= max(0, revision) and not self.is_left

    def shown(self, revision: int) -> None:
        """It has given a read as of that one. Raises Overtaken where it is left."""
        if self.is_left:
            raise Overtaken
        if self.applied != UNKNOWN:
            self.applied = max(self.applied, revision)

    def load(self, revision: int) -> ReplicaLoad:
        """Whether it is read, and since when it has lacked the revision, as far as that was asked
        before."""
        now = time.monotonic()
        if self.applied >= max(0, revision):
            self._current_at = now
        return ReplicaLoad(self.applied != UNKNOWN, now - self._current_at)

    @asynccontextmanager
    async def acquired(self) -> AsyncIterator[Connection]:
        """A session. Raises Overtaken where it fails or lacks what was named: the primary is to be
        asked."""
        if self._pool is None:
            raise Overtaken
        self.n_reading += 1
        try:
            async with self._pool.acquired() as connection:
                yield connection
        except ServiceError as error:
            if error.code != Code.REVISION_UNKNOWN and not is_of_database(error):
                raise
            if error.code in (Code.DATABASE_UNAVAILABLE, Code.DATABASE_TIMEOUT):
                self._stirred.set()
            raise Overtaken from error
        finally:
            self.n_reading -= 1

    async def follow(
        self, is_ours: Callable[[bytes], bool], on_statement: OnStatement | None
    ) -> None:
        """Until cancelled: look how far it is; one that fails is tried again ever more seldom."""
        pause = limits.REPLICA_PAUSE_MIN
        while True:
            try:
                async with self._opened(is_ours, on_statement) as connection:
                    pause = limits.REPLICA_PAUSE_MIN
                    await self._looks(connection)
            except ServiceError as error:
                log.warning("replica %d is not read: %s", self._number, error.detail)
            await asyncio.sleep(pause)
            pause = min(pause * 2, limits.REPLICA_PAUSE_MAX)

    @asynccontextmanager
    async def _opened(
        self, is_ours: Callable[[bytes], bool], on_statement: OnStatement | None
    ) -> AsyncIterator[Connection]:
        """Raises a database failure, also where it is a replica of another base."""
        async with translated(), AsyncExitStack() as stack:
            connection = await self._connect(
                timeout=limits.CONNECT_SECONDS, command_timeout=limits.LISTEN_SECONDS
            )
            stack.callback(connection.terminate)
            if not is_ours(await secrets.get(connection, "cursors")):
                raise ConnectionError("it holds another base")
            pool = Pool(self._connect, size=self._size, name=self._name, least=0)
            await pool.open(on_statement)
            stack.callback(pool.cut)
            self._pool = pool
            try:
                yield connection
            finally:
                self._pool, self.applied = None, UNKNOWN

    async def _looks(self, connection: Connection) -> None:
        """Soon again while somebody wants what it has not yet, else once a second."""
        pause = limits.REPLICA_LOOK_MIN
        while True:
            self._stirred.clear()
            self.applied = await newest(connection)
            is_behind = self.applied < self._wanted
            pause = min(pause * 2, limits.POLL_SECONDS) if is_behind else limits.REPLICA_LOOK_MIN
            with suppress(TimeoutError):
                async with asyncio.timeout(pause if is_behind else limits.POLL_SECONDS):
                    await self._stirred.wait()


class Replicas:
    """All of them; each is followed from `open` to `close`."""

    def __init__(self, addresses: Sequence[str], size: int, name: str) -> None:
        self._all = [
            Replica(address, n, size, name) for n, address in enumerate(addresses, start=1)
        ]
        self._following: list[asyncio.Task[None]] = []

    def open(
        self, is_ours: Callable[[bytes], bool], on_statement: OnStatement | None = None
    ) -> None:
        """Those that cannot be reached keep nobody waiting."""
        following = [one.follow(is_ours, on_statement) for one in self._all]
        self._following = [asyncio.create_task(one) for one in following]

    async def close(self) -> None:
        for task in self._following:
            task.cancel()
        await asyncio.gather(*self._following, return_exceptions=True)

    def loads(self, revision: int) -> list[ReplicaLoad]:
        """In the order of the addresses."""
        return [one.load(revision) for one in self._all]

    def leave(self, revision: int) -> None:
        """Read none that is beyond the revision, until that is reached again."""
        for one in self._all:
            one.is_left = one.is_left or one.applied > revision

    def having(self, revision: int) -> Replica | None:
        """The one with the fewest readers of those that have the revision."""
        for one in self._all:
            one.want(revision)
        ready = [one for one in self._all if one.has(revision)]
        return min(ready, key=lambda one: one.n_reading, default=None)
