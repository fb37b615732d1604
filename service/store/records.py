"""Reads of any collection, compiled from the registry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from service import limits
from service.query.compiler import Statement, compile_filter, in_force
from service.query.expressions import EVERYTHING, Expression, comparisons
from service.query.fields import Collection, Field, Type
from service.query.paths import Path
from service.query.registry import COLLECTIONS
from service.query.sorting import SortKey, after, order_by, sort_keys
from service.store.database import Connection, Snapshot

Record = dict[str, Any]


@dataclass(frozen=True)
class ListQuery:
    """What a list asks for; every name in it was checked against the registry.

    `sample`: so many records drawn without replacement, decided by `seed` and the ids alone.
    `among`: only these ids, which a search has found.
    """

    filter: Expression = EVERYTHING
    is_possible: bool = False
    sort: tuple[str, ...] = ()
    limit: int = limits.PAGE_DEFAULT
    after: tuple[str | None, ...] = ()
    lang: str = "en"
    on: date | None = None
    is_counted: bool = True
    sample: int = 0
    seed: int = 0
    among: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Page:
    """One page; `after` are the sort key values of its last row when more follow."""

    records: list[Record]
    after: list[str | None] | None
    count: int | None


async def page(snapshot: Snapshot, collection: Collection, query: ListQuery) -> Page:
    """One page of a list, in a total order."""
    keys = sort_keys(collection, query.sort or collection.default_sort, query.lang)
    statement = selected(snapshot, collection, query)
    if query.sample:
        sampled(collection, query, statement)
    found = await _count(snapshot, collection, statement) if query.is_counted else None
    if query.after:
        where = after(keys, list(query.after), len(statement.parameters) + 1)
        statement.where.append(where)
        statement.parameters += _used(query.after, where, len(statement.parameters))
    rows = await snapshot.connection.fetch(
        _select(collection, keys, statement, query.limit + 1), *statement.parameters
    )
    shown = rows[: query.limit]
    last = list(shown[-1]["sort_key"]) if len(rows) > query.limit else None
    return Page([_plain(row) for row in shown], last, found)


def selected(snapshot: Snapshot, collection: Collection, query: ListQuery) -> Statement:
    """The rows that the filter and `on` leave."""
    statement = Statement(snapshot.relation)
    if query.filter != EVERYTHING:
        truth = compile_filter(query.filter, statement)
        statement.where.append(f"({truth.possible if query.is_possible else truth.certain})")
    _narrow(collection, query, statement)
    return statement


def _narrow(collection: Collection, query: ListQuery, statement: Statement) -> None:
    """By the day, and by what a search has found."""
    if query.on is not None:
        in_force(collection, query.on.isoformat(), statement)
    if query.among is not None:
        statement.where.append(f"t.id = ANY ({statement.bind(list(query.among))}::text[])")


def sampled(collection: Collection, query: ListQuery, statement: Statement) -> None:
    """Keep `sample` of the selected rows: those whose id hashes lowest under the seed."""
    drawn = f"SELECT t.id{statement.source(collection)}"
    by_hash = f"ORDER BY md5({statement.bind(f'{query.seed}:')}::text || t.id), t.id"
    statement.where = [f"t.id IN ({drawn} {by_hash} LIMIT {query.sample})"]


async def undecided(snapshot: Snapshot, collection: Collection, query: ListQuery) -> dict[str, int]:
    """By date path: how many records might match, depending on days that are not known."""
    asked = {c.path.name: c.path for c in comparisons(query.filter) if c.path.type is Type.DATE}
    if not asked:
        return {}
    statement = Statement(snapshot.relation)
    truth = compile_filter(query.filter, statement)
    statement.where.append(f"({truth.possible}) AND ({truth.certain}) IS NOT TRUE")
    statement.where.append(f"({' OR '.join(map(_imprecise, asked.values()))})")
    _narrow(collection, query, statement)
    counts = ", ".join(f"count(*) FILTER (WHERE {_imprecise(path)})" for path in asked.values())
    row = await snapshot.connection.fetchrow(
        f"SELECT {counts}{statement.source(collection)}", *statement.parameters
    )
    return {name: count for name, count in sorted(zip(asked, row, strict=True)) if count}


def _imprecise(path: Path) -> str:
    if path.is_many_hop:
        return "true"
    return f"{path.column}_min IS DISTINCT FROM {path.column}_max"


async def get(snapshot: Snapshot, collection: Collection, record_id: str) -> Record | None:
    row = await snapshot.connection.fetchrow(
        f"SELECT {column_list(collection)} FROM {snapshot.relation(collection.table)} t"
        " WHERE t.id = $1",
        record_id,
    )
    return None if row is None else dict(row)


async def all_ids(connection: Connection, collection: Collection) -> list[str]:
    """Every id that stands, the caller's own writes included."""
    rows = await connection.fetch(f"SELECT t.id FROM {collection.table} t ORDER BY t.id")
    return [row["id"] for row in rows]


async def ids(snapshot: Snapshot, collection: Collection) -> list[str]:
    rows = await snapshot.connection.fetch(
        f"SELECT t.id FROM {snapshot.relation(collection.table)} t ORDER BY t.id"
    )
    return [row["id"] for row in rows]


async def count(snapshot: Snapshot, collection: Collection) -> int:
    """All records of a collection."""
    return int(
        await snapshot.connection.fetchval(
            f"SELECT count(*) FROM {snapshot.relation(collection.table)}"
        )
    )


async def missing(snapshot: Snapshot, collection: Collection, values: Iterable[str]) -> list[str]:
    """Those of the values that are no id of the collection."""
    rows = await snapshot.connection.fetch(
        f"SELECT v FROM unnest($1::text[]) AS v WHERE NOT EXISTS"
        f" (SELECT 1 FROM {snapshot.relation(collection.table)} t WHERE t.id = v)",
        list(values),
    )
    return [row["v"] for row in rows]


