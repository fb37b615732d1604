"""Workers that decide by themselves: exact alone, bounded together, and what is settled when."""

import asyncio
import logging
import random
from collections.abc import Sequence
from math import inf

import pytest

from service import limits
from service.model.quotas import LedgerAway, Quota, Spending, prices
from service.store.database import Database
from service.store.rate_limits import DatabaseLedger
from service.usecases.allowances import Allowances
from tests.clients import until
from tests.postgres import sql

Numbers = dict[str, tuple[float, ...]]


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Notebook:
    """A ledger in memory: what `Spending` says, literally."""

    name = "Notebook"

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.numbers: Numbers = {}
        self.times_asked = 0
        self.is_away = False

    async def settle(self, spendings: Sequence[Spending]) -> Numbers:
        await asyncio.sleep(0)
        if self.is_away:
            raise LedgerAway("closed")
        self.times_asked += 1
        found = {}
        for s in spendings:
            before = self.numbers.get(s.caller, (-inf, -inf))
            passed, reached, most = s[1:3], s[3:5], s[5:7]
            debts = tuple(
                max(b + p - self.clock(), r)
                for b, p, r in zip(before, passed, reached, strict=True)
            )
            if all(debt <= m for debt, m in zip(debts, most, strict=True)):
                self.numbers[s.caller] = tuple(self.clock() + debt for debt in debts)
                found[s.caller] = debts
        return found

    async def close(self) -> None:
        pass


