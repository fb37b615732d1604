"""Iterating while another writes: any list, filter and order, is the set of its own revision."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from service.query.fields import Collection
from service.query.grouping import Key, group_names, key_of
from service.query.registry import BY_NAME, COLLECTIONS
from service.store.database import Database
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import lines
from tests.postgres import EMPTY, fresh
from tests.worlds import base

# Filters that most, some and few meet; sorts with many ties and nulls.
ASKED = {
    "products": [
        ({"launched__gte": "2024-01"}, "launched"),
        ({"vendor.country": "CN", "date_match": "possible", "launched__lt": "2024-03"}, "-status"),
        ({"market_ids": "m1,m2,m3"}, "-discontinued,name"),
        ({"filter": "NOT launched:* OR aliases:a1"}, "vendor_id,-launched"),
        ({"q": "N1"}, "-name"),
    ],
    "adoptions": [({"stage": "ga"}, "-date"), ({"product.launched__gte": "2024"}, "stage,-until")],
    "surveys": [({"feature_ids__isnull": "false"}, "market_id")],
    "monetizations": [({"since__isnull": "true"}, "-until"), ({}, "-business_model_id,since")],
    "investments": [
        ({"amount__gte": "3", "currency": "USD", "status": "actual"}, "-amount"),
        ({}, "currency,status,amount"),
    ],
    "usage": [({"value__lt": "3", "metric": "visits"}, "-value,period")],
    "offerings": [({}, "reseller,-date")],
    "vendors": [({"filter": "country = CN OR type:*"}, "-country,founded")],
    "markets": [({}, "layer,-tracked_since")],
    "groups": [({"vendor_ids": "v1,v2,v3"}, "-name")],
    "versions": [({"name__prefix": "L"}, "product_id,-date"), ({}, "name,dispute")],
    "features": [({"category__isnull": "true"}, "category,-name")],
    "business-models": [({}, "-name")],
    "sources": [({"published__isnull": "false"}, "-published")],
    "timeline": [({"kind": "product,adoption"}, "-date"), ({"date__gte": "2024-02"}, "event,date")],
    "quality/issues": [({"kind": "product"}, "rule,-record_id"), ({}, "-kind,vendor_id")],
}
# Each page of issues looks for every rule anew: fewer pages than of three.
PAGES = {"quality/issues": 20}
CASES = [(name, *case) for name, cases in ASKED.items() for case in cases]


@pytest.fixture(scope="module")
async def written(templates: str) -> AsyncIterator[httpx.AsyncClient]:
    """A base that another writes into without a pause while it is read."""
    async for database in fresh(templates, EMPTY):
        await load(database, lines(*base(1)), comment="seed")
        stop = asyncio.Event()
        writer = asyncio.create_task(_write(Database(database.url), stop))
        async with served(database) as client:
            yield client
            assert (await client.get("/v1")).json()["revision"] > 5
        stop.set()
        await writer


async def _write(database: Database, stop: asyncio.Event) -> None:
    """Half of other bases, a few lines a revision: records come, change and stay."""
    await database.open()
    for seed in range(2, 1000):
        known = base(seed)[::2]
        for some in _parts(known, 60):
            if stop.is_set():
                await database.close()
                return
            await load(database, some, comment=f"seed {seed}", skip=True)
            await asyncio.sleep(0)


def _parts(records: list[dict], size: int) -> Iterator[list[bytes]]:
    for start in range(0, len(records), size):
        yield lines(*records[start : start + size])


async def iterated(client: httpx.AsyncClient, path: str, asked: dict) -> list[dict]:
    """Every page, full but for the last; the total is the same on each."""
    answer = await client.get(path, params=asked)
    totals, found = set(), []
    while True:
        assert answer.status_code == 200, answer.text
        page = answer.json()
        totals.add(page["total"]["value"])
        found += page["data"]
        revision = page["meta"]["revision"]
        if page["page"]["next"] is None:
            break
        assert len(page["data"]) == asked["limit"]
        answer = await client.get(page["page"]["next"])
    assert totals == {len(found)}
    return [{**record, "revision_read": revision} for record in found]


@pytest.mark.parametrize(("name", "filters", "sort"), CASES)
async def test_pages_are_the_set_of_their_revision(
    written: httpx.AsyncClient, name: str, filters: dict, sort: str
) -> None:
    asked = {**filters, "sort": sort}
    paged: list[dict] = []
    async with asyncio.timeout(60):  # the writer brings, sooner or later, what meets the filter
        while not paged:
            paged = await iterated(written, f"/v1/{name}", {**asked, "limit": PAGES.get(name, 3)})
    pinned = {**asked, "as_of": f"rev:{paged[0]['revision_read']}"}
    whole = (await written.get(f"/v1/{name}", params={**pinned, "limit": 200})).json()
    ids = [record["id"] for record in paged]
    assert len(ids) == len(set(ids))
    if whole["page"]["next"] is None:
        assert ids == [record["id"] for record in whole["data"]]
        assert whole["total"]["value"] == len(ids)
    rows = (await written.get(f"/v1/{name}.ndjson", params=pinned)).text.splitlines()
    assert len(rows) == len(ids)
    if name in BY_NAME:
        del pinned["sort"]
        assert await grouped(written, name, pinned) == len(ids)


async def grouped(client: httpx.AsyncClient, name: str, asked: dict) -> int:
    """Records in the groups by a field of which each has one value or none, or left out of them."""
    key = next(k for k in group_names(BY_NAME[name]) if is_single(BY_NAME[name], k))
    answer = await client.get(f"/v1/aggregate/{name}", params={**asked, "group_by": key})
    found = answer.json()["meta"]["disputed_left_out"]
    while True:
        assert answer.status_code == 200, answer.text
        found += sum(group["count"] for group in answer.json()["data"])
        if answer.json()["page"]["next"] is None:
            return found
        answer = await client.get(answer.json()["page"]["next"])


def is_single(collection: Collection, name: str) -> bool:
    key = key_of(collection, name)
    return isinstance(key, Key) and not key.path.type.is_list and not key.path.hops


def test_every_collection_is_iterated() -> None:
    assert {c.name for c in COLLECTIONS} <= set(ASKED)
