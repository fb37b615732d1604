"""What an import tells: its numbers, and what became of each row."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType, structs

from service import limits
from service.model.errors import Code, Fault, ServiceError, in_words
from service.store.imports.jobs import Job, Order, Result
from service.store.imports.run import RowOutcome
from service.texts.sentences import kept, numbered, sentence
from service.usecases.imports.run import Report
from service.usecases.transactions import Writing


class RowTold(Struct, frozen=True, kw_only=True):
    """What became of one row; a failed one has `errors` instead of kind and id; their
    pointers point into the record of the import format."""

    line: int
    outcome: Literal["created", "updated", "unchanged", "failed"]
    kind: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    errors: list[Fault] | UnsetType = UNSET


_errors = msgspec.json.Decoder(list[Fault])


def failed_rows(faults: Iterable[Fault]) -> Iterator[RowTold]:
    """`faults` in the order of their lines."""
    for line, found in groupby(faults, key=lambda fault: fault.line):
        yield RowTold(
            line=line, outcome="failed", errors=[structs.replace(fault, line=0) for fault in found]
        )


def row_in_words(row: RowTold, lang: str) -> RowTold:
    """The row as a reader of the language is told it."""
    return row if row.errors is UNSET else structs.replace(row, errors=in_words(row.errors, lang))


def good_row(row: RowOutcome) -> RowTold:
    return RowTold(line=row.line, outcome=row.outcome, kind=row.kind, id=row.id)  # type: ignore[arg-type]


def stored_row(row: dict[str, Any]) -> RowTold:
    """A row as it was kept."""
    if row["errors"] is not None:
        errors = _errors.decode(row["errors"])
        return RowTold(line=row["line"], outcome="failed", errors=errors)
    return RowTold(line=row["line"], outcome=row["outcome"], kind=row["kind"], id=row["id"])


def kept_row(row: RowTold) -> tuple[Any, ...]:
    """A row as it is kept: line, outcome, kind, id, errors."""
    if row.errors is not UNSET:
        return row.line, row.outcome, None, None, msgspec.json.encode(row.errors).decode()
    return row.line, row.outcome, row.kind, row.id, None


def result_of(report: Report, order: Order, writing: Writing | None) -> Result:
    """The numbers; `writing` None: it was refused and never finished."""
    has_effect = report.applied.has_changed and not report.is_refused
    revision = writing.revision if writing is not None and has_effect else None
    refused = refusal(report) if report.is_refused else None
    return Result(
        status="failed" if report.is_refused else "done",
        rows=report.rows,
        created=report.applied.created,
        updated=report.applied.updated,
        unchanged=report.applied.unchanged,
        failed=report.failed,
        revision=None if order.dry_run else revision,
        would_be_revision=revision if order.dry_run else None,
        error_code=refused.code if refused else None,
        error_detail=kept(refused.detail) if refused else None,
        warnings=msgspec.json.encode(report.warnings).decode(),
    )


def unrecorded(order: Order, result: Result) -> Job:
    """An import that leaves no trace, as it is shown."""
    return Job(
        id=None,
        stage="",
        rows_read=result.rows,
        reverted_in=None,
        created_at=None,
        ended_at=None,
        **asdict(order),
        **asdict(result),
    )


def refusal(report: Report) -> ServiceError:
    """Nothing was stored, and why."""
    detail = numbered("imports.failed", report.failed, rows=report.rows)
    if not report.rows:
        detail = sentence("files.unread")
    if report.failed > limits.IMPORT_FAULTY_MAX:
        detail = sentence("imports.given_up", n=report.failed)
    shown = report.faults[: limits.IMPORT_ERRORS_SHOWN]
    return ServiceError(Code.IMPORT_ROW_FAILED, detail, shown)
