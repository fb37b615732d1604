"""What became of retired ids: why, and which record stands in their place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from service.query.fields import Collection
from service.store.database import Connection, Snapshot
from service.store.statements import load

SQL = load("retired_ids")
TABLE = "tombstone"


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
    snapshot.note(collection.table, TABLE)
    row = await snapshot.connection.fetchrow(
        "SELECT $2::text AS id, r.id AS retired_in, r.comment AS reason, t.replaced_by,"
        " coalesce(t.is_merge, false) AS is_merge FROM revision r"
        " LEFT JOIN tombstone t ON t.kind = $1 AND t.id = $2 AND t.retired_in = r.id"
        f" WHERE r.id = (SELECT max(replaced_in) FROM {collection.table}_history"
        " WHERE id = $2 AND replaced_in <= $3)",
        collection.kind,
        record_id,
        snapshot.revision,
    )
    return None if row is None else Tombstone(**row)


async def standing(
    connection: Connection, collection: Collection, record_id: str
) -> Tombstone | None:
    """The tombstone of an id, the caller's own writes included."""
    row = await SQL["get"].row(connection, kind=collection.kind, id=record_id)
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
    await SQL["put"].run(
        connection,
        kind=collection.kind,
        ids=[record_id],
        survivors=[replaced_by],
        revision=revision,
        is_merge=is_merge,
    )


async def lift(
    connection: Connection, collection: Collection, record_id: str, revision: int
) -> None:
    """The record stands again, from the revision on."""
    await SQL["lift"].run(connection, kind=collection.kind, id=record_id, revision=revision)


async def revert(connection: Connection, reverted: int, revision: int) -> None:
    """What a revision retired or merged stands again; what it brought back has ended again."""
    await SQL["set_again"].run(connection, reverted=reverted, revision=revision)
    await SQL["lift_all"].run(connection, reverted=reverted, revision=revision)


async def put_merged(
    connection: Connection,
    collection: Collection,
    merged: list[str],
    survivors: list[str],
    revision: int,
) -> None:
    """Tombstones of records that lead to others, pair by pair."""
    await SQL["put"].run(
        connection,
        kind=collection.kind,
        ids=merged,
        survivors=survivors,
        revision=revision,
        is_merge=True,
    )


async def survivors_then(
    snapshot: Snapshot, collection: Collection, ids: Iterable[str] | None = None
) -> dict[str, str]:
    """`survivors` as of the snapshot."""
    snapshot.note(TABLE)
    return await survivors(snapshot.connection, collection, ids, snapshot.revision)


def astray(
    snapshot: Snapshot, collection: Collection, ids: Sequence[str], bind: Callable[[object], str]
) -> str:
    """SQL: whether one of the ids is no record now, or leads to another.

    One id is compared as such: PostgreSQL reckons with ten where it is given a list, and would plan
    every execution anew."""
    snapshot.note(TABLE)
    is_astray = (
        f"(NOT EXISTS (SELECT FROM {snapshot.relation(collection.table)} o WHERE o.id = {{0}}) OR"
        f" EXISTS (SELECT FROM {TABLE} m WHERE m.kind = '{collection.kind}' AND m.id = {{0}} AND"
        " m.is_merge AND m.lifted_in IS NULL))"
    )
    if len(ids) == 1:
        return is_astray.format(f"{bind(ids[0])}::text")
    each = f"unnest({bind(list(ids))}::text[]) AS v"
    return f"EXISTS (SELECT FROM {each} WHERE {is_astray.format('v')})"


async def all_retired(snapshot: Snapshot, collection: Collection) -> list[str]:
    """Every id that leads to no other."""
    snapshot.note(TABLE)
    rows = await SQL["all_retired"].rows(
        snapshot.connection, kind=collection.kind, revision=snapshot.revision
    )
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
    rows = await SQL["survivors"].rows(
        connection,
        kind=collection.kind,
        revision=revision,
        ids=None if ids is None else sorted(ids),
    )
    return {row["id"]: row["replaced_by"] for row in rows}
