"""The inverse of one revision: what it made is retired, what it changed is as it was before, and
what it retired or merged stands again."""

from typing import Any, NamedTuple

from service import limits
from service.query.fields import Collection
from service.query.registry import BY_NAME, COLLECTIONS, SOURCE
from service.query.types import ExternalIds
from service.store.curation import retired_ids
from service.store.database import Connection
from service.store.imports.checks import same_key
from service.texts.sentences import Sentence, sentence

BARE = "num_nonnulls(t.title, t.publisher, t.published, t.archive_url, t.last_checked, t.note) = 0"
LINKED = [c for c in COLLECTIONS if c.field("source_ids") is not None]


class Conflict(NamedTuple):
    """Why a record cannot be brought back to what it was."""

    kind: str
    id: str
    detail: Sentence


async def collect(connection: Connection, revision: int) -> None:
    """Name what the revision wrote: table `reverting`, until the transaction ends.

    What it retired or merged `is_ended`. A source that came along with a fact and is nothing but
    its address is `is_aside`.
    """
    await connection.execute(
        "CREATE TEMP TABLE reverting (kind text, id text, is_created boolean, is_aside boolean,"
        " is_ended boolean, PRIMARY KEY (kind, id)) ON COMMIT DROP"
    )
    for collection in COLLECTIONS:
        table = collection.table
        aside = f"w.is_created AND {BARE}" if collection is SOURCE else "false"
        names = ", ".join(collection.columns)
        await _execute(
            connection,
            f"INSERT INTO reverting SELECT '{collection.kind}', t.id, w.is_created, {aside}, false"
            " FROM"
            f" (SELECT {names} FROM {table} WHERE revision = $1"
            f" UNION ALL SELECT {names} FROM {table}_history WHERE revision = $1) t"
            " CROSS JOIN LATERAL (SELECT NOT EXISTS (SELECT 1 FROM"
            f" {table}_history h WHERE h.id = t.id AND h.replaced_in = $1) AS is_created) w",
            revision,
        )
        await _execute(
            connection,
            f"INSERT INTO reverting SELECT '{collection.kind}', h.id, false, false, true"
            f" FROM {table}_history h WHERE h.replaced_in = $1 ON CONFLICT DO NOTHING",
            revision,
        )
    await connection.execute("ANALYZE reverting")


async def conflicts(connection: Connection, revision: int) -> list[Conflict]:
    """What was changed, used or taken since; a few of each sort when there are many."""
    told: list[Conflict] = []
    for collection in COLLECTIONS:
        told += await _changed(connection, collection, revision)
        told += await _standing(connection, collection, revision)
        told += await _dependents(connection, collection, revision)
        told += await _missing(connection, collection, revision)
        if collection.is_entity:
            told += await _ids_taken(connection, collection, revision)
        else:
            told += await _taken(connection, collection, revision)
    return list(dict.fromkeys(told))


async def undo(connection: Connection, revision: int, now: int) -> tuple[int, int]:
    """Retire and restore, in the revision `now`; the numbers of both. There are no conflicts."""
    restored = sum([await _return(connection, c, revision) for c in COLLECTIONS])
    await retired_ids.revert(connection, revision, now)
    facts = [c for c in COLLECTIONS if not c.is_entity and c is not SOURCE]
    retired = sum([await _retire(connection, c, revision) for c in facts])
    restored += sum([await _restore(connection, c, revision) for c in COLLECTIONS])
    for collection in reversed([c for c in COLLECTIONS if c.is_entity]):
        retired += await _retire(connection, collection, revision)
    return retired + await _retire(connection, SOURCE, revision), restored


async def _retire(connection: Connection, collection: Collection, revision: int) -> int:
    """Without a tombstone, since the import may come again and make them anew."""
    unused = (
        ""
        if collection is not SOURCE
        else "".join(
            f" AND NOT EXISTS (SELECT 1 FROM {c.table} c, unnest(c.source_ids) v WHERE v = t.id)"
            for c in LINKED
        )
    )
    return await _execute(
        connection,
        f"DELETE FROM {collection.table} t USING reverting r WHERE r.kind = '{collection.kind}'"
        f" AND r.is_created AND t.id = r.id AND t.revision = $1{unused}",
        revision,
    )


async def _return(connection: Connection, collection: Collection, revision: int) -> int:
    """What ended stands again, as it was."""
    columns = ", ".join(collection.columns)
    return await _execute(
        connection,
        f"INSERT INTO {collection.table} ({columns}) SELECT {columns} FROM {_before(collection)} h"
        " WHERE h.is_ended ORDER BY h.id",
        revision,
    )


async def _restore(connection: Connection, collection: Collection, revision: int) -> int:
    pairs = ", ".join(f"{c} = h.{c}" for c in collection.columns[1:])
    return await _execute(
        connection,
        f"UPDATE {collection.table} t SET {pairs} FROM {_before(collection)} h WHERE t.id = h.id"
        " AND NOT h.is_ended",
        revision,
    )


def _before(collection: Collection) -> str:
    """What the changed and the ended records were before revision $1."""
    return (
        f"(SELECT h.*, r.is_ended FROM {collection.table}_history h JOIN reverting r"
        f" ON r.kind = '{collection.kind}' AND r.id = h.id AND NOT r.is_created"
        " WHERE h.replaced_in = $1)"
    )


async def _changed(connection: Connection, collection: Collection, revision: int) -> list[Conflict]:
    table = collection.table
    rows = await _fetch(
        connection,
        f"SELECT r.id, t.revision, (SELECT max(replaced_in) FROM {table}_history h"
        f" WHERE h.id = r.id) AS ended FROM reverting r LEFT JOIN {table} t ON t.id = r.id"
        f" WHERE r.kind = '{collection.kind}' AND NOT r.is_aside AND NOT r.is_ended"
        " AND t.revision IS DISTINCT FROM $1 ORDER BY r.id",
        revision,
    )
    return [
        Conflict(
            collection.kind,
            row["id"],
            _became(collection, row),
        )
        for row in rows
    ]


