"""One record merged into another: what pointed at it points at the survivor, set by set."""

from typing import NamedTuple

from service.query.fields import Collection, Field
from service.query.registry import COLLECTIONS
from service.query.types import ExternalIds, Names, Texts
from service.query.types.references import united
from service.store.catalogue import records
from service.store.curation import retired_ids
from service.store.database import Connection


class Merge(NamedTuple):
    """The record `old` of a collection becomes `new` in a revision."""

    collection: Collection
    old: str
    new: str
    revision: int


async def merge(connection: Connection, asked: Merge) -> None:
    """Both records stand. What points is found in the registry; nothing is left dangling."""
    for other in COLLECTIONS:
        fields = _pointing(other, asked.collection)
        if fields:
            await _join_twins(connection, other, fields, asked)
            await connection.execute(_repoint(other, fields), asked.old, asked.new)
    await connection.execute(_enrich(asked.collection), asked.old, asked.new)
    await records.delete(connection, asked.collection, asked.old)
    await retired_ids.put(
        connection,
        asked.collection,
        asked.old,
        asked.revision,
        replaced_by=asked.new,
        is_merge=True,
    )


def _pointing(other: Collection, target: Collection) -> list[Field]:
    return [f for f in other.stored if f.to == target.name]


async def _join_twins(
    connection: Connection, other: Collection, fields: list[Field], asked: Merge
) -> None:
    """Facts that would share their natural key become one before they can clash."""
    in_key = [f.name for f in fields if f.name in other.natural_key]
    if not in_key:
        return
    twins = await connection.fetch(_twins(other, in_key), asked.old, asked.new)
    losers, keepers = [row["id"] for row in twins], [row["keeper"] for row in twins]
    if not losers:
        return
    await connection.execute(_absorb(other), losers, keepers)
    await connection.execute(f"DELETE FROM {other.table} WHERE id = ANY ($1::text[])", losers)
    await retired_ids.put_merged(connection, other, losers, keepers, asked.revision)


def _twins(other: Collection, in_key: list[str]) -> str:
    """Facts with the fact that stays in their place: one that pointed at the survivor already."""
    key = ", ".join(
        f"CASE WHEN t.{c} = $1::text THEN $2::text ELSE t.{c} END"
        if c in in_key
        else ", ".join(parts)
        for c, parts in zip(other.natural_key, other.key_parts("t"), strict=True)
    )
    moves = " OR ".join(f"t.{c} = $1::text" for c in in_key)
    near = " OR ".join(f"t.{c} IN ($1::text, $2::text)" for c in in_key)
    return (
        "SELECT id, keeper FROM (SELECT t.id, first_value(t.id) OVER"
        f" (PARTITION BY {key} ORDER BY ({moves}), t.id) AS keeper"
        f" FROM {other.table} t WHERE {near}) q WHERE id <> keeper ORDER BY id"
    )


def _absorb(other: Collection) -> str:
    """The keeper's own values win; the loser's `l` fill its nulls; sources are united."""
    values: dict[str, str] = {}
    for field in other.stored:
        values |= _absorbed(field) if not set(field.columns) & set(other.natural_key) else {}
    return _update(
        other.table,
        values,
        f"FROM {other.table} l, unnest($1::text[], $2::text[]) AS twin (loser, keeper)"
        " WHERE k.id = twin.keeper AND l.id = twin.loser",
    )


def _absorbed(field: Field) -> dict[str, str]:
    name = field.name
    if name == "evidence":
        return {name: EITHER_SOURCED}
    return field.type.joined_twins(name)


EITHER_SOURCED = "CASE WHEN l.evidence = 'sourced' THEN l.evidence ELSE k.evidence END"


def _repoint(other: Collection, fields: list[Field]) -> str:
    values, where = {}, []
    for field in fields:
        column = f"k.{field.name}"
        values[field.name] = field.type.replaced(column, "$1::text", "$2::text")
        where.append(field.type.holds(column, "$1::text"))
    return _update(other.table, values, f"WHERE ({' OR '.join(where)})")


def _enrich(collection: Collection) -> str:
    """What the record was called are aliases of the survivor, which has the external ids of both
    and stands on the sources of both."""
    values = {"source_ids": united("source_ids"), "evidence": EITHER_SOURCED}
    names = [field.name for field in collection.of_type(Names)]
    called = " UNION ".join(f"SELECT value FROM jsonb_each_text(l.{name})" for name in names)
    own = " UNION ".join(f"SELECT value FROM jsonb_each_text(k.{name})" for name in names)
    for field in collection.of_type(Texts):
        values[field.name] = (
            f'ARRAY(SELECT DISTINCT v COLLATE "C" FROM (SELECT unnest(k.{field.name} ||'
            f" l.{field.name}) UNION {called}) q (v) WHERE v NOT IN ({own}) ORDER BY 1)"
        )
    for field in collection.of_type(ExternalIds):
        values |= field.type.joined_twins(field.name)
    return _update(
        collection.table,
        values,
        f"FROM {collection.table} l WHERE l.id = $1::text AND k.id = $2::text",
    )


def _update(table: str, values: dict[str, str], rest: str) -> str:
    """Rows that would stay as they are are left alone: no version, no change in the feed."""
    old = ", ".join(f"k.{column}" for column in values)
    pairs = ", ".join(f"{column} = {value}" for column, value in values.items())
    return (
        f"UPDATE {table} k SET {pairs} {rest}"
        f" AND ROW({old}) IS DISTINCT FROM ROW({', '.join(values.values())})"
    )
