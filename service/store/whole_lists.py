"""A list from its first row to its last, read through a server-side cursor."""

from collections.abc import AsyncIterator

from service.query.fields import Collection
from service.query.sorting import sort_keys
from service.store.database import Snapshot
from service.store.lists import ListQuery, ordered, selected
from service.store.records import Record, column_list


async def batches(
    snapshot: Snapshot, collection: Collection, query: ListQuery, size: int
) -> AsyncIterator[list[Record]]:
    """All rows in the list's order, `size` at a time."""
    keys = sort_keys(collection, query.sort or collection.default_sort, query.lang)
    statement = selected(snapshot, collection, query)
    text = f"SELECT {column_list(collection)}{ordered(collection, statement, keys)}"
    cursor = await snapshot.connection.cursor(text, *statement.parameters)
    while rows := await cursor.fetch(size):
        yield [dict(row) for row in rows]


async def is_longer(
    snapshot: Snapshot, collection: Collection, query: ListQuery, most: int
) -> bool:
    """Whether more than `most` rows meet the query."""
    statement = selected(snapshot, collection, query)
    found = await snapshot.connection.fetch(
        f"SELECT 1{statement.source(collection)} OFFSET {most} LIMIT 1", *statement.parameters
    )
    return bool(found)
