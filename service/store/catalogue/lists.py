"""Lists of any collection: filtered, sorted, paged or whole, counted; made from the registry."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from service import limits
from service.query.fields import Collection
from service.query.filters.compiler import Statement, certainly, possibly
from service.query.filters.expressions import EVERYTHING, Expression, comparisons
from service.query.lives import in_force, open_ends
from service.query.paths import Path
from service.query.relations import Hop
from service.query.sorting import SortKey, after, order_by, sort_keys
from service.query.views import ISSUES, VIEWS
from service.store.catalogue.counts import Count, counting, estimate, row_count
from service.store.catalogue.page_texts import Text, around, text_of, used
from service.store.catalogue.records import Record, column_list
from service.store.curation.disputes import SET_ASIDE, USED
from service.store.database import Snapshot


@dataclass(frozen=True)
class ListQuery:
    """What a list asks for; every name in it was checked against the registry.

    `sample`: so many records drawn without replacement, decided by `seed` and the ids alone.
    `among`: only these ids, which a search has found. `is_used`: only facts that lost no dispute.
    `unchecked_before`: a source last looked at before that day is to be checked again. `named`: of
    these ids by collection the page says whether one of them is no record. `columns`: only these of
    each row, `brought`: and these of the record that each leads to now, as `product.names`.
    """

    filter: Expression = EVERYTHING
    is_possible: bool = False
    sort: tuple[str, ...] = ()
    limit: int = limits.PAGE_DEFAULT
    after: tuple[str | None, ...] = ()
    lang: str = "en"
    on: date | None = None
    count: Literal["exact", "estimate", "none"] = "exact"
    sample: int = 0
    seed: int = 0
    among: tuple[str, ...] | None = None
    is_used: bool = False
    unchecked_before: date = date.min
    named: tuple[tuple[Collection, tuple[str, ...]], ...] = ()
    columns: frozenset[str] | None = None
    brought: tuple[tuple[Hop, frozenset[str]], ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether its rows are counted as they are read; those of a sample are few."""
        return self.count == "exact" or (self.count == "estimate" and self.sample > 0)

    @property
    def size(self) -> int:
        """How many rows are read, of which one more than are shown tells that there are more."""
        return next((n for n in limits.PAGE_SIZES if n > self.limit), self.limit + 1)


@dataclass(frozen=True)
class Page:
    """One page, whose rows have more than the columns of a record; `after` are the sort key values
    of its last row when more follow. `is_astray`: one of the ids that the query has `named` is no
    record, or there is no row to say so."""

    records: list[Record]
    after: list[str | None] | None
    count: Count | None
    is_astray: bool


async def page(snapshot: Snapshot, collection: Collection, query: ListQuery) -> Page:
    """One page of a list, in a total order, by one statement, which may be the only one of the
    read; an estimate, and the count behind the last row, are another."""
    text = text_of(snapshot, collection, query, _written)
    rows = await snapshot.rows(text.sql, *text.parameters)
    shown = rows[: query.limit]
    last = list(shown[-1]["sort_key"]) if len(rows) > query.limit else None
    said = [rows[0][f"astray_{one.kind}"] for one, _ in query.named] if rows else [True]
    is_astray = bool(query.named) and any(said)
    count = None if is_astray else await _count(snapshot, collection, query, rows)
    return Page(shown, last, count, is_astray)


def _written(snapshot: Snapshot, collection: Collection, query: ListQuery) -> Text:
    keys = _keys(snapshot, collection, query)
    statement = selected(snapshot, collection, query)
    if query.sample:
        sampled(collection, query, statement)
    number = counting(collection, statement) if query.is_counted else ""
    if query.after:
        where = after(keys, list(query.after), len(statement.parameters) + 1)
        statement.where.append(where)
        statement.parameters += used(query.after, where, len(statement.parameters))
    text = page_sql(snapshot, collection, keys, statement, query.size, query.columns)
    return Text(around(snapshot, query, text, number, statement.bind), statement.parameters)


def _keys(snapshot: Snapshot, collection: Collection, query: ListQuery) -> list[SortKey]:
    terms = query.sort or collection.default_sort
    return snapshot.once(sort_keys, collection, terms, query.lang)


