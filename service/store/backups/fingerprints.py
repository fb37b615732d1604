"""The rows of every table, counted and summed up: the same for the same rows in any order."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import Struct

from service.store.statements import Connection, load
from service.store.transactions import connected

SQL = load("backups")


class Fingerprint(Struct, frozen=True):
    """Of one table."""

    rows: int
    sums: str


class Held(Struct, frozen=True):
    """One moment of a database, which others may read too by its `name`."""

    name: str
    postgres: str
    bytes: int
    revision: int
    migration: str
    tables: dict[str, Fingerprint]


@asynccontextmanager
async def held(url: str) -> AsyncIterator[Held]:
    """A moment of the whole database, for as long as the block lasts; writers are not kept waiting.

    Raises ServiceError `database_unavailable`.
    """
    async with (
        connected(url) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        tables = await _fingerprints(connection)
        server = await SQL["server"].row(connection)
        assert server is not None, "it is one row"
        yield Held(name=await SQL["share"].value(connection), tables=tables, **server)


async def fingerprints(url: str) -> dict[str, Fingerprint]:
    """By table, as they are now. Raises ServiceError `database_unavailable`."""
    async with connected(url) as connection, connection.transaction():
        return await _fingerprints(connection)


async def is_empty(url: str) -> bool:
    """Whether nothing was made there yet. Raises ServiceError `database_unavailable`."""
    async with connected(url) as connection:
        return not await SQL["used"].value(connection)


async def clear(url: str) -> None:
    """Take away everything in the schema `public`."""
    async with connected(url) as connection, connection.transaction():
        await connection.execute(SQL["clear"].text)
        await connection.execute(SQL["begin"].text)


async def analyze(url: str) -> None:
    """Let the planner know what came in."""
    async with connected(url) as connection:
        await connection.execute(SQL["analyze"].text)


def _summed(table: str) -> str:
    """The two halves of each row's MD5 as numbers, summed: no order and no sorting."""
    return f"""
SELECT count(*) AS rows,
       coalesce(sum(('x' || left(digest, 16))::bit(64)::bigint::numeric), 0) || '.' ||
       coalesce(sum(('x' || right(digest, 16))::bit(64)::bigint::numeric), 0) AS sums
  FROM (SELECT md5(t::text) AS digest FROM {table} t) q"""


async def _fingerprints(connection: Connection) -> dict[str, Fingerprint]:
    await SQL["plain"].row(connection)
    found = {}
    for table in await SQL["tables"].rows(connection):
        row = await connection.fetchrow(_summed(table["name"]))
        found[table["name"]] = Fingerprint(row["rows"], row["sums"])
    return found
