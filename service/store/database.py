"""The one door to PostgreSQL: `read()` at a revision, `write()` as the next revision."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from service import limits
from service.model.errors import Code, ServiceError
from service.store import secrets
from service.store.failures import translated
from service.store.named_revisions import REVISIONS, newest
from service.store.schema import newest_migration
from service.store.secrets import Seal
from service.store.servers.pool import OnStatement, Pool
from service.store.servers.primary import Primary
from service.store.servers.replicas import UNKNOWN, Known, Reader, Replica, Replicas
from service.store.snapshots import Snapshot as Snapshot
from service.store.snapshots import Standing, opened
from service.store.statements import Connection as Connection
from service.store.transactions import answered
from service.telemetry.samples import ReplicaLoad
from service.texts.sentences import sentence

UNSEALED = Seal()


@dataclass(frozen=True)
class Readiness:
    """What `/health/ready` reports; `is_damaged`: a page failed its checksum since the counts of
    the server began."""

    revision: int
    postgres: str
    is_read_only: bool
    is_damaged: bool


class Database:
    """Stateless sessions with the primary and its replicas; no handler touches a connection but
    through here. `on_revision` is told of each revision that is committed or read, `on_statement`,
    which is set before it is opened, of the name and seconds of each statement and whether it
    failed; `known` says the newest revision that is known of; `cursor_key` is known once it is
    open, and migrated.
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 8,
        replica_urls: Sequence[str] = (),
        direct_url: str = "",
        seal: Seal = UNSEALED,
    ) -> None:
        """`direct_url` is the way past a pooler at `url` that gives each transaction another
        session: for what listens or migrates."""
        self.seal = seal
        self.url = direct_url or url
        self.primary = Primary(self.url)
        self.on_revision: Callable[[int], None] = lambda _: None
        self.on_statement: OnStatement | None = None
        self.known: Callable[[], Known] = lambda: Known(UNKNOWN, math.inf)
        pooled = Primary(url) if direct_url else self.primary
        self._watched = {self.primary, pooled}
        self._watching: list[asyncio.Task[None]] = []
        self._pool = Pool(
            pooled.connect, size=pool_size, name=service_name(), is_pooled=bool(direct_url)
        )
        self._replicas = Replicas(replica_urls, pool_size, service_name())
        self.cursor_key = b""

    async def open(self, patience: float = 0.0) -> None:
        """Connect, trying for so many seconds. Raises ServiceError `database_unavailable`, also
        where no key opens its secrets."""
        until = time.monotonic() + patience
        while True:
            try:
                kept = await self._connect()
                break
            except ServiceError as error:
                if error.code != Code.DATABASE_UNAVAILABLE or time.monotonic() > until:
                    raise
                await asyncio.sleep(limits.CONNECT_PAUSE_SECONDS)
        cursor_key = self.seal.opened(kept)
        if cursor_key is None:
            await self.close()
            raise ServiceError(Code.DATABASE_UNAVAILABLE, sentence("secrets.closed"))
        self.cursor_key = cursor_key
        named = {"application_name": service_name()}
        looking = [one.watch(server_settings=named) for one in self._watched]
        self._watching = [asyncio.create_task(one) for one in looking]
        self._replicas.open(self._is_ours, self.on_statement)

    async def _connect(self) -> bytes:
        """The key of cursors, as it is kept."""
        await self._pool.open(self.on_statement)
        try:
            async with self._acquired() as connection:
                return await secrets.get(connection, "cursors")
        except BaseException:  # it went away in between
            self._pool.cut()
            raise

    def _is_ours(self, cursor_key: bytes) -> bool:
        return self.seal.opened(cursor_key) == self.cursor_key

    @property
    def connections(self) -> dict[str, int]:
        """How many are in use, how many idle, and how many wait for one."""
        return self._pool.connections

    def replica_loads(self, revision: int) -> list[ReplicaLoad]:
        """How each replica stands, where that is the newest revision known; asked regularly."""
        return self._replicas.loads(revision)

    async def close(self) -> None:
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        await self._replicas.close()
        await self._pool.close()

    @asynccontextmanager
    async def read(
        self,
        as_of: str | None = None,
        name: str = "as_of",
        *,
        is_lazy: bool = False,
        supposed: int = -1,
        least: int | None = None,
    ) -> AsyncIterator[Snapshot]:
        """A read at the newest revision, or as of `rev:N`, a release, a day (its end) or an
        instant; `name` is the parameter that says so. One of the newest that `is_lazy` takes no
        transaction, unless it is opened: its statements say whether they are of one revision, and
        of the one named that is `supposed` to be the newest. With `least` a replica may give it
        that has this revision and every one that is known of; without, the primary gives it, and
        may be waited for until it has every one, as a standby shows a commit earlier.

        Raises ServiceError `revision_unknown`, `invalid_value` or a database failure, and Overtaken
        where it is lazy or has a `least`, and is to be read again without.
        """
        async with AsyncExitStack() as stack:

            async def connect() -> Connection:
                reader = await self._reader(stack, least)
                standing.least, standing.age, standing.seen = reader.least, reader.age, reader.seen
                return reader.connection

            async def begin() -> None:
                connection = await standing.connected()
                transaction = connection.transaction(isolation="repeatable_read", readonly=True)
                await stack.enter_async_context(answered(connection, transaction))

            standing = Standing(None, connect, begin, stack.aclose, as_of, name)
            standing.cursor_key, standing.wanted = self.cursor_key, least or 0
            if is_lazy and (as_of is None or supposed >= 0):
                standing.revision = supposed
                yield Snapshot(standing)
            else:
                yield await opened(standing)

    @asynccontextmanager
    async def write(self, *, actor: str, comment: str) -> AsyncIterator[tuple[Connection, int]]:
        """One transaction, one revision; yields the connection and the number taken.

        A raised exception rolls back and the number stays free.
        """
        async with self._transaction() as connection:
            revision = await begin_revision(connection, actor, comment)
            yield connection, revision
        self.on_revision(revision)

    @asynccontextmanager
    async def operate(self) -> AsyncIterator[Connection]:
        """A transaction on what is not part of the base (webhooks): it takes no revision."""
        async with self._transaction() as connection:
            yield connection

    @asynccontextmanager
    async def session(self, *, is_write: bool = False) -> AsyncIterator[Connection]:
        """A connection without a transaction: for single statements on what has no revision."""
        async with self._acquired(is_write=is_write) as connection:
            yield connection

    async def revision(self) -> int:
        """The newest committed revision."""
        async with self._acquired() as connection:
            return await newest(connection)

    async def ready(self) -> Readiness:
        async with self._acquired() as connection:
            row = await REVISIONS["ready"].row(connection)
            assert row is not None, "the migrations make the one row"
            return Readiness(**row)

    async def _reader(self, stack: AsyncExitStack, least: int | None) -> Reader:
        """On a replica, or on the primary, which has no age. While the primary is away a replica
        stands in for a while."""
        known = self.known()
        if least is None:
            await self._reaches(known)
            return await self._on_primary(stack, UNKNOWN)
        seen = max(least, known.revision)
        if known.is_fresh and (replica := self._replicas.having(seen)) is not None:
            return await self._on_replica(stack, replica, seen, known)
        try:
            return await self._on_primary(stack, known.revision)
        except ServiceError as error:
            is_gone = error.code == Code.DATABASE_UNAVAILABLE and known.is_lasting
            if not is_gone or (replica := self._replicas.having(seen)) is None:
                raise
        return await self._on_replica(stack, replica, seen, known)

    async def _on_primary(self, stack: AsyncExitStack, least: int) -> Reader:
        connection = await stack.enter_async_context(self._acquired())
        return Reader(connection, least, None, self.on_revision)

    async def _on_replica(
        self, stack: AsyncExitStack, replica: Replica, least: int, known: Known
    ) -> Reader:
        def seen(revision: int) -> None:
            replica.shown(revision)
            self.on_revision(revision)

        connection = await stack.enter_async_context(replica.acquired())
        return Reader(connection, least, known.seconds, seen)

    async def _reaches(self, known: Known) -> None:
        """Wait for the primary to show what is known. Raises ServiceError `database_unavailable`
        where it does not within BEHIND_SECONDS, or is out of reach."""
        until = time.monotonic() + limits.BEHIND_SECONDS
        while known.revision > known.heard and await self.revision() < known.revision:
            if time.monotonic() > until:
                raise ServiceError(Code.DATABASE_UNAVAILABLE, sentence("server.behind"))
            await asyncio.sleep(limits.BEHIND_LOOK_SECONDS)
            known = self.known()

    def leave_replicas(self, revision: int) -> None:
        """Those that are beyond the newest revision there is have what is lost."""
        self._replicas.leave(revision)

    def _acquired(self, *, is_write: bool = False) -> AbstractAsyncContextManager[Connection]:
        """A session with the primary."""
        return self._pool.acquired(is_write=is_write)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Connection]:
        async with self._acquired(is_write=True) as connection:
            transaction = connection.transaction(isolation="read_committed")
            async with answered(connection, transaction):
                yield connection


