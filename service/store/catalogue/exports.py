"""Stored rows in canonical order, as the import format wants them."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from service import limits
from service.query.fields import Collection
from service.store.database import Connection, Snapshot


async def rows(
    snapshot: Snapshot, collection: Collection, *, where: str = ""
) -> AsyncIterator[dict[str, Any]]:
    """Every record of a collection by its natural key; sources as addresses."""
    async for record in snapshot.connection.cursor(_selected(snapshot.relation, collection, where)):
        yield dict(record)


async def standing(
    connection: Connection, collection: Collection, relations: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The same of relations by table, the caller's own writes included; and each record's `id`."""
    statement = _selected(relations.__getitem__, collection, "")
    rows = await connection.fetch(statement, timeout=limits.IMPORT_SECONDS)
    return [dict(row) for row in rows]


def _selected(relation: Callable[[str], str], collection: Collection, where: str) -> str:
    source = relation("source")
    columns = ["t.id"]
    for field in collection.stored:
        addressed = field.type.addressed(field.name, source)
        columns += [f"{sql} AS {column}" for column, sql in addressed.items()]
    order = ", ".join(f"t.{c} NULLS LAST" for c in collection.natural_key)
    return (
        f"SELECT {', '.join(columns)} FROM {relation(collection.table)} t"
        f"{f' WHERE {where}' if where else ''} ORDER BY {order}, t.id"
    )