async def _count(
    snapshot: Snapshot, collection: Collection, query: ListQuery, rows: list[Any]
) -> Count | None:
    """It comes with the rows; behind the last of them it is asked for."""
    if query.count == "none":
        return None
    if not query.is_counted:
        return await estimate(snapshot, collection, selected(snapshot, collection, query))
    if rows or not query.after:
        return Count.of(rows[0]["total"] if rows else 0)
    await snapshot.open()
    return Count.of(await row_count(snapshot, collection, selected(snapshot, collection, query)))


def selected(snapshot: Snapshot, collection: Collection, query: ListQuery) -> Statement:
    """The rows that the filter and `on` leave."""
    statement = Statement(snapshot.relation, snapshot.on is not None)
    statement.where += _kept(collection, query, statement, is_possible=query.is_possible)
    _narrow(query, statement)
    return statement


def _kept(
    collection: Collection, query: ListQuery, statement: Statement, *, is_possible: bool
) -> list[str]:
    """What the filter says of a row, and the day: certainly, or perhaps."""
    kept: list[str] = []
    if query.filter != EVERYTHING:
        meets = possibly if is_possible else certainly
        kept.append(f"({meets(query.filter, statement)})")
    if query.on is not None and collection.starts:
        life = in_force(collection, "t", statement.moment)
        kept.append(f"({life.possible if is_possible else life.certain})")
    return kept


def _narrow(query: ListQuery, statement: Statement) -> None:
    """By what a search has found, and by what lost a dispute."""
    if query.among is not None:
        statement.where.append(f"t.id = ANY ({statement.bind(list(query.among))}::text[])")
    if query.is_used:
        statement.where.append(f"t.{USED}")


def sampled(collection: Collection, query: ListQuery, statement: Statement) -> None:
    """Keep `sample` of the selected rows: those whose id hashes lowest under the seed."""
    drawn = f"SELECT t.id{statement.source(collection)}"
    by_hash = f"ORDER BY md5({statement.bind(f'{query.seed}:')}::text || t.id), t.id"
    statement.where = [f"t.id IN ({drawn} {by_hash} LIMIT {statement.bind(query.sample)}::int)"]


async def undecided(snapshot: Snapshot, collection: Collection, query: ListQuery) -> dict[str, int]:
    """By date path: how many records might match, depending on days that are not known."""
    if not may_be_undecided(query):
        return {}
    statement = Statement(snapshot.relation, snapshot.on is not None)
    possible, certain = (
        _kept(collection, query, statement, is_possible=perhaps) for perhaps in (True, False)
    )
    causes = _causes(collection, query, statement, certain)
    if not causes:
        return {}
    statement.where += possible
    statement.where.append(f"({' AND '.join(certain)}) IS NOT TRUE")
    statement.where.append(f"({' OR '.join(causes.values())})")
    _narrow(query, statement)
    counts = ", ".join(
        f"count(*) FILTER (WHERE {cause}) AS n{place}"
        for place, cause in enumerate(causes.values())
    )
    (row,) = await snapshot.rows(
        f"SELECT {counts}{statement.source(collection)}", *statement.parameters
    )
    found = {name: row[f"n{place}"] for place, name in enumerate(causes)}
    return {name: count for name, count in sorted(found.items()) if count}


def may_be_undecided(query: ListQuery) -> bool:
    """Whether it asks anything of days."""
    return query.on is not None or bool(_asked(query))


def _asked(query: ListQuery) -> dict[str, Path]:
    """The date paths of the filter."""
    return {c.path.name: c.path for c in comparisons(query.filter) if c.path.type.is_dated}


def _causes(
    collection: Collection, query: ListQuery, statement: Statement, certain: list[str]
) -> dict[str, str]:
    """By date path: SQL of what it may leave open."""
    open_paths = _asked(query).items()
    causes = {n: f"({certain[0]} IS NOT TRUE AND {_imprecise(p)})" for n, p in open_paths}
    if query.on is not None:
        for name, cause in open_ends(collection, "t", statement.moment).items():
            causes[name] = f"({causes[name]} OR {cause})" if name in causes else cause
    return causes


