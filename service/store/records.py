"""Reads of any collection, compiled from the registry."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from service import limits
from service.query.fields import Collection, Field, Type
from service.query.filters import Condition, Statement, compile_condition, in_force
from service.query.registry import BY_NAME
from service.query.sorting import SortKey, after, order_by, sort_keys
from service.store.database import Snapshot

Record = dict[str, Any]


@dataclass(frozen=True)
class ListQuery:
    """What a list asks for; every name in it was checked against the registry."""

    conditions: tuple[Condition, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int = limits.PAGE_DEFAULT
    after: tuple[str | None, ...] = ()
    lang: str = "en"
    on: date | None = None
    is_counted: bool = True


@dataclass(frozen=True)
class Page:
    """One page; `after` are the sort key values of its last row when more follow."""

    records: list[Record]
    after: list[str | None] | None
    count: int | None


async def page(snapshot: Snapshot, collection: Collection, query: ListQuery) -> Page:
    """One page of a list, in a total order."""
    keys = sort_keys(collection, query.sort or collection.default_sort, query.lang)
    statement = _where(snapshot, collection, query)
    count = await _count(snapshot, collection, statement) if query.is_counted else None
    if query.after:
        where = after(keys, list(query.after), len(statement.parameters) + 1)
        statement.where.append(where)
        statement.parameters += _used(query.after, where, len(statement.parameters))
    rows = await snapshot.connection.fetch(
        _select(snapshot, collection, keys, statement, query.limit + 1), *statement.parameters
    )
    shown = rows[: query.limit]
    last = list(shown[-1]["sort_key"]) if len(rows) > query.limit else None
    return Page([_plain(row) for row in shown], last, count)


async def get(snapshot: Snapshot, collection: Collection, record_id: str) -> Record | None:
    row = await snapshot.connection.fetchrow(
        f"SELECT {_columns(collection)} FROM {snapshot.relation(collection.table)} t"
        " WHERE t.id = $1",
        record_id,
    )
    return None if row is None else dict(row)


async def ids(snapshot: Snapshot, collection: Collection) -> list[str]:
    rows = await snapshot.connection.fetch(
        f"SELECT t.id FROM {snapshot.relation(collection.table)} t ORDER BY t.id"
    )
    return [row["id"] for row in rows]


async def missing(snapshot: Snapshot, field: Field, values: tuple[str, ...]) -> list[str]:
    """Those of the values that are no id of the collection the field points to."""
    target = snapshot.relation(BY_NAME[field.to].table)
    rows = await snapshot.connection.fetch(
        f"SELECT v FROM unnest($1::text[]) AS v"
        f" WHERE NOT EXISTS (SELECT 1 FROM {target} t WHERE t.id = v)",
        list(values),
    )
    return [row["v"] for row in rows]


def _where(snapshot: Snapshot, collection: Collection, query: ListQuery) -> Statement:
    statement = Statement()
    for condition in query.conditions:
        compile_condition(condition, statement, snapshot.relation)
    if query.on is not None:
        in_force(collection, query.on.isoformat(), statement)
    return statement


async def _count(snapshot: Snapshot, collection: Collection, statement: Statement) -> int:
    rows = f"SELECT 1 FROM {snapshot.relation(collection.table)} t{_clause(statement)}"
    return int(
        await snapshot.connection.fetchval(
            f"SELECT count(*) FROM ({rows} LIMIT {limits.COUNT_MAX + 1}) q", *statement.parameters
        )
    )


def _used(values: tuple[str | None, ...], where: str, bound: int) -> list[str | None]:
    """The key values up to the last parameter that the condition names."""
    named = [n for n, _ in enumerate(values, 1) if f"${bound + n}::" in where]
    return list(values[: max(named, default=0)])


def _clause(statement: Statement) -> str:
    return f" WHERE {' AND '.join(statement.where)}" if statement.where else ""


def _columns(collection: Collection) -> str:
    names = ["t.id"]
    for field in collection.fields:
        names += [f"{field.expression} AS {field.name}"] if field.expression else [
            f"t.{column}" for column in field.columns
        ]  # fmt: skip
        if field.type is Type.DATE:
            names += [f"t.{field.name}_min", f"t.{field.name}_max"]
    return ", ".join([*names, "t.revision", "t.recorded_at", "t.updated_at"])


def _select(
    snapshot: Snapshot, collection: Collection, keys: list[SortKey], statement: Statement, size: int
) -> str:
    sort_key = ", ".join(f"({key.expression})::text" for key in keys)
    return (
        f"SELECT {_columns(collection)}, ARRAY[{sort_key}] AS sort_key"
        f" FROM {snapshot.relation(collection.table)} t{_clause(statement)}"
        f" ORDER BY {order_by(keys)} LIMIT {size}"
    )


def _plain(row: Any) -> Record:
    return {name: value for name, value in row.items() if name != "sort_key"}


async def matching(
    snapshot: Snapshot, collection: Collection, conditions: tuple[Condition, ...]
) -> list[str]:
    """The ids of all records that meet the conditions."""
    statement = _where(snapshot, collection, ListQuery(conditions=conditions))
    rows = await snapshot.connection.fetch(
        f"SELECT t.id FROM {snapshot.relation(collection.table)} t{_clause(statement)}"
        " ORDER BY t.id",
        *statement.parameters,
    )
    return [row["id"] for row in rows]
