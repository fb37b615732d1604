"""Old ids in an import: references go to the survivors, lines of records that ended are faults."""

from collections.abc import Set
from typing import Any

from service import limits
from service.model.errors import Code, Fault
from service.query.fields import Collection, Field
from service.query.registry import BY_NAME
from service.query.types.field_sources import renamed
from service.store.curation import retired_ids
from service.store.database import Connection
from service.store.imports.staging import staging_table
from service.texts.sentences import sentence, word


async def follow(connection: Connection, collection: Collection, columns: Set[str]) -> list[Fault]:
    """Let staged rows, which hold something in these columns, point at survivors; tell the rows
    whose own id was merged or retired."""
    for field in (f for f in collection.stored if f.to and f.name in columns):
        led = await retired_ids.survivors(connection, BY_NAME[field.to])
        if led:
            await connection.execute(
                _repoint(collection, field),
                list(led),
                list(led.values()),
                timeout=limits.IMPORT_SECONDS,
            )
    if "id" not in columns:
        return []
    rows = await connection.fetch(
        "SELECT s.line, o.id, o.retired_in, o.replaced_by, o.is_merge"
        f" FROM {staging_table(collection)} s JOIN tombstone o ON o.kind = $1 AND o.id = s.id"
        " AND o.lifted_in IS NULL"
        " ORDER BY s.line",
        collection.kind,
        timeout=limits.IMPORT_SECONDS,
    )
    if not rows:
        return []
    led = await retired_ids.survivors(connection, collection)
    return [
        _ended(collection, row, led.get(row["replaced_by"], row["replaced_by"])) for row in rows
    ]


def _repoint(collection: Collection, field: Field) -> str:
    """$1 are merged ids, $2 the survivors."""
    table, name = staging_table(collection), field.name
    pairs = "unnest($1::text[], $2::text[]) AS led (old, new)"
    if field.type.is_about_fields:
        new = f"coalesce((SELECT led.new FROM {pairs} WHERE led.old = v), v)"
        return f"UPDATE {table} s SET {name} = {renamed(f's.{name}', new)} WHERE s.{name} <> '{{}}'"
    if not field.type.is_list:
        return f"UPDATE {table} s SET {name} = led.new FROM {pairs} WHERE s.{name} = led.old"
    return (
        f'UPDATE {table} s SET {name} = ARRAY(SELECT DISTINCT coalesce(led.new, v) COLLATE "C"'
        f" FROM unnest(s.{name}) v LEFT JOIN {pairs} ON led.old = v ORDER BY 1)"
        f" WHERE s.{name} && $1::text[]"
    )


def _ended(collection: Collection, row: Any, survivor: str | None) -> Fault:
    record_id, is_merge = row["id"], row["is_merge"]
    key = "merged" if is_merge else "replaced" if survivor else "retired"
    told = {"kind": word(collection.kind), "id": record_id, "revision": row["retired_in"]}
    if survivor:
        told["survivor"] = survivor
    return Fault(
        Code.GONE,
        sentence(f"ended.{key}", **told),
        line=row["line"],
        pointer="/id",
        did_you_mean=(survivor,) if survivor else (),
    )
