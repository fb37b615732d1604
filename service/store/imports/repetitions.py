"""Rows that repeat what the base says of their record, and say something else."""

from typing import Any

from service import limits
from service.model.errors import Code, Fault
from service.query.fields import BOOKKEEPING, RECORDED, Collection
from service.query.types import Instant
from service.store.database import Connection
from service.store.imports import staging
from service.texts.sentences import sentence

_MILLISECONDS = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""


async def faults(connection: Connection, collection: Collection) -> list[Fault]:
    return await _stale(connection, collection) + await _misderived(connection, collection)


async def _stale(connection: Connection, collection: Collection) -> list[Fault]:
    """Rows that were read before the record was written last."""
    stored = {
        field.name: _MILLISECONDS.format(f"t.{field.name}")
        if isinstance(field.type, Instant)
        else f"t.{field.name}::text"
        for field in BOOKKEEPING
    }
    written = (
        f"SELECT s.line, said.key, t.revision FROM {staging.staging_table(collection)} s"
        f" JOIN {collection.table} t ON t.id = s.id"
        f" CROSS JOIN jsonb_each_text(s.said) said WHERE {_is_not(stored)}"
    )
    rows = await _fetch(connection, f"{written} ORDER BY s.line, said.key")
    return [
        Fault(
            Code.PRECONDITION_FAILED,
            sentence("said.stale", name=row["key"], revision=row["revision"]),
            line=row["line"],
            pointer=f"/{row['key']}",
        )
        for row in rows
    ]


async def _misderived(connection: Connection, collection: Collection) -> list[Fault]:
    """Rows that say something else than what follows from them in SQL."""
    derived = {f.name: f"({f.derived('t', RECORDED)})" for f in collection.fields if f.derived}
    if not derived:
        return []
    bounds = [
        f", edtf_min(s.{field.name}) AS {field.name}_min, edtf_max(s.{field.name}) AS"
        f" {field.name}_max"
        for field in collection.dates
    ]
    rows = await _fetch(
        connection,
        f"SELECT t.line, said.key FROM (SELECT s.*{''.join(bounds)}"
        f" FROM {staging.staging_table(collection)} s WHERE s.said IS NOT NULL) t"
        f" CROSS JOIN jsonb_each_text(t.said) said WHERE {_is_not(derived)}"
        " ORDER BY t.line, said.key",
    )
    return [
        Fault(
            Code.INVALID_VALUE,
            sentence("said.derived", name=row["key"]),
            line=row["line"],
            pointer=f"/{row['key']}",
        )
        for row in rows
    ]


def _is_not(values: dict[str, str]) -> str:
    """SQL: whether the member `said` of the base's own is not what it should be."""
    cases = " ".join(f"WHEN '{name}' THEN {value}" for name, value in values.items())
    names = ", ".join(f"'{name}'" for name in values)
    return f"said.key IN ({names}) AND said.value IS DISTINCT FROM CASE said.key {cases} END"


async def _fetch(connection: Connection, statement: str) -> list[Any]:
    most = f"{statement} LIMIT {limits.IMPORT_FAULTY_MAX + 1}"
    return list(await connection.fetch(most, timeout=limits.IMPORT_SECONDS))
