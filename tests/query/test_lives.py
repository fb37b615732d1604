"""The world on a day: lists, counts of what is undecided, and the status of products."""

from dataclasses import replace
from datetime import date

import pytest

from service.query.fields import Collection
from service.query.filters.parameters import filter_of
from service.query.registry import ADOPTIONS, PRODUCTS
from service.store.catalogue import lists, records
from service.store.catalogue.lists import ListQuery
from service.store.database import Database
from tests.slow import days
from tests.slow.filters import World
from tests.worlds import EVERYTHING, REVISIONS

DAYS = [
    date(2023, 6, 1),
    date(2024, 1, 2),
    date(2024, 1, 31),
    date(2024, 2, 9),
    date(2024, 2, 10),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2026, 1, 1),
]
DATED = [collection for collection in EVERYTHING if collection.starts]


@pytest.mark.parametrize("as_of", REVISIONS)
@pytest.mark.parametrize("collection", DATED, ids=lambda c: c.name)
async def test_what_is_in_force_equals_every_completion(
    made: Database, worlds: dict[tuple[str, str], World], collection: Collection, as_of: str
) -> None:
    slow = worlds[collection.name, as_of]
    for day in DAYS:
        truths = {r["id"]: days.truths(slow, collection, r, day) for r in slow.rows}
        certain = {i for i, found in truths.items() if found == {True}}
        possible = {i for i, found in truths.items() if True in found}
        async with made.read(as_of) as read:
            snapshot = replace(read, on=day)
            query = ListQuery(on=day, limit=1000)
            kept = await lists.page(snapshot, collection, query)
            perhaps = await lists.page(snapshot, collection, replace(query, is_possible=True))
            undecided = await lists.undecided(snapshot, collection, query)
        assert {row["id"] for row in kept.records} == certain, day
        assert {row["id"] for row in perhaps.records} == possible, day
        assert certain <= possible
        most = max(undecided.values(), default=0)
        assert most <= len(possible - certain) <= sum(undecided.values())


@pytest.mark.parametrize("as_of", REVISIONS)
async def test_the_status_of_a_product_is_that_of_the_day(
    made: Database, worlds: dict[tuple[str, str], World], as_of: str
) -> None:
    slow = worlds["products", as_of]
    for day in DAYS:
        async with made.read(as_of) as read:
            snapshot = replace(read, on=day)
            found = (await lists.page(snapshot, PRODUCTS, ListQuery(limit=1000))).records
            active, _ = filter_of(PRODUCTS, {"status": ["active"]})
            filtered = await lists.page(snapshot, PRODUCTS, ListQuery(filter=active, limit=1000))
            adopted, _ = filter_of(ADOPTIONS, {"product.status": ["active"]})
            reached = await lists.page(snapshot, ADOPTIONS, ListQuery(filter=adopted, limit=1000))
            in_force = await lists.page(snapshot, PRODUCTS, ListQuery(on=day, limit=1000))
        told = {row["id"]: row["status"] for row in found}
        assert told == {r["id"]: days.status(slow, r, day) for r in slow.rows}, day
        living = {i for i, status in told.items() if status == "active"}
        assert {row["id"] for row in filtered.records} == living
        assert {row["id"] for row in in_force.records} == living
        assert {row["product_id"] for row in reached.records} <= living
    assert {None, "active", "discontinued", "not_launched"} >= set(told.values())


@pytest.mark.parametrize("as_of", REVISIONS)
@pytest.mark.parametrize("collection", DATED, ids=lambda c: c.name)
async def test_a_lifetime_that_was_read_tells_of_every_day(
    made: Database, worlds: dict[tuple[str, str], World], collection: Collection, as_of: str
) -> None:
    slow, holders = worlds[collection.name, as_of], worlds["products", as_of]
    async with made.read(as_of) as read:
        found = await records.lifetimes(read, collection, [row["id"] for row in slow.rows])
        within = await records.lifetimes(read, PRODUCTS, [row["id"] for row in holders.rows])
    assert found.keys() == {row["id"] for row in slow.rows}
    for day in DAYS:
        certain = {
            row["id"] for row in slow.rows if days.truths(slow, collection, row, day) == {True}
        }
        in_force = {one for one, lifetime in found.items() if lifetime.is_in_force(day)}
        if collection.within is PRODUCTS:
            gone = {one for one, lifetime in within.items() if lifetime.has_ended(day)}
            in_force -= {row["id"] for row in slow.rows if row["product_id"] in gone}
        assert in_force == certain, day
        if collection is PRODUCTS:
            told = {one: lifetime.status(day) for one, lifetime in found.items()}
            assert told == {row["id"]: days.status(slow, row, day) for row in slow.rows}, day
