"""The ledger in Valkey: PostgreSQL's numbers, exact over processes, answers to their askers."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from math import inf
from pathlib import Path
from typing import Any

import pytest

from service import limits
from service.model.quotas import Ledger, LedgerAway, Quota
from service.store.database import Database
from service.store.rate_limits import DatabaseLedger
from service.store.valkey_rate_limits import ValkeyLedger
from service.usecases.allowances import Allowances
from tests.make import spending
from tests.valkeys import Valkeys, needs_valkey, valkeys

pytestmark = needs_valkey
PASSED = 15  # seconds at most, of which each takes one off a debt
WORKER = """
import asyncio, sys
from service.model.quotas import Quota
from service.store.valkey_rate_limits import ValkeyLedger
from service.usecases.allowances import Allowances

async def main():
    worker = Allowances(ValkeyLedger(sys.argv[1]), 3)
    async def some():
        bound = Quota(burst=0, hour=90)
        return sum([not (await worker.admit("c", bound, 1))[0].violated for _ in range(30)])
    print(sum(await asyncio.gather(*(some() for _ in range(10)))))
    await worker.close()

asyncio.run(main())
"""


@pytest.fixture
async def valkey(tmp_path: Path) -> AsyncIterator[Valkeys]:
    async with valkeys(tmp_path) as started:
        yield started


@pytest.fixture
async def ledger(valkey: Valkeys) -> AsyncIterator[ValkeyLedger]:
    opened = ValkeyLedger(valkey.url)
    yield opened
    await opened.close()


async def debt(ledger: Ledger, caller: str = "c", seconds: float = 0.0, most: float = inf) -> float:
    """Of the hour's policy, after the seconds were added."""
    found = await ledger.settle([spending(caller, seconds, most)])
    return found[caller][1] if found else -1.0


async def test_the_numbers_are_those_of_the_database(
    ledger: ValkeyLedger, database: Database
) -> None:
    chance, there = random.Random(7), DatabaseLedger(database)
    for _ in range(60):
        seconds = chance.choice([0.0, -20.0, 100.0, 700.0])
        most = chance.choice([inf, 3600.0]) if seconds > 0 else inf
        here = await debt(there, seconds=seconds, most=most)
        assert await debt(ledger, seconds=seconds, most=most) == pytest.approx(here, abs=PASSED)


async def test_F40_a_clock_that_is_set_back_costs_no_more_than_a_window(
    ledger: ValkeyLedger, valkey: Valkeys
) -> None:
    await debt(ledger, seconds=100)
    await valkey.command("HINCRBYFLOAT", "parity:quota:c", "hour", "86400")
    assert await debt(ledger) == pytest.approx(3600, abs=PASSED)
    assert await debt(ledger, seconds=-3000) == pytest.approx(600, abs=PASSED)


async def test_workers_of_both_ledgers_decide_alike(
    ledger: ValkeyLedger, database: Database
) -> None:
    chance, bound = random.Random(5), Quota(0, 50)
    workers = [Allowances(each, 1) for each in (ledger, DatabaseLedger(database))]
    for _ in range(80):
        cost, is_returned = chance.choice([0, 1, 1, 3, 20]), chance.random() < 0.4
        told = []
        for worker in workers:
            standing, account = await worker.admit("c", bound, cost)
            told.append(([b.remaining for b in standing.balances], standing.violated))
            if is_returned and cost and not standing.violated:
                worker.refund(account, bound, cost)
        assert told[0] == told[1]
    await workers[0]._settle(workers[0]._unsettled.values())


async def test_a_refund_of_a_flushed_ledger_leaves_the_new_one_alone(
    ledger: ValkeyLedger, valkey: Valkeys
) -> None:
    await debt(ledger, seconds=1000)
    await valkey.command("FLUSHALL")
    assert await debt(ledger, seconds=-1000) < 0
    assert await debt(ledger, seconds=100) == pytest.approx(100, abs=PASSED)


