"""An import as one revision: staged by COPY, checked and applied set-wise."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from service import limits
from service.model.suggestions import nearest
from service.query.fields import Collection, Field, Type
from service.query.registry import BY_KIND, BY_NAME, COLLECTIONS
from service.query.rows import Row, RowFault
from service.store import leading, staging
from service.store.database import Connection
from service.store.ids import new_id

Progress = Callable[[str], None]


class RowOutcome(Struct, frozen=True, kw_only=True):
    """What became of one row: created, updated or unchanged."""

    line: int
    kind: str
    id: str
    outcome: str


class Applied(Struct, kw_only=True):
    """What an import did, in rows; `kinds` are those that were staged."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[RowFault] = []
    kinds: set[str] = set()

    @property
    def has_changed(self) -> bool:
        return bool(self.created or self.updated)


async def apply(connection: Connection, rows: Iterable[Row], *, progress: Progress) -> Applied:
    """Write the rows inside the caller's transaction.

    Rows with faults are left out and told; whether the rest stays is the caller's decision.
    """
    kinds = await staging.stage(connection, rows)
    progress("sources")
    await _resolve_sources(connection, kinds)
    applied = Applied(kinds=kinds)
    for collection in COLLECTIONS:
        if collection.kind in kinds:
            progress(collection.name)
            await _apply_collection(connection, collection, applied)
    # Checked here, where it may take its time, and not in the commit.
    await connection.execute("SET CONSTRAINTS ALL IMMEDIATE", timeout=limits.IMPORT_SECONDS)
    return applied


async def outcomes(connection: Connection, applied: Applied) -> list[RowOutcome]:
    """What became of each good row, by line; inside the transaction that applied them."""
    if not applied.kinds:
        return []
    parts = [
        f"SELECT line, '{kind}' AS kind, coalesce(id, fresh_id) AS id, outcome"
        f" FROM {staging.staging_table(BY_KIND[kind])}"
        for kind in sorted(applied.kinds)
    ]
    rows = await connection.fetch(
        f"{' UNION ALL '.join(parts)} ORDER BY line", timeout=limits.IMPORT_SECONDS
    )
    return [RowOutcome(**row) for row in rows]


async def _resolve_sources(connection: Connection, kinds: set[str]) -> None:
    """Make a source of every address not seen before, then turn addresses into ids."""
    for collection in COLLECTIONS:
        if collection.kind not in kinds or collection.field("source_ids") is None:
            continue
        table = staging.staging_table(collection)
        missing = await connection.fetch(
            f"SELECT DISTINCT url FROM {table}, unnest(source_ids) AS url"
            " WHERE NOT EXISTS (SELECT 1 FROM source WHERE source.url = url.url)"
            " ORDER BY url",
            timeout=limits.IMPORT_SECONDS,
        )
        await connection.copy_records_to_table(
            "source", records=[(new_id("src"), row["url"]) for row in missing],
            columns=["id", "url"], timeout=limits.IMPORT_SECONDS,
        )  # fmt: skip
        await connection.execute(
            f"UPDATE {table} SET source_ids = ARRAY(SELECT source.id FROM source"
            " WHERE source.url = ANY (source_ids) ORDER BY source.id)"
            " WHERE source_ids <> '{}'",
            timeout=limits.IMPORT_SECONDS,
        )


async def _apply_collection(
    connection: Connection, collection: Collection, applied: Applied
) -> None:
    faults = await leading.follow(connection, collection)
    await _match(connection, collection)
    faults += [
        *await _repeated(connection, collection),
        *await _unknown_ids(connection, collection),
        *await _dangling(connection, collection),
    ]
    table = staging.staging_table(collection)
    if faults:
        applied.faults += faults
        lines = sorted({fault.line for fault in faults})
        await connection.execute(
            f"DELETE FROM {table} WHERE line = ANY ($1::int[])",
            lines,
            timeout=limits.IMPORT_SECONDS,
        )
    for statement in (_decide(collection), _update(collection), _insert(collection)):
        await connection.execute(statement, timeout=limits.IMPORT_SECONDS)
    rows = await connection.fetch(
        f"SELECT outcome, count(*) AS n FROM {table} GROUP BY 1", timeout=limits.IMPORT_SECONDS
    )
    counts = {row["outcome"]: row["n"] for row in rows}
    if counts.get("created", 0) + counts.get("updated", 0) >= limits.ANALYZE_ROWS:
        await connection.execute(f"ANALYZE {collection.table}", timeout=limits.IMPORT_SECONDS)
    applied.created += counts.get("created", 0)
    applied.updated += counts.get("updated", 0)
    applied.unchanged += counts.get("unchanged", 0)


def _same_key(collection: Collection) -> str:
    """The join of a stored row `t` with its staged row `s` by natural key; dates may be null."""
    nullable = {f.name for f in collection.fields if not f.required} - {"url"}
    return " AND ".join(
        f"t.{c} IS NOT DISTINCT FROM s.{c}" if c in nullable else f"t.{c} = s.{c}"
        for c in collection.natural_key
    )


