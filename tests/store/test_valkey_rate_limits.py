"""The counters in Valkey: PostgreSQL's numbers, exact over processes, answers to their askers."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from service.model.quotas import Quota, Standing
from service.store import rate_limits
from service.store.database import Database
from service.store.valkey import ValkeyFailed
from service.store.valkey_rate_limits import Counters
from service.usecases.local_rate_limits import Shares
from tests.valkeys import Valkeys, needs_valkey, valkeys

pytestmark = needs_valkey
WORKER = """
import asyncio, sys
from service.model.quotas import Quota
from service.store.valkey_rate_limits import Counters

async def main():
    counters = Counters(sys.argv[1])
    async def some():
        bound = Quota(burst=0, hour=90)
        return sum([not (await counters.count("c", 1, bound)).violated for _ in range(30)])
    print(sum(await asyncio.gather(*(some() for _ in range(10)))))

asyncio.run(main())
"""


@pytest.fixture
async def valkey(tmp_path: Path) -> AsyncIterator[Valkeys]:
    async with valkeys(tmp_path) as started:
        yield started


@pytest.fixture
async def counters(valkey: Valkeys) -> AsyncIterator[Counters]:
    opened = Counters(valkey.url)
    yield opened
    await opened.close()


def told(standing: Standing) -> object:
    return [(b.policy, b.quota, b.remaining) for b in standing.balances], standing.violated


@pytest.mark.parametrize("bound", [Quota(0, 50), Quota(0, 3), Quota(0, 7)])
async def test_the_numbers_are_those_of_the_database(
    counters: Counters, database: Database, bound: Quota
) -> None:
    """Also of the shares in memory, where there is one worker."""
    chance, memory = random.Random(7), Shares(1)
    async with database.session() as connection:
        for _ in range(60):
            cost = chance.choice([0, 1, 1, 3, 20])
            here = (
                await rate_limits.spend(connection, "c", cost, bound) if cost
                else await rate_limits.standing(connection, "c", bound)
            )  # fmt: skip
            there, shared = (
                await counters.count("c", cost, bound),
                await memory.count("c", cost, bound),
            )
            assert told(here) == told(there) == told(shared)
            if cost and not here.violated and chance.random() < 0.4:
                await rate_limits.refund(connection, "c", cost, bound, here.began)
                await counters.refund("c", cost, bound, there.began)
                await memory.refund("c", cost, bound, shared.began)


async def test_a_window_begins_anew_and_gets_no_refund_of_the_last_one(
    counters: Counters, valkey: Valkeys
) -> None:
    bound = Quota(burst=0, hour=10)
    first = await counters.count("c", 3, bound)
    await valkey.command("HINCRBY", "parity:quota:c", "hour_began", -3_600_000_000)
    second = await counters.count("c", 2, bound)
    await counters.refund("c", 3, bound, first.began)
    found = await counters.count("c", 0, bound)
    assert [b.remaining for s in (first, second, found) for b in s.balances] == [7, 8, 8]
    assert second.balances[0].seconds == 3600


async def test_a_refund_of_a_flushed_counter_leaves_the_new_one_alone(
    counters: Counters, valkey: Valkeys
) -> None:
    bound = Quota(burst=0, hour=10)
    first = await counters.count("c", 3, bound)
    await valkey.command("FLUSHALL")
    await counters.refund("c", 3, bound, first.began)
    assert told(await counters.count("c", 1, bound)) == ([("hour", 10, 9)], ())


async def test_a_counter_is_forgotten_an_hour_after_its_last_change(
    counters: Counters, valkey: Valkeys
) -> None:
    await counters.count("c", 1, Quota(burst=5, hour=10))
    left = await valkey.command("TTL", "parity:quota:c")
    assert isinstance(left, int)
    assert 3590 < left <= 3600


async def test_exact_over_processes(valkey: Valkeys) -> None:
    """Three processes with ten askers each and ten times the quota."""
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", WORKER, valkey.url, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    accepted = [int((await process.communicate())[0]) for process in started]
    assert sum(accepted) == 90


async def test_a_unix_socket_will_do(valkey: Valkeys) -> None:
    counters = Counters(f"unix://{valkey.socket}?db=1")
    assert told(await counters.count("c", 1, Quota(0, 10))) == ([("hour", 10, 9)], ())
    await counters.close()


async def test_no_answer_goes_to_another_asker(counters: Counters) -> None:
    """10,000 counts whose askers go away at random; the cost names the asker."""
    chance, right = random.Random(11), []

    async def ask(n: int) -> None:
        task = asyncio.create_task(counters.count(f"c{n}", n, Quota(0, 100_000)))
        for _ in range(chance.randrange(12)):
            await asyncio.sleep(0)
        if chance.random() < 0.5:
            task.cancel()
        try:
            found = await task
        except (asyncio.CancelledError, ValkeyFailed):
            return
        right.append(found.balances[0].remaining == 100_000 - n)

    await _several(10_000, 30, ask)
    assert len(right) > 1000
    assert all(right)


async def test_no_answer_of_a_cancelled_command_stays_on_its_connection(
    counters: Counters, valkey: Valkeys
) -> None:
    """The client's own promise, which the timeout builds on: 10,000 GETs, many cancelled."""
    await valkey.command("MSET", *(f"k{n // 2}" for n in range(2, 20_002)))
    chance, client, right = random.Random(13), counters._valkeys._client, []

    async def ask(n: int) -> None:
        task = asyncio.create_task(client.get(f"k{n}"))
        for _ in range(chance.randrange(20)):
            await asyncio.sleep(0)
        if chance.random() < 0.5:
            task.cancel()
        try:
            found = await task
        except asyncio.CancelledError:
            return
        right.append(found == f"k{n}".encode())

    await _several(10_000, 10, ask)
    assert len(right) > 1000
    assert all(right)


async def test_a_frozen_server_fails_and_answers_rightly_when_it_goes_on(
    counters: Counters, valkey: Valkeys
) -> None:
    bound = Quota(0, 1000)
    await counters.count("a", 1, bound)
    valkey.freeze()
    results = await asyncio.wait_for(
        asyncio.gather(
            *(counters.count("a", 100, bound) for _ in range(40)), return_exceptions=True
        ),
        5,
    )
    assert all(isinstance(result, ValkeyFailed) for result in results)
    valkey.thaw()
    await valkey.command("PING")
    for n in range(1, 20):
        assert (await counters.count(f"b{n}", n, bound)).balances[0].remaining == 1000 - n


async def test_a_full_server_fails(counters: Counters, valkey: Valkeys) -> None:
    bound = Quota(0, 10)
    await counters.count("c", 1, bound)
    await valkey.command("CONFIG", "SET", "maxmemory", "1")
    with pytest.raises(ValkeyFailed, match="maxmemory"):
        await counters.count("c", 1, bound)
    await valkey.command("CONFIG", "SET", "maxmemory", "0")
    assert told(await counters.count("c", 1, bound)) == ([("hour", 10, 8)], ())


async def _several(
    count: int, side_by_side: int, ask: Callable[[int], Coroutine[Any, Any, None]]
) -> None:
    numbers = iter(range(1, count + 1))

    async def some() -> None:
        for n in numbers:
            await ask(n)

    await asyncio.gather(*(some() for _ in range(side_by_side)))
