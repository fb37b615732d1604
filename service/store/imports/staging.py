"""Temporary tables that hold an import until it is checked and applied set-wise."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence, Set
from contextlib import aclosing
from functools import cache
from typing import Any

from service import limits
from service.query.fields import Collection
from service.query.registry import BY_KIND
from service.query.rows import Row, Rows
from service.store.database import Connection
from service.store.failures import lost
from service.store.ids import new_id

# Rows as they are staged, by kind and by the columns that hold anything (none: by all).
Batch = dict[tuple[str, tuple[str, ...]], list[Any]]
IS_SOURCE_ID = "starts_with({}, 'src_')"  # an address begins with its scheme


def staging_table(collection: Collection) -> str:
    return f"incoming_{collection.table}"


@cache
def staged_columns(collection: Collection) -> tuple[str, ...]:
    """Columns of the staging table, in the order of a staged row."""
    return ("line", "fresh_id", *collection.columns, "said", "written")


async def create(connection: Connection, collection: Collection) -> None:
    own = ["line int", "outcome text", "fresh_id text", "said jsonb", "written jsonb"]
    typed = [*own, "id text"]
    for field in collection.stored:
        typed += [f"{column} {sql}" for column, sql in field.type.columns(field.name).items()]
    await connection.execute(
        f"CREATE TEMP TABLE {staging_table(collection)} ({', '.join(typed)}) ON COMMIT DROP"
    )


async def stage(
    connection: Connection, rows: Iterable[Row | Rows], staged: Set[str] = frozenset()
) -> set[str]:
    """COPY the rows into one staging table per kind, beside what is `staged`; returns the kinds.

    The rows are made in a thread, batch by batch, while those before are copied: nobody else waits
    for the decoding.
    """
    kinds = set(staged)
    async with aclosing(_ahead(_batches(rows))) as batches:
        async for batch in batches:
            for (kind, columns), records in batch.items():
                collection = BY_KIND[kind]
                if kind not in kinds:
                    await create(connection, collection)
                    kinds.add(kind)
                await copy(connection, collection, records, columns)
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


async def copy(
    connection: Connection,
    collection: Collection,
    records: Iterable[Any],
    columns: Sequence[str] = (),
) -> None:
    """Of these columns, or of all. Raises ServiceError `outcome_unknown` when the connection dies
    meanwhile.

    COPY on a connection that dies never returns by itself (measured on asyncpg 0.32).
    """
    copying = asyncio.ensure_future(
        connection.copy_records_to_table(
            staging_table(collection),
            records=records,
            columns=columns or staged_columns(collection),
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


def _batches(rows: Iterable[Row | Rows]) -> Iterator[Batch]:
    batch: Batch = defaultdict(list)
    n_rows = 0
    for some in rows:
        kind, columns, records = _staged(some)
        batch[kind, columns] += records
        n_rows += len(records)
        if n_rows >= limits.COPY_ROWS:
            yield batch
            batch, n_rows = defaultdict(list), 0
    if batch:
        yield batch


def _staged(some: Row | Rows) -> tuple[str, tuple[str, ...], list[tuple[Any, ...]]]:
    """Kind, columns (none: all) and what they hold; of many rows without the columns that hold
    nothing."""
    collection = some.collection
    if isinstance(some, Row):
        fresh = None if collection.is_entity else new_id(collection.prefix)
        row = (some.line, fresh, *some.values, some.said, some.written)
        return collection.kind, (), [row]
    made = [] if collection.is_entity else [new_id(collection.prefix) for _ in some.lines]
    columns = (some.lines, made, *some.columns, (), some.written)
    held = {
        name: column
        for name, column in zip(staged_columns(collection), columns, strict=True)
        if column.count(None) < len(column)
    }
    return collection.kind, tuple(held), list(zip(*held.values(), strict=True))