async def _match(connection: Connection, collection: Collection) -> None:
    """Give a staged fact the id of the stored fact with its natural key."""
    if collection.is_entity:
        return
    await connection.execute(
        f"UPDATE {staging.staging_table(collection)} s SET id = t.id, fresh_id = NULL"
        f" FROM {collection.table} t WHERE s.id IS NULL AND {_same_key(collection)}",
        timeout=limits.IMPORT_SECONDS,
    )


async def _repeated(connection: Connection, collection: Collection) -> list[RowFault]:
    """Rows whose natural key stands on an earlier line, or is another fact's."""
    table, key = staging.staging_table(collection), ", ".join(collection.natural_key)
    rows = await connection.fetch(
        f"SELECT line, first FROM (SELECT line, first_value(line) OVER w AS first FROM {table}"
        f" WINDOW w AS (PARTITION BY {key} ORDER BY line)) q WHERE line > first ORDER BY line",
        timeout=limits.IMPORT_SECONDS,
    )
    detail = "The natural key ({}) stands on line {} already."
    return [
        _fault(row["line"], "conflict_natural_key", "", detail.format(key, row["first"]))
        for row in rows
    ]


async def _unknown_ids(connection: Connection, collection: Collection) -> list[RowFault]:
    """Facts that name an id which no stored fact has."""
    if collection.is_entity:
        return []
    rows = await connection.fetch(
        f"SELECT line, id FROM {staging.staging_table(collection)} s WHERE id IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {collection.table} t WHERE t.id = s.id)"
        " AND NOT EXISTS (SELECT 1 FROM tombstone o WHERE o.kind = $1 AND o.id = s.id)"
        " ORDER BY line",
        collection.kind,
        timeout=limits.IMPORT_SECONDS,
    )
    return [
        _fault(row["line"], "unknown_reference", "/id", f"No {collection.kind} {row['id']!r}.")
        for row in rows
    ]


async def _dangling(connection: Connection, collection: Collection) -> list[RowFault]:
    faults: list[RowFault] = []
    for field in collection.of_type(Type.REFERENCE, Type.REFERENCES):
        if field.to != "sources":
            faults += await _dangling_of(connection, collection, field)
    return sorted(faults, key=lambda fault: (fault.line, fault.pointer))


async def _dangling_of(
    connection: Connection, collection: Collection, field: Field
) -> list[RowFault]:
    target = BY_NAME[field.to]
    each = f", unnest({field.name}) AS pointed" if field.type is Type.REFERENCES else ""
    pointed = "pointed" if each else field.name
    rows = await connection.fetch(
        f"SELECT line, {pointed} AS id FROM {staging.staging_table(collection)} s{each}"
        f" WHERE NOT EXISTS (SELECT 1 FROM {target.table} t WHERE t.id = {pointed})"
        " ORDER BY line, id",
        timeout=limits.IMPORT_SECONDS,
    )
    if not rows:
        return []
    known = [row["id"] for row in await connection.fetch(f"SELECT id FROM {target.table}")]
    return [
        RowFault(
            line=row["line"],
            code="unknown_reference",
            pointer=f"/{field.import_key}",
            detail=f'No {target.kind} "{row["id"]}".',
            did_you_mean=nearest(row["id"], known) if n < limits.IMPORT_ERRORS_SHOWN else [],
        )
        for n, row in enumerate(rows)
    ]


def _fault(line: int, code: str, pointer: str, detail: str) -> RowFault:
    return RowFault(line=line, code=code, pointer=pointer, detail=detail)


def _decide(collection: Collection) -> str:
    """Writes down in each staged row what will become of it."""
    columns = collection.columns[1:]
    stored, staged = (", ".join(f"{alias}.{c}" for c in columns) for alias in "ts")
    table = staging.staging_table(collection)
    return (
        f"UPDATE {table} s SET outcome = d.outcome FROM (SELECT s.line, CASE WHEN t.id IS NULL"
        f" THEN 'created' WHEN ({stored}) IS DISTINCT FROM ({staged}) THEN 'updated'"
        f" ELSE 'unchanged' END AS outcome FROM {table} s"
        f" LEFT JOIN {collection.table} t ON t.id = s.id) d WHERE d.line = s.line"
    )


def _update(collection: Collection) -> str:
    pairs = ", ".join(f"{c} = s.{c}" for c in collection.columns[1:])
    return (
        f"UPDATE {collection.table} t SET {pairs} FROM {staging.staging_table(collection)} s"
        " WHERE t.id = s.id AND s.outcome = 'updated'"
    )


def _insert(collection: Collection) -> str:
    columns = ", ".join(collection.columns)
    values = ", ".join(["coalesce(s.id, s.fresh_id)", *collection.columns[1:]])
    return (
        f"INSERT INTO {collection.table} ({columns})"
        f" SELECT {values} FROM {staging.staging_table(collection)} s"
        " WHERE s.outcome = 'created' ORDER BY s.line"
    )
