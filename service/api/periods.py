"""A series thinned to periods, and cut to a span."""

from datetime import date
from typing import Any

import msgspec
from msgspec import UNSET

from service.usecases.analyses import HomogenizationAnswer

INTERVALS = ("event", "month", "quarter", "year")


def sampled(
    analysis: HomogenizationAnswer, interval: str, start: date | None, end: date | None
) -> HomogenizationAnswer:
    """The analysis with the last point of each period, from `start` to `end`."""
    series = analysis.result.series
    assert series is not UNSET, "this analysis always asks for it"
    points = [p for p in series if _within(p.date, start, end)]
    if interval != "event":
        points = list({_period(p.date, interval): p for p in points}.values())
    result = msgspec.structs.replace(analysis.result, series=points)
    return msgspec.structs.replace(analysis, result=result)


def _within(day: str, start: date | None, end: date | None) -> bool:
    return (start is None or day >= start.isoformat()) and (end is None or day <= end.isoformat())


def _period(day: str, interval: str) -> Any:
    year, month = day[:4], int(day[5:7])
    return {"month": (year, month), "quarter": (year, (month - 1) // 3), "year": year}[interval]
