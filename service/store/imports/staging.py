"""Temporary tables that hold an import until it is checked and applied set-wise."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import aclosing
from functools import cache
from itertools import islice
from typing import Any, TypeAlias

from service import limits
from service.query.fields import Collection
from service.query.registry import BY_KIND
from service.query.rows import Row, Rows
from service.store.database import Connection
from service.store.failures import lost
from service.store.ids import new_id, new_ids
from service.store.imports.copy_text import copy_text

# Rows as they are staged, by kind and by the columns that hold anything (none: by all).
Batch = dict[tuple[str, tuple[str, ...]], list[Any]]
# By kind, the columns in which any staged row holds anything; the others need no looking at.
Held: TypeAlias = Mapping[str, Set[str]]
NOTHING: Held = {}
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
        default = "" if field.type.absent() is None else " DEFAULT '{}'"
        columns = field.type.columns(field.name).items()
        typed += [f"{column} {sql}{default}" for column, sql in columns]
    await connection.execute(
        f"CREATE TEMP TABLE {staging_table(collection)} ({', '.join(typed)}) ON COMMIT DROP"
    )


@cache
def _absent(collection: Collection) -> Mapping[str, Any]:
    """By column, what it holds where a line says nothing; where None, it is not there."""
    stored = collection.stored
    return {column: f.type.absent() for f in stored for column in f.type.columns(f.name)}


async def stage(connection: Connection, rows: Iterable[Row | Rows], staged: Held = NOTHING) -> Held:
    """COPY the rows into one staging table per kind, beside what is `staged`.

    The rows are made in a thread, batch by batch, while those before are copied: nobody else waits
    for the decoding.
    """
    held = {kind: {*columns} for kind, columns in staged.items()}
    async with aclosing(_ahead(_batches(rows))) as batches:
        async for batch in batches:
            for (kind, columns), records in batch.items():
                collection = BY_KIND[kind]
                if kind not in held:
                    await create(connection, collection)
                    held[kind] = set()
                if not columns:
                    columns, records = _holding(collection, [*zip(*records, strict=True)])
                held[kind] |= {*columns}
                await copy(connection, collection, records, columns)
    for kind in held:
        await connection.execute(_analyze_staged(BY_KIND[kind]), timeout=limits.IMPORT_SECONDS)
    return held


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


def _analyze_staged(collection: Collection) -> str:
    """Of what rows are found by, which is all that plans go by; a small sample tells enough."""
    columns = dict.fromkeys(["line", "outcome", "id", *collection.natural_key])
    return analyze(f"{staging_table(collection)} ({', '.join(columns)})", 10)


def analyze(what: str, target: int) -> str:
    """SQL that samples 300 rows for each step of the target."""
    return (
        f"SET LOCAL default_statistics_target = {target}; ANALYZE {what};"
        " RESET default_statistics_target"
    )


async def drop(connection: Connection, kinds: Iterable[str], lines: set[int]) -> None:
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
        connection.copy_to_table(
            staging_table(collection),
            source=_texts(records),
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


async def _texts(records: Iterable[Any]) -> AsyncGenerator[bytes, None]:
    left = iter(records)
    while some := [*islice(left, limits.COPY_ROWS)]:
        yield copy_text(some)


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
    made = [] if collection.is_entity else new_ids(collection.prefix, len(some.lines))
    columns = (some.lines, made, *some.columns, (), some.written)
    return collection.kind, *_holding(collection, columns)


def _holding(
    collection: Collection, columns: Sequence[Sequence[Any]]
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Of all columns those that hold anything, and rows of them."""
    absent = _absent(collection)
    held = {
        name: column
        for name, column in zip(staged_columns(collection), columns, strict=True)
        if column.count(absent.get(name)) < len(column)
    }
    return tuple(held), list(zip(*held.values(), strict=True))
