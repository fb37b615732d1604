"""The one door to PostgreSQL: `read()` at a revision, `write()` as the next revision."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import asyncpg

from service import limits
from service.model.errors import Code, ServiceError
from service.store import secrets
from service.store.failures import busy, translated
from service.store.named_revisions import REVISIONS, newest
from service.store.schema import newest_migration
from service.store.secrets import Seal
from service.store.snapshots import Snapshot as Snapshot
from service.store.snapshots import Standing, opened
from service.store.statements import Connection as Connection
from service.store.statements import name_of
from service.texts.sentences import sentence

UNSEALED = Seal()


@dataclass(frozen=True)
class Readiness:
    """What `/health/ready` reports."""

    revision: int
    postgres: str


class Database:
    """A pool of stateless sessions; no handler touches a connection but through here. `on_commit`
    is told of each revision that is committed, `on_statement`, which is set before it is opened,
    of the name and seconds of each statement and whether it failed; `cursor_key` is known once it
    is open, and migrated.
    """

    def __init__(self, url: str, *, pool_size: int = 8, seal: Seal = UNSEALED) -> None:
        self.url = url
        self.seal = seal
        self.on_commit: Callable[[int], None] = lambda _: None
        self.on_statement: Callable[[str, float, bool], None] | None = None
        self._pool_size = pool_size
        self._pool: asyncpg.Pool | None = None
        self._idle: list[Connection] = []
        self._n_waiting = 0
        self.cursor_key = b""

    async def open(self, patience: float = 0.0) -> None:
        """Connect, trying for so many seconds. Raises ServiceError `database_unavailable`, also
        where no key opens its secrets."""
        until = time.monotonic() + patience
        while True:
            try:
                await self._connect()
                break
            except ServiceError as error:
                if error.code != Code.DATABASE_UNAVAILABLE or time.monotonic() > until:
                    raise
                await asyncio.sleep(limits.CONNECT_PAUSE_SECONDS)
        async with self._acquired() as connection:
            cursor_key = self.seal.opened(await secrets.get(connection, "cursors"))
        if cursor_key is None:
            await self.close()
            raise ServiceError(Code.DATABASE_UNAVAILABLE, sentence("secrets.closed"))
        self.cursor_key = cursor_key

    async def _connect(self) -> None:
        async with translated():
            self._pool = await asyncpg.create_pool(
                self.url,
                min_size=1,
                max_size=self._pool_size,
                timeout=limits.CONNECT_SECONDS,
                command_timeout=limits.STATEMENT_SECONDS,
                reset=_stateless,
                statement_cache_size=limits.STATEMENTS_PREPARED,
                max_cacheable_statement_size=limits.PREPARED_CHARACTERS,
                max_cached_statement_lifetime=0,
                server_settings={"application_name": service_name()},
                init=None if self.on_statement is None else self._telling,
            )

    async def _telling(self, connection: Connection) -> None:
        connection.add_query_logger(self._tell)

    def _tell(self, query: asyncpg.connection.LoggedQuery) -> None:
        if self.on_statement is not None:
            failed = query.exception is not None
            self.on_statement(name_of(query.query), query.elapsed, failed)

    @property
    def connections(self) -> dict[str, int]:
        """How many are in use, and how many idle."""
        if self._pool is None:
            return {"in_use": 0, "idle": 0}
        idle = self._pool.get_idle_size() + len(self._idle)
        return {"in_use": self._pool.get_size() - idle, "idle": idle}

    async def close(self) -> None:
        if self._pool is None:
            return
        while self._idle:
            await self._pool.release(self._idle.pop())
        try:
            await asyncio.wait_for(self._pool.close(), limits.STATEMENT_SECONDS)
        except TimeoutError:
            self._pool.terminate()

    @asynccontextmanager
    async def read(
        self,
        as_of: str | None = None,
        name: str = "as_of",
        *,
        is_lazy: bool = False,
        supposed: int = -1,
    ) -> AsyncIterator[Snapshot]:
        """A read at the newest revision, or as of `rev:N`, a release, a day (its end) or an
        instant; `name` is the parameter that says so. One of the newest that `is_lazy` takes no
        transaction, unless it is opened: its statements say whether they are of one revision, and
        of the one named that is `supposed` to be the newest.

        Raises ServiceError `revision_unknown`, `invalid_value` or a database failure, and Overtaken
        where it is lazy and is to be read again.
        """
        async with AsyncExitStack() as stack:
            connection = await stack.enter_async_context(self._acquired())

            async def begin() -> None:
                transaction = connection.transaction(isolation="repeatable_read", readonly=True)
                await stack.enter_async_context(transaction)

            standing = Standing(connection, begin, stack.aclose, as_of, name)
            standing.cursor_key = self.cursor_key
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
        self.on_commit(revision)

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
            return Readiness(row["revision"], row["postgres"])

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Connection]:
        async with (
            self._acquired(is_write=True) as connection,
            connection.transaction(isolation="read_committed"),
        ):
            yield connection

    @asynccontextmanager
    async def _acquired(self, *, is_write: bool = False) -> AsyncIterator[Connection]:
        if self._pool is None:
            raise ServiceError(Code.DATABASE_UNAVAILABLE, sentence("server.not_connected"))
        async with translated(is_write=is_write):
            connection = await self._taken(self._pool)
            try:
                yield connection
            except BaseException:
                await self._pool.release(connection, timeout=limits.ACQUIRE_SECONDS)
                raise
            await self._given_back(self._pool, connection)

    async def _taken(self, pool: asyncpg.Pool) -> Connection:
        """One that was used before, without asking the pool, or one of the pool's."""
        while self._idle:
            connection = self._idle.pop()
            if _is_alive(connection):
                return connection
            await pool.release(connection)
        self._n_waiting += 1
        try:
            return await _patiently(pool)
        finally:
            self._n_waiting -= 1

    async def _given_back(self, pool: asyncpg.Pool, connection: Connection) -> None:
        """To whoever waits for one; else it is kept for the next read, as a session has no state
        that must be reset."""
        if self._n_waiting or not _is_alive(connection):
            await pool.release(connection, timeout=limits.ACQUIRE_SECONDS)
        else:
            self._idle.append(connection)