async def _standing(
    connection: Connection, collection: Collection, revision: int
) -> list[Conflict]:
    """Records that ended and have stood since: now, or until they ended again."""
    table = collection.table
    rows = await _fetch(
        connection,
        f"SELECT r.id, coalesce(t.revision, (SELECT max(revision) FROM {table}_history h"
        f" WHERE h.id = r.id AND h.revision > $1)) AS since FROM reverting r LEFT JOIN {table} t"
        f" ON t.id = r.id WHERE r.kind = '{collection.kind}' AND r.is_ended ORDER BY r.id",
        revision,
    )
    return [
        Conflict(
            collection.kind,
            row["id"],
            sentence("reverts.standing", record=_href(collection, row), revision=row["since"]),
        )
        for row in rows
        if row["since"] is not None
    ]


async def _dependents(
    connection: Connection, collection: Collection, revision: int
) -> list[Conflict]:
    """Later records that use what the revision made."""
    conflicts: list[Conflict] = []
    for field in collection.references:
        is_used = field.type.is_held("r.id", f"t.{field.name}")
        rows = await _fetch(
            connection,
            f"SELECT t.id, r.id AS target FROM {collection.table} t JOIN reverting r"
            f" ON r.kind = '{BY_NAME[field.to].kind}' AND r.is_created AND NOT r.is_aside"
            f" AND {is_used} WHERE t.revision > $1 AND NOT EXISTS (SELECT 1 FROM reverting own"
            f" WHERE own.kind = '{collection.kind}' AND own.id = t.id) ORDER BY t.id, r.id",
            revision,
        )
        conflicts += [
            Conflict(
                collection.kind,
                row["id"],
                sentence("reverts.uses", record=_href(collection, row), target=row["target"]),
            )
            for row in rows
        ]
    return conflicts


async def _missing(connection: Connection, collection: Collection, revision: int) -> list[Conflict]:
    """Records that pointed, before, at what is no longer there."""
    conflicts: list[Conflict] = []
    for field in collection.references:
        target = BY_NAME[field.to]
        pointed, each = field.type.each(f"h.{field.name}")
        rows = await _fetch(
            connection,
            f"SELECT h.id, {pointed} AS target FROM {_before(collection)} h{each}"
            f" WHERE NOT EXISTS (SELECT 1 FROM {target.table} x WHERE x.id = {pointed})"
            " AND NOT EXISTS (SELECT 1 FROM reverting e WHERE e.is_ended"
            f" AND e.kind = '{target.kind}' AND e.id = {pointed})"
            " ORDER BY 1, 2",
            revision,
        )
        conflicts += [
            Conflict(
                collection.kind,
                row["id"],
                sentence("reverts.used", record=_href(collection, row), target=row["target"]),
            )
            for row in rows
        ]
    return conflicts


async def _taken(connection: Connection, collection: Collection, revision: int) -> list[Conflict]:
    """Facts whose natural key of before another fact has now."""
    rows = await _fetch(
        connection,
        f"SELECT s.id, t.id AS other FROM {_before(collection)} s JOIN {collection.table} t"
        f" ON {same_key(collection)} AND t.id <> s.id AND t.revision > $1 ORDER BY s.id",
        revision,
    )
    return [
        Conflict(
            collection.kind,
            row["id"],
            sentence("reverts.key", record=_href(collection, row), other=row["other"]),
        )
        for row in rows
    ]


async def _ids_taken(
    connection: Connection, collection: Collection, revision: int
) -> list[Conflict]:
    """Records one of whose external ids of before another record has now, and keeps."""
    conflicts: list[Conflict] = []
    for field in collection.of_type(ExternalIds):
        rows = await _fetch(
            connection,
            f"SELECT s.id, one.id AS one, t.id AS other FROM {_before(collection)} s"
            f" CROSS JOIN LATERAL unnest(s.{field.name}) AS one (id) JOIN {collection.table} t"
            f" ON t.{field.name} @> ARRAY[one.id] AND t.id <> s.id WHERE NOT EXISTS"
            f" (SELECT FROM reverting r WHERE r.kind = '{collection.kind}' AND r.id = t.id)"
            " AND t.revision > $1 ORDER BY s.id, one.id",
            revision,
        )
        conflicts += [
            Conflict(
                collection.kind,
                row["id"],
                sentence(
                    "reverts.external_id",
                    record=_href(collection, row),
                    one=row["one"],
                    other=row["other"],
                ),
            )
            for row in rows
        ]
    return conflicts


def _became(collection: Collection, row: Any) -> Sentence:
    if row["revision"] is None:
        ended = row["ended"]
        return sentence("reverts.retired", record=_href(collection, row), revision=ended)
    return sentence("reverts.changed", record=_href(collection, row), revision=row["revision"])


def _href(collection: Collection, row: Any) -> str:
    return f"/v1/{collection.name}/{row['id']}"


async def _fetch(connection: Connection, statement: str, revision: int) -> list[Any]:
    most = f"{statement} LIMIT {limits.REVERT_CONFLICTS_SHOWN + 1}"
    return list(await connection.fetch(most, revision, timeout=limits.IMPORT_SECONDS))


async def _execute(connection: Connection, statement: str, *values: int) -> int:
    done = await connection.execute(statement, *values, timeout=limits.IMPORT_SECONDS)
    return int(str(done).rsplit(" ", 1)[1])