async def _count(snapshot: Snapshot, collection: Collection, statement: Statement) -> int:
    rows = f"SELECT 1{statement.source(collection)} LIMIT {limits.COUNT_MAX + 1}"
    return int(
        await snapshot.connection.fetchval(
            f"SELECT count(*) FROM ({rows}) q", *statement.parameters
        )
    )


def _used(values: tuple[str | None, ...], where: str, bound: int) -> list[str | None]:
    """The key values up to the last parameter that the condition names."""
    named = [n for n, _ in enumerate(values, 1) if f"${bound + n}::" in where]
    return list(values[: max(named, default=0)])


def column_list(collection: Collection) -> str:
    """The columns of a record, derived ones and date bounds included, over the row `t`."""
    names = ["t.id"]
    for field in collection.fields:
        names += [f"{field.expression} AS {field.name}"] if field.expression else [
            f"t.{column}" for column in field.columns
        ]  # fmt: skip
        if field.type is Type.DATE:
            names += [f"t.{field.name}_min", f"t.{field.name}_max"]
    return ", ".join([*names, "t.revision", "t.recorded_at", "t.updated_at"])


def _select(collection: Collection, keys: list[SortKey], statement: Statement, size: int) -> str:
    sort_key = ", ".join(f"({key.expression})::text" for key in keys)
    return (
        f"SELECT {column_list(collection)}, ARRAY[{sort_key}] AS sort_key"
        f"{ordered(collection, statement, keys)} LIMIT {size}"
    )


def ordered(collection: Collection, statement: Statement, keys: list[SortKey]) -> str:
    """FROM, WHERE and ORDER BY."""
    return f"{statement.source(collection)} ORDER BY {order_by(keys)}"


def _plain(row: Any) -> Record:
    return {name: value for name, value in row.items() if name != "sort_key"}


async def matching(snapshot: Snapshot, collection: Collection, expression: Expression) -> list[str]:
    """The ids of all records that certainly meet the filter."""
    statement = selected(snapshot, collection, ListQuery(filter=expression))
    rows = await snapshot.connection.fetch(
        f"SELECT t.id{statement.source(collection)} ORDER BY t.id", *statement.parameters
    )
    return [row["id"] for row in rows]


async def by_ids(
    snapshot: Snapshot, collection: Collection, wanted: Iterable[str]
) -> dict[str, Record]:
    """Records by id; ids without a record are left out."""
    rows = await snapshot.connection.fetch(
        f"SELECT {column_list(collection)} FROM {snapshot.relation(collection.table)} t"
        " WHERE t.id = ANY ($1::text[])",
        sorted(wanted),
    )
    return {row["id"]: dict(row) for row in rows}


async def pointing(
    snapshot: Snapshot,
    collection: Collection,
    reference: Field,
    targets: list[str],
    most: int,
    on: date | None = None,
) -> dict[str, list[Record]]:
    """For each target id the first `most` records that point to it, by id; `on`: in force then."""
    is_list = reference.type is Type.REFERENCES
    statement = Statement(snapshot.relation)
    listed = statement.bind(targets)
    statement.where.append(f"t.{reference.name} {'@> ARRAY[v]' if is_list else '= v'}")
    if on is not None:
        in_force(collection, on.isoformat(), statement)
    rows = await snapshot.connection.fetch(
        f"SELECT v AS target, p.* FROM unnest({listed}::text[]) AS v CROSS JOIN LATERAL"
        f" (SELECT {column_list(collection)}{statement.source(collection)}"
        f" ORDER BY t.id LIMIT {most}) p",
        *statement.parameters,
    )
    found: dict[str, list[Record]] = {target: [] for target in targets}
    for row in rows:
        found[row["target"]].append({k: v for k, v in row.items() if k != "target"})
    return found


async def at_revision(
    connection: Connection, collection: Collection, record_id: str, revision: int
) -> Record | None:
    """A record as it was at a revision."""
    row = await connection.fetchrow(
        f"SELECT {column_list(collection)} FROM {collection.table}_at($2) t WHERE t.id = $1",
        record_id, revision,
    )  # fmt: skip
    return None if row is None else dict(row)


async def current(connection: Connection, collection: Collection, record_id: str) -> Record | None:
    """A record as it stands, the caller's own writes included."""
    row = await connection.fetchrow(
        f"SELECT {column_list(collection)} FROM {collection.table} t WHERE t.id = $1", record_id
    )
    return None if row is None else dict(row)


async def pointing_counts(
    connection: Connection, collection: Collection, record_id: str
) -> dict[str, int]:
    """How many records of each collection point at one, where there are any."""
    found: dict[str, int] = {}
    for other in COLLECTIONS:
        for field in other.of_type(Type.REFERENCE, Type.REFERENCES):
            if field.to != collection.name:
                continue
            met = "@> ARRAY[$1::text]" if field.type is Type.REFERENCES else "= $1"
            count = await connection.fetchval(
                f"SELECT count(*) FROM {other.table} t WHERE t.{field.name} {met}", record_id
            )
            found |= {other.name: found.get(other.name, 0) + count} if count else {}
    return found


async def source_urls(connection: Connection, ids: list[str]) -> dict[str, str]:
    """The addresses of sources by id; unknown ids are left out."""
    rows = await connection.fetch("SELECT id, url FROM source WHERE id = ANY ($1::text[])", ids)
    return {row["id"]: row["url"] for row in rows}


async def delete(connection: Connection, collection: Collection, record_id: str) -> None:
    """Take a record out of the current table; its history keeps it."""
    await connection.execute(f"DELETE FROM {collection.table} WHERE id = $1", record_id)
