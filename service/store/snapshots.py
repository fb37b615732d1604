"""A consistent read of the base: of statements that bring their revision, or of a transaction."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from service.model.errors import Code
from service.query.fields import DAY, Moment
from service.query.issues import RULES, UNCHECKED_BEFORE
from service.query.views import view_parts
from service.store.named_revisions import (
    REVISIONS,
    is_lasting,
    revision_shown,
    unknown_revision,
)
from service.store.statements import Connection, Cursor, with_revision
from service.texts.sentences import sentence

Value = TypeVar("Value")
SHAPES_KEPT = 4096
WHOLE_BASE = "*"  # every table there is, and the log of revisions


class Overtaken(Exception):
    """A revision was committed between two statements of a read, what it goes on with is no longer
    the newest, or a replica could not give it: it is to be read again, on the primary and in a
    transaction."""


@dataclass
class Standing:
    """Where a read stands in the log of revisions; below 0 until its first statement.

    `connect` gets the connection of a read that has none yet, `begin` starts the transaction of one
    that is not in one yet, `end` ends it and gives the connection back. `as_of` is the revision
    that is named, by the parameter `name`. `is_current`: no later revision existed when it was
    opened, so the current tables themselves may be read. `cursor_key` signs where lists go on;
    `least` is the revision that must have been committed, `wanted` that which the reader must see;
    `seen` is told the newest there is as soon as it is known.
    `age`: for how many seconds the primary had not been heard when a replica gave the read.
    """

    connection: "Connection | None"
    connect: Callable[[], Awaitable[Connection]] | None = None
    begin: Callable[[], Awaitable[object]] | None = None
    end: Callable[[], Awaitable[object]] | None = None
    as_of: str | None = None
    name: str = "as_of"
    revision: int = -1
    is_current: bool = True
    instant: datetime | None = None
    cursor_key: bytes = b""
    least: int = -1
    wanted: int = -1
    age: float | None = None
    seen: Callable[[int], None] = lambda _: None

    async def connected(self) -> Connection:
        """The connection, got when it is first asked for."""
        if self.connection is None:
            assert self.connect is not None, "a read without a connection knows how to get one"
            self.connection = await self.connect()
        return self.connection

    async def open(self) -> None:
        """At the newest revision or the one that is named, for any number of statements.

        Raises ServiceError `revision_unknown`, `invalid_value`, and Overtaken where it has read
        what is of another.
        """
        connection = await self.connected()
        if self.begin is not None:
            await self.begin()
            self.begin = None
        as_of, before = self.as_of, self.revision
        row = await REVISIONS["current"].row(connection)
        assert row is not None, "the migrations make the one row"
        newest, self.instant = row["revision"], row["instant"]
        if newest < self.least:
            raise Overtaken
        self.seen(newest)
        self.revision = newest
        if as_of is not None:
            self.revision = await revision_shown(connection, as_of, newest, self.name)
        if before not in (-1, self.revision):
            raise Overtaken
        self.is_current = self.revision == newest
        if not self.is_current:
            named = {"revision": self.revision}
            self.instant = await REVISIONS["recorded_at"].value(connection, **named)


@dataclass(frozen=True)
class Snapshot:
    """A consistent read: everything asked through `connection` is as of `revision`.

    `on`: the day whose world derived fields tell. `rules`: of the quality issues those of these
    rules alone; `is_counted`: only how many they are is asked. `unchecked_before`: a source last
    looked at before that day is to be checked again.
    `tables`: those that were read, of views the ones below them; a write to another leaves what was
    read as it is.
    """

    standing: Standing
    on: date | None = None
    rules: tuple[str, ...] = RULES
    unchecked_before: date = date.min
    is_counted: bool = False
    tables: set[str] = field(default_factory=set, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether it is in a transaction; else `rows` asks, of the newest revision."""
        return self.standing.begin is None

    @property
    def connection(self) -> Connection:
        connection = self.standing.connection
        assert self.is_open, "what asks several statements opens the read first"
        assert connection is not None, "a transaction is one of a connection"
        return connection

    @property
    def has_revision(self) -> bool:
        """Whether its revision is known: it comes with the first statement."""
        return self.standing.revision >= 0

    @property
    def revision(self) -> int:
        assert self.has_revision, "it comes with the first statement"
        return self.standing.revision

    @property
    def is_current(self) -> bool:
        return self.standing.is_current

    @property
    def instant(self) -> datetime:
        """When the revision was recorded."""
        assert self.standing.instant is not None, "a read of the newest does not ask"
        return self.standing.instant

    def suppose(self, revision: int) -> bool:
        """Read on as of the newest revision that is known, which no statement has to confirm;
        whether that is what was asked for."""
        standing = self.standing
        is_asked_for = standing.as_of is None and standing.wanted <= revision
        if is_asked_for and not self.has_revision:
            standing.revision = revision
        return is_asked_for and standing.revision == revision

    async def open(self) -> None:
        """In a transaction, if it is in none: at the newest revision, or the one that is named."""
        if not self.is_open:
            await self.standing.open()

    async def end(self) -> None:
        """Nothing more is asked: others may have the connection while what was read is computed
        on."""
        if self.standing.end is not None:
            await self.standing.end()

    async def rows(self, text: str, *parameters: object) -> list[Any]:
        """The rows of a statement, in its order. In a read that is not open the newest revision
        comes with them, in further columns. Raises Overtaken where that is another one than it
        was."""
        text, parameters = self._bound(text, parameters)
        if self.is_open:
            return list(await self.connection.fetch(text, *parameters))
        standing = self.standing
        connection = await standing.connected()
        asked = with_revision(text, is_dated=standing.as_of is not None)
        rows = await connection.fetch(asked, *parameters)
        newest = rows[0]["newest"]
        if standing.revision not in (-1, newest) or newest < standing.least:
            raise Overtaken
        standing.seen(newest)
        standing.revision, standing.instant = newest, rows[0]["newest_at"]
        return list(rows) if rows[0]["is_row"] else []

    async def value(self, text: str, *parameters: object, seconds: float | None = None) -> Any:
        """The first value of a statement, of a read that is open. Raises TimeoutError after so
        many seconds."""
        text, parameters = self._bound(text, parameters)
        return await self.connection.fetchval(text, *parameters, timeout=seconds)

    async def cursor(self, text: str, *parameters: object) -> Cursor:
        """The rows of a statement little by little, of a read that is open."""
        text, parameters = self._bound(text, parameters)
        return await self.connection.cursor(text, *parameters)

    def _bound(self, text: str, parameters: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
        """The days that the read is of among the parameters."""
        for name, day in ((DAY, self.on), (UNCHECKED_BEFORE, self.unchecked_before)):
            if name in text:
                parameters = (*parameters, day)
                text = text.replace(name, f"${len(parameters)}")
        return text, parameters

    @property
    def moment(self) -> Moment:
        return Moment(self.relation, self.on is not None)

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
        return view_parts(table, self.relation, self.rules, is_counted=self.is_counted)

    def once(self, make: Callable[..., Value], *arguments: Hashable) -> Value:
        """What `make` works out of the arguments and the moment: for the newest revision once."""
        if not self.is_current:
            return make(*arguments, self.moment)
        value: Value
        value, tables = _of_now(make, arguments, self.on is not None)
        self.note(*tables)
        return value

    def note(self, *tables: str) -> None:
        """Say what is read past `relation`; `*` is everything."""
        self.tables.update(tables)

    def apart(self) -> "Snapshot":
        """The same read with `tables` of its own, for what is kept and read from again later."""
        return replace(self, tables=set())


@lru_cache(maxsize=SHAPES_KEPT)
def _of_now(
    make: Callable[..., Value], arguments: tuple[Hashable, ...], is_of_day: bool
) -> tuple[Value, frozenset[str]]:
    """What is made, and the tables that it names."""
    tables: set[str] = set()

    def noted(table: str) -> str:
        tables.add(table)
        return table

    return make(*arguments, Moment(noted, is_of_day)), frozenset(tables)


async def opened(standing: Standing) -> Snapshot:
    """At the newest revision, or as of `rev:N`, a release, a day (its end) or an instant.

    Raises ServiceError `revision_unknown`, `invalid_value`.
    """
    await standing.open()
    snapshot, as_of = Snapshot(standing), standing.as_of
    if as_of is not None and not is_lasting(as_of):
        snapshot.note(WHOLE_BASE)
    return snapshot


async def earlier(snapshot: Snapshot, named: str, name: str) -> Snapshot:
    """The base as it was at a revision up to the snapshot's, on the same connection; `name` is the
    parameter that names it.

    Raises ServiceError `revision_unknown`, `invalid_value`.
    """
    key = snapshot.standing.cursor_key
    then = await opened(Standing(snapshot.connection, as_of=named, name=name, cursor_key=key))
    if then.revision > snapshot.revision or then.revision == 0:
        detail = sentence("samples.revision", revision=then.revision, newest=snapshot.revision)
        raise unknown_revision(Code.REVISION_UNKNOWN, detail, name)
    snapshot.note(*then.tables)
    return replace(then, tables=snapshot.tables)


async def of_writer(connection: Connection) -> Snapshot:
    """The newest revision on a connection that writes: read by its number, it stays what it is
    whatever is committed meanwhile."""
    snapshot = await opened(Standing(connection))
    snapshot.standing.is_current = False
    return snapshot
