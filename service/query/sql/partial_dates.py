"""Dates of partial precision as SQL: compared by their ends, or by the days that stand for all."""

from datetime import date
from typing import NamedTuple

from service.query.lives import Truth
from service.query.operators import Operator
from service.query.paths import Path
from service.query.types.base import Bind
from service.query.types.dates import Bounds


class Day(NamedTuple):
    """SQL of the day that stands for a date; of the dates of several records, FROM `rows`."""

    value: str
    rows: str = ""


def candidates(path: Path, named: str) -> tuple[str, dict[str, Day]]:
    """The days, one a row, that stand for all completions of a date compared with the `named`."""
    low, high = interval(path)
    variable = _variable(path)
    rows = (
        f"(SELECT {low} AS day UNION ALL SELECT day FROM unnest({named}::date[]) AS day"
        f" WHERE day > {low} AND day <= {high}) {variable}"
    )
    return rows, {path.name: Day(f"{variable}.day")}


def candidate_sets(paths: list[Path], named: str, holders: list[str]) -> tuple[str, dict[str, Day]]:
    """Every way in which the records that the paths lead to can have their days: a row each, with
    the set of days behind each path.

    A record has one day, whichever paths lead to it. Of a day only the last named one up to it
    matters, so there are few sets. `holders`: a SELECT of the records of each path.
    """
    variable, places = _variable(paths[0]), range(len(paths))
    every = " UNION ALL ".join(
        f"SELECT {n} AS place, h.* FROM ({h}) h" for n, h in enumerate(holders)
    )
    is_of = ", ".join(f"bool_or(place = {n}) AS is_{n}" for n in places)
    sets = ", ".join(f"days_{n}" for n in places)
    none = ", ".join("'{}'::date[]" for _ in places)
    days = f"unnest({named}::date[]) AS day"
    rows = (
        f"(WITH RECURSIVE one AS (SELECT row_number() OVER () AS n, low, high, {is_of}"
        f" FROM ({every}) held WHERE high IS NOT NULL GROUP BY id, low, high),"
        f" several (n, {sets}) AS (SELECT 0::bigint, {none} UNION"
        f" SELECT one.n, {', '.join(map(_grown, places))}"
        " FROM several JOIN one ON one.n = several.n + 1 CROSS JOIN LATERAL ("
        f"SELECT coalesce(max(day), '-infinity') AS day FROM {days} WHERE day <= one.low"
        f" UNION ALL SELECT day FROM {days} WHERE day > one.low AND day <= one.high) chosen)"
        f" SELECT {sets} FROM several WHERE n = (SELECT count(*) FROM one)) {variable}"
    )
    return rows, {p.name: _day_of(p, f"{variable}.days_{n}", n) for n, p in enumerate(paths)}


def _grown(place: int) -> str:
    """The set of a path with the chosen day of the next record, if the path leads to it."""
    both = f"unnest(several.days_{place} || chosen.day) AS day"
    grown = f"ARRAY(SELECT DISTINCT day FROM {both} ORDER BY day)"
    return f"CASE WHEN one.is_{place} THEN {grown} ELSE several.days_{place} END"


def _day_of(path: Path, days: str, place: int) -> Day:
    """A single hop leads to one record at most."""
    if not path.is_many_hop:
        return Day(f"({days})[1]")
    return Day(f"one_{place}.day", f"unnest({days}) AS one_{place} (day)")


def _variable(path: Path) -> str:
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
