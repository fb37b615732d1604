"""Dates of partial precision, and the instants of the base itself."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple

from service.model.dates import PERIOD_FORM, InvalidDate, parse_date
from service.query.operators import OF_NUMBERS, Operator
from service.query.types import shapes
from service.query.types.base import Bind, FieldType
from service.query.types.cells import Column, Shown, plain
from service.texts.sentences import sentence

INSTANTS_KEPT = 4096


class Bounds(NamedTuple):
    """The closed day interval that a date in a question stands for."""

    first: date
    last: date

    @property
    def next_day(self) -> date:
        return self.last + timedelta(days=1)


class Date(FieldType):
    """EDTF text, with generated bounds: the first and the last day that it can mean.

    How a comparison is certain or possible is decided in `query/sql/partial_dates.py`.
    """

    name = "date"
    operators = OF_NUMBERS
    is_dated = True
    is_facet = False
    shape = shapes.Edtf

    @property
    def asked(self) -> dict[str, Any]:
        return {"pattern": f"^{PERIOD_FORM}$", "examples": ["2024-12"]}

    def generated_columns(self, name: str) -> tuple[str, ...]:
        return f"{name}_min", f"{name}_max"

    def compared(self, name: str) -> list[str]:
        """Two spellings of one interval are one date."""
        return [f"edtf_min({name})", f"edtf_max({name})"]

    def edited(self, name: str) -> list[str]:
        return self.compared(name)

    def order(self, column: str, lang: str, row: str = "t") -> list[tuple[str, str]]:
        """By the start of the interval, then by its end; of an open start only the end is proven,
        and it stands there."""
        return [(f"coalesce({column}_min, {column}_max)", "date"), (f"{column}_max", "date")]

    def condition(
        self, column: str, operator: Operator, values: tuple[str, ...], bind: Bind
    ) -> str:
        assert operator is Operator.IS_NULL, "all else is certain or possible"
        return f"{column}_max IS NULL"

    def parsed(self, value: str, name: str = "the field") -> Any:
        return bounds(value)

    def are_as_given(self, values: list[Any]) -> bool:
        try:
            return all(parse_date(value).text == value for value in {*values})
        except InvalidDate:
            return False

    def stored(self, value: Any) -> list[Any]:
        return [parse_date(value).text]

    def added(self, name: str, stored: Any = None) -> dict[str, Any]:
        return dict(shown_bounds(name, stored))

    def table_columns(self, name: str) -> list[Column]:
        cells = zip(bound_keys(name), ("date", "date", "string"), strict=True)
        parts = [Column(key, partial(_bound, name, key), holds) for key, holds in cells]
        return [Column(name, partial(plain, name)), *parts]


def bounds(value: str) -> Bounds:
    """Of YYYY, YYYY-MM or YYYY-MM-DD. Raises InvalidDate."""
    parsed = parse_date(value)
    if parsed.lo is None or parsed.precision == "range":
        raise InvalidDate(sentence("dates.of_filter", given=value[:40]))
    return Bounds(parsed.lo, parsed.hi)


def bound_keys(name: str) -> tuple[str, str, str]:
    """The names of what `shown_bounds` says of a date."""
    return f"{name}_min", f"{name}_max", f"{name}_precision"


def shown_bounds(name: str, text: str | None) -> dict[str, str | None]:
    """First day, last day and precision of a date, each null where it is not known."""
    if text is None:
        return dict.fromkeys(bound_keys(name))
    read = parse_date(text)
    first = read.lo.isoformat() if read.lo else None
    return dict(zip(bound_keys(name), (first, read.hi.isoformat(), read.precision), strict=True))


def _bound(name: str, key: str, record: Shown) -> str | None:
    return shown_bounds(name, record[name])[key]


class Instant(FieldType):
    """When the base itself did something; not written by anyone."""

    name = "instant"
    sql = "timestamptz"
    cell = "datetime"
    operators = OF_NUMBERS
    is_groupable = False

    def parsed(self, value: str, name: str = "the field") -> Any:
        return instant(value)

    def repeated(self, value: Any) -> Any:
        return instant_text(instant(value))

    def told(self, column: str) -> str:
        """Answers have milliseconds, PostgreSQL has microseconds."""
        return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"


@lru_cache(maxsize=INSTANTS_KEPT)
def instant_text(instant: datetime) -> str:
    """RFC 3339, UTC, milliseconds. Records of one revision have the same."""
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return f"{utc.isoformat(timespec='milliseconds')[:-6]}Z"


def instant(value: str) -> datetime:
    """A day (its start, UTC) or an RFC 3339 instant with a zone. Raises ValueError."""
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        read = None
    if read is not None and len(value) == 10:
        read = read.replace(tzinfo=UTC)
    if read is None or read.tzinfo is None or not 1000 <= read.year <= 9998:
        raise ValueError(sentence("dates.instant", given=value[:40]))
    return read
