"""An import as one revision: staged by COPY, checked and applied set-wise."""

import asyncio
from collections.abc import Callable, Iterable, Set
from typing import Any

from msgspec import Struct

from service import limits
from service.model.errors import Fault
from service.query.fields import Collection
from service.query.registry import BY_KIND, COLLECTIONS
from service.query.rows import Row
from service.query.types import FieldSources
from service.query.types.field_sources import renamed
from service.store.database import Connection
from service.store.ids import new_id
from service.store.imports import checks, matches, merged_ids, parts, repetitions, staging
from service.store.imports.staging import Held

Progress = Callable[[str], None]


class RowOutcome(Struct, frozen=True, kw_only=True):
    """What became of one row: created, updated or unchanged."""

    line: int
    kind: str
    id: str
    outcome: str


class Applied(Struct, kw_only=True):
    """What an import did, in rows; `kinds` are those that were staged.

    `faults` stand at the import format's keys, `repetitions` at what answers add to records.
    `is_cut`: there were so many faults that the rest was not looked at. `is_held`: there are
    records that are known to be as their lines say. `is_edit`: one record is written by itself.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[Fault] = []
    repetitions: list[Fault] = []
    kinds: set[str] = set()
    is_cut: bool = False
    is_held: bool = False
    is_edit: bool = False

    @property
    def has_changed(self) -> bool:
        return bool(self.created or self.updated)


async def apply(connection: Connection, rows: Iterable[Row], *, progress: Progress) -> Applied:
    """Stage the rows and write them inside the caller's transaction."""
    held = await staging.stage(connection, rows)
    return await settle(connection, held, progress=progress)


async def edit(connection: Connection, rows: Iterable[Row], *, is_create: bool = False) -> Applied:
    """The same of a few rows for which somebody waits, and of which every digit is meant.

    Raises TimeoutError, which is a database failure: the statements have the time of an import.
    """
    async with asyncio.timeout(limits.STATEMENT_SECONDS):
        held = await staging.stage(connection, rows)
        return await settle(
            connection, held, progress=lambda _: None, is_create=is_create, is_edit=True
        )


class Met(Exception):
    """A row is of a record that is held, so that neither can be told apart from the other."""


async def settle(
    connection: Connection,
    held: Held,
    *,
    progress: Progress,
    is_create: bool = False,
    is_held: bool = False,
    is_edit: bool = False,
) -> Applied:
    """Write what is staged; with `is_create` a record that stands already is a fault.

    Rows with faults are left out and told; whether the rest stays is the caller's decision.
    Raises Met, where records are held.
    """
    if not is_edit:
        await _execute(connection, _ROOM)
    applied = Applied(kinds=set(held), is_held=is_held, is_edit=is_edit)
    if is_held:
        applied.unchanged = await connection.fetchval(f"SELECT count(*) FROM {parts.HELD}")
    for collection in COLLECTIONS:
        columns = held.get(collection.kind)
        if columns and not applied.is_cut:
            progress(collection.name)
            await _apply_collection(connection, collection, columns, applied, is_create=is_create)
    # Checked here, where it may take its time, and not in the commit.
    await connection.execute("SET CONSTRAINTS ALL IMMEDIATE", timeout=limits.IMPORT_SECONDS)
    return applied


# Sorts and the rows that triggers look at stay in memory.
_ROOM = (
    f"SELECT set_config('work_mem', '{limits.IMPORT_WORK_MEM}', true)"
    f" WHERE pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('{limits.IMPORT_WORK_MEM}')"
)
_OUTCOME = "coalesce(outcome, 'created')"


def outcomes_sql(applied: Applied) -> str:
    """What became of each good row: line, kind, id, outcome; empty where there is none."""
    selects = [
        f"SELECT line, '{kind}' AS kind, coalesce(id, fresh_id) AS id, {_OUTCOME} AS outcome"
        f" FROM {staging.staging_table(BY_KIND[kind])}"
        for kind in sorted(applied.kinds)
    ]
    if applied.is_held:
        selects.append(f"SELECT line, kind, id, 'unchanged' AS outcome FROM {parts.HELD}")
    return " UNION ALL ".join(selects)


async def outcomes(
    connection: Connection, applied: Applied, limit: int | None = None
) -> list[RowOutcome]:
    """What became of each good row, by line; inside the transaction that applied them."""
    found = outcomes_sql(applied)
    if not found:
        return []
    rows = await connection.fetch(
        f"{found} ORDER BY line LIMIT $1",
        limit,
        timeout=limits.IMPORT_SECONDS,
    )
    return [RowOutcome(**row) for row in rows]


async def _resolve_sources(
    connection: Connection, collection: Collection, columns: Set[str]
) -> None:
    """Make a source of every address not seen before; sources of fields become ids, as those of
    rows do where these are read (`_resolved`)."""
    carrying = [f for f in collection.of_type(FieldSources) if f.name in columns]
    if not carrying and "source_ids" not in columns:
        return
    table = staging.staging_table(collection)
    for field in carrying:
        await _execute(connection, _citing(table, field.name))
    missing = await connection.fetch(
        f"SELECT url FROM (SELECT DISTINCT unnest(source_ids) AS url FROM {table}"
        f" WHERE outcome IS NULL) named WHERE NOT {staging.IS_SOURCE_ID.format('url')}"
        " AND NOT EXISTS (SELECT 1 FROM source WHERE source.url = named.url) ORDER BY url",
        timeout=limits.IMPORT_SECONDS,
    )
    if missing:
        await connection.copy_records_to_table(
            "source",
            records=[(new_id("src"), row["url"]) for row in missing],
            columns=["id", "url"],
            timeout=limits.IMPORT_SECONDS,
        )
    for field in carrying:
        found = "coalesce((SELECT a.id FROM source a WHERE a.url = v), v)"
        named = renamed(f"s.{field.name}", found)
        statement = f"UPDATE {table} s SET {field.name} = {named} WHERE s.{field.name} <> '{{}}'"
        await _execute(connection, statement)


