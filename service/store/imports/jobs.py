"""Imports as they are asked for, worked off under a lease, and remembered row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service import limits
from service.store.database import Connection
from service.store.ids import new_id
from service.store.imports.run import outcomes_sql

LEASE = timedelta(seconds=limits.IMPORT_LEASE_SECONDS)
SHOWN = (
    "id, status, stage, rows_read, mode, on_error, kind, dry_run, sha256, actor, comment, rows,"
    " created, updated, unchanged, failed, revision, would_be_revision, reverted_in, error_code,"
    " error_detail, created_at, ended_at"
)
ROW_COLUMNS = ["import_id", "line", "outcome", "kind", "record_id", "errors"]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What was asked: the same words make the same import."""

    mode: str
    on_error: str
    kind: str | None
    dry_run: bool
    sha256: bytes
    actor: str
    comment: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of an import; `revision` is the one it wrote, `would_be_revision` a dry run's."""

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
    row = await connection.fetchrow(
        "INSERT INTO import_job (id, status, mode, on_error, kind, dry_run, sha256, actor,"
        f" comment, body) VALUES ($1, 'queued', $2, $3, $4, $5, $6, $7, $8, $9) RETURNING {SHOWN}",
        new_id("imp"), *_asked(order), body,
    )  # fmt: skip
    return Job(**row)


async def record(connection: Connection, order: Order, result: Result) -> Job:
    """An import that was worked off at once."""
    row = await connection.fetchrow(
        "INSERT INTO import_job (id, mode, on_error, kind, dry_run, sha256, actor, comment, status,"
        " rows, created, updated, unchanged, failed, revision, would_be_revision, error_code,"
        " error_detail, rows_read, ended_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
        f" $10, clock_timestamp()) RETURNING {SHOWN}",
        new_id("imp"), *_asked(order), *_came(result),
    )  # fmt: skip
    return Job(**row)


async def claim(connection: Connection) -> Lease | None:
    """The oldest import that waits, or whose worker has not been heard of for a lease."""
    row = await connection.fetchrow(
        "UPDATE import_job j SET status = 'running', claims = claims + 1, stage = 'reading',"
        " rows_read = 0, leased_until = now() + $1 FROM (SELECT id FROM import_job"
        " WHERE status = 'queued' OR (status = 'running' AND leased_until < now())"
        " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) due WHERE j.id = due.id"
        " RETURNING j.id, claims, mode, on_error, kind, dry_run, sha256, actor, comment, body",
        LEASE,
    )
    if row is None:
        return None
    order = Order(**{name: row[name] for name in Order.__dataclass_fields__})
    return Lease(row["id"], row["claims"], order, row["body"])


async def beat(connection: Connection, lease: Lease, rows_read: int, stage: str) -> bool:
    """Extend the lease and tell the progress; False when the lease was lost."""
    done = await connection.execute(
        "UPDATE import_job SET leased_until = now() + $3, rows_read = $4, stage = $5"
        " WHERE id = $1 AND claims = $2 AND status = 'running'",
        lease.id, lease.number, LEASE, rows_read, stage,
    )  # fmt: skip
    return bool(done.endswith(" 1"))


async def release(connection: Connection, lease: Lease) -> None:
    """Back into the queue, for whoever comes next."""
    await connection.execute(
        "UPDATE import_job SET status = 'queued', stage = '', rows_read = 0"
        " WHERE id = $1 AND claims = $2 AND status = 'running'",
        lease.id, lease.number,
    )  # fmt: skip


async def finish(connection: Connection, lease: Lease, result: Result) -> bool:
    """The end of an import; False when the lease was lost, and so it must not be."""
    done = await connection.execute(
        "UPDATE import_job SET status = $3, rows = $4, created = $5, updated = $6, unchanged = $7,"
        " failed = $8, revision = $9, would_be_revision = $10, error_code = $11,"
        " error_detail = $12, rows_read = $4, stage = '', body = NULL,"
        " ended_at = clock_timestamp()"
        " WHERE id = $1 AND claims = $2 AND status = 'running'",
        lease.id, lease.number, *_came(result),
    )  # fmt: skip
    return bool(done.endswith(" 1"))


async def keep_outcomes(connection: Connection, import_id: str, kinds: set[str]) -> None:
    """Remember what became of each good row, inside the transaction that applied them."""
    if kinds:
        await connection.execute(
            "INSERT INTO import_row (import_id, line, outcome, kind, record_id)"
            f" SELECT $1, line, outcome, kind, id FROM ({outcomes_sql(kinds)}) q",
            import_id, timeout=limits.IMPORT_SECONDS,
        )  # fmt: skip


async def keep_rows(connection: Connection, import_id: str, rows: Iterable[Any]) -> None:
    """Remember rows given as line, outcome, kind, record id, errors as JSON."""
    await connection.copy_records_to_table(
        "import_row", records=((import_id, *row) for row in rows), columns=ROW_COLUMNS,
        timeout=limits.IMPORT_SECONDS,
    )  # fmt: skip


async def get(connection: Connection, import_id: str, *, lock: bool = False) -> Job | None:
    """`lock`: nobody else changes it before the transaction ends."""
    row = await connection.fetchrow(
        f"SELECT {SHOWN} FROM import_job WHERE id = $1{' FOR UPDATE' if lock else ''}", import_id
    )
    return None if row is None else Job(**row)


async def page(connection: Connection, limit: int, before: str | None) -> list[Job]:
    """The newest first; `before` is the id of the last one seen."""
    rows = await connection.fetch(
        f"SELECT {SHOWN} FROM import_job WHERE $1::text IS NULL OR id < $1"
        " ORDER BY id DESC LIMIT $2",
        before, limit,
    )  # fmt: skip
    return [Job(**row) for row in rows]


async def rows(
    connection: Connection, import_id: str, outcome: str | None, after: int, limit: int
) -> list[dict[str, Any]]:
    """Rows of an import by line, after a line."""
    found = await connection.fetch(
        "SELECT line, outcome, kind, record_id AS id, errors FROM import_row"
        f" WHERE import_id = $1 AND line > $2{' AND outcome = $4' if outcome else ''}"
        " ORDER BY line LIMIT $3",
        import_id, after, limit, *([outcome] if outcome else []),
    )  # fmt: skip
    return [dict(row) for row in found]


async def mark_reverted(connection: Connection, import_id: str, revision: int) -> None:
    await connection.execute(
        "UPDATE import_job SET reverted_in = $2 WHERE id = $1", import_id, revision
    )


async def prune(connection: Connection) -> None:
    """Forget the rows of imports that ended long ago; the imports themselves stay."""
    await connection.execute(
        "DELETE FROM import_row r USING import_job j WHERE j.id = r.import_id"
        f" AND j.ended_at < now() - interval '{limits.IMPORT_ROWS_KEPT_DAYS} days'",
        timeout=limits.IMPORT_SECONDS,
    )


def _asked(order: Order) -> tuple[Any, ...]:
    return (
        order.mode, order.on_error, order.kind, order.dry_run, order.sha256, order.actor,
        order.comment,
    )  # fmt: skip


def _came(result: Result) -> tuple[Any, ...]:
    return (
        result.status, result.rows, result.created, result.updated, result.unchanged,
        result.failed, result.revision, result.would_be_revision, result.error_code,
        result.error_detail,
    )  # fmt: skip
