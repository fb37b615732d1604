"""What became of retired ids: why, and which record stands in their place."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.query.fields import Collection
from service.store.database import Connection, Snapshot


@dataclass(frozen=True)
class Tombstone:
    """`is_merge`: the record lives on as `replaced_by`, to which the id leads."""

    id: str
    retired_in: int
    reason: str | None
    replaced_by: str | None
    is_merge: bool


async def retirement(
    snapshot: Snapshot, collection: Collection, record_id: str
) -> Tombstone | None:
    """How the id last ended up to the snapshot's revision; for one that does not stand there."""
    row = await snapshot.connection.fetchrow(
        "SELECT $2::text AS id, r.id AS retired_in, r.comment AS reason, t.replaced_by,"
        " coalesce(t.is_merge, false) AS is_merge FROM revision r"
        " LEFT JOIN tombstone t ON t.kind = $1 AND t.id = $2 AND t.retired_in = r.id"
        f" WHERE r.id = (SELECT max(replaced_in) FROM {collection.table}_history"
        " WHERE id = $2 AND replaced_in <= $3)",
        collection.kind, record_id, snapshot.revision,
    )  # fmt: skip
    return None if row is None else Tombstone(**row)


async def standing(
    connection: Connection, collection: Collection, record_id: str
) -> Tombstone | None:
    """The tombstone of an id, the caller's own writes included."""
    row = await connection.fetchrow(
        "SELECT t.id, t.retired_in, r.comment AS reason, t.replaced_by, t.is_merge"
        " FROM tombstone t JOIN revision r ON r.id = t.retired_in"
        " WHERE t.kind = $1 AND t.id = $2",
        collection.kind, record_id,
    )  # fmt: skip
    return None if row is None else Tombstone(**row)


async def put(
    connection: Connection,
    collection: Collection,
    record_id: str,
    revision: int,
    *,
    replaced_by: str | None = None,
    is_merge: bool = False,
) -> None:
    await connection.execute(
        "INSERT INTO tombstone (kind, id, retired_in, replaced_by, is_merge)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, id) DO UPDATE SET"
        " retired_in = excluded.retired_in, replaced_by = excluded.replaced_by,"
        " is_merge = excluded.is_merge",
        collection.kind, record_id, revision, replaced_by, is_merge,
    )  # fmt: skip


async def lift(connection: Connection, collection: Collection, record_id: str) -> None:
    """The record stands again."""
    await connection.execute(
        "DELETE FROM tombstone WHERE kind = $1 AND id = $2", collection.kind, record_id
    )


async def put_merged(
    connection: Connection,
    collection: Collection,
    merged: list[str],
    survivors: list[str],
    revision: int,
) -> None:
    """Tombstones of records that lead to others, pair by pair."""
    await connection.execute(
        "INSERT INTO tombstone (kind, id, retired_in, replaced_by, is_merge)"
        " SELECT $1, o, $2, n, true FROM unnest($3::text[], $4::text[]) AS pair (o, n)"
        " ON CONFLICT (kind, id) DO UPDATE SET retired_in = excluded.retired_in,"
        " replaced_by = excluded.replaced_by, is_merge = excluded.is_merge",
        collection.kind, revision, merged, survivors,
    )  # fmt: skip


async def all_survivors(snapshot: Snapshot, collection: Collection) -> dict[str, str]:
    """Every merged id with the one that it leads to."""
    return await survivors(snapshot.connection, collection, None, snapshot.revision)


async def all_retired(snapshot: Snapshot, collection: Collection) -> list[str]:
    """Every id that leads to no other."""
    rows = await snapshot.connection.fetch(
        "SELECT id FROM tombstone WHERE kind = $1 AND NOT is_merge AND retired_in <= $2",
        collection.kind, snapshot.revision,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def survivors(
    connection: Connection,
    collection: Collection,
    ids: Iterable[str] | None = None,
    revision: int | None = None,
) -> dict[str, str]:
    """Where merged ids lead, to the end of each chain; others are left out.

    No ids: all that were merged. `revision`: as of it, else with the caller's own writes.
    """
    rows = await connection.fetch(
        "WITH RECURSIVE step AS (SELECT id, replaced_by FROM tombstone WHERE kind = $1"
        " AND is_merge AND ($2::bigint IS NULL OR retired_in <= $2)),"
        " led (id, replaced_by, depth) AS (SELECT id, replaced_by, 1 FROM step"
        " WHERE $3::text[] IS NULL OR id = ANY ($3::text[])"
        " UNION ALL SELECT led.id, step.replaced_by, depth + 1"
        " FROM led JOIN step ON step.id = led.replaced_by)"
        " SELECT DISTINCT ON (id) id, replaced_by FROM led ORDER BY id, depth DESC",
        collection.kind, revision, None if ids is None else sorted(ids),
    )  # fmt: skip
    return {row["id"]: row["replaced_by"] for row in rows}