@cache
def service_name() -> str:
    """How sessions of this version of the service are called in PostgreSQL."""
    return f"parity {version('parity')}/{newest_migration()}"


async def begin_revision(connection: Connection, actor: str, comment: str) -> int:
    """Take the next revision in the caller's transaction; writers queue here."""
    taken = await REVISIONS["begin"].value(
        connection, actor=actor, comment=comment, seconds=limits.IMPORT_SECONDS
    )
    return int(taken)


async def return_revision(connection: Connection, taken: int) -> None:
    """Give back a revision that the caller's transaction took and wrote nothing under."""
    await REVISIONS["forget"].run(connection, taken=taken)
    await REVISIONS["step_back"].run(connection, revision=taken - 1)


@asynccontextmanager
async def patience(connection: Connection, seconds: float) -> AsyncIterator[None]:
    """Inside, a statement waits so long for a lock. Raises ServiceError `locked` after it."""
    await REVISIONS["wait_for_locks"].value(connection, duration=f"{seconds * 1000:.0f}ms")
    async with translated(is_write=True):
        yield
    await REVISIONS["wait_for_locks"].value(connection, duration="0")


async def _patiently(pool: asyncpg.Pool) -> Connection:
    try:
        return await pool.acquire(timeout=limits.ACQUIRE_SECONDS)
    except TimeoutError:
        raise busy() from None


def _is_alive(connection: Connection) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # it was lost, and the pool has taken it back
        return False


async def _stateless(connection: Connection) -> None:
    """Sessions hold no state (no SET, no LISTEN), so a release needs no reset."""
