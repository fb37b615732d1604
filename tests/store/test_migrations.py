"""Migrations beside readers and writers: they let others pass and wait for one another."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from service import limits
from service.model.errors import ServiceError
from service.store.database import Database
from service.store.schema import migrate, newest_migration, version_of
from tests.postgres import sql

PATIENCE = 60.0
BEFORE = "0030"


@pytest.fixture
async def old(database: Database) -> Database:
    """A base of which the last migrations are still to come."""
    await migrate(database.url, f"-{int(newest_migration()) - int(BEFORE)}")
    assert await version_of(database.url) == BEFORE
    return database


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await is_so():  # noqa: ASYNC110  another session decides
            await asyncio.sleep(0.05)


def waits_for_a_table(watcher: asyncpg.Connection) -> Callable[[], Awaitable[bool]]:
    async def is_so() -> bool:
        return bool(
            await watcher.fetchval(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'webhook'::regclass"
            )
        )

    return is_so


async def test_f30_a_migration_behind_a_long_read_lets_others_pass_and_ends_after_it(
    old: Database,
) -> None:
    reader, watcher = await asyncpg.connect(old.url), await asyncpg.connect(old.url)
    held = reader.transaction()
    await held.start()
    await reader.fetch("SELECT id FROM webhook")
    migrating = asyncio.create_task(migrate(old.url))
    await until(waits_for_a_table(watcher))
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
                await connection.execute(
                    "INSERT INTO vendor (id, names, revision, evidence)"
                    " VALUES ($1, '{\"en\": \"V\"}', $2, 'unstated')",
                    f"v{written}",
                    revision,
                )
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
    await until(waits_for_a_table(watcher))
    process.send_signal(signal.SIGKILL)
    await process.wait()
    await held.rollback()
    await asyncio.wait_for(migrate(old.url), PATIENCE)
    assert await version_of(old.url) == newest_migration()
    await reader.close()
    await watcher.close()
