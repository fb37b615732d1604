"""Groups of the selected records: facets and aggregates, compiled from the registry."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import nsmallest
from typing import Any

from service import limits
from service.model.dates import spanning
from service.model.errors import Code, ServiceError
from service.query.fields import Collection
from service.query.filters.compiler import Statement
from service.query.grouping import DISTINCT, QUANTILES, Having, Key, Metric
from service.query.paths import Path
from service.store.catalogue.counts import counting
from service.store.catalogue.group_counts import Counts
from service.store.catalogue.group_keys import value_of
from service.store.catalogue.lists import ListQuery, selected, set_aside
from service.store.database import Snapshot
from service.texts.sentences import sentence


@dataclass(frozen=True)
class Groups:
    """All groups as {key or metric name: value}, and how many facts that lost a dispute are in
    none of them: None where there is no group to say so."""

    rows: Sequence[dict[str, Any]]
    n_disputed: int | None


@dataclass(frozen=True)
class Facet:
    """The commonest values with their counts, and how many different values there are."""

    buckets: list[tuple[str | None, int]]
    total: int

    @classmethod
    def of(cls, counts: Counts) -> "Facet":
        """By count, then value, the unknown last; `total` does not count the unknown."""
        known = [(value, n) for (value,), n in counts.items() if value is not None]
        unknown = [(None, n) for (value,), n in counts.items() if value is None]
        first = nsmallest(limits.BUCKETS_MAX, known, key=lambda bucket: (-bucket[1], bucket[0]))
        return cls([*first, *unknown], len(known))


async def facet(snapshot: Snapshot, collection: Collection, query: ListQuery, path: Path) -> Facet:
    """As `Facet.of`, of a question whose counts are not kept."""
    statement = selected(snapshot, collection, query)
    value = value_of(Key(path.name, path), statement)
    rows = await snapshot.rows(
        f"WITH g AS (SELECT ({value})::text AS key, count(*) AS n{statement.source(collection)}"
        " GROUP BY 1)"
        " SELECT key, n, (SELECT count(key) FROM g) AS total FROM g"
        f' ORDER BY key IS NULL, n DESC, key COLLATE "C" LIMIT {limits.BUCKETS_MAX + 1}',
        *statement.parameters,
    )
    buckets = [(row["key"], row["n"]) for row in rows]
    unknown = [b for b in buckets if b[0] is None]
    known = [b for b in buckets if b[0] is not None][: limits.BUCKETS_MAX]
    return Facet(known + unknown, rows[0]["total"] if rows else 0)


async def groups(
    snapshot: Snapshot,
    collection: Collection,
    query: ListQuery,
    keys: list[Key],
    metrics: list[Metric],
    having: list[Having],
) -> Groups:
    """By their keys, unknown last; dates as PartialDate, numbers exact, quotients as floats; by one
    statement, which may be the only one of the read.

    Raises ServiceError `filter_too_complex` beyond 100,000 groups.
    """
    statement = selected(snapshot, collection, query)
    everything = f"(SELECT count(*){statement.source(collection)})"
    values = [f"({value_of(key, statement)})::text AS k{n}" for n, key in enumerate(keys)]
    figures = [
        f"{_figure(metric, statement, everything)} AS m{n}" for n, metric in enumerate(metrics)
    ]
    kept = " AND ".join(_kept(h, metrics, statement) for h in having)
    places = ", ".join(str(n) for n in range(1, len(keys) + 1))
    order = ", ".join(f'k{n} COLLATE "C" NULLS LAST' for n in range(len(keys)))
    grouped = (
        f"SELECT {', '.join(values + figures)}{statement.source(collection)} GROUP BY {places}"
    )
    aside = counting(collection, set_aside(snapshot, collection, query)) if query.is_used else "0"
    rows = await snapshot.rows(
        f"SELECT *, ({aside}) AS disputed FROM ({grouped}) g{f' WHERE {kept}' if kept else ''}"
        f" ORDER BY {order} LIMIT {limits.GROUPS_MAX + 1}",
        *statement.parameters,
    )
    if len(rows) > limits.GROUPS_MAX:
        raise ServiceError(Code.FILTER_TOO_COMPLEX, sentence("groups.many", most=limits.GROUPS_MAX))
    columns: list[Key | Metric] = [*keys, *metrics]
    return Groups(
        [{c.name: read(c, value) for c, value in zip(columns, row, strict=False)} for row in rows],
        int(rows[0]["disputed"]) if rows else None,
    )


def read(column: Key | Metric, value: Any) -> Any:
    """The two ends of a date made one; a number among the keys as one."""
    if isinstance(column, Key) and column.path.type.is_numeric and value is not None:
        return Decimal(value)
    if not isinstance(value, list):
        return value
    return None if value[1] is None else spanning(value[0], value[1])


def _figure(metric: Metric, statement: Statement, everything: str) -> str:
    """`everything`: SQL of how many records are grouped."""
    if metric.path is None:
        return "count(*)" if metric.function == "count" else f"count(*)::float8 / {everything}"
    column = statement.reach(metric.path)
    if metric.is_date:
        start = f"{metric.function}(coalesce({column}_min, '-infinity')) FILTER"
        known = f"(WHERE {column}_max IS NOT NULL)"
        return f"ARRAY[nullif({start} {known}, '-infinity'), {metric.function}({column}_max)]"
    if metric.function == DISTINCT:
        return f"count(DISTINCT {column})"
    if metric.function in QUANTILES:
        return _quantile(column, str(QUANTILES[metric.function]))
    return f"{metric.function}({column})::{'float8' if metric.function == 'avg' else 'numeric'}"


def _quantile(column: str, part: str) -> str:
    """Exact: between the two numbers whose places are next to `part` of the way up."""
    ascending = f"array_agg({column}::numeric ORDER BY {column})"
    place = f"({part} * (count({column}) - 1))"
    low, high = (f"({ascending})[{ends}{place}::int + 1]" for ends in ("floor", "ceil"))
    return f"{low} + ({high} - {low}) * ({place} - floor({place}))"


def _kept(having: Having, metrics: list[Metric], statement: Statement) -> str:
    place = [metric.name for metric in metrics].index(having.metric)
    sign = "<>" if having.sign == "!=" else having.sign
    return f"m{place} {sign} {statement.bind(having.value)}::numeric"
