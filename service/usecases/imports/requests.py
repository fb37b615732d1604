"""Imports as they arrive: done at once, or accepted to be done by a job."""

import asyncio
import zlib
from collections.abc import Callable
from io import BytesIO

from service import limits
from service.formats.text_files import opened
from service.model.errors import not_found
from service.store.database import Database
from service.store.idempotency import Claim
from service.store.imports import jobs
from service.store.imports import run as imports
from service.store.imports.jobs import Job, Order
from service.usecases.imports.reports import (
    RowTold,
    failed_rows,
    good_row,
    kept_row,
    refusal,
    result_of,
    stored_row,
    unrecorded,
)
from service.usecases.imports.run import Reader, Report, run
from service.usecases.transactions import Done, Intent, Outcome, Writing, perform

Render = Callable[[Job, list[RowTold]], bytes]


async def do(
    database: Database, intent: Intent, order: Order, body: bytes, shown: int, render: Render
) -> Done:
    """Import within the request; the answer tells failed rows and the first `shown` others.

    Raises ServiceError `import_row_failed`, of which nothing is kept, and as `perform`.
    """

    async def finish(writing: Writing, report: Report) -> Outcome:
        result = result_of(report, order, writing)
        good = await imports.outcomes(writing.connection, report.applied, shown)
        job = unrecorded(order, result)
        if not writing.is_dry:
            job = await jobs.record(writing.connection, order, result)
            await keep(writing, str(job.id), report)
        failed = list(failed_rows(report.faults[: limits.IMPORT_ERRORS_SHOWN]))
        rows = sorted([*failed, *map(good_row, good)], key=lambda row: row.line)
        headers = {"location": href(job.id)} if job.id else {}
        return Outcome(
            200, render(job, rows), headers, report.applied.has_changed, is_recorded=True
        )

    report, done = await run(
        database,
        intent,
        Reader(opened(BytesIO(body)), order.kind),
        finish,
        is_create=order.mode == "create",
        skip=order.on_error == "skip",
    )
    if done is None:
        raise refusal(report)
    return done


async def keep(writing: Writing, import_id: str, report: Report) -> None:
    """Every row of an import, inside the write."""
    await jobs.keep_outcomes(writing.connection, import_id, report.applied)
    rows = map(kept_row, failed_rows(report.faults))
    await jobs.keep_rows(writing.connection, import_id, rows)


async def accept(
    database: Database, claim: Claim | None, order: Order, body: bytes, render: Render
) -> Done:
    """Put the import into the queue. Raises as `perform`."""
    packed = await asyncio.to_thread(zlib.compress, body, 1)

    async def enqueue(writing: Writing) -> Outcome:
        job = await jobs.enqueue(writing.connection, order, packed)
        return Outcome(202, render(job, []), {"location": href(job.id)})

    intent = Intent(order.actor, order.comment, claim=claim)
    return await perform(database, intent, enqueue, takes_revision=False)


def href(import_id: str | None) -> str:
    return f"/v1/imports/{import_id}"


async def get(database: Database, import_id: str) -> Job:
    """Raises ServiceError `not_found`."""
    async with database.session() as connection:
        job = await jobs.get(connection, import_id)
    if job is None:
        raise not_found("import", import_id)
    return job


async def page(database: Database, limit: int, before: str | None) -> list[Job]:
    """Newest first."""
    async with database.session() as connection:
        return await jobs.page(connection, limit, before)


async def rows(
    database: Database, import_id: str, outcome: str | None, after: int, limit: int
) -> list[RowTold]:
    """Raises ServiceError `not_found`."""
    await get(database, import_id)
    async with database.session() as connection:
        found = await jobs.rows(connection, import_id, outcome, after, limit)
    return [stored_row(row) for row in found]
