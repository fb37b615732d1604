"""Stored rows in canonical order, as the import format wants them."""

from collections.abc import AsyncIterator
from typing import Any

from service.query.fields import Collection
from service.store.database import Snapshot


async def rows(
    snapshot: Snapshot, collection: Collection, *, where: str = ""
) -> AsyncIterator[dict[str, Any]]:
    """Every record of a collection by its natural key; `source_ids` as addresses."""
    async for record in snapshot.connection.cursor(_statement(snapshot, collection, where)):
        yield dict(record)


def _statement(snapshot: Snapshot, collection: Collection, where: str) -> str:
    source = snapshot.relation("source")
    columns = [
        f"ARRAY(SELECT s.url FROM {source} s WHERE s.id = ANY (t.source_ids) ORDER BY s.url)"
        " AS source_ids"
        if column == "source_ids"
        else f"t.{column}"
        for column in collection.columns
    ]
    order = ", ".join(f"t.{c} NULLS LAST" for c in collection.natural_key)
    return (
        f"SELECT {', '.join(columns)} FROM {snapshot.relation(collection.table)} t"
        f"{f' WHERE {where}' if where else ''} ORDER BY {order}, t.id"
    )
