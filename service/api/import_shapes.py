"""Imports as the API shows them."""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from service.api.http.paging import PageShown
from service.formats.json_records import instant_text
from service.model.notices import Notice, Warned
from service.store.imports.jobs import Job
from service.texts.sentences import recalled
from service.usecases.imports.reports import RowTold, row_in_words
from service.usecases.imports.requests import href
from service.usecases.imports.reversal import Reverted

_warnings = msgspec.json.Decoder(list[Warned])
Status = Literal["queued", "running", "done", "failed"]


class ImportCounts(Struct, kw_only=True):
    """Records of the file; null until the import has ended."""

    rows: int | None
    created: int | None
    updated: int | None
    unchanged: int | None
    failed: int | None


class ImportProgress(Struct, kw_only=True):
    """How far a running import is; `stage` is reading, then the collection being written."""

    rows_read: int
    stage: str | None


class ImportFailure(Struct, kw_only=True):
    """Why an import failed as a whole; the rows have their own errors."""

    code: str
    detail: str


class ImportShown(Struct, kw_only=True):
    """One import.

    `id` is null of a dry run that was answered at once. `revision` is the one it wrote, null when
    nothing changed; `would_be_revision` is a dry run's. `kind` is that of a CSV file;
    `warnings` are what to know of the file.
    """

    object: Literal["import"] = "import"
    id: str | None
    href: str | None
    status: Status
    dry_run: bool
    mode: Literal["upsert", "create"]
    on_error: Literal["abort", "skip"]
    kind: str | None
    sha256: str
    counts: ImportCounts
    progress: ImportProgress
    revision: int | None
    would_be_revision: int | None
    reverted_in: int | None
    error: ImportFailure | None
    warnings: list[Notice]
    actor: str
    comment: str
    created_at: str | None
    ended_at: str | None


class ImportReport(ImportShown, kw_only=True):
    """An import with failed rows (the first 1000) and the first others, by line."""

    rows: list[RowTold]


class ImportList(Struct, kw_only=True):
    """Imports, the newest first."""

    object: Literal["list"] = "list"
    data: list[ImportShown]
    page: PageShown | None


class ImportRowList(Struct, kw_only=True):
    """Rows of an import, by line."""

    object: Literal["list"] = "list"
    data: list[RowTold]
    page: PageShown | None


class RevertCounts(Struct, kw_only=True):
    """Records that it had made, and those that it had changed or retired."""

    retired: int
    restored: int


class ImportReverted(Struct, kw_only=True):
    """What taking an import back did, or would do."""

    object: Literal["import_revert"] = "import_revert"
    import_id: str
    dry_run: bool
    counts: RevertCounts
    revision: int | None
    would_be_revision: int | None


def import_shown(job: Job, lang: str) -> ImportShown:
    failure, detail = job.error_code, recalled(job.error_detail, lang)
    return ImportShown(
        id=job.id,
        href=None if job.id is None else href(job.id),
        status=job.status,  # type: ignore[arg-type]
        dry_run=job.dry_run,
        mode=job.mode,  # type: ignore[arg-type]
        on_error=job.on_error,  # type: ignore[arg-type]
        kind=job.kind,
        sha256=job.sha256.hex(),
        counts=ImportCounts(
            rows=job.rows,
            created=job.created,
            updated=job.updated,
            unchanged=job.unchanged,
            failed=job.failed,
        ),
        progress=ImportProgress(rows_read=job.rows_read, stage=job.stage or None),
        revision=job.revision,
        would_be_revision=job.would_be_revision,
        reverted_in=job.reverted_in,
        error=ImportFailure(code=failure, detail=detail or "") if failure else None,
        warnings=[warned.told(lang) for warned in _warnings.decode(job.warnings)],
        actor=job.actor,
        comment=job.comment,
        created_at=_instant(job.created_at),
        ended_at=_instant(job.ended_at),
    )


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant_text(instant)


def import_report(job: Job, rows: list[RowTold], lang: str) -> ImportReport:
    shown = import_shown(job, lang)
    rows = [row_in_words(row, lang) for row in rows]
    return ImportReport(**{n: getattr(shown, n) for n in shown.__struct_fields__}, rows=rows)


def import_reverted(found: Reverted, revision: int, *, is_dry: bool) -> ImportReverted:
    return ImportReverted(
        import_id=str(found.job.id),
        dry_run=is_dry,
        counts=RevertCounts(retired=found.retired, restored=found.restored),
        revision=None if is_dry else revision,
        would_be_revision=revision if is_dry else None,
    )
