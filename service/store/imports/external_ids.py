"""Ids of the outside world that two records of a collection would have."""

from collections.abc import Set
from typing import Any

from service import limits
from service.model.errors import Code, Fault
from service.query.fields import Collection
from service.query.types import ExternalIds
from service.store.database import Connection
from service.store.imports.staging import staging_table
from service.texts.sentences import sentence, word


async def taken(
    connection: Connection, collection: Collection, columns: Set[str], faulty: set[int]
) -> list[Fault]:
    """Staged rows, which hold something in these columns, with an id that another record will have
    once the rows are written.

    The rows on the lines `faulty` will not be, so what they would give up stays where it is; the
    same holds of the rows that are told here.
    """
    told: list[Fault] = []
    for field in (f for f in collection.of_type(ExternalIds) if f.name in columns):
        lines = set(faulty)
        while rows := await _held_twice(connection, collection, field.name, lines):
            told += [_fault(collection, field.import_key, row) for row in rows]
            lines |= {row["line"] for row in rows}
    return told


async def _held_twice(
    connection: Connection, collection: Collection, name: str, faulty: set[int]
) -> list[Any]:
    """By line: an id, and its holder: a record that is not written, or one of an earlier line."""
    rows = f"(SELECT * FROM {staging_table(collection)} WHERE line <> ALL ($1::int[]))"
    return list(
        await connection.fetch(
            "SELECT line, one AS id, holder FROM (SELECT s.line, s.one, coalesce(t.id,"
            " nullif(first_value(s.id) OVER (PARTITION BY s.one ORDER BY s.line), s.id)) AS holder"
            f" FROM (SELECT line, id, unnest({name}) AS one FROM {rows} r) s LEFT JOIN"
            f" (SELECT id, unnest({name}) AS one FROM {collection.table} c"
            f" WHERE NOT EXISTS (SELECT FROM {rows} r WHERE r.id = c.id)) t ON t.one = s.one) q"
            f" WHERE holder IS NOT NULL ORDER BY line, one LIMIT {limits.IMPORT_FAULTY_MAX + 1}",
            sorted(faulty),
            timeout=limits.IMPORT_SECONDS,
        )
    )


def _fault(collection: Collection, key: str, row: Any) -> Fault:
    scheme = row["id"].partition(":")[0]
    return Fault(
        Code.EXTERNAL_ID_TAKEN,
        sentence(
            "external_ids.taken",
            kind=word(collection.kind),
            holder=row["holder"],
            id=row["id"],
        ),
        line=row["line"],
        pointer=f"/{key}/{scheme}",
        did_you_mean=(row["holder"],),
    )
