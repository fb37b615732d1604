"""Corrections as they are stored: not facts, so without a revision of their own."""

from typing import Any

from service.model.corrections import Correction
from service.store.database import Connection
from service.store.ids import new_id
from service.store.statements import load

SQL = load("corrections")


async def insert(
    connection: Connection,
    collection: str,
    record_id: str | None,
    field: str | None,
    proposed: str | None,
    statement: str,
    source_url: str | None,
    contact: str | None,
) -> Correction:
    row = await SQL["insert"].row(
        connection,
        id=new_id("cor"),
        collection=collection,
        record_id=record_id,
        field=field,
        proposed=proposed,
        statement=statement,
        source_url=source_url,
        contact=contact,
    )
    return _correction(row)


async def get(
    connection: Connection, correction_id: str, *, lock: bool = False
) -> Correction | None:
    row = await SQL["lock" if lock else "get"].row(connection, id=correction_id)
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
    rows = await SQL["page"].rows(
        connection,
        limit=limit,
        before=before,
        status=status,
        collection=collection,
        record_id=record_id,
    )
    return [_correction(row) for row in rows]


async def open_count(connection: Connection) -> int:
    return int(await SQL["open_count"].value(connection))


async def decide(
    connection: Connection,
    correction_id: str,
    verdict: str,
    reason: str,
    actor: str,
    revision: int | None,
    record_id: str | None = None,
) -> Correction:
    """Write the decision down; the row is locked by the caller. `record_id`: what was made of a
    proposed record."""
    row = await SQL["decide"].row(
        connection,
        id=correction_id,
        verdict=verdict,
        reason=reason,
        actor=actor,
        revision=revision,
        record_id=record_id,
    )
    return _correction(row)


def _correction(row: Any) -> Correction:
    return Correction(**row)
