"""Dates of partial precision: EDTF text (ISO 8601-2) and the closed day interval it stands for."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from service.texts.sentences import sentence

MIN_YEAR, MAX_YEAR = 1000, 9998
# As documents tell the forms: a year, month or day; and besides those between two, or up to one.
PERIOD_FORM = "[0-9]{4}(-[0-9]{2}){0,2}"
DATE_FORM = rf"^({PERIOD_FORM}|\[({PERIOD_FORM})?\.\.{PERIOD_FORM}\])$"
_PART = r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?"
_SINGLE = re.compile(rf"{_PART}\Z", re.ASCII)
_SET = re.compile(rf"\[(?:{_PART})?\.\.{_PART}\]\Z", re.ASCII)


class InvalidDate(ValueError):
    """The text is no date of the documented forms."""


class PartialDate(NamedTuple):
    """A date as written and the closed interval [lo, hi]; `lo` is None for an open start."""

    text: str
    lo: date | None
    hi: date

    @property
    def precision(self) -> str:
        """`day`, `month`, `year`, `range` or `by` (open start)."""
        if self.lo is None:
            return "by"
        return {4: "year", 7: "month", 10: "day"}.get(len(self.text), "range")


@lru_cache(maxsize=4096)
def parse_date(text: str) -> PartialDate:
    """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `[A..B]` or `[..B]`.

    Raises InvalidDate with a sentence that says what is wrong.
    """
    if single := _SINGLE.match(text):
        lo, hi = _interval(*single.groups())
        return PartialDate(text, lo, hi)
    if both := _SET.match(text):
        parts = both.groups()
        lo_of_start = _interval(*parts[:3])[0] if parts[0] else None
        hi = _interval(*parts[3:])[1]
        if lo_of_start is not None and lo_of_start > hi:
            raise InvalidDate(sentence("dates.backwards", given=text))
        return PartialDate(text, lo_of_start, hi)
    raise InvalidDate(sentence("dates.form", given=text[:40]))


def spanning(lo: date | None, hi: date) -> PartialDate:
    """The shortest date that stands for the closed interval [lo, hi]."""
    if lo == hi:
        return PartialDate(hi.isoformat(), lo, hi)
    for text in (hi.isoformat()[:4], hi.isoformat()[:7]):
        if parse_date(text)[1:] == (lo, hi):
            return PartialDate(text, lo, hi)
    return PartialDate(f"[{lo.isoformat() if lo else ''}..{hi.isoformat()}]", lo, hi)


def _interval(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    y = int(year)
    if not MIN_YEAR <= y <= MAX_YEAR:
        raise InvalidDate(sentence("dates.year", year=year, low=MIN_YEAR, high=MAX_YEAR))
    if month is None:
        return date(y, 1, 1), date(y, 12, 31)
    m = int(month)
    if not 1 <= m <= 12:
        raise InvalidDate(sentence("dates.month", month=month))
    first = date(y, m, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if day is None:
        return first, last
    if not 1 <= int(day) <= last.day:
        raise InvalidDate(sentence("dates.day", day=day, month=f"{year}-{month}"))
    return first.replace(day=int(day)), first.replace(day=int(day))
