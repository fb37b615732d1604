"""Values that questions name: checked against the field, and as SQL parameters."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from service import limits
from service.model.dates import InvalidDate, parse_date
from service.model.suggestions import nearest
from service.query.fields import Type
from service.query.filters.expressions import Operator
from service.query.paths import Path

CODES = {
    Type.COUNTRY: re.compile(r"[A-Z]{2}\Z", re.ASCII),
    Type.CURRENCY: re.compile(r"[A-Z]{3}\Z", re.ASCII),
}
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,12})?\Z", re.ASCII)


class Fault(NamedTuple):
    """What is wrong with one parameter."""

    code: str
    parameter: str
    detail: str
    allowed: tuple[str, ...] = ()
    did_you_mean: tuple[str, ...] = ()


class Bounds(NamedTuple):
    """The closed day interval that a date in a question stands for."""

    first: date
    last: date

    @property
    def next_day(self) -> date:
        return self.last + timedelta(days=1)


def faults_of(
    parameter: str, path: Path, operator: Operator, values: tuple[str, ...]
) -> list[Fault]:
    """Everything that is wrong with the values of one comparison."""
    if len(values) > limits.VALUES_MAX:
        return [Fault("filter_too_complex", parameter, f"More than {limits.VALUES_MAX} values.")]
    if "" in values:
        way_out = f"To find records without it use {path.name}__isnull=true."
        return [Fault("empty_value", parameter, f"Empty value. {way_out}")]
    found = (_fault(parameter, path, operator, value) for value in values)
    return [fault for fault in found if fault is not None]


def _fault(parameter: str, path: Path, operator: Operator, value: str) -> Fault | None:
    if path.type is Type.ENUM and value not in path.field.values:
        return Fault(
            "unknown_value", parameter, f'"{value[:60]}" is no value of {path.name}.',
            path.field.values, tuple(nearest(value, list(path.field.values))),
        )  # fmt: skip
    if operator is Operator.PREFIX:
        return None
    if path.type in CODES and not CODES[path.type].match(value):
        near = (value.upper(),) if CODES[path.type].match(value.upper()) else ()
        detail = f'"{value[:60]}" is no value of {path.name}: write a code in capitals.'
        return Fault("unknown_value", parameter, detail, did_you_mean=near)
    try:
        converted(path, value)
    except InvalidDate as error:
        return Fault("invalid_date", parameter, str(error))
    except ValueError as error:
        return Fault("invalid_value", parameter, str(error))
    return None


def converted(path: Path, value: str) -> Any:
    """The value as PostgreSQL takes it; of a date its Bounds. Raises ValueError."""
    if path.type is Type.DATE:
        return bounds(value)
    if path.type in (Type.DECIMAL, Type.COUNT):
        if not _NUMBER.match(value) or (path.type is Type.COUNT and not _fits(value)):
            raise ValueError(f'"{value[:40]}" is no number that {path.name} can hold.')
        return int(value) if path.type is Type.COUNT else Decimal(value)
    if path.type is Type.INSTANT:
        return instant(value)
    return value


def _fits(value: str) -> bool:
    return "." not in value and abs(int(value)) < 2**63


def bounds(value: str) -> Bounds:
    """Of YYYY, YYYY-MM or YYYY-MM-DD. Raises InvalidDate."""
    parsed = parse_date(value)
    if parsed.lo is None or parsed.precision == "range":
        raise InvalidDate(f'"{value[:40]}": a filter takes YYYY, YYYY-MM or YYYY-MM-DD.')
    return Bounds(parsed.lo, parsed.hi)


def instant(value: str) -> datetime:
    """A day (its start, UTC) or an RFC 3339 instant with a zone. Raises ValueError."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        found = None
    if found is not None and len(value) == 10:
        found = found.replace(tzinfo=UTC)
    if found is None or found.tzinfo is None or not 1000 <= found.year <= 9998:
        raise ValueError(f'"{value[:40]}" is no instant: write 2026-11-24T08:00:00Z or a day.')
    return found
