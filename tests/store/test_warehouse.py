"""The base in a warehouse of another version, by logical replication: docs/bigger.md."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.store.embedded import tool
from service.store.schema import migrate
from tests.clusters import Cluster, clusters, primary
from tests.make import SMALL, VENDOR, put_all
from tests.postgres import admin

pytestmark = pytest.mark.chaos
TABLES = [*(collection.table for collection in COLLECTIONS), "revision"]
# What makes the tables of the warehouse, asked of the base: all but what is worked out of the rest.
STATEMENTS = """
SELECT format('CREATE TABLE %I (%s, PRIMARY KEY (id))', c.relname,
         string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
                    ORDER BY a.attnum))
  FROM pg_class c
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
 WHERE c.relname = ANY ($1) AND c.relnamespace = 'public'::regnamespace
   AND a.attgenerated = '' AND NOT a.attisdropped
 GROUP BY c.relname
"""
WORKED_OUT = "SELECT DISTINCT attname FROM pg_attribute WHERE attgenerated <> ''"


@pytest.fixture
async def base() -> AsyncIterator[tuple[Cluster, Cluster]]:
    """A base, and a server of an earlier version."""
    with clusters() as folder:
        made = primary(folder)
        older = tool("postgres").parents[2] / "pginstall" / "bin"
        warehouse = primary(folder, older, name="warehouse")
        for cluster in (made, warehouse):
            await admin(cluster.url.replace("/parity", "/postgres"), "CREATE DATABASE parity")
        await migrate(made.url)
        yield made, warehouse


async def test_a_warehouse_of_another_version_holds_what_the_base_holds(
    base: tuple[Cluster, Cluster],
) -> None:
    made, warehouse = base
    own = Database(made.url)
    await own.open()
    await put_all(own, *SMALL)
    async with own.read() as read:
        rows = await read.connection.fetch(STATEMENTS, TABLES)
    listed = ", ".join(f'"{table}"' for table in TABLES)
    await admin(made.url, f"CREATE PUBLICATION warehouse FOR TABLE {listed}")
    await admin(warehouse.url, *(row[0] for row in rows))
    source = f"host=127.0.0.1 port={made.port} user=postgres dbname=parity"
    await admin(
        warehouse.url, f"CREATE SUBSCRIPTION base CONNECTION '{source}' PUBLICATION warehouse"
    )
    await until_same(own, warehouse)
    await put_all(own, {**VENDOR, "name": "Acme renamed"}, {**VENDOR, "id": "other"})
    await until_same(own, warehouse)
    await admin(warehouse.url, "DROP SUBSCRIPTION base")
    await own.close()


async def until_same(own: Database, warehouse: Cluster) -> None:
    async with own.read() as read:
        found = await read.connection.fetch(WORKED_OUT)
        left_out = [row[0] for row in found]
        wanted = [await held(read.connection, table, left_out) for table in TABLES]
    connection = await asyncpg.connect(warehouse.url)
    async with asyncio.timeout(60):
        while [await held(connection, table, left_out) for table in TABLES] != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await connection.close()


async def held(connection: Any, table: str, left_out: list[str]) -> tuple[int, str]:
    """How many rows, and what they say."""
    row = await connection.fetchrow(
        "SELECT count(*), coalesce(md5(string_agg(said, '|' ORDER BY said COLLATE \"C\")), '')"
        f' FROM (SELECT (to_jsonb(t) - $1::text[])::text AS said FROM "{table}" t) q',
        left_out,
    )
    return int(row[0]), str(row[1])