def _imprecise(path: Path) -> str:
    if path.is_many_hop:
        return "true"
    return f"{path.column}_min IS DISTINCT FROM {path.column}_max"


async def disputed(snapshot: Snapshot, collection: Collection, query: ListQuery) -> int:
    """How many of the facts lost a dispute."""
    return await row_count(snapshot, collection, set_aside(snapshot, collection, query))


def set_aside(snapshot: Snapshot, collection: Collection, query: ListQuery) -> Statement:
    """Of the facts those that lost a dispute; its parameters are the first ones of `selected`."""
    statement = selected(snapshot, collection, replace(query, is_used=False))
    statement.where.append(f"t.{SET_ASIDE}")
    return statement


def page_sql(
    snapshot: Snapshot,
    collection: Collection,
    keys: list[SortKey],
    statement: Statement,
    size: int,
    columns: frozenset[str] | None = None,
) -> str:
    """The first `size` rows. Each part of a view is ordered and cut by itself, by an index of its
    own table, before they are put together; unless what orders them is no column of theirs."""
    for key in keys:
        statement.reach(key.path)
    parts = [""] if _is_related(keys) else snapshot.parts(collection.table)
    sort_key = ", ".join(f"({key.expression})::text" for key in keys)
    # What views are put together from is ordered by its columns.
    shown = snapshot.once(column_list, collection, None if collection in VIEWS else columns)
    chosen = f"SELECT {shown}, ARRAY[{sort_key}] AS sort_key"
    last = f" ORDER BY {order_by(keys)} LIMIT {size}"
    found = (f"{chosen}{statement.source(collection, part)}" for part in parts)
    first, *more = (f"{_found(snapshot, collection, rows, keys)}{last}" for rows in found)
    if not more:
        return first
    return f"SELECT * FROM ({' UNION ALL '.join(f'({one})' for one in (first, *more))}) t{last}"


def _found(snapshot: Snapshot, collection: Collection, rows: str, keys: list[SortKey]) -> str:
    """The rows, to be ordered. Those that break a rule are few among many, and in the past there is
    no index of an order: they are found first, as a whole, since looking for the first ones would
    try each row with each."""
    is_slow = collection is ISSUES or (collection in VIEWS and not snapshot.is_current)
    is_whole = is_slow and not _is_related(keys)
    return f"SELECT * FROM ({rows} OFFSET 0) t" if is_whole else rows


def _is_related(keys: list[SortKey]) -> bool:
    """Whether they are of other records than those of the list."""
    return any(key.path.hops for key in keys)


async def matching(snapshot: Snapshot, collection: Collection, expression: Expression) -> list[str]:
    """The ids of all records that certainly meet the filter."""
    statement = selected(snapshot, collection, ListQuery(filter=expression))
    rows = await snapshot.rows(
        f"SELECT t.id{statement.source(collection)} ORDER BY t.id", *statement.parameters
    )
    return [row["id"] for row in rows]


async def batches(
    snapshot: Snapshot, collection: Collection, query: ListQuery, size: int
) -> AsyncIterator[list[Record]]:
    """All rows in the list's order, `size` at a time."""
    keys = _keys(snapshot, collection, query)
    statement = selected(snapshot, collection, query)
    for key in keys:
        statement.reach(key.path)
    rows = f"SELECT {snapshot.once(column_list, collection, None)}{statement.source(collection)}"
    text = f"{_found(snapshot, collection, rows, keys)} ORDER BY {order_by(keys)}"
    cursor = await snapshot.cursor(text, *statement.parameters)
    while rows := await cursor.fetch(size):
        yield [dict(row) for row in rows]


async def is_longer(
    snapshot: Snapshot, collection: Collection, query: ListQuery, most: int
) -> bool:
    """Whether more than `most` rows meet the query."""
    statement = selected(snapshot, collection, query)
    beyond = await snapshot.rows(
        f"SELECT 1{statement.source(collection)} OFFSET {most} LIMIT 1", *statement.parameters
    )
    return bool(beyond)
