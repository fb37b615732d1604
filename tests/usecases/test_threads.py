"""Callers are charged by the event loop and by the server's thread, and nothing of it is lost."""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import inf

import pytest

from service import limits
from service.model.quotas import LedgerAway, Quota, Spending
from service.usecases.accounts import Account, Level
from service.usecases.allowances import Allowances
from tests.clients import until

VAST = Quota(0, 3_600_000)  # a thousand a second
TIMES = 20_000


class Sum:
    """A ledger that adds up what has passed."""

    name = "Sum"

    def __init__(self, *, is_away: bool = False) -> None:
        self.seconds, self.is_away = 0.0, is_away

    async def settle(self, spendings: Sequence[Spending]) -> dict[str, tuple[float, ...]]:
        await asyncio.sleep(0)
        if self.is_away:
            raise LedgerAway("closed")
        self.seconds += sum(spending.hour_passed for spending in spendings)
        return {spending.caller: (0.0, 0.0) for spending in spendings}

    async def close(self) -> None:
        pass


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Such as give way to each other as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    with ThreadPoolExecutor(4) as pool:
        yield pool
    sys.setswitchinterval(before)


def test_threads_together_are_let_pass_what_one_is(
    threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_room = Level.has_room

    def slowly(level: Level, price: float, now: float) -> bool:
        found = has_room(level, price, now)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(Level, "has_room", slowly)
    account = Account("c", settled_at=0.0, room=inf)
    asking = [threads.submit(account.decide, Quota(0, 1), 1, 0.0) for _ in range(4)]
    standings = [one.result() for one in asking]
    assert [bool(standing and standing.violated) for standing in standings].count(False) == 1


async def test_what_another_thread_lets_pass_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SETTLE_SECONDS", 0.01)
    ledger = Sum()
    worker = Allowances(ledger, 1)
    await worker.admit("c", VAST, 1000)
    await until(lambda: worker._settler is None or worker._settler.done())
    decided = await asyncio.to_thread(worker.decide, "c", VAST, 2000)
    assert decided is not None
    await until(lambda: ledger.seconds == pytest.approx(3.0))


async def test_what_all_threads_let_pass_is_settled_while_they_do(
    threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SETTLE_SECONDS", 0.001)
    ledger, callers = Sum(), [f"c{n}" for n in range(4)]
    worker, loop = Allowances(ledger, 1), asyncio.get_running_loop()
    for caller in callers:
        await worker.admit(caller, VAST, 1)

    def let_pass() -> int:
        return sum(worker.decide(callers[n % 4], VAST, 1) is not None for n in range(TIMES // 4))

    passing = [loop.run_in_executor(threads, let_pass) for _ in range(3)]
    passed = 4
    while not all(one.done() for one in passing):
        passed += worker.decide(callers[passed % 4], VAST, 1) is not None
        await asyncio.sleep(0)
    passed += sum(await asyncio.gather(*passing))
    await asyncio.sleep(0)
    await worker.close()
    assert ledger.seconds == pytest.approx(passed / 1000)


async def test_while_the_ledger_is_away_other_threads_let_nothing_pass() -> None:
    worker = Allowances(Sum(is_away=True), 1)
    await worker.admit("c", VAST, 1)
    assert await asyncio.to_thread(worker.decide, "c", VAST, 1) is None
    assert worker.decide("c", VAST, 1) is not None
