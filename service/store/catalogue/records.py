"""Single records and those that point at them, of any collection."""

from collections.abc import Iterable
from typing import Any

from service.query.fields import RECORDED, Collection, Field, Moment
from service.query.filters.compiler import Statement
from service.query.lives import Lifetime, in_force, life
from service.query.registry import COLLECTIONS
from service.query.types import ExternalIds
from service.store.database import Connection, Snapshot
from service.store.statements import load

SOURCES = load("sources")
Record = dict[str, Any]


async def get(
    snapshot: Snapshot,
    collection: Collection,
    record_id: str,
    columns: frozenset[str] | None = None,
) -> Record | None:
    """Its columns, or some."""
    rows = await snapshot.rows(snapshot.once(_one, collection, columns), record_id)
    return dict(rows[0]) if rows else None


def _one(collection: Collection, columns: frozenset[str] | None, moment: Moment) -> str:
    chosen = column_list(collection, columns, moment)
    return f"SELECT {chosen} FROM {moment.relation(collection.table)} t WHERE t.id = $1"


async def all_ids(connection: Connection, collection: Collection) -> list[str]:
    """Every id that stands, the caller's own writes included."""
    rows = await connection.fetch(f"SELECT t.id FROM {collection.table} t ORDER BY t.id")
    return [row["id"] for row in rows]


async def ids(snapshot: Snapshot, collection: Collection) -> list[str]:
    rows = await snapshot.connection.fetch(
        f"SELECT t.id FROM {snapshot.relation(collection.table)} t ORDER BY t.id"
    )
    return [row["id"] for row in rows]


async def names(snapshot: Snapshot, collection: Collection) -> list[Record]:
    """`id` and `names` of every record of a collection that has names."""
    rows = await snapshot.connection.fetch(
        f"SELECT t.id, t.names FROM {snapshot.relation(collection.table)} t"
    )
    return [dict(row) for row in rows]


async def names_since(
    snapshot: Snapshot, collections: Iterable[Collection], revision: int
) -> dict[str, dict[str, Any]]:
    """By kind and id the `names` of every record that was written after a revision, None of those
    that were replaced or retired; the snapshot must be of the newest revision."""
    parts = []
    for one in collections:
        written = f"SELECT '{one.kind}' AS kind, id, names FROM {snapshot.relation(one.table)}"
        gone = f"SELECT '{one.kind}', id, NULL::jsonb FROM {one.table}_history"
        parts += [f"{written} WHERE revision > $1", f"{gone} WHERE replaced_in > $1"]
    found: dict[str, dict[str, Any]] = {}
    for row in await snapshot.connection.fetch(" UNION ALL ".join(parts), revision):
        of_kind = found.setdefault(row["kind"], {})
        of_kind[row["id"]] = of_kind.get(row["id"]) if row["names"] is None else row["names"]
    return found


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


def column_list(
    collection: Collection, columns: frozenset[str] | None, moment: Moment = RECORDED
) -> str:
    """The id and other columns of a record at a moment, over the row `t`; None: all of them,
    derived ones and date bounds included."""
    named: dict[str, str] = {}
    for field in collection.fields:
        named |= {column: f"t.{column}" for column in field.columns}
        if field.derived is not None and (columns is None or field.name in columns):
            named[field.name] = f"{field.derived('t', moment)} AS {field.name}"
        named |= {column: f"t.{column}" for column in field.type.generated_columns(field.name)}
    named |= {column: f"t.{column}" for column in ("revision", "recorded_at", "updated_at")}
    chosen = [sql for column, sql in named.items() if columns is None or column in columns]
    return ", ".join(["t.id", *chosen])


async def by_ids(
    snapshot: Snapshot,
    collection: Collection,
    wanted: Iterable[str],
    columns: frozenset[str] | None = None,
) -> dict[str, Record]:
    """Records by id, their columns or some; ids without a record are left out."""
    text = snapshot.once(_several, collection, columns)
    rows = await snapshot.rows(text, sorted(wanted))
    return {row["id"]: dict(row) for row in rows}


def _several(collection: Collection, columns: frozenset[str] | None, moment: Moment) -> str:
    chosen = column_list(collection, columns, moment)
    relation = moment.relation(collection.table)
    return f"SELECT {chosen} FROM {relation} t WHERE t.id = ANY ($1::text[])"


