"""Groups of records with their figures, sorted, filled and cut into pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Any, overload

from service import limits
from service.model.dates import PartialDate
from service.model.errors import Code, ServiceError
from service.model.notices import Notice, WarningCode, notice, undecided
from service.query.fields import Collection
from service.query.filters.expressions import Expression, comparisons
from service.query.grouping import COUNT, DISTINCT, OF_RECORDS, Having, Key, Metric
from service.store.catalogue import lists
from service.store.catalogue.groups import Groups, groups, read
from service.store.catalogue.lists import ListQuery
from service.store.database import Snapshot
from service.texts.sentences import sentence
from service.usecases.catalogue.kept_groups import Counted, KeptGroups
from service.usecases.catalogue.merged_ids import (
    Resolution,
    is_plain,
    named_ids,
    names_texts,
    resolved,
)

Group = dict[str, Any]
DISPUTE = "dispute"


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

    @property
    def is_counted(self) -> bool:
        """Whether numbers of records are all that is asked of the groups; in how many groups a
        record is does not matter for its share."""
        is_listed = any(key.path.type.is_list for key in self.keys)
        return all(
            metric == COUNT or (metric.function == "share" and not is_listed)
            for metric in self.metrics
        )

    def shown(self, group: Group) -> Group:
        """As readers see it: what was asked, dates as they are written."""
        names = [*(key.name for key in self.keys), *(metric.name for metric in self.metrics)]
        return {name: _shown(group[name]) for name in names}


@dataclass(frozen=True)
class Aggregated:
    """All groups, to be `shown`; what old ids led to; how many records partial dates left out of
    the filter (`undecided`) and out of the periods (`unbucketed`), how many facts lost a dispute.
    """

    groups: Sequence[Group]
    resolution: Resolution
    undecided: dict[str, int]
    unbucketed: dict[str, int]
    n_disputed: int


async def aggregated(
    snapshot: Snapshot, collection: Collection, asked: Aggregation, kept: KeptGroups
) -> Aggregated:
    """All groups, by their keys or as `sort` says, unknown keys last.

    Facts that lost a dispute are left out, unless the question tells them apart itself.
    """
    is_used = collection.field(DISPUTE) is not None and not _names_disputes(asked)
    query = replace(asked.query, is_used=is_used)
    if asked.is_counted and not (lists.may_be_undecided(query) or names_texts(query.filter)):
        named = named_ids(collection, query.filter)
        counted = await kept.get(snapshot, collection, query, asked.keys, named)
        if counted is not None:
            nothing = Resolution(query.filter, {})
            return _aggregated(asked, _of_counts(counted, asked), nothing, {}, counted.n_disputed)
    if lists.may_be_undecided(query) or not is_plain(collection, query.filter):
        await snapshot.open()
    resolution = await resolved(snapshot, collection, query.filter)
    query = replace(query, filter=resolution.filter)
    grouped = await _grouped(snapshot, collection, replace(asked, query=query), kept)
    n_disputed = grouped.n_disputed
    if n_disputed is None:
        await snapshot.open()
        n_disputed = await lists.disputed(snapshot, collection, query) if is_used else 0
    undecided = await lists.undecided(snapshot, collection, query)
    return _aggregated(asked, grouped, resolution, undecided, n_disputed)


def _aggregated(
    asked: Aggregation,
    grouped: Groups,
    resolution: Resolution,
    undecided: dict[str, int],
    n_disputed: int,
) -> Aggregated:
    """The groups in their order, with the empty ones."""
    found = grouped.rows
    unbucketed = _unbucketed(found, asked.keys)
    if asked.is_filled:
        found = _filled(found, asked)
    for term in reversed(asked.sort or _unordered(asked)):
        found = _sorted(found, term.removeprefix("-"), is_descending=term.startswith("-"))
    return Aggregated(found, resolution, undecided, unbucketed, n_disputed)


async def _grouped(
    snapshot: Snapshot, collection: Collection, asked: Aggregation, kept: KeptGroups
) -> Groups:
    """With their counts, asked or not."""
    if asked.is_counted:
        counted = await kept.get(snapshot, collection, asked.query, asked.keys)
        if counted is not None:
            return _of_counts(counted, asked)
    metrics = asked.metrics if COUNT in asked.metrics else (*asked.metrics, COUNT)
    return await groups(
        snapshot, collection, asked.query, list(asked.keys), list(metrics), list(asked.having)
    )


def _of_counts(counted: Counted, asked: Aggregation) -> Groups:
    """The groups that meet the conditions."""
    shares = [metric.name for metric in asked.metrics if metric != COUNT]
    columns = [*(key.name for key in asked.keys), COUNT.name, *shares]
    places: Iterable[tuple[Any, ...]] = counted.counts
    if any(key.path.type.is_numeric for key in asked.keys):
        places = (tuple(map(read, asked.keys, place)) for place in places)
    found = zip(places, counted.counts.values(), strict=True)
    if shares:
        total = sum(counted.counts.values())
        rows = [(*place, n, *[n / total] * len(shares)) for place, n in found]
    else:
        rows = [(*place, n) for place, n in found]
    for having in asked.having:
        at = columns.index(having.metric)
        rows = [row for row in rows if having.is_met(row[at])]
    return Groups(_Rows(columns, rows), counted.n_disputed)


class _Rows(Sequence[Group]):
    """Groups that are made as somebody looks at them, of which a page shows few."""

    def __init__(self, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        self._columns = columns
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Group: ...
    @overload
    def __getitem__(self, at: slice) -> list[Group]: ...
    def __getitem__(self, at: int | slice) -> Group | list[Group]:
        if isinstance(at, slice):
            return [self._made(row) for row in self._rows[at]]
        return self._made(self._rows[at])

    def _made(self, row: tuple[Any, ...]) -> Group:
        return dict(zip(self._columns, row, strict=True))


def _unordered(asked: Aggregation) -> list[str]:
    """The keys, unless the groups are in their order already, as they come: as texts are."""
    is_numeric = any(key.path.type.is_numeric for key in asked.keys)
    return [key.name for key in asked.keys] if is_numeric or asked.is_filled else []


def _names_disputes(asked: Aggregation) -> bool:
    named = [key.path for key in asked.keys] + [c.path for c in comparisons(asked.filter)]
    return any(path.name == DISPUTE for path in named)


def _sorted(found: Sequence[Group], name: str, *, is_descending: bool) -> list[Group]:
    """Stable, the unknown last in both directions; dates by what they can be first."""

    def place(group: Group) -> Any:
        value = group[name]
        return (value.lo or value.hi, value.hi) if isinstance(value, PartialDate) else value

    known = [group for group in found if group[name] is not None]
    unknown = [group for group in found if group[name] is None]
    return sorted(known, key=place, reverse=is_descending) + unknown


def _shown(value: Any) -> Any:
    """Dates as they are written, decimals without zeros at their end."""
    if isinstance(value, PartialDate):
        return value.text
    if not isinstance(value, Decimal):
        return value
    whole, _, fraction = format(value, "f").partition(".")
    fraction = fraction.rstrip("0")
    return Decimal(f"{whole}.{fraction}") if fraction else int(whole)


def _unbucketed(found: Sequence[Group], keys: tuple[Key, ...]) -> dict[str, int]:
    """By period key: how many records are dated too coarsely, or not at all, to fall into one."""
    counts = {
        key.name: sum(group[COUNT.name] for group in found if group[key.name] is None)
        for key in keys
        if key.period
    }
    return {name: count for name, count in counts.items() if count}


def warnings(found: Aggregated, asked: Aggregation) -> list[Notice]:
    """What a reader of the groups must know."""
    lang, keys = asked.query.lang, asked.keys
    undated = [
        notice(WarningCode.NOT_IN_A_PERIOD, lang, period=name, n=count)
        for name, count in found.unbucketed.items()
    ]
    several = [
        notice(WarningCode.IN_SEVERAL_GROUPS, lang, path=key.name)
        for key in keys
        if key.path.type.is_list
    ]
    open_dates = undecided(found.undecided, lang, is_possible=asked.query.is_possible)
    return [*open_dates, *undated, *several, *found.resolution.warnings(lang)]


def _filled(found: Sequence[Group], asked: Aggregation) -> Sequence[Group]:
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
        raise ServiceError(
            Code.FILTER_TOO_COMPLEX, sentence("groups.many_filled", most=limits.GROUPS_MAX)
        )
    for combination, period in product(combinations, span):
        empty = dict(zip(others, combination, strict=True)) | {name: period}
        rows.setdefault((*combination, period), empty | {m.name: _zero(m) for m in asked.metrics})
    return list(rows.values())


def _zero(metric: Metric) -> int | None:
    return 0 if metric.function in (*OF_RECORDS, "sum", DISTINCT) else None


def periods_between(first: str, last: str) -> list[str]:
    """Every year, quarter or month from the first to the last, both included."""
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    per, mark = (4, "Q") if "Q" in first else (12, "")
    low, high = (int(p[:4]) * per + int(p[5:].lstrip("Q")) - 1 for p in (first, last))
    width = 1 if mark else 2
    return [f"{n // per:04}-{mark}{n % per + 1:0{width}}" for n in range(low, high + 1)]
