"""Corrections as they are stored: not facts, so without a revision of their own."""

from typing import Any, NamedTuple

from service.model.corrections import Correction
from service.store.database import Connection
from service.store.ids import new_id
from service.store.statements import load

SQL = load("corrections")


async def insert(connection: Connection, **columns: str | None) -> Correction:
    """A new one of these columns, all but its id and what time and decisions bring."""
    return _correction(await SQL["insert"].row(connection, id=new_id("cor"), **columns))


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


class OpenCounts(NamedTuple):
    """How many wait for a decision: of everybody, of those without a key, of one sender."""

    all: int
    anonymous: int
    own: int


async def open_counts(connection: Connection, sender: str) -> OpenCounts:
    row = await SQL["open_counts"].row(connection, sender=sender)
    assert row is not None, "a count has a row"
    return OpenCounts(row["all"], row["anonymous"], row["own"])


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
