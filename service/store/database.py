"""The one door to PostgreSQL: `read()` at a revision, `write()` as the next revision."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import asyncpg

from service import limits
from service.model.errors import Code, ServiceError
from service.query.fields import Moment
from service.query.issues import RULES
from service.query.views import view_parts
from service.store.failures import busy, translated
from service.store.named_revisions import (
    REVISIONS,
    is_lasting,
    newest,
    revision_shown,
    unknown_revision,
)
from service.store.statements import Connection as Connection
from service.texts.sentences import sentence

WHOLE_BASE = "*"  # every table there is, and the log of revisions


@dataclass(frozen=True)
class Snapshot:
    """A consistent read: everything asked through `connection` is as of `revision`.

    `is_current`: no later revision existed when the snapshot was taken, so the current tables
    themselves may be read. `on`: the day whose world derived fields tell. `rules`: of the quality
    issues those of these rules alone; `is_counted`: only how many they are is asked.
    `unchecked_before`: a source last looked at before that day is to be checked again. `tables`:
    those that were read, of views the ones below them; a write to another leaves what was read as
    it is.
    """

    connection: Connection
    revision: int
    is_current: bool
    instant: datetime
    on: date | None = None
    rules: tuple[str, ...] = tuple(RULES)
    unchecked_before: date = date.min
    is_counted: bool = False
    tables: set[str] = field(default_factory=set, compare=False)

    @property
    def moment(self) -> Moment:
        return Moment(self.relation, self.on)

    def relation(self, table: str) -> str:
        """The table or view at this revision, as SQL."""
        if parts := self._parts(table):
            return f"({' UNION ALL '.join(parts)})"
        self.note(table)
        return table if self.is_current else f"{table}_at({self.revision})"

    def parts(self, table: str) -> list[str]:
        """What a view is put together from, each as SQL; of a table itself."""
        return [f"({select})" for select in self._parts(table)] or [self.relation(table)]

    def _parts(self, table: str) -> list[str]:
        judged = self.rules, self.unchecked_before
        return view_parts(table, self.relation, *judged, is_counted=self.is_counted)

    def note(self, *tables: str) -> None:
        """Say what is read past `relation`; `*` is everything."""
        self.tables.update(tables)

    def apart(self) -> "Snapshot":
        """The same read with `tables` of its own, for what is kept and read from again later."""
        return replace(self, tables=set())


@dataclass(frozen=True)
class Readiness:
    """What `/health/ready` reports."""

    revision: int
    postgres: str


class Database:
    """A pool of stateless sessions; no handler touches a connection but through here. `on_commit`
    is told of each revision that is committed."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.url = url
        self.on_commit: Callable[[int], None] = lambda _: None
        self._pool_size = pool_size
        self._pool: asyncpg.Pool | None = None

    async def open(self) -> None:
        """Connect. Raises ServiceError `database_unavailable`."""
        async with translated():
            self._pool = await asyncpg.create_pool(
                self.url,
                min_size=1,
                max_size=self._pool_size,
                timeout=limits.CONNECT_SECONDS,
                command_timeout=limits.STATEMENT_SECONDS,
                reset=_stateless,
            )

    async def close(self) -> None:
        if self._pool is None:
            return
        try:
            await asyncio.wait_for(self._pool.close(), limits.STATEMENT_SECONDS)
        except TimeoutError:
            self._pool.terminate()

    @asynccontextmanager
    async def read(self, as_of: str | None = None, name: str = "as_of") -> AsyncIterator[Snapshot]:
        """A read at the newest revision, or as of `rev:N`, a release, a day (its end) or an
        instant; `name` is the parameter that says so.

        Raises ServiceError `revision_unknown`, `invalid_value` or a database failure.
        """
        async with self._transaction(readonly=True) as connection:
            yield await _snapshot(connection, as_of, name)

    @asynccontextmanager
    async def write(self, *, actor: str, comment: str) -> AsyncIterator[tuple[Connection, int]]:
        """One transaction, one revision; yields the connection and the number taken.

        A raised exception rolls back and the number stays free.
        """
        async with self._transaction(readonly=False) as connection:
            revision = await begin_revision(connection, actor, comment)
            yield connection, revision
        self.on_commit(revision)

    @asynccontextmanager
    async def operate(self) -> AsyncIterator[Connection]:
        """A transaction on what is not part of the base (webhooks): it takes no revision."""
        async with self._transaction(readonly=False) as connection:
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
    async def _transaction(self, *, readonly: bool) -> AsyncIterator[Connection]:
        isolation = "repeatable_read" if readonly else "read_committed"
        async with (
            self._acquired(is_write=not readonly) as connection,
            connection.transaction(isolation=isolation, readonly=readonly),
        ):
            yield connection

    @asynccontextmanager
    async def _acquired(self, *, is_write: bool = False) -> AsyncIterator[Connection]:
        if self._pool is None:
            raise ServiceError(Code.DATABASE_UNAVAILABLE, sentence("server.not_connected"))
        async with translated(is_write=is_write):
            connection = await _patiently(self._pool)
            try:
                yield connection
            finally:
                await self._pool.release(connection, timeout=limits.ACQUIRE_SECONDS)


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


async def _stateless(connection: Connection) -> None:
    """Sessions hold no state (no SET, no LISTEN), so a release needs no reset."""


async def _snapshot(connection: Connection, as_of: str | None, name: str = "as_of") -> Snapshot:
    last = await newest(connection)
    asked = last if as_of is None else await revision_shown(connection, as_of, last, name)
    instant = await REVISIONS["recorded_at"].value(connection, revision=asked)
    snapshot = Snapshot(connection, asked, asked == last, instant)
    if as_of is not None and not is_lasting(as_of):
        snapshot.note(WHOLE_BASE)
    return snapshot


async def earlier(snapshot: Snapshot, named: str, name: str) -> Snapshot:
    """The base as it was at a revision up to the snapshot's, which the parameter `name` names, on
    the same connection. Raises ServiceError `revision_unknown`, `invalid_value`."""
    then = await _snapshot(snapshot.connection, named, name)
    if then.revision > snapshot.revision or then.revision == 0:
        detail = sentence("samples.revision", revision=then.revision, newest=snapshot.revision)
        raise unknown_revision(Code.REVISION_UNKNOWN, detail, name)
    snapshot.note(*then.tables)
    return replace(then, tables=snapshot.tables)


async def standing(connection: Connection) -> Snapshot:
    """The newest revision on a connection that writes: read by its number, it stays what it is
    whatever is committed meanwhile."""
    return replace(await _snapshot(connection, None), is_current=False)
