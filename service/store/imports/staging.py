"""Temporary tables that hold an import until it is checked and applied set-wise."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Iterator, Set
from contextlib import aclosing
from itertools import islice
from typing import Any

from service import limits
from service.query.fields import Collection
from service.query.registry import BY_KIND
from service.query.rows import Row
from service.store.database import Connection
from service.store.failures import lost
from service.store.ids import new_id

Batch = dict[str, list[Any]]  # of rows as they are staged, by kind
IS_SOURCE_ID = "starts_with({}, 'src_')"  # an address begins with its scheme


def staging_table(collection: Collection) -> str:
    return f"incoming_{collection.table}"


def staged_columns(collection: Collection) -> list[str]:
    """Columns of the staging table, in the order of a staged row."""
    return ["line", "fresh_id", *collection.columns, "said", "written"]


async def create(connection: Connection, collection: Collection) -> None:
    own = ["line int", "outcome text", "fresh_id text", "said jsonb", "written jsonb"]
    typed = [*own, "id text"]
    for field in collection.stored:
        typed += [f"{column} {sql}" for column, sql in field.type.columns(field.name).items()]
    await connection.execute(
        f"CREATE TEMP TABLE {staging_table(collection)} ({', '.join(typed)}) ON COMMIT DROP"
    )


async def stage(
    connection: Connection, rows: Iterable[Row], staged: Set[str] = frozenset()
) -> set[str]:
    """COPY the rows into one staging table per kind, beside what is `staged`; returns the kinds.

    The rows are made in a thread, batch by batch, while those before are copied: nobody else waits
    for the decoding.
    """
    kinds = set(staged)
    async with aclosing(_ahead(_batches(rows))) as batches:
        async for batch in batches:
            for kind, records in batch.items():
                collection = BY_KIND[kind]
                if kind not in kinds:
                    await create(connection, collection)
                    kinds.add(kind)
                await copy(connection, collection, records)
    for kind in kinds:
        await connection.execute(_analyze(BY_KIND[kind]), timeout=limits.IMPORT_SECONDS)
    return kinds


async def _ahead(batches: Iterator[Batch]) -> AsyncGenerator[Batch, None]:
    """Each batch, while the next one is made in a thread."""

    def make() -> asyncio.Future[Batch | None]:
        return asyncio.ensure_future(asyncio.to_thread(next, batches, None))

    coming = make()
    try:
        while batch := await asyncio.shield(coming):
            coming = make()
            yield batch
    finally:
        await asyncio.gather(coming, return_exceptions=True)  # a thread cannot be cancelled


def _analyze(collection: Collection) -> str:
    """Of what rows are found by, which is all that plans go by; a small sample tells enough."""
    columns = dict.fromkeys(["line", "outcome", "id", *collection.natural_key])
    return (
        "SET LOCAL default_statistics_target = 10;"
        f" ANALYZE {staging_table(collection)} ({', '.join(columns)});"
        " RESET default_statistics_target"
    )


async def drop(connection: Connection, kinds: set[str], lines: set[int]) -> None:
    """Forget the rows of these lines."""
    for kind in kinds if lines else ():
        await connection.execute(
            f"DELETE FROM {staging_table(BY_KIND[kind])} WHERE line = ANY ($1::int[])",
            sorted(lines),
            timeout=limits.IMPORT_SECONDS,
        )


async def copy(connection: Connection, collection: Collection, records: Iterable[Any]) -> None:
    """Raises ServiceError `outcome_unknown` when the connection dies meanwhile.

    COPY on a connection that dies never returns by itself (measured on asyncpg 0.32).
    """
    copying = asyncio.ensure_future(
        connection.copy_records_to_table(
            staging_table(collection), records=records, columns=staged_columns(collection)
        )
    )
    try:
        async with asyncio.timeout(limits.COPY_SECONDS):
            while not copying.done():
                await asyncio.wait([copying], timeout=limits.COPY_CHECK_SECONDS)
                if connection.is_closed() and not copying.done():
                    raise lost()
            await copying
    finally:
        if copying.cancel():  # the connection is free for a rollback when it has ended
            await asyncio.wait([copying], timeout=limits.COPY_CANCEL_SECONDS)


def _batches(rows: Iterable[Row]) -> Iterator[Batch]:
    stream = iter(rows)
    while chunk := list(islice(stream, limits.COPY_ROWS)):
        batch: Batch = defaultdict(list)
        for row in chunk:
            fresh = None if row.collection.is_entity else new_id(row.collection.prefix)
            batch[row.collection.kind].append((row.line, fresh, *row.values, row.said, row.written))
        yield batch
