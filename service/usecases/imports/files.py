"""Load a file of the import format as one revision, or say row by row what is wrong."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from service import limits
from service.model.errors import Fault
from service.model.notices import Notice
from service.store.database import Database
from service.texts.messages import FALLBACK
from service.usecases.imports.run import Progress, Reader, Report, run
from service.usecases.transactions import Intent, Outcome, Writing


class ImportReport(Struct, kw_only=True):
    """What an import did, or would do.

    `revision` is the one written; None when nothing changed, on a dry run, or when refused.
    """

    object: Literal["import"] = "import"
    dry_run: bool
    revision: int | None
    rows: int
    created: int
    updated: int
    unchanged: int
    failed: int
    faults: list[Fault]
    warnings: list[Notice]

    @property
    def is_refused(self) -> bool:
        return bool(self.failed) and self.revision is None and not self.dry_run


async def load(
    database: Database,
    lines: Iterable[bytes],
    *,
    comment: str,
    kind: str | None = None,
    dry_run: bool = False,
    skip: bool = False,
    progress: Progress = lambda _: None,
) -> ImportReport:
    """All or nothing; with `skip`, the good rows. A load that changes nothing takes no revision.

    `kind` None: lines of the import format; else CSV of that kind.

    Raises ServiceError when the database fails.
    """
    intent = Intent.of_operator("command line", comment, dry_run)
    reader = Reader(lines, kind)
    report, done = await run(database, intent, reader, _finish, skip=skip, progress=progress)
    has_written = done is not None and not dry_run and report.applied.has_changed
    return ImportReport(
        dry_run=dry_run,
        revision=done.revision if done is not None and has_written else None,
        rows=report.rows,
        created=report.applied.created,
        updated=report.applied.updated,
        unchanged=report.applied.unchanged,
        failed=report.failed,
        faults=report.faults[: limits.IMPORT_ERRORS_SHOWN],
        warnings=[warned.told(FALLBACK) for warned in report.warnings],
    )


async def _finish(_: Writing, report: Report) -> Outcome:
    has_changed = report.applied.has_changed
    return Outcome(200, b"", {}, has_changed, is_recorded=report.has_noted)
