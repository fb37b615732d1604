"""An iteration reads one revision to its end, whatever is written meanwhile."""

import asyncio
import random

import pytest

from service.query.registry import PRODUCTS
from service.query.sorting import sortable_names
from service.store.catalogue import lists, records
from service.store.catalogue.counts import Count
from service.store.catalogue.lists import ListQuery
from service.store.database import Database
from service.usecases.imports.files import load
from tests.make import FEATURE, MARKET, PRODUCT, VENDOR, lines

SIZE = 60


async def _seed(database: Database) -> None:
    rng = random.Random(7)
    products = [{**PRODUCT, "id": f"p{n}", "launched": _date(rng)} for n in range(SIZE)]
    await load(database, lines(VENDOR, MARKET, FEATURE, *products), comment="seed")


def _date(rng: random.Random) -> str | None:
    return rng.choice([None, "2024", "2024-01", "2024-01-01", "[..2024-01-31]", "2023", "2025-02"])


async def _write(database: Database, stop: asyncio.Event) -> int:
    """New products, moved dates: one revision after the other until told to stop."""
    rng, n = random.Random(11), 0
    while not stop.is_set():
        n += 1
        changed = {
            **PRODUCT,
            "id": f"p{rng.randrange(SIZE)}",
            "launched": f"2026-03-{n % 28 + 1:02}",
        }
        new = {**PRODUCT, "id": f"n{n}", "launched": _date(rng)}
        report = await load(database, lines(changed, new), comment="meanwhile")
        assert report.failed == 0
        await asyncio.sleep(0)
    return n


@pytest.mark.parametrize("name", sortable_names(PRODUCTS))
@pytest.mark.parametrize("sign", ["", "-"])
async def test_pages_are_the_pinned_revision(database: Database, name: str, sign: str) -> None:
    await _seed(database)
    async with database.read("rev:1") as snapshot:
        whole = await records.ids(snapshot, PRODUCTS)
    stop = asyncio.Event()
    writer = asyncio.create_task(_write(database, stop))
    seen: list[str] = []
    place: tuple[str | None, ...] = ()
    while True:
        async with database.read("rev:1") as snapshot:
            query = ListQuery(sort=(f"{sign}{name}",), limit=7, after=place)
            page = await lists.page(snapshot, PRODUCTS, query)
        assert page.count == Count(SIZE, "eq")
        seen += [record["id"] for record in page.records]
        if page.after is None:
            break
        place = tuple(page.after)
        await asyncio.sleep(0.005)
    stop.set()
    assert await writer > 0
    assert (len(seen), sorted(seen)) == (SIZE, sorted(whole))
    assert await database.revision() > 1
