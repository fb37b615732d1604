"""Temporary tables that hold an import until it is checked and applied set-wise."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from service import limits
from service.query.fields import COLUMN_TYPES, Collection, Field, Type
from service.query.registry import BY_KIND
from service.query.rows import Row
from service.store.database import Connection
from service.store.ids import new_id


def staging_table(collection: Collection) -> str:
    return f"incoming_{collection.table}"


def staged_columns(collection: Collection) -> list[str]:
    """Columns of the staging table, in the order of a staged row."""
    return ["line", "fresh_id", *collection.columns]


def column_type(field: Field) -> str:
    return COLUMN_TYPES.get(field.type, "text")


async def create(connection: Connection, collection: Collection) -> None:
    typed = ["line int", "outcome text", "fresh_id text", "id text"]
    for field in collection.stored:
        for column in field.columns:
            is_amount = field.type is Type.MONEY and column.endswith("_amount")
            typed.append(f"{column} {'numeric' if is_amount else column_type(field)}")
    await connection.execute(
        f"CREATE TEMP TABLE {staging_table(collection)} ({', '.join(typed)}) ON COMMIT DROP"
    )


async def stage(connection: Connection, rows: Iterable[Row]) -> set[str]:
    """COPY the rows into one staging table per kind; returns the kinds seen."""
    kinds: set[str] = set()
    for batch in _batches(rows):
        for kind, records in batch.items():
            collection = BY_KIND[kind]
            if kind not in kinds:
                await create(connection, collection)
                kinds.add(kind)
            await copy(connection, collection, records)
    for kind in kinds:
        statement = f"ANALYZE {staging_table(BY_KIND[kind])}"
        await connection.execute(statement, timeout=limits.IMPORT_SECONDS)
    return kinds


async def copy(connection: Connection, collection: Collection, records: list[Any]) -> None:
    # A connection that dies during COPY never returns by itself (measured on asyncpg 0.32).
    async with asyncio.timeout(limits.IMPORT_SECONDS):
        await connection.copy_records_to_table(
            staging_table(collection), records=records, columns=staged_columns(collection)
        )


def _batches(rows: Iterable[Row]) -> Iterator[dict[str, list[Any]]]:
    stream = iter(rows)
    while chunk := list(islice(stream, limits.COPY_ROWS)):
        batch: dict[str, list[Any]] = defaultdict(list)
        for row in chunk:
            fresh = None if row.collection.is_entity else new_id(row.collection.prefix)
            batch[row.collection.kind].append((row.line, fresh, *row.values))
        yield batch
