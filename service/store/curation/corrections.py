"""Corrections as they are stored: not facts, so without a revision of their own."""

from typing import Any

from service.model.corrections import Correction
from service.store.database import Connection
from service.store.ids import new_id

COLUMNS = ", ".join(Correction._fields)


def _correction(row: Any) -> Correction:
    return Correction(**row)


async def insert(
    connection: Connection,
    collection: str,
    record_id: str,
    field: str | None,
    proposed: str | None,
    *texts: str | None,
) -> Correction:
    """`texts`: statement, source_url, contact."""
    row = await connection.fetchrow(
        "INSERT INTO correction"
        " (id, collection, record_id, field, proposed, statement, source_url, contact)"
        f" VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING {COLUMNS}",
        new_id("cor"), collection, record_id, field, proposed, *texts,
    )  # fmt: skip
    return _correction(row)


async def get(
    connection: Connection, correction_id: str, *, lock: bool = False
) -> Correction | None:
    row = await connection.fetchrow(
        f"SELECT {COLUMNS} FROM correction WHERE id = $1{' FOR UPDATE' if lock else ''}",
        correction_id,
    )
    return None if row is None else _correction(row)


async def page(
    connection: Connection,
    limit: int,
    before: str | None,
    *,
    status: str | None,
    collection: str | None,
    record_id: str | None,
) -> list[Correction]:
    """The newest first; `before` is the id of the last one seen, None of the others: any."""
    rows = await connection.fetch(
        f"SELECT {COLUMNS} FROM correction WHERE ($1::text IS NULL OR id < $1)"
        " AND ($2::text IS NULL OR status = $2) AND ($3::text IS NULL OR collection = $3)"
        " AND ($4::text IS NULL OR record_id = $4) ORDER BY id DESC LIMIT $5",
        before, status, collection, record_id, limit,
    )  # fmt: skip
    return [_correction(row) for row in rows]


async def open_count(connection: Connection) -> int:
    return int(await connection.fetchval("SELECT count(*) FROM correction WHERE status = 'open'"))


async def decide(
    connection: Connection,
    correction_id: str,
    verdict: str,
    reason: str,
    actor: str,
    revision: int | None,
) -> Correction:
    """Write the decision down; the row is locked by the caller."""
    row = await connection.fetchrow(
        "UPDATE correction SET status = $2, reason = $3, decided_by = $4, revision = $5,"
        f" decided_at = clock_timestamp() WHERE id = $1 RETURNING {COLUMNS}",
        correction_id, verdict, reason, actor, revision,
    )  # fmt: skip
    return _correction(row)
