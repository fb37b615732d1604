"""The statements of `sql/*.sql`: each has a name, its parameters are written `:name`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from service import limits
from service.bounded import Bounded

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+([a-z_]+)", re.IGNORECASE)
_PARAMETER = re.compile(r"(?<![:\w]):([a-z][a-z0-9_]*)")

NAMES: dict[str, str] = {}  # of statements by their text, for traces: `revisions.newest`

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"
Cursor: TypeAlias = "asyncpg.cursor.Cursor[asyncpg.Record]"


@dataclass(frozen=True)
class NamedStatement:
    """One statement; `text` has `$1` where the file has the first of the `parameters`.

    Every parameter must be given, and no other. `seconds` is how long it may take; None: as long
    as any.
    """

    text: str
    parameters: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "NamedStatement":
        names = tuple(dict.fromkeys(_PARAMETER.findall(text)))
        numbered = _PARAMETER.sub(lambda match: f"${names.index(match[1]) + 1}", text)
        return cls(numbered, names)

    async def rows(
        self, connection: Connection, *, seconds: float | None = None, **values: object
    ) -> list[asyncpg.Record]:
        return list(await connection.fetch(self.text, *self._bound(values), timeout=seconds))

    async def many(
        self, connection: Connection, values: Iterable[Mapping[str, object]], seconds: float
    ) -> list[asyncpg.Record]:
        """The rows of all, sent together as one transaction."""
        bound = [self._bound(each) for each in values]
        return list(await connection.fetchmany(self.text, bound, timeout=seconds))

    async def row(self, connection: Connection, **values: object) -> asyncpg.Record | None:
        """The first row, if there is one."""
        return await connection.fetchrow(self.text, *self._bound(values))

    async def value(
        self, connection: Connection, *, seconds: float | None = None, **values: object
    ) -> Any:
        """The first value of the first row; None if there is no row."""
        return await connection.fetchval(self.text, *self._bound(values), timeout=seconds)

    async def run(
        self, connection: Connection, *, seconds: float | None = None, **values: object
    ) -> int:
        """How many rows it wrote."""
        status = await connection.execute(self.text, *self._bound(values), timeout=seconds)
        return int(status.rpartition(" ")[2])

    def _bound(self, values: Mapping[str, object]) -> list[object]:
        assert values.keys() == set(self.parameters), f"this takes {self.parameters}"
        return [values[name] for name in self.parameters]


def load(noun: str) -> dict[str, NamedStatement]:
    """The statements of a file, by name; what stands before the first is a comment."""
    text = files("service.store.sql").joinpath(f"{noun}.sql").read_text(encoding="utf-8")
    _, *parts = _NAME.split(text)
    names, statements = parts[::2], parts[1::2]
    assert len(set(names)) == len(names), f"{noun}.sql has a name twice"
    loaded = {
        name: NamedStatement.of(statement.strip().rstrip(";"))
        for name, statement in zip(names, statements, strict=True)
    }
    NAMES.update((statement.text, f"{noun}.{name}") for name, statement in loaded.items())
    return loaded


def name_of(text: str) -> str:
    """The name of a statement, or what a composed one does and to which table first; no value."""
    if (name := NAMES.get(text)) is not None:
        return name
    verb = text.split(None, 1)[0].upper() if text.strip() else ""
    table = _TABLE.search(text)
    return f"{verb if verb.isalpha() else 'SQL'} {table[1] if table else ''}".strip()


_of_revision = Bounded[str](limits.STATEMENT_TEXTS_BYTES)


def with_revision(text: str, *, is_dated: bool) -> str:
    """The same rows with the newest revision, or one row with that alone; `is_dated`: with the
    instant at which it was recorded. The same text each time, whose hash is known."""
    found = _of_revision.get((text, is_dated))
    if found is None:
        found = _with_revision(text, is_dated=is_dated)
        _of_revision.put((text, is_dated), found, len(text) + len(found))
    return found


def _with_revision(text: str, *, is_dated: bool) -> str:
    instant, of_revision = "NULL", ""
    if is_dated:
        instant, of_revision = "r.recorded_at", " JOIN revision r ON r.id = d.revision"
    return (
        f"SELECT q.*, d.revision AS newest, {instant} AS newest_at FROM dataset d{of_revision}"
        f" LEFT JOIN (SELECT s.*, true AS is_row FROM ({text}) s) q ON true"
    )
