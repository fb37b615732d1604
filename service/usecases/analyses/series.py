"""A series thinned to periods, and cut to a span."""

from datetime import date
from typing import Any

import msgspec

from service.maths.parameters import Interval, period


def cut(result: Any, interval: Interval, start: date | None, end: date | None) -> Any:
    """The result with the last point of each period of its series, from a day to a day."""
    points = [p for p in result.series if _within(p.date, start, end)]
    if interval != "event":
        points = list({period(date.fromisoformat(p.date), interval): p for p in points}.values())
    days = {f"series.{p.date}" for p in points}
    reasons = {path: code for path, code in result.reasons.items() if _is_shown(path, days)}
    return msgspec.structs.replace(result, interval=interval, series=points, reasons=reasons)


def _is_shown(path: str, days: set[str]) -> bool:
    return not path.startswith("series.") or path.rpartition(".")[0] in days


def _within(day: str, start: date | None, end: date | None) -> bool:
    return (start is None or day >= start.isoformat()) and (end is None or day <= end.isoformat())
