"""The timeline of a vendor's rivals: other vendors, in the markets where it has products."""

from typing import Any

import httpx
import pytest

from service.store.database import Database
from tests.answers import assert_problem, table
from tests.clients import served
from tests.make import MARKET, PRODUCT, SMALL, put_all


async def events(client: httpx.AsyncClient, query: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/timeline?limit=200&{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def markets_of(client: httpx.AsyncClient, vendor: str) -> set[str]:
    products = (await client.get(f"/v1/products?vendor_id={vendor}&limit=200")).json()["data"]
    return {market for product in products for market in product["market_ids"]}


@pytest.mark.parametrize("vendor", ["openai", "moonshot-ai", "apple"])
async def test_it_is_the_markets_of_the_vendor_without_the_vendor(
    client: httpx.AsyncClient, vendor: str
) -> None:
    span = "date__gte=2026-01-01&kind=adoption,version&sort=-date"
    found = await events(client, f"rivals_of={vendor}&{span}")
    markets = await markets_of(client, vendor)
    longhand = f"market_ids={','.join(sorted(markets))}&vendor_id__not={vendor}&{span}"
    assert found == await events(client, longhand)
    assert vendor not in {event["vendor_id"] for event in found}


async def test_it_is_told_as_the_filter_that_it_is(client: httpx.AsyncClient) -> None:
    body = (await client.get("/v1/timeline?rivals_of=moonshot-ai&kind=version")).json()
    told = body["meta"]["applied"]["filter"]
    assert 'vendor_id != "moonshot-ai"' in told
    again = (await client.get("/v1/timeline", params={"filter": told})).json()
    assert again["data"] == body["data"]
    assert again["total"] == body["total"]


async def test_pages_files_and_feeds_have_the_same(client: httpx.AsyncClient) -> None:
    query = "rivals_of=openai&kind=version&date__gte=2026"
    listed = await events(client, query)
    first = (await client.get(f"/v1/timeline?{query}&limit=2")).json()
    assert first["data"] == listed[:2]
    assert (await client.get(first["page"]["next"])).json()["data"] == listed[2:4]
    rows = table(await client.get(f"/v1/timeline.csv?{query}"))
    assert [row["id"] for row in rows] == [event["id"] for event in listed]
    feed = (await client.get(f"/v1/timeline.feed.json?{query}&lang=zh")).json()
    assert len(feed["items"]) == min(len(listed), 100)
    assert "rivals_of=openai" in feed["feed_url"]


async def test_an_unknown_vendor_is_told_the_nearest(client: httpx.AsyncClient) -> None:
    for path in ("/v1/timeline", "/v1/timeline.csv", "/v1/timeline.atom"):
        answer = await client.get(f"{path}?rivals_of=opanai")
        (fault,) = assert_problem(answer, 400, "unknown_reference")["errors"]
        assert (fault["parameter"], fault["did_you_mean"]) == ("rivals_of", ["openai"])
    refused = await client.get("/v1/adoptions?rivals_of=openai")
    assert_problem(refused, 400, "unknown_parameter")


async def test_a_new_market_of_the_vendor_is_seen(database: Database) -> None:
    """Though none of the events themselves was written."""
    other = {**PRODUCT, "id": "theirs", "vendor": "them", "markets": ["n"]}
    both = [{"kind": "vendor", "id": "them", "name": "Them"}, {**MARKET, "id": "n"}, other]
    await put_all(database, *SMALL, *both)
    async with served(database) as client:
        for _ in range(2):
            assert await events(client, "rivals_of=acme") == []
        await put_all(database, {**PRODUCT, "markets": ["m", "n"]})
        (event,) = await events(client, "rivals_of=acme")
        assert event["product_id"] == "theirs"


async def test_who_sells_nothing_has_no_rivals(database: Database) -> None:
    await put_all(database, *SMALL, {"kind": "vendor", "id": "idle", "name": "Idle"})
    async with served(database) as client:
        assert await events(client, "rivals_of=idle") == []
        assert await events(client, "") != []
