"""What an import tells: its numbers, and what became of each row."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from service import limits
from service.model.errors import Fault, ServiceError
from service.query.rows import RowFault
from service.store.imports.jobs import Job, Order, Result
from service.store.imports.run import RowOutcome
from service.usecases.imports.run import Report
from service.usecases.transactions import Writing


class RowError(Struct, frozen=True, kw_only=True):
    """One fault of a row; `pointer` points into the record of the import format."""

    code: str
    pointer: str
    detail: str
    did_you_mean: list[str] = []


class RowTold(Struct, frozen=True, kw_only=True):
    """What became of one row; a failed one has `errors` instead of kind and id."""

    line: int
    outcome: Literal["created", "updated", "unchanged", "failed"]
    kind: str | UnsetType = UNSET
    id: str | UnsetType = UNSET
    errors: list[RowError] | UnsetType = UNSET


_errors = msgspec.json.Decoder(list[RowError])


def failed_rows(faults: Iterable[RowFault]) -> Iterator[RowTold]:
    """`faults` in the order of their lines."""
    for line, found in groupby(faults, key=lambda fault: fault.line):
        yield RowTold(line=line, outcome="failed", errors=[_error(fault) for fault in found])


def _error(fault: RowFault) -> RowError:
    return RowError(
        code=fault.code,
        pointer=fault.pointer,
        detail=fault.detail,
        did_you_mean=fault.did_you_mean,
    )


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
        error_detail=refused.detail if refused else None,
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
    count = "1 row" if report.failed == 1 else f"{report.failed} rows"
    detail = f"{count} of {report.rows} failed; nothing was stored."
    if report.failed > limits.IMPORT_FAULTY_MAX:
        detail = f"Given up after {report.failed} rows that failed; nothing was stored."
    shown = report.faults[: limits.IMPORT_ERRORS_SHOWN]
    return ServiceError("import_row_failed", detail, [_fault(fault) for fault in shown])


def _fault(fault: RowFault) -> Fault:
    return Fault(
        code=fault.code,
        detail=fault.detail,
        pointer=fault.pointer,
        line=fault.line,
        did_you_mean=tuple(fault.did_you_mean),
    )
