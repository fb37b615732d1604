"""What became of retired ids: why, and which record stands in their place."""

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


async def get(snapshot: Snapshot, collection: Collection, record_id: str) -> Tombstone | None:
    """The tombstone of an id as of the snapshot's revision."""
    found = await standing(snapshot.connection, collection, record_id)
    return found if found is not None and found.retired_in <= snapshot.revision else None


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
