"""Migrations beside readers and writers: they let others pass and wait for one another."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from service import limits
from service.commands.schema import dump
from service.model.errors import Code, ServiceError
from service.store.database import Database
from service.store.schema import migrate, newest_migration, version_of
from tests.postgres import sql
from tests.webhooks import rows

PATIENCE = 60.0
BEFORE, OLDEST = "0030", "0024"
# Of migrations after the oldest, in their order.
TABLES = ("feature", "vendor", "webhook_delivery", "import_job", "correction", "webhook", "product")
INSERT = (
    "INSERT INTO vendor (id, names, revision, evidence)"
    " VALUES ($1, '{\"en\": \"V\"}', $2, 'unstated')"
)


@pytest.fixture
async def old(database: Database) -> Database:
    """A base of which the last migrations are still to come."""
    await _back_to(BEFORE, database.url)
    return database


async def _back_to(migration: str, url: str) -> None:
    await migrate(url, f"-{int(newest_migration()) - int(migration)}")
    assert await version_of(url) == migration


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await is_so():  # noqa: ASYNC110  another session decides
            await asyncio.sleep(0.05)


def waits_for(table: str, watcher: asyncpg.Connection) -> Callable[[], Awaitable[bool]]:
    """Whether somebody waits for a lock on it."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = $1::regclass"

    async def is_so() -> bool:
        return bool(await watcher.fetchval(waiting, table))

    return is_so


async def test_f30_a_migration_behind_a_long_read_lets_others_pass_and_ends_after_it(
    old: Database,
) -> None:
    reader, watcher = await asyncpg.connect(old.url), await asyncpg.connect(old.url)
    held = reader.transaction()
    await held.start()
    await reader.fetch("SELECT id FROM webhook")
    migrating = asyncio.create_task(migrate(old.url))
    await until(waits_for("webhook", watcher))
    for n in range(5):
        await asyncio.wait_for(watcher.fetch("SELECT id FROM webhook"), PATIENCE)
        assert not migrating.done(), n
    await held.rollback()
    await asyncio.wait_for(migrating, PATIENCE)
    assert await version_of(old.url) == newest_migration()
    await reader.close()
    await watcher.close()


async def test_f30_a_writer_goes_on_while_migrations_run(old: Database) -> None:
    is_over, written = asyncio.Event(), 0

    async def write() -> None:
        nonlocal written
        while not is_over.is_set() or written < 20:
            async with old.write(actor="test", comment="test") as (connection, revision):
                await connection.execute(INSERT, f"v{written}", revision)
            written += 1

    writing = asyncio.create_task(write())
    await migrate(old.url)
    is_over.set()
    await asyncio.wait_for(writing, PATIENCE)
    assert await old.revision() == written


async def test_f30_whoever_holds_a_table_for_good_is_told_of(
    old: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MIGRATION_SECONDS", 3.0)
    reader = await asyncpg.connect(old.url)
    async with reader.transaction():
        await reader.fetch("SELECT id FROM webhook")
        with pytest.raises(ServiceError) as caught:
            await migrate(old.url)
    assert caught.value.code == "locked"
    assert await version_of(old.url) == BEFORE
    await reader.close()
    await migrate(old.url)
    assert await version_of(old.url) == newest_migration()


async def test_f31_an_index_that_was_not_built_to_its_end_goes(old: Database) -> None:
    await sql(old, "CREATE TABLE double AS SELECT 1 AS n FROM generate_series(1, 2)")
    with pytest.raises(asyncpg.UniqueViolationError):
        await sql(old, "CREATE UNIQUE INDEX CONCURRENTLY double_n ON double (n)")
    await migrate(old.url)
    connection = await asyncpg.connect(old.url)
    assert await connection.fetchval("SELECT to_regclass('double_n')") is None
    await connection.close()


async def test_f50_of_three_at_once_one_migrates_and_the_others_wait(old: Database) -> None:
    await asyncio.wait_for(asyncio.gather(*(migrate(old.url) for _ in range(3))), PATIENCE)
    assert await version_of(old.url) == newest_migration()


@pytest.mark.chaos
async def test_f50_one_that_is_killed_again_and_again_beside_a_writer_loses_nothing(
    database: Database,
) -> None:
    """Each time behind somebody who writes to a table of a later migration."""
    whole = dump(database.url)
    await _back_to(OLDEST, database.url)
    is_over, written = asyncio.Event(), list[str]()
    writing = asyncio.create_task(_write_until(is_over, database, written))
    reached = []
    for table in TABLES:
        await _killed_behind(table, database.url)
        reached.append(await version_of(database.url))
    assert len(set(reached)) > 3
    await asyncio.wait_for(migrate(database.url), PATIENCE)
    is_over.set()
    await asyncio.wait_for(writing, PATIENCE)
    there = [row["id"] for row in await rows(database, "SELECT id FROM vendor")]
    assert (len(there), set(there)) == (len(written), set(written))
    assert await database.revision() == len(written) >= 20
    assert dump(database.url) == whole


async def _killed_behind(table: str, url: str) -> None:
    reader, watcher = await asyncpg.connect(url), await asyncpg.connect(url)
    async with reader.transaction():
        await reader.execute(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "service", "migrate"),
            env={**os.environ, "PARITY_DATABASE_URL": url},
            stdout=asyncio.subprocess.DEVNULL,
        )
        await until(waits_for(table, watcher))
        process.send_signal(signal.SIGKILL)
        await process.wait()
    await reader.close()
    await watcher.close()


async def _write_until(is_over: asyncio.Event, database: Database, written: list[str]) -> None:
    """One vendor after the other; one that fails is tried again under the same name."""
    while not is_over.is_set() or len(written) < 20:
        name = f"v{len(written)}"
        try:
            async with database.write(actor="test", comment="test") as (connection, revision):
                await connection.execute(INSERT, name, revision)
        except ServiceError as error:
            if error.code == Code.OUTCOME_UNKNOWN:  # PostgreSQL was there all the time
                raise
        else:
            written.append(name)
        await asyncio.sleep(0.01)


async def test_f50_one_that_is_killed_half_way_leaves_what_can_be_run_again(old: Database) -> None:
    reader, watcher = await asyncpg.connect(old.url), await asyncpg.connect(old.url)
    held = reader.transaction()
    await held.start()
    await reader.fetch("SELECT id FROM webhook")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "service", "migrate"),
        env={**os.environ, "PARITY_DATABASE_URL": old.url},
        stdout=asyncio.subprocess.DEVNULL,
    )
    await until(waits_for("webhook", watcher))
    process.send_signal(signal.SIGKILL)
    await process.wait()
    await held.rollback()
    await asyncio.wait_for(migrate(old.url), PATIENCE)
    assert await version_of(old.url) == newest_migration()
    await reader.close()
    await watcher.close()