class Truth:
    """The algorithm with one number a policy and no worker between."""

    def __init__(self, quota: Quota, clock: Clock) -> None:
        self.quota, self.clock = quota, clock
        self.until = [-inf, -inf]

    def takes(self, cost: int) -> bool:
        price = prices(self.quota, cost)
        after = [max(u, self.clock()) + p for u, p in zip(self.until, price, strict=True)]
        if any(
            a > self.clock() + w + 1e-6 and p
            for a, p, w in zip(after, price, (1, 3600), strict=True)
        ):
            return False
        self.until = after
        return True


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is settled by the time of this machine."""
    monkeypatch.setattr(limits, "SETTLE_SECONDS", 3600.0)


async def passes(worker: Allowances, quota: Quota, cost: int = 1) -> bool:
    decided = worker.decide("c", quota, cost) or await worker.admit("c", quota, cost)
    return not decided[0].violated


@pytest.mark.parametrize("quota", [Quota(5, 0), Quota(3, 40), Quota(0, 17), Quota(7, 9)])
@pytest.mark.parametrize("seed", range(5))
async def test_one_worker_decides_as_if_it_had_asked(quota: Quota, seed: int) -> None:
    """Whenever it settles, and whatever it gives back at once."""
    chance, clock = random.Random(seed), Clock()
    worker, truth = Allowances(Notebook(clock), 1, clock), Truth(quota, clock)
    for _ in range(400):
        clock.now += chance.choice([0.0, 0.01, 0.1, 0.3, 5.0, 300.0])
        cost = chance.choice([1, 1, 1, 3, 20])
        assert await passes(worker, quota, cost) == truth.takes(cost)
        if chance.random() < 0.2:
            await worker._settle(worker._unsettled.values())
    await worker.close()


@pytest.mark.parametrize("workers", [2, 3, 8])
@pytest.mark.parametrize("seed", range(5))
async def test_workers_together_overshoot_by_less_than_half(workers: int, seed: int) -> None:
    """At most (workers - 1) / (2 workers) of the quota; what is passed over is paid back."""
    chance, clock, quota = random.Random(seed), Clock(), Quota(0, 96)
    ledger = Notebook(clock)
    several = [Allowances(ledger, workers, clock) for _ in range(workers)]
    passed = 0
    for _ in range(1500):
        worker = chance.choice(several)
        passed += await passes(worker, quota)
        if chance.random() < 0.05:
            await worker._settle(worker._unsettled.values())
    assert 96 <= passed <= 96 + 96 * (workers - 1) / (2 * workers)
    for worker in several:
        await worker.close()
    assert ledger.numbers["c"][1] - clock() == pytest.approx(passed * 3600 / 96)


async def test_the_worst_that_two_workers_can_do(database: Database) -> None:
    """One has looked while all was left; the other takes it all; the first does not know yet."""
    ledger, quota = DatabaseLedger(database), Quota(0, 20)
    one, two = Allowances(ledger, 2), Allowances(ledger, 2)
    assert await passes(one, quota, 0)
    assert [await passes(two, quota) for _ in range(21)] == [True] * 20 + [False]
    assert [await passes(one, quota) for _ in range(6)] == [True] * 5 + [False]
    assert [await passes(two, quota) for _ in range(2)] == [False] * 2
    async with database.session() as connection:
        debt = await connection.fetchval(
            "SELECT hour - extract(epoch FROM now())::float8 FROM quota"
        )
    assert debt == pytest.approx(25 * 180, abs=5)


async def test_far_from_the_limit_the_ledger_is_asked_once() -> None:
    clock = Clock()
    ledger, quota = Notebook(clock), Quota(1000, 10_000)
    worker = Allowances(ledger, 2, clock)
    for _ in range(200):
        assert await passes(worker, quota)
    assert ledger.times_asked == 1


async def test_many_callers_are_settled_by_one_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SETTLE_SECONDS", 0.05)
    clock = Clock()
    ledger, quota = Notebook(clock), Quota(1000, 10_000)
    worker = Allowances(ledger, 2, clock)
    callers = [f"c{n}" for n in range(100)]
    for caller in callers:
        await worker.admit(caller, quota, 1)
    assert all(worker.decide(caller, quota, 1) is not None for caller in callers)
    asked = ledger.times_asked
    await until(lambda: not worker._unsettled)
    assert ledger.times_asked == asked + 1
    debts = [number[1] - clock() for number in ledger.numbers.values()]
    assert debts == [pytest.approx(0.72)] * 100


async def test_who_comes_while_the_ledger_is_asked_waits_for_the_same_answer() -> None:
    clock = Clock()
    ledger, quota = Notebook(clock), Quota(1000, 10_000)
    worker = Allowances(ledger, 2, clock)
    await asyncio.gather(*(passes(worker, quota) for _ in range(50)))
    assert ledger.times_asked == 1
    await worker.close()
    assert ledger.numbers["c"][1] - clock() == pytest.approx(50 * 0.36)


async def test_a_refund_leaves_never_more_than_the_quota() -> None:
    clock, quota = Clock(), Quota(2, 0)
    ledger = Notebook(clock)
    worker = Allowances(ledger, 1, clock)
    _, account = await worker.admit("c", quota, 1)
    clock.now += 10
    assert worker.refund(account, quota, 1).balances[0].remaining == 2
    assert [await passes(worker, quota) for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("is_away", [False, True])
async def test_what_is_free_is_not_charged_where_its_cost_would_fit(is_away: bool) -> None:
    clock, quota = Clock(), Quota(0, 4)
    ledger = Notebook(clock)
    worker = Allowances(ledger, 1, clock)
    ledger.is_away = is_away
    await worker.admit("c", quota, 1)
    for _ in range(9):
        free = worker.decide("c", quota, 1, is_free=True)
        assert free is not None
        assert (free[0].violated, free[0].balances[0].remaining) == ((), 3)
    refused = worker.decide("c", quota, 4, is_free=True)
    assert refused is None or refused[0].violated == ("hour",)
    assert (await worker.admit("c", quota, 3))[0].balances[0].remaining == 0
    refused = worker.decide("c", quota, 1, is_free=True)
    assert refused is None or refused[0].violated == ("hour",)


async def test_a_refund_reaches_the_ledger() -> None:
    clock, quota = Clock(), Quota(0, 10)
    ledger = Notebook(clock)
    one, two = Allowances(ledger, 2, clock), Allowances(ledger, 2, clock)
    _, account = await one.admit("c", quota, 3)
    assert one.refund(account, quota, 3).balances[0].remaining == 10
    await one.close()
    assert (await two.admit("c", quota, 0))[0].balances[0].remaining == 10


async def test_a_cost_above_the_quota_takes_all_of_it() -> None:
    clock, quota = Clock(), Quota(5, 100)
    worker = Allowances(Notebook(clock), 1, clock)
    first, _ = await worker.admit("c", quota, 20)
    assert [b.remaining for b in first.balances] == [0, 80]
    again, _ = await worker.admit("c", quota, 20)
    assert (again.violated, [b.remaining for b in again.balances]) == (("burst",), [0, 80])
    assert again.retry_after == 1


async def test_retry_after_is_the_least_wait_that_will_do() -> None:
    clock, quota = Clock(), Quota(0, 36)
    worker = Allowances(Notebook(clock), 1, clock)
    assert await passes(worker, quota, 35)
    refused, _ = await worker.admit("c", quota, 3)
    assert refused.retry_after == 200
    clock.now += 199
    assert not await passes(worker, quota, 3)
    clock.now += 1
    assert await passes(worker, quota, 3)


async def test_what_passed_while_the_ledger_was_away_for_a_moment_is_not_lost(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    clock, quota = Clock(), Quota(0, 100)
    ledger = Notebook(clock)
    worker = Allowances(ledger, 2, clock)
    assert [await passes(worker, quota) for _ in range(11)] == [True] * 11
    ledger.is_away = True
    await worker._settle(worker._unsettled.values())
    assert (await worker.admit("c", quota, 0))[0].quota == Quota(0, 50)
    ledger.is_away = False
    clock.now += 1
    assert (await worker.admit("c", quota, 0))[0].balances[0].remaining == 89
    assert [r.levelname for r in caplog.records if "Notebook" in r.message] == ["WARNING", "INFO"]


async def test_who_goes_away_takes_nothing_of_others_along() -> None:
    chance, clock, quota = random.Random(3), Clock(), Quota(0, 50)
    ledger = Notebook(clock)
    worker = Allowances(ledger, 4, clock)
    tasks = [asyncio.create_task(passes(worker, quota)) for _ in range(200)]
    for task in tasks:
        await asyncio.sleep(0)
        if chance.random() < 0.5:
            task.cancel()
    results = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 60)
    passed = sum(result is True for result in results)
    await worker.close()
    counted = (ledger.numbers["c"][1] - clock()) / 72
    assert passed <= round(counted) <= 50


async def test_whom_nobody_counts_any_more_is_asked_about_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ACCOUNTS_REMEMBERED", 3)
    worker, quota = Allowances(DatabaseLedger(database), 1), Quota(0, 10)
    for n in (1, 2, 3, 4, 5, 1):
        for _ in range(2):
            await worker.admit(f"c{n}", quota, 1)
    assert (await worker.admit("c1", quota, 0))[0].balances[0].remaining == 6
    assert len(worker._accounts) == 3


async def test_a_refund_for_whom_nobody_counts_any_more_reaches_the_ledger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "ACCOUNTS_REMEMBERED", 1)
    clock, quota = Clock(), Quota(0, 10)
    ledger = Notebook(clock)
    worker = Allowances(ledger, 1, clock)
    _, account = await worker.admit("c", quota, 3)
    await worker.admit("d", quota, 1)
    await worker.admit("c", quota, 1)
    worker.refund(account, quota, 3)
    await worker.close()
    assert ledger.numbers["c"][1] - clock() == pytest.approx(360)


async def test_who_waits_is_asked_about_before_those_who_are_only_settled() -> None:
    clock, quota = Clock(), Quota(0, 10_000)
    ledger = Notebook(clock)
    worker = Allowances(ledger, 1, clock)
    await asyncio.gather(*(worker.admit(f"c{n}", quota, 1) for n in range(1200)))
    assert ledger.times_asked == 3
    for n in range(1200):
        worker.decide(f"c{n}", quota, 1)
    settling = asyncio.create_task(worker._settle(worker._unsettled.values()))
    await asyncio.sleep(0)
    await worker.admit("d", quota, 1)
    assert ledger.times_asked < 6
    await settling
    assert ledger.times_asked == 6


async def test_a_ledger_that_forgot_everything_begins_anew(database: Database) -> None:
    worker, quota = Allowances(DatabaseLedger(database), 1), Quota(0, 4)
    assert [await passes(worker, quota) for _ in range(5)] == [True] * 4 + [False]
    await sql(database, "TRUNCATE quota")
    worker._accounts.clear()
    assert await passes(worker, quota)


async def test_who_asked_the_ledger_is_told_of_its_own_charge_alone() -> None:
    """Somebody else is let in between the ledger's answer and the turn of who asked it."""
    clock = Clock()
    allowances, quota = Allowances(Notebook(clock), 1, clock), Quota(0, 20)
    asking = asyncio.create_task(allowances.admit("c", quota, 1))
    while (decided := allowances.decide("c", quota, 1)) is None:  # noqa: ASYNC110  # at once
        await asyncio.sleep(0)
    assert not asking.done()
    standings = (await asking)[0], decided[0]
    assert [standing.balances[0].remaining for standing in standings] == [19, 18]
    await allowances.close()
