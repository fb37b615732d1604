"""Ranges of days as EDTF text, and how one statement narrows another."""

from datetime import date, timedelta
from typing import NamedTuple

from service.model.dates import InvalidDate, parse_date

DAY = timedelta(days=1)


class Interval(NamedTuple):
    """Some day from lo to hi; lo None: by hi."""

    lo: date | None
    hi: date

    @property
    def text(self) -> str:
        if self.lo is None:
            return f"[..{self.hi}]"
        return f"{self.hi}" if self.lo == self.hi else f"[{self.lo}..{self.hi}]"

    def narrowed(self, other: "Interval") -> "Interval":
        """The days that both allow; this one where they contradict each other."""
        lows = [lo for lo in (self.lo, other.lo) if lo is not None]
        lo, hi = max(lows, default=None), min(self.hi, other.hi)
        return self if lo is not None and lo > hi else Interval(lo, hi)

    def after(self, day: date | None) -> "Interval":
        """Not by that day, where that leaves anything."""
        if day is None or day >= self.hi or (self.lo is not None and self.lo > day):
            return self
        return Interval(day + DAY, self.hi)


def interval(text: str) -> Interval:
    """Raises InvalidDate."""
    parsed = parse_date(text)
    return Interval(parsed.lo, parsed.hi)


def optional(text: object) -> Interval | None:
    """None for what is no date."""
    try:
        return interval(text) if isinstance(text, str) else None
    except InvalidDate:
        return None


def narrowed_text(known: str | None, said: Interval) -> str:
    """The known date narrowed by what is said now; unchanged text if nothing is gained."""
    if known is None:
        return said.text
    before = interval(known)
    after = before.narrowed(said)
    return known if after == before else after.text
