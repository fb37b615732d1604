"""Groups of records with their figures, sorted, filled and cut into pages."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from service import limits
from service.model.dates import PartialDate
from service.model.errors import Code, ServiceError
from service.model.notices import Notice, WarningCode, notice
from service.query.fields import Collection
from service.query.filters.expressions import Expression
from service.query.grouping import Having, Key, Metric
from service.query.types.numbers import amount_text
from service.store.catalogue import lists
from service.store.catalogue.groups import groups
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.usecases.catalogue.merged_ids import Resolution, resolved

Group = dict[str, Any]
COUNT = Metric("count")


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


@dataclass(frozen=True)
class Aggregated:
    """All groups; what old ids led to; how many records partial dates left out of the filter
    (`undecided`) and out of the periods (`unbucketed`)."""

    groups: list[Group]
    resolution: Resolution
    undecided: dict[str, int]
    unbucketed: dict[str, int]


async def aggregated(snapshot: Snapshot, collection: Collection, asked: Aggregation) -> Aggregated:
    """All groups, by their keys or as `sort` says, unknown keys last."""
    resolution = await resolved(snapshot, collection, asked.filter)
    query = replace(asked.query, filter=resolution.filter)
    counted = asked.metrics if COUNT in asked.metrics else (*asked.metrics, COUNT)
    found = await groups(
        snapshot, collection, query, list(asked.keys), list(counted), list(asked.having)
    )
    unbucketed = _unbucketed(found, asked.keys)
    if asked.is_filled:
        found = _filled(found, asked)
    for term in reversed(asked.sort or [key.name for key in asked.keys]):
        found = _sorted(found, asked, term.removeprefix("-"), is_descending=term.startswith("-"))
    shown = [*(key.name for key in asked.keys), *(metric.name for metric in asked.metrics)]
    return Aggregated(
        groups=[{name: _plain(group[name]) for name in shown} for group in found],
        resolution=resolution,
        undecided=await lists.undecided(snapshot, collection, query),
        unbucketed=unbucketed,
    )


def _sorted(
    found: list[Group], asked: Aggregation, name: str, *, is_descending: bool
) -> list[Group]:
    """Stable, the unknown last in both directions; numbers as numbers."""
    numeric = [key.name for key in asked.keys if key.path.type.is_numeric]

    def place(group: Group) -> Any:
        value = group[name]
        if isinstance(value, PartialDate):
            return value.lo or date.min, value.hi
        return Decimal(value) if name in numeric else value

    known = [group for group in found if group[name] is not None]
    unknown = [group for group in found if group[name] is None]
    return sorted(known, key=place, reverse=is_descending) + unknown


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.text
    return amount_text(value) if isinstance(value, Decimal) else value


def _unbucketed(found: list[Group], keys: tuple[Key, ...]) -> dict[str, int]:
    """By period key: how many records are dated too coarsely, or not at all, to fall into one."""
    counts = {
        key.name: sum(group[COUNT.name] for group in found if group[key.name] is None)
        for key in keys
        if key.period
    }
    return {name: count for name, count in counts.items() if count}


def warnings(found: Aggregated, keys: tuple[Key, ...], lang: str) -> list[Notice]:
    """What a reader of the groups must know."""
    undated = [
        notice(WarningCode.NOT_IN_A_PERIOD, lang, period=name, n=count)
        for name, count in found.unbucketed.items()
    ]
    several = [
        notice(WarningCode.IN_SEVERAL_GROUPS, lang, path=key.name)
        for key in keys
        if key.path.type.is_list
    ]
    return [*undated, *several, *found.resolution.warnings(lang)]


def _filled(found: list[Group], asked: Aggregation) -> list[Group]:
    """With the empty periods of the one date key, for every combination of the other keys."""
    name = next(key.name for key in asked.keys if key.period)
    others = [key.name for key in asked.keys if key.name != name]
    rows = {(*(g[o] for o in others), g[name]): g for g in found}
    known = sorted({g[name] for g in found if g[name] is not None})
    if not known:
        return found
    span = periods_between(known[0], known[-1])
    combinations = {key[:-1] for key in rows}
    if len(combinations) * len(span) > limits.GROUPS_MAX:
        raise ServiceError(Code.FILTER_TOO_COMPLEX, f"More than {limits.GROUPS_MAX} filled groups.")
    for combination, period in product(combinations, span):
        empty = dict(zip(others, combination, strict=True)) | {name: period}
        rows.setdefault((*combination, period), empty | {m.name: _zero(m) for m in asked.metrics})
    return list(rows.values())


def _zero(metric: Metric) -> int | None:
    return 0 if metric.function in ("", "sum", "count_distinct") else None


def periods_between(first: str, last: str) -> list[str]:
    """Every year, quarter or month from the first to the last, both included."""
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    per, mark = (4, "Q") if "Q" in first else (12, "")
    low, high = (int(p[:4]) * per + int(p[5:].lstrip("Q")) - 1 for p in (first, last))
    width = 1 if mark else 2
    return [f"{n // per:04}-{mark}{n % per + 1:0{width}}" for n in range(low, high + 1)]
