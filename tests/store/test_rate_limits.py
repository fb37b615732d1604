"""The ledger of quotas in PostgreSQL: what is added, what is too much, what is forgotten."""

import asyncio
from math import inf

import pytest

from service.model.quotas import LedgerAway, Spending
from service.store.database import Database
from service.store.rate_limits import DatabaseLedger, purge
from tests.make import spending
from tests.postgres import sql

PASSED = 50  # seconds at most, of which each takes one off a debt


async def test_spendings_are_added_for_all_workers(database: Database) -> None:
    one, two = DatabaseLedger(database), DatabaseLedger(database)
    await asyncio.gather(*((one, two)[n % 2].settle([spending(seconds=100)]) for n in range(20)))
    assert (await one.settle([spending()]))["c"][1] == pytest.approx(2000, abs=PASSED)


async def test_what_has_come_back_meanwhile_is_not_counted_twice(database: Database) -> None:
    """An hour's number that lies in the past, and charges since: from the first of them on."""
    ledger = DatabaseLedger(database)
    await ledger.settle([spending(seconds=10)])
    await sql(database, "UPDATE quota SET hour = hour - 10000")
    charges = Spending("c", 0.0, 600.0, -inf, 450.0, inf, inf)
    assert (await ledger.settle([charges]))["c"][1] == pytest.approx(450, abs=PASSED)


async def test_what_is_too_much_is_missing_and_not_written(database: Database) -> None:
    ledger = DatabaseLedger(database)
    await ledger.settle([spending("full", 3600), spending("free", 100)])
    more = [spending("full", 100, most=3600), spending("free", 100, most=3600)]
    debts = await ledger.settle(more)
    assert debts.keys() == {"free"}
    assert debts["free"][1] == pytest.approx(200, abs=PASSED)
    assert (await ledger.settle([spending("full")]))["full"][1] == pytest.approx(3600, abs=PASSED)


async def test_many_workers_settle_the_same_callers_without_a_deadlock(database: Database) -> None:
    ledger = DatabaseLedger(database)
    callers = [spending(f"c{n}", 60) for n in range(200)]
    await asyncio.gather(*(ledger.settle(callers[::step]) for step in (1, -1) for _ in range(20)))
    debts = await ledger.settle([spending("c7")])
    assert debts["c7"][1] == pytest.approx(40 * 60, abs=PASSED)


async def test_whose_quota_has_been_whole_for_a_minute_is_forgotten(database: Database) -> None:
    ledger = DatabaseLedger(database)
    await ledger.settle([spending("old", 100), spending("new", 100)])
    await sql(database, "UPDATE quota SET hour = hour - 161 WHERE caller = 'old'")
    async with database.session() as connection:
        assert await purge(connection) == 1
        assert await connection.fetchval("SELECT caller FROM quota") == "new"


async def test_F40_a_clock_that_is_set_back_costs_no_more_than_a_window(database: Database) -> None:
    ledger = DatabaseLedger(database)
    await ledger.settle([spending("day", 100), spending("minutes", 100)])
    await sql(database, "UPDATE quota SET burst = burst + 86400, hour = hour + 86400")
    debts = await ledger.settle([spending("day"), spending("minutes", -3000)])
    assert debts["day"][1] == pytest.approx(3600, abs=PASSED)
    assert debts["day"][0] <= 2
    assert debts["minutes"][1] == pytest.approx(600, abs=PASSED)


async def test_a_ledger_that_cannot_be_written_is_away(database: Database) -> None:
    await sql(database, "DROP TABLE quota")
    with pytest.raises(LedgerAway):
        await DatabaseLedger(database).settle([spending()])
