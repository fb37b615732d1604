"""Dates of partial precision as SQL: compared by their ends, or by the days that stand for all."""

from datetime import date
from typing import NamedTuple

from service.query.operators import Operator
from service.query.paths import Path
from service.query.types.base import Bind
from service.query.types.dates import Bounds


class Truth(NamedTuple):
    """SQL that holds where the filter is certainly true, and where it may be true.

    They differ only by dates of partial precision. NULL in either: a value is not known at all.
    """

    certain: str
    possible: str


def candidates(path: Path, named: str) -> str:
    """The days, one a row, that stand for all completions of a date compared with the `named`."""
    low, high = interval(path)
    return (
        f"(SELECT {low} AS day UNION ALL SELECT day FROM unnest({named}::date[]) AS day"
        f" WHERE day > {low} AND day <= {high}) {variable(path)}"
    )


def candidate_sets(path: Path, named: str, behind: str) -> str:
    """Every set of days that the records behind a list can have between them, record by record.

    Of a day only the last named one up to it matters, so there are few sets. `behind`: FROM and
    WHERE of the records.
    """
    low, high = interval(path)
    days = f"unnest({named}::date[]) AS day"
    return (
        f"(WITH RECURSIVE one AS (SELECT row_number() OVER () AS n, {low} AS low, {high} AS high"
        f" FROM {behind} AND {high} IS NOT NULL), several (n, days) AS ("
        "SELECT 0::bigint, '{}'::date[] UNION SELECT one.n,"
        " ARRAY(SELECT DISTINCT day FROM unnest(several.days || chosen.day) AS day ORDER BY day)"
        " FROM several JOIN one ON one.n = several.n + 1 CROSS JOIN LATERAL ("
        f"SELECT coalesce(max(day), '-infinity') AS day FROM {days} WHERE day <= one.low"
        f" UNION ALL SELECT day FROM {days} WHERE day > one.low AND day <= one.high) chosen)"
        f" SELECT days FROM several WHERE n = (SELECT count(*) FROM one)) {variable(path)}"
    )


def variable(path: Path) -> str:
    """The SQL name of what stands for a date, or for the dates behind a list."""
    return f"day_of_{path.name.replace('.', '_')}"


def interval(path: Path) -> tuple[str, str]:
    """First and last day as SQL; an open start is -infinity."""
    low, high = f"{path.column}_min", f"{path.column}_max"
    return f"CASE WHEN {high} IS NOT NULL THEN coalesce({low}, '-infinity') END", high


def compared(operator: Operator, asked: Bounds, low: str, high: str, bind: Bind) -> Truth:
    """One bound against the interval [low, high] of a date: the five cases.

    What is certain by the first day is asked of the last one too, which has an index.
    """

    def on(day: date) -> str:
        return f"{bind(day)}::date"

    match operator:
        case Operator.GTE:
            day = on(asked.first)
            return Truth(f"{low} >= {day} AND {high} >= {day}", f"{high} >= {day}")
        case Operator.GT:
            day = on(asked.last)
            return Truth(f"{low} > {day} AND {high} > {day}", f"{high} > {day}")
        case Operator.LTE:
            day = on(asked.last)
            return Truth(f"{high} <= {day}", f"{low} <= {day}")
        case Operator.LT:
            day = on(asked.first)
            return Truth(f"{high} < {day}", f"{low} < {day}")
        case _:
            first, last = on(asked.first), on(asked.last)
            meets = f"{high} >= {first}"
            inside = f"{low} >= {first} AND {high} <= {last} AND {meets}"
            return Truth(inside, f"{meets} AND {low} <= {last}")
