"""Groups of records with their figures, sorted, filled and cut into pages."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Any

from service.formats.json_records import amount_text
from service.query.expressions import Expression
from service.query.fields import Collection, Type
from service.query.grouping import Having, Key, Metric
from service.store.database import Snapshot
from service.store.groups import groups
from service.store.records import ListQuery
from service.usecases.redirects import Resolution, resolved

Group = dict[str, Any]


@dataclass(frozen=True)
class Aggregation:
    """What is asked; `is_filled` adds the empty periods between the first and the last.

    `words`: what `query.among` is to be found by.
    """

    query: ListQuery
    keys: tuple[Key, ...]
    metrics: tuple[Metric, ...]
    having: tuple[Having, ...] = ()
    sort: tuple[str, ...] = ()
    is_filled: bool = False
    words: str | None = None

    @property
    def filter(self) -> Expression:
        return self.query.filter


async def aggregated(
    snapshot: Snapshot, collection: Collection, asked: Aggregation
) -> tuple[list[Group], Resolution]:
    """All groups, by their keys or as `sort` says, unknown keys last; and what old ids led to."""
    resolution = await resolved(snapshot, collection, asked.filter)
    asked = replace(asked, query=replace(asked.query, filter=resolution.filter))
    found = await groups(
        snapshot, collection, asked.query, list(asked.keys), list(asked.metrics),
        list(asked.having),
    )  # fmt: skip
    if asked.is_filled:
        found = _filled(found, asked)
    for term in reversed(asked.sort):
        found = _sorted(found, term.removeprefix("-"), is_descending=term.startswith("-"))
    shown = [{name: _plain(value) for name, value in group.items()} for group in found]
    return shown, resolution


def _sorted(found: list[Group], name: str, *, is_descending: bool) -> list[Group]:
    """Stable, the unknown last in both directions."""
    known = [group for group in found if group[name] is not None]
    unknown = [group for group in found if group[name] is None]
    return sorted(known, key=lambda group: group[name], reverse=is_descending) + unknown


def _plain(value: Any) -> Any:
    return amount_text(value) if isinstance(value, Decimal) else value


def unbucketed(found: list[Group], keys: tuple[Key, ...]) -> dict[str, int]:
    """By period key: how many records are dated too coarsely, or not at all, to fall into one."""
    counts = {
        key.name: sum(int(g["count"]) for g in found if g[key.name] is None)
        for key in keys
        if key.period and all("count" in g for g in found)
    }
    return {name: count for name, count in counts.items() if count}


def notes(found: list[Group], keys: tuple[Key, ...]) -> list[str]:
    """What a reader of the groups must know."""
    told = [
        f"{count} records are too coarsely dated for {name}; they are in the null group."
        for name, count in unbucketed(found, keys).items()
    ]
    return told + [
        f"A record counts once in each of its {key.name}."
        for key in keys
        if key.path.type is Type.REFERENCES
    ]


def _filled(found: list[Group], asked: Aggregation) -> list[Group]:
    periods = [key for key in asked.keys if key.period]
    if len(periods) != 1:
        return found
    name = periods[0].name
    others = [key.name for key in asked.keys if key.name != name]
    rows = {(*(g[o] for o in others), g[name]): g for g in found}
    known = sorted({g[name] for g in found if g[name] is not None})
    if not known:
        return found
    span = periods_between(known[0], known[-1])
    combinations = sorted({key[:-1] for key in rows}, key=_nulls_last)
    for combination, period in product(combinations, span):
        empty = dict(zip(others, combination, strict=True)) | {name: period}
        rows.setdefault((*combination, period), empty | {m.name: _zero(m) for m in asked.metrics})
    order = [[key.name for key in asked.keys].index(n) for n in (*others, name)]
    return [rows[key] for key in sorted(rows, key=lambda k: _nulls_last(_placed(k, order)))]


def _placed(key: tuple[Any, ...], order: list[int]) -> tuple[Any, ...]:
    return tuple(value for _, value in sorted(zip(order, key, strict=True)))


def _zero(metric: Metric) -> int | None:
    return 0 if metric.function in ("", "sum", "count_distinct") else None


def _nulls_last(key: tuple[Any, ...]) -> list[tuple[bool, str]]:
    return [(value is None, value or "") for value in key]


def periods_between(first: str, last: str) -> list[str]:
    """Every year, quarter or month from the first to the last, both included."""
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    per, mark = (4, "Q") if "Q" in first else (12, "")
    low, high = (int(p[:4]) * per + int(p[5:].lstrip("Q")) - 1 for p in (first, last))
    width = 1 if mark else 2
    return [f"{n // per:04}-{mark}{n % per + 1:0{width}}" for n in range(low, high + 1)]