@cache
def service_name() -> str:
    """How sessions of this version of the service are called in PostgreSQL."""
    return f"parity {version('parity')}/{newest_migration()}"


async def begin_revision(
    connection: Connection, actor: str, comment: str, seconds: float = limits.IMPORT_SECONDS
) -> int:
    """Take the next revision in the caller's transaction; writers queue here, for so long."""
    taken = await REVISIONS["begin"].value(
        connection, actor=actor, comment=comment, seconds=seconds + limits.ANSWER_SECONDS
    )
    return int(taken)


async def return_revision(connection: Connection, taken: int) -> None:
    """Give back a revision that the caller's transaction took and wrote nothing under."""
    await REVISIONS["forget"].run(connection, taken=taken)
    await REVISIONS["step_back"].run(connection, revision=taken - 1)


async def wait_for_locks(connection: Connection, seconds: float) -> None:
    """From here on a statement of the transaction waits so long for a lock, and then is `locked`;
    0: as long as it may run."""
    await REVISIONS["wait_for_locks"].value(connection, duration=f"{seconds * 1000:.0f}ms")


@asynccontextmanager
async def patience(connection: Connection, seconds: float) -> AsyncIterator[None]:
    """Inside, a statement waits so long for a lock. Raises ServiceError `locked` after it."""
    await wait_for_locks(connection, seconds)
    async with translated(is_write=True):
        yield
    await wait_for_locks(connection, 0)
