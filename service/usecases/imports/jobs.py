"""Working off the imports that wait: one at a time, under a lease that any worker can take over."""

import asyncio
import logging
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO

from service import limits
from service.formats.text_files import opened
from service.model.errors import Code, ServiceError
from service.store.database import Database
from service.store.imports import jobs
from service.store.imports import run as imports
from service.store.imports.jobs import Lease, Result
from service.texts.sentences import kept, sentence
from service.usecases.imports.reports import RowTold, failed_rows, good_row, kept_row, result_of
from service.usecases.imports.requests import keep
from service.usecases.imports.run import Reader, Report, run
from service.usecases.transactions import Intent, Outcome, Writing

log = logging.getLogger("parity")
PASSING = {
    Code.BUSY,
    Code.LOCKED,
    Code.DATABASE_TIMEOUT,
    Code.DATABASE_UNAVAILABLE,
    Code.DATABASE_READ_ONLY,
    Code.DATABASE_FULL,
    Code.OUTCOME_UNKNOWN,
}


class _LeaseLost(Exception):
    """Somebody else has it; nothing of ours may stay."""


async def work_off(database: Database) -> bool:
    """Do the import that has waited longest; False when none waits.

    Raises ServiceError when the database fails; the import then goes back into the queue.
    """
    async with database.operate() as connection:
        lease = await jobs.claim(connection)
    if lease is None:
        return False
    if lease.number > limits.IMPORT_CLAIMS_MAX:
        detail = sentence("service.gave_up", n=limits.IMPORT_CLAIMS_MAX)
        await _fail(database, lease, ServiceError(Code.INTERNAL_ERROR, detail))
        return True
    try:
        await _do(database, lease)
    except _LeaseLost:
        log.warning("import %s went on elsewhere", lease.id)
    except ServiceError as error:
        if error.code in PASSING:
            await _release(database, lease)
            raise
        await _fail(database, lease, error)
    except BaseException:
        await _release(database, lease)
        raise
    return True


async def _do(database: Database, lease: Lease) -> None:
    order, told = lease.order, list[RowTold]()
    body = await asyncio.to_thread(zlib.decompress, lease.body)
    work = _Work(Reader(opened(BytesIO(body)), order.kind))
    result: Result | None = None

    async def finish(writing: Writing, report: Report) -> Outcome:
        nonlocal result, told
        result = result_of(report, order, writing)
        if writing.is_dry:
            good = await imports.outcomes(writing.connection, report.applied)
            told = [good_row(row) for row in good]
        else:
            if not await jobs.finish(writing.connection, lease, result):
                raise _LeaseLost
            await keep(writing, lease.id, report)
        return Outcome(200, b"", {}, report.applied.has_changed, is_recorded=True)

    intent = Intent(
        order.actor,
        order.comment,
        order.dry_run,
        queue_seconds=limits.IMPORT_SECONDS,
        may_curate=order.may_curate,
    )
    async with _beating(database, lease, work):
        report, done = await run(
            database,
            intent,
            work.reader,
            finish,
            progress=work.enter,
            is_create=order.mode == "create",
            skip=order.on_error == "skip",
        )
    if done is None or order.dry_run:
        rows = [*told, *failed_rows(report.faults)]
        await _end(database, lease, result or result_of(report, order, None), rows)


class _Work:
    """How far an import is."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.stage = "reading"

    def enter(self, stage: str) -> None:
        self.stage = stage


@asynccontextmanager
async def _beating(database: Database, lease: Lease, work: _Work) -> AsyncIterator[None]:
    """While the block runs, the lease is extended and the progress told."""
    beats = asyncio.create_task(_beat(database, lease, work))
    try:
        yield
    finally:
        beats.cancel()
        await asyncio.gather(beats, return_exceptions=True)


async def _beat(database: Database, lease: Lease, work: _Work) -> None:
    while True:
        await asyncio.sleep(limits.IMPORT_BEAT_SECONDS)
        try:
            async with database.session(is_write=True) as connection:
                await jobs.beat(connection, lease, work.reader.count, work.stage)
        except ServiceError as error:
            log.warning("import %s was not extended: %s", lease.id, error.detail)


async def _end(database: Database, lease: Lease, result: Result, rows: list[RowTold]) -> None:
    """The report of an import that wrote nothing."""
    async with database.operate() as connection:
        if await jobs.finish(connection, lease, result):
            await jobs.keep_rows(connection, lease.id, map(kept_row, rows))


async def _fail(database: Database, lease: Lease, error: ServiceError) -> None:
    result = Result(
        status="failed",
        rows=0,
        created=0,
        updated=0,
        unchanged=0,
        failed=0,
        error_code=error.code,
        error_detail=kept(error.detail),
    )
    await _end(database, lease, result, [])


async def _release(database: Database, lease: Lease) -> None:
    async with database.operate() as connection:
        await jobs.release(connection, lease)