async def test_a_number_is_forgotten_a_minute_after_all_is_there_again(
    ledger: ValkeyLedger, valkey: Valkeys
) -> None:
    await debt(ledger, seconds=360)
    left = await valkey.command("TTL", "parity:quota:c")
    assert isinstance(left, int)
    assert 420 - PASSED < left <= 420


async def test_what_is_too_much_is_not_written(ledger: ValkeyLedger) -> None:
    assert await debt(ledger, seconds=3000, most=3600) == pytest.approx(3000, abs=PASSED)
    assert await debt(ledger, seconds=700, most=3600) == -1
    assert await debt(ledger, seconds=500, most=3600) == pytest.approx(3500, abs=PASSED)


async def test_bounded_over_processes(valkey: Valkeys) -> None:
    """Three processes with ten askers each and ten times the quota: at most a third more."""
    started = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", WORKER, valkey.url, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    accepted = [int((await process.communicate())[0]) for process in started]
    assert 90 <= sum(accepted) <= 120


async def test_a_unix_socket_will_do(valkey: Valkeys) -> None:
    ledger = ValkeyLedger(f"unix://{valkey.socket}?db=1")
    assert await debt(ledger, seconds=360) == pytest.approx(360, abs=PASSED)
    await ledger.close()


async def test_no_answer_goes_to_another_asker(ledger: ValkeyLedger) -> None:
    """10,000 questions whose askers go away at random; the seconds name the asker."""
    chance, right = random.Random(11), []

    async def ask(n: int) -> None:
        task = asyncio.create_task(debt(ledger, f"c{n}", n * 100.0))
        for _ in range(chance.randrange(12)):
            await asyncio.sleep(0)
        if chance.random() < 0.5:
            task.cancel()
        try:
            found = await task
        except (asyncio.CancelledError, LedgerAway):
            return
        right.append(found == pytest.approx(n * 100, abs=PASSED))

    await _several(10_000, 30, ask)
    assert len(right) > 1000
    assert all(right)


async def test_no_answer_of_a_cancelled_command_stays_on_its_connection(
    ledger: ValkeyLedger, valkey: Valkeys
) -> None:
    """The client's own promise, which the timeout builds on: 10,000 GETs, many cancelled."""
    await valkey.command("MSET", *(f"k{n // 2}" for n in range(2, 20_002)))
    chance, client, right = random.Random(13), ledger._valkeys._client, []

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


async def test_f32_a_frozen_server_fails_and_answers_rightly_when_it_goes_on(
    ledger: ValkeyLedger, valkey: Valkeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    await debt(ledger, "a", 1)
    valkey.freeze()
    with monkeypatch.context() as impatient:
        impatient.setattr(limits, "VALKEY_SECONDS", 0.05)
        async with asyncio.timeout(60):
            asked = (debt(ledger, "a", 100) for _ in range(40))
            results = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(result, LedgerAway) for result in results)
    valkey.thaw()
    await valkey.command("PING")
    for n in range(1, 20):
        assert await debt(ledger, f"b{n}", n * 100.0) == pytest.approx(n * 100, abs=PASSED)


async def test_f32_a_full_server_fails(ledger: ValkeyLedger, valkey: Valkeys) -> None:
    await debt(ledger, seconds=360)
    await valkey.command("CONFIG", "SET", "maxmemory", "1")
    with pytest.raises(LedgerAway, match="maxmemory"):
        await debt(ledger, seconds=360)
    await valkey.command("CONFIG", "SET", "maxmemory", "0")
    assert await debt(ledger, seconds=360) == pytest.approx(720, abs=PASSED)


async def _several(
    count: int, side_by_side: int, ask: Callable[[int], Coroutine[Any, Any, None]]
) -> None:
    numbers = iter(range(1, count + 1))

    async def some() -> None:
        for n in numbers:
            await ask(n)

    await asyncio.gather(*(some() for _ in range(side_by_side)))
