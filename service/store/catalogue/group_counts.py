"""How many of the selected records each group has, and what later revisions changed of that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.query.fields import Collection
from service.query.filters.compiler import Statement
from service.query.grouping import Key
from service.query.registry import COLLECTIONS
from service.store.catalogue.group_keys import value_of
from service.store.catalogue.lists import ListQuery, selected, set_aside
from service.store.curation import retired_ids
from service.store.database import Snapshot

Place = tuple[str | None, ...]
Counts = dict[Place, int]
Named = Sequence[tuple[Collection, tuple[str, ...]]]  # ids by collection
USED, LOST = "false", "true"
_TABLES = frozenset(collection.table for collection in COLLECTIONS)


@dataclass(frozen=True)
class Changed:
    """What a group has more or less of than before. `is_elsewhere`: a record beside those that are
    counted was written, so that any of them may stand elsewhere now."""

    counts: Counts
    is_elsewhere: bool


@dataclass(frozen=True)
class Counting:
    """SQL that counts rows by keys, which are the place of a group, and at its end by whether they
    lost a dispute; of those that did, a list is no key, so that each is counted once.

    `whole`: of all groups, in the order of the keys, the unknown last; `changed`: of what was
    changed after a revision, the parameter behind the others, a row at least; `one`, `some`: of the
    record whose id is that parameter, or of those whose ids it has. `tables`: all that is read.
    `is_kept`: it can be told what a later revision changes.
    """

    whole: str
    changed: str
    one: str
    some: str
    parameters: tuple[object, ...]
    n_keys: int
    tables: frozenset[str]
    is_kept: bool


@dataclass(frozen=True)
class _Counted:
    """Rows that are counted once or, by the sign, taken away: SQL of their keys, and whether they
    are to stand as those that lost a dispute."""

    statement: Statement
    values: tuple[str, ...]
    is_lost: bool = False
    sign: str = ""

    def grouped(self, collection: Collection, part: str = "", *, is_gone: bool = False) -> str:
        keys = "".join(f'({key})::text COLLATE "C" AS k{n}, ' for n, key in enumerate(self.values))
        places = ", ".join(str(n) for n in range(1, len(self.values) + 2))
        sign = ("" if self.sign else "-") if is_gone else self.sign
        return (
            f"SELECT {keys}'{LOST if self.is_lost else USED}'::text AS is_lost, {sign}count(*) AS n"
            f"{self.statement.source(collection, part)} GROUP BY {places}"
        )


def counted_by(
    snapshot: Snapshot, collection: Collection, query: ListQuery, keys: tuple[Key, ...]
) -> Counting:
    """The question; what it reads is noted when it is asked. The few that lost a dispute have an
    index: all are counted, and then those taken away, which is less than to look at the mark of
    each row."""
    apart = snapshot.apart()
    every = selected(apart, collection, replace(query, is_used=False))
    counted = [_Counted(every, tuple(value_of(key, every) for key in keys))]
    if query.is_used:
        lost, once = (set_aside(apart, collection, query) for _ in range(2))
        alone = ("NULL" if k.path.type.is_list else value_of(k, once) for k in keys)
        counted.append(_Counted(lost, tuple(value_of(key, lost) for key in keys), sign="-"))
        counted.append(_Counted(once, tuple(alone), is_lost=True))
    table, beside = collection.table, frozenset(apart.tables)
    last = f"${len(every.parameters) + 1}"

    def few(which: str) -> str:
        part = f"(SELECT * FROM {table} WHERE id = {which})"
        return " UNION ALL ".join(one.grouped(collection, part) for one in counted)

    return Counting(
        whole=_whole([one.grouped(collection) for one in counted], len(keys)),
        changed=_changed(collection, counted, beside, f"{last}::bigint"),
        one=few(f"{last}::text"),
        some=few(f"ANY ({last}::text[])"),
        parameters=tuple(every.parameters),
        n_keys=len(keys),
        tables=beside | {table},
        is_kept=table in _TABLES - beside and beside <= _TABLES,
    )


def _whole(parts: list[str], n_keys: int) -> str:
    keys = [f"k{n}" for n in range(n_keys)]
    found, *further = parts
    if further:
        every, columns = " UNION ALL ".join(parts), ", ".join([*keys, "is_lost"])
        found = f"SELECT {columns}, sum(n)::bigint AS n FROM ({every}) g GROUP BY {columns}"
        found += " HAVING sum(n) > 0"
    order = ", ".join([*(f"{key} NULLS LAST" for key in keys), "is_lost"])
    return f"SELECT * FROM ({found}) c ORDER BY {order}"


def _changed(
    collection: Collection, counted: list[_Counted], beside: frozenset[str], since: str
) -> str:
    """The tables `beside` decide where a row is counted, so that any may stand elsewhere after a
    write to them; else it depends on its own row alone."""
    table = collection.table
    ended = f"replaced_in > {since} AND revision <= {since}"
    begun = f"(SELECT * FROM {table} WHERE revision > {since})"
    gone = f"(SELECT * FROM {table}_history WHERE {ended})"
    changes = [one.grouped(collection, begun) for one in counted]
    changes += [one.grouped(collection, gone, is_gone=True) for one in counted]
    written = (
        f"EXISTS (SELECT FROM {other} WHERE revision > {since})"
        f" OR EXISTS (SELECT FROM {other}_history WHERE replaced_in > {since})"
        for other in sorted(beside)
    )
    return (
        f"SELECT c.*, ({' OR '.join(written) or 'false'}) AS is_elsewhere FROM (VALUES (1)) one"
        f" LEFT JOIN ({' UNION ALL '.join(changes)}) c ON true"
    )


async def count(snapshot: Snapshot, asked: Counting, most: int) -> Counts:
    """All groups at the snapshot's revision, by one statement; of too many one more."""
    rows = await snapshot.rows(f"{asked.whole} LIMIT {most + 1}", *asked.parameters)
    snapshot.note(*asked.tables)
    return {tuple(row[: asked.n_keys + 1]): row["n"] for row in rows}


async def changed(snapshot: Snapshot, asked: Counting, since: int) -> Changed:
    """What the revisions after `since` changed, by one statement."""
    rows = await snapshot.rows(asked.changed, *asked.parameters, since)
    snapshot.note(*asked.tables)
    return Changed(_summed(rows, asked.n_keys), rows[0]["is_elsewhere"])


async def some(
    snapshot: Snapshot, asked: Counting, ids: tuple[str, ...], named: Named
) -> Counts | None:
    """The groups of these records alone, by one statement; None where one of the ids that are
    `named` is no record."""
    few, which = (asked.one, ids[0]) if len(ids) == 1 else (asked.some, list(ids))
    bound: list[object] = [*asked.parameters, which]

    def bind(value: object) -> str:
        bound.append(value)
        return f"${len(bound)}"

    astray = [retired_ids.astray(snapshot, of, given, bind) for of, given in named]
    rows = await snapshot.rows(
        f"SELECT c.*, ({' OR '.join(astray) or 'false'}) AS is_astray"
        f" FROM (VALUES (1)) one LEFT JOIN ({few}) c ON true",
        *bound,
    )
    snapshot.note(*asked.tables)
    return None if rows[0]["is_astray"] else _summed(rows, asked.n_keys)


def _summed(rows: Sequence[Any], n_keys: int) -> Counts:
    counts = Counts()
    for row in rows:
        place = tuple(row[: n_keys + 1])
        counts[place] = counts.get(place, 0) + (row["n"] or 0)
    return {place: n for place, n in counts.items() if n}
