"""A series thinned to periods, and cut to a span."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from service.api.http.parameters import Parameter, Query
from service.usecases.analyses.frame import Analysis

INTERVALS = ("event", "month", "quarter", "year")
SERIES = [
    Parameter(name="interval", doc="One point per event, or the last of each period.",
              schema={"type": "string", "enum": list(INTERVALS), "default": "event"}),
    Parameter(name="from", doc="First day of the series.", example="2024-01-01"),
    Parameter(name="to", doc="Last day of the series.", example="2026-06-30"),
]  # fmt: skip


def span(query: Query) -> Callable[[Analysis], Analysis]:
    """How the request wants the series: last point of each period, from a day to a day."""
    today = datetime.now(UTC).date()
    interval = query.choice("interval", INTERVALS, "event")
    start, end = query.day("from", today), query.day("to", today)
    return lambda analysis: _sampled(analysis, interval, start, end)


def _sampled(analysis: Any, interval: str, start: date | None, end: date | None) -> Analysis:
    points = [p for p in analysis.result.series if _within(p.date, start, end)]
    if interval != "event":
        points = list({_period(p.date, interval): p for p in points}.values())
    shown = {f"series.{p.date}" for p in points}
    reasons = {k: v for k, v in analysis.reasons.items() if _is_shown(k, shown)}
    result = msgspec.structs.replace(analysis.result, series=points, reasons=reasons)
    sampled: Analysis = msgspec.structs.replace(analysis, result=result, reasons=reasons)
    return sampled


def _is_shown(path: str, points: set[str]) -> bool:
    return not path.startswith("series.") or path.rpartition(".")[0] in points


def _within(day: str, start: date | None, end: date | None) -> bool:
    return (start is None or day >= start.isoformat()) and (end is None or day <= end.isoformat())


def _period(day: str, interval: str) -> Any:
    year, month = day[:4], int(day[5:7])
    return {"month": (year, month), "quarter": (year, (month - 1) // 3), "year": year}[interval]
