"""A standby is promoted while something waits for the server that was the primary."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest

from service import limits
from service.store.database import Database
from service.store.servers.primary import Primary
from tests.clusters import Cluster
from tests.failovers import either

PATIENCE = 60


@asynccontextmanager
async def watching(found: Primary) -> AsyncIterator[None]:
    task = asyncio.create_task(found.watch())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def port_of(connection: "asyncpg.Connection[asyncpg.Record]") -> int:
    return int(await connection.fetchval("SELECT inet_server_port()"))


def hang(cluster: Cluster) -> None:
    cluster.signal(signal.SIGSTOP)


def go_on(_: Cluster) -> None:
    """It was never told of the promotion, and would work on."""


@pytest.mark.parametrize("behave", [hang, go_on])
async def test_who_waits_for_the_old_primary_is_let_go(
    new_pair: tuple[Cluster, Cluster], behave: Callable[[Cluster], None]
) -> None:
    first, second = new_pair
    database = Database(either(first, second))
    await database.open()
    async with database.session() as connection:
        waiting = asyncio.create_task(connection.fetchval("SELECT pg_sleep(1000)", timeout=1000))
        await asyncio.sleep(0.1)
        behave(first)
        await asyncio.to_thread(second.promote)
        with pytest.raises(asyncpg.ConnectionDoesNotExistError):
            async with asyncio.timeout(PATIENCE):
                await waiting
    async with database.session() as connection:
        assert await port_of(connection) == second.port
    await database.close()


async def test_who_connects_to_a_host_that_hangs_is_sent_to_the_promoted_one(
    new_pair: tuple[Cluster, Cluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = new_pair
    found = Primary(either(first, second))
    (await found.connect()).terminate()
    monkeypatch.setattr(limits, "HOST_SECONDS", 10 * PATIENCE)
    hang(first)
    connecting = asyncio.create_task(found.connect(timeout=10 * PATIENCE))
    await asyncio.sleep(0.1)
    async with watching(found):
        await asyncio.to_thread(second.promote)
        async with asyncio.timeout(PATIENCE):
            connection = await connecting
    assert await port_of(connection) == second.port
    connection.terminate()


async def test_who_asks_all_hosts_waits_for_none_that_was_left(
    new_pair: tuple[Cluster, Cluster], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = new_pair
    found = Primary(either(first, second))
    (await found.connect()).terminate()
    found.known = None
    monkeypatch.setattr(limits, "HOST_SECONDS", 10 * PATIENCE)
    hang(first)
    await asyncio.to_thread(second.promote)
    async with asyncio.timeout(PATIENCE):
        connection = await found.connect(timeout=10 * PATIENCE)
    assert await port_of(connection) == second.port
    connection.terminate()
