"""The versions of a record, and what changed between two revisions."""

from typing import Any

from service.query.fields import Collection
from service.query.filters.compiler import Statement, certainly
from service.query.filters.expressions import EVERYTHING, Expression
from service.store.catalogue.records import Record, column_list
from service.store.database import Snapshot


async def versions(
    snapshot: Snapshot, collection: Collection, record_id: str, before: int | None, limit: int
) -> list[Record]:
    """Versions up to the snapshot's revision, newest first, each with `replaced_in` (None: in
    force), `actor` and `comment` of the revision that wrote it, and those of its end; `into_id`: it
    was merged.

    `before`: only versions of earlier revisions.
    """
    names = column_list(collection, None)
    table = collection.table
    snapshot.note(table, "tombstone")
    rows = await snapshot.connection.fetch(
        f"SELECT v.*, w.actor, w.comment, w.recorded_at AS written_at,"
        f" e.actor AS end_actor, e.comment AS end_comment, e.recorded_at AS ended_at,"
        " m.replaced_by AS into_id FROM ("
        f"SELECT {names}, NULL::bigint AS replaced_in FROM {table} t WHERE t.id = $1"
        f" UNION ALL SELECT {names}, t.replaced_in FROM {table}_history t WHERE t.id = $1) v"
        " JOIN revision w ON w.id = v.revision LEFT JOIN revision e ON e.id = v.replaced_in"
        f" LEFT JOIN tombstone m ON m.kind = '{collection.kind}' AND m.id = v.id"
        " AND m.retired_in = v.replaced_in AND m.is_merge"
        " WHERE v.revision <= $2 AND ($3::bigint IS NULL OR v.revision < $3)"
        " ORDER BY v.revision DESC LIMIT $4::int",
        record_id,
        snapshot.revision,
        before,
        limit,
    )
    return [dict(row) for row in rows]


async def differing(
    snapshot: Snapshot,
    collection: Collection,
    start: int,
    after: str,
    limit: int,
    expression: Expression = EVERYTHING,
) -> list[tuple[Record | None, Record | None]]:
    """(old, new) of each record whose version at `start` is not the snapshot's, by id; either of
    the two certainly meets the filter."""
    early = Statement(lambda table: f"{table}_at({start})")
    late = Statement(snapshot.relation, parameters=early.parameters)
    old, new = (s.relation(collection.table) for s in (early, late))
    behind, most = early.bind(after), early.bind(limit)
    met = " OR ".join(
        f"coalesce(o.id, n.id) IN ({_met(s, collection, expression)})" for s in (early, late)
    )
    changed = await snapshot.connection.fetch(
        f"SELECT coalesce(o.id, n.id) AS id FROM {old} o FULL JOIN {new} n ON n.id = o.id"
        f" WHERE o.revision IS DISTINCT FROM n.revision AND coalesce(o.id, n.id) > {behind}::text"
        f"{'' if expression == EVERYTHING else f' AND ({met})'} ORDER BY 1 LIMIT {most}::int",
        *early.parameters,
    )
    ids = [row["id"] for row in changed]
    before, now = [await _by_id(snapshot, collection, relation, ids) for relation in (old, new)]
    return [(before.get(i), now.get(i)) for i in ids]


def _met(statement: Statement, collection: Collection, expression: Expression) -> str:
    statement.where.append(f"({certainly(expression, statement)})")
    return f"SELECT t.id{statement.source(collection)}"


async def _by_id(
    snapshot: Snapshot, collection: Collection, relation: str, ids: list[str]
) -> dict[str, Any]:
    rows = await snapshot.connection.fetch(
        f"SELECT {column_list(collection, None)} FROM {relation} t WHERE t.id = ANY ($1::text[])",
        ids,
    )
    return {row["id"]: dict(row) for row in rows}
