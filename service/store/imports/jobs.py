"""Imports as they are asked for, worked off under a lease, and remembered row by row."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from service import limits
from service.store.database import Connection
from service.store.ids import new_id
from service.store.imports.run import Applied, outcomes_sql
from service.store.statements import load

SQL = load("imports")
NO_WARNINGS = "[]"
LEASE = timedelta(seconds=limits.IMPORT_LEASE_SECONDS)
ROW_COLUMNS = ["import_id", "line", "outcome", "kind", "record_id", "errors"]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What was asked: the same words make the same import. `may_curate`: by whoever may decide."""

    mode: str
    on_error: str
    kind: str | None
    dry_run: bool
    sha256: bytes
    actor: str
    comment: str
    may_curate: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of an import; `revision` is the one it wrote, `would_be_revision` a dry run's.

    `error_detail` is a sentence as it is kept, `warnings` a JSON list of them before they are told.
    """

    status: str
    rows: int
    created: int
    updated: int
    unchanged: int
    failed: int
    revision: int | None = None
    would_be_revision: int | None = None
    error_code: str | None = None
    error_detail: str | None = None
    warnings: str = NO_WARNINGS


@dataclass(frozen=True, kw_only=True)
class Job:
    """An import as it may be shown; a dry run that was answered at once has no id."""

    id: str | None
    status: str
    stage: str
    rows_read: int
    mode: str
    on_error: str
    kind: str | None
    dry_run: bool
    sha256: bytes
    actor: str
    comment: str
    may_curate: bool
    rows: int | None
    created: int | None
    updated: int | None
    unchanged: int | None
    failed: int | None
    revision: int | None
    would_be_revision: int | None
    reverted_in: int | None
    error_code: str | None
    error_detail: str | None
    warnings: str
    created_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Lease:
    """A claim on a queued import; `number` tells it from every other claim on it."""

    id: str
    number: int
    order: Order
    body: bytes


async def enqueue(connection: Connection, order: Order, body: bytes) -> Job:
    """`body` is compressed and stays until the import has ended."""
    row = await SQL["enqueue"].row(connection, id=new_id("imp"), **asdict(order), body=body)
    assert row is not None, "it returns what it inserted"
    return Job(**row)


async def record(connection: Connection, order: Order, result: Result) -> Job:
    """An import that was worked off at once."""
    row = await SQL["record"].row(connection, id=new_id("imp"), **asdict(order), **asdict(result))
    assert row is not None, "it returns what it inserted"
    return Job(**row)


async def claim(connection: Connection) -> Lease | None:
    """The oldest import that waits, or whose worker has not been heard of for a lease."""
    row = await SQL["claim"].row(connection, lease=LEASE)
    if row is None:
        return None
    order = Order(**{name: row[name] for name in Order.__dataclass_fields__})
    return Lease(row["id"], row["claims"], order, row["body"])


async def beat(connection: Connection, lease: Lease, rows_read: int, stage: str) -> bool:
    """Extend the lease and tell the progress; False when the lease was lost."""
    touched = await SQL["beat"].run(
        connection,
        id=lease.id,
        claim=lease.number,
        lease=LEASE,
        rows_read=rows_read,
        stage=stage,
    )
    return touched == 1


async def release(connection: Connection, lease: Lease) -> None:
    """Back into the queue, for whoever comes next."""
    await SQL["release"].run(connection, id=lease.id, claim=lease.number)


async def finish(connection: Connection, lease: Lease, result: Result) -> bool:
    """The end of an import; False when the lease was lost, and so it must not be."""
    touched = await SQL["finish"].run(connection, id=lease.id, claim=lease.number, **asdict(result))
    return touched == 1


async def keep_outcomes(connection: Connection, import_id: str, applied: Applied) -> None:
    """Remember what became of each good row, inside the transaction that applied them."""
    if outcomes := outcomes_sql(applied):
        await connection.execute(
            "INSERT INTO import_row (import_id, line, outcome, kind, record_id)"
            f" SELECT $1, line, outcome, kind, id FROM ({outcomes}) q",
            import_id,
            timeout=limits.IMPORT_SECONDS,
        )


async def keep_rows(connection: Connection, import_id: str, rows: Iterable[Any]) -> None:
    """Remember rows given as line, outcome, kind, record id, errors as JSON."""
    await connection.copy_records_to_table(
        "import_row",
        records=((import_id, *row) for row in rows),
        columns=ROW_COLUMNS,
        timeout=limits.IMPORT_SECONDS,
    )


async def get(connection: Connection, import_id: str, *, lock: bool = False) -> Job | None:
    """`lock`: nobody else changes it before the transaction ends."""
    row = await SQL["lock" if lock else "get"].row(connection, id=import_id)
    return None if row is None else Job(**row)


async def page(connection: Connection, limit: int, before: str | None) -> list[Job]:
    """The newest first; `before` is the id of the last one seen."""
    rows = await SQL["page"].rows(connection, limit=limit, before=before)
    return [Job(**row) for row in rows]


async def rows(
    connection: Connection, import_id: str, outcome: str | None, after: int, limit: int
) -> list[dict[str, Any]]:
    """Rows of an import by line, after a line."""
    rows = await SQL["rows"].rows(
        connection, id=import_id, outcome=outcome, after=after, limit=limit
    )
    return [dict(row) for row in rows]


async def of_revision(connection: Connection, revision: int) -> str | None:
    """The import that wrote the revision."""
    found: str | None = await SQL["of_revision"].value(connection, revision=revision)
    return found


async def mark_reverted(connection: Connection, import_id: str, revision: int) -> None:
    await SQL["mark_reverted"].run(connection, id=import_id, revision=revision)


async def prune(connection: Connection) -> None:
    """Forget the rows of imports that ended long ago, and parts of files; the imports themselves
    stay."""
    for name in ("prune", "prune_parts"):
        await SQL[name].run(
            connection, days=limits.IMPORT_ROWS_KEPT_DAYS, seconds=limits.IMPORT_SECONDS
        )