def _resolved(collection: Collection) -> str:
    """SQL of the staged rows with the ids of their sources, none twice and in order."""
    table = staging.staging_table(collection)
    if collection.field("source_ids") is None:
        return table
    columns = ["ctid", "outcome", "fresh_id", *collection.columns]
    listed = (f"{matches.SOURCES} AS {c}" if c == "source_ids" else f"s.{c}" for c in columns)
    return f"(SELECT {', '.join(listed)} FROM {table} s {matches.FIRST_ADDRESS})"


def _citing(table: str, by_field: str) -> str:
    """What carries a field is a source of the record."""
    named = f"jsonb_each(s.{by_field}) e (key, ids), jsonb_array_elements_text(e.ids) AS v"
    return (
        f"UPDATE {table} s SET source_ids = source_ids || ARRAY(SELECT v FROM {named})"
        f" WHERE s.{by_field} <> '{{}}'"
    )


async def _apply_collection(
    connection: Connection,
    collection: Collection,
    columns: Set[str],
    applied: Applied,
    *,
    is_create: bool,
) -> None:
    """`columns` hold something."""
    faults = await merged_ids.follow(connection, collection, columns)
    await matches.match(connection, collection)
    if applied.is_held and await parts.meets(connection, collection):
        raise Met
    faults += await checks.faults(connection, collection, columns, is_create=is_create)
    repeated = await repetitions.faults(connection, collection) if "said" in columns else []
    table = staging.staging_table(collection)
    if faults or repeated:
        applied.faults += faults
        applied.repetitions += repeated
        told = len(applied.faults) + len(applied.repetitions)
        applied.is_cut = told > limits.IMPORT_FAULTY_MAX
        lines = sorted({fault.line for fault in [*faults, *repeated]})
        await _execute(connection, f"DELETE FROM {table} WHERE line = ANY ($1::int[])", lines)
    if not applied.is_cut:
        await _resolve_sources(connection, collection, columns)
        await _write(connection, collection, applied)


async def _write(connection: Connection, collection: Collection, applied: Applied) -> None:
    table = staging.staging_table(collection)
    await _execute(connection, _decide(collection, is_edit=applied.is_edit))
    rows = await connection.fetch(
        f"SELECT {_OUTCOME} AS outcome, count(*) AS n FROM {table} GROUP BY 1",
        timeout=limits.IMPORT_SECONDS,
    )
    counts = {row["outcome"]: row["n"] for row in rows}
    for outcome, write in (("updated", _update), ("created", _insert)):
        if outcome in counts:
            await _execute(connection, write(collection))
    if counts.get("created", 0) + counts.get("updated", 0) >= limits.ANALYZE_ROWS:
        await _execute(connection, staging.analyze(collection.table, limits.ANALYZE_TARGET))
    applied.created += counts.get("created", 0)
    applied.updated += counts.get("updated", 0)
    applied.unchanged += counts.get("unchanged", 0)


async def _execute(connection: Connection, statement: str, *values: Any) -> None:
    await connection.execute(statement, *values, timeout=limits.IMPORT_SECONDS)


def _decide(collection: Collection, *, is_edit: bool) -> str:
    """Writes down in each staged row what will become of it, if that is not settled yet; not in
    those of facts that stand nowhere, which are new."""
    written, meant = (
        " IS DISTINCT FROM ".join(f"({', '.join(said(collection, alias))})" for alias in "ts")
        for said in (_written, _edited if is_edit else _meant)
    )
    table = staging.staging_table(collection)
    return (
        f"UPDATE {table} s SET outcome = d.outcome FROM (SELECT s.ctid, CASE WHEN t.id IS NULL"
        f" THEN 'created' WHEN {written} AND {meant} THEN 'updated'"
        f" ELSE 'unchanged' END AS outcome FROM {_resolved(collection)} s"
        f" LEFT JOIN {collection.table} t ON t.id = s.id"
        " WHERE s.outcome IS NULL AND s.id IS NOT NULL) d WHERE d.ctid = s.ctid"
    )


def _written(collection: Collection, alias: str) -> list[str]:
    return [f"{alias}.{column}" for column in collection.columns[1:]]


def _meant(collection: Collection, alias: str) -> list[str]:
    """What is said in other words is no change."""
    fields = collection.stored
    return [one for field in fields for one in field.type.compared(f"{alias}.{field.name}")]


def _edited(collection: Collection, alias: str) -> list[str]:
    """The same of a record that is written by itself: a digit more is one."""
    fields = collection.stored
    return [one for field in fields for one in field.type.edited(f"{alias}.{field.name}")]


def _update(collection: Collection) -> str:
    pairs = ", ".join(f"{c} = s.{c}" for c in collection.columns[1:])
    return (
        f"UPDATE {collection.table} t SET {pairs} FROM {_resolved(collection)} s"
        " WHERE t.id = s.id AND s.outcome = 'updated'"
    )


def _insert(collection: Collection) -> str:
    columns = ", ".join(collection.columns)
    values = ", ".join(["coalesce(s.id, s.fresh_id)", *collection.columns[1:]])
    return (
        f"INSERT INTO {collection.table} ({columns})"
        f" SELECT {values} FROM {_resolved(collection)} s"
        f" WHERE {_OUTCOME} = 'created'"
    )