async def lifetimes(
    snapshot: Snapshot, collection: Collection, wanted: Iterable[str]
) -> dict[str, Lifetime]:
    """What is known of the lives of records, by id, whatever the day."""
    chosen = snapshot.once(_lifetime_columns, collection)
    rows = await snapshot.rows(
        f"SELECT t.id, {chosen} FROM {snapshot.relation(collection.table)} t"
        " WHERE t.id = ANY ($1::text[])",
        sorted(wanted),
    )
    return {row["id"]: Lifetime(*(row[name] for name in Lifetime._fields)) for row in rows}


def _lifetime_columns(collection: Collection, moment: Moment) -> str:
    days = zip(life(collection, "t", moment), Lifetime._fields, strict=True)
    return ", ".join(f"{day} AS {name}" for day, name in days)


async def with_external_id(snapshot: Snapshot, collection: Collection, wanted: str) -> str | None:
    """The id of the record that has `wikidata:Q95`."""
    has_it = " OR ".join(f"t.{f.name} @> ARRAY[$1]" for f in collection.of_type(ExternalIds))
    found: str | None = await snapshot.connection.fetchval(
        f"SELECT t.id FROM {snapshot.relation(collection.table)} t WHERE {has_it}", wanted
    )
    return found


async def pointing(
    snapshot: Snapshot,
    collection: Collection,
    reference: Field,
    targets: list[str],
    most: int,
    columns: frozenset[str] | None = None,
    *,
    is_possible: bool = False,
) -> dict[str, list[Record]]:
    """For each target id the first `most` records that point to it, by id, their columns or some;
    where the snapshot is of a day, those in force then, certainly or perhaps."""
    statement = Statement(snapshot.relation, snapshot.on is not None)
    listed = statement.bind(targets)
    statement.where.append(reference.type.holds(f"t.{reference.name}", "v"))
    if snapshot.on is not None:
        life = in_force(collection, "t", snapshot.moment)
        statement.where.append(life.possible if is_possible else life.certain)
    rows = await snapshot.rows(
        f"SELECT v AS target, p.* FROM unnest({listed}::text[]) AS v CROSS JOIN LATERAL"
        f" (SELECT {snapshot.once(column_list, collection, columns)}{statement.source(collection)}"
        f" ORDER BY t.id LIMIT {most}) p",
        *statement.parameters,
    )
    by_target: dict[str, list[Record]] = {target: [] for target in targets}
    for row in rows:
        by_target[row["target"]].append({k: v for k, v in row.items() if k != "target"})
    return by_target


async def at_revision(
    connection: Connection, collection: Collection, record_id: str, revision: int
) -> Record | None:
    """A record as it was at a revision."""
    row = await connection.fetchrow(
        f"SELECT {column_list(collection, None)} FROM {collection.table}_at($2) t WHERE t.id = $1",
        record_id,
        revision,
    )
    return None if row is None else dict(row)


async def standing(
    connection: Connection, collection: Collection, wanted: Iterable[str]
) -> dict[str, Record]:
    """Records by id as they stand, the caller's own writes included."""
    rows = await connection.fetch(
        f"SELECT {column_list(collection, None)} FROM {collection.table} t"
        " WHERE t.id = ANY ($1::text[])",
        sorted(wanted),
    )
    return {row["id"]: dict(row) for row in rows}


async def current(connection: Connection, collection: Collection, record_id: str) -> Record | None:
    """A record as it stands, the caller's own writes included."""
    row = await connection.fetchrow(
        f"SELECT {column_list(collection, None)} FROM {collection.table} t WHERE t.id = $1",
        record_id,
    )
    return None if row is None else dict(row)


async def pointing_counts(
    connection: Connection, collection: Collection, record_id: str
) -> dict[str, int]:
    """How many records of each collection point at one, where there are any."""
    counts: dict[str, int] = {}
    for other in COLLECTIONS:
        for field in other.references:
            if field.to != collection.name:
                continue
            points_at_it = field.type.holds(f"t.{field.name}", "$1::text")
            count = await connection.fetchval(
                f"SELECT count(*) FROM {other.table} t WHERE {points_at_it}", record_id
            )
            counts |= {other.name: counts.get(other.name, 0) + count} if count else {}
    return counts


async def source_urls(connection: Connection, ids: list[str]) -> dict[str, str]:
    """The addresses of sources by id; unknown ids are left out."""
    rows = await SOURCES["urls"].rows(connection, ids=ids)
    return {row["id"]: row["url"] for row in rows}


async def delete(connection: Connection, collection: Collection, record_id: str) -> None:
    """Take a record out of the current table; its history keeps it."""
    await connection.execute(f"DELETE FROM {collection.table} WHERE id = $1", record_id)
