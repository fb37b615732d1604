"""Lists take words: `q` finds in a list what a search finds, together with everything else."""

import json

import httpx
import pytest

from service.query.registry import COLLECTIONS
from service.search.documents import SEARCHED
from service.store.database import Database
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import MARKET, PRODUCT, VENDOR, lines

QUESTIONS = [
    "搜",
    "搜索",
    "联网搜索",
    "聯網",
    "lwss",
    "tongyi",
    "kimi 长文本",
    "deep reserch",
    "ai",
]


async def body(client: httpx.AsyncClient, address: str, **params: object) -> dict:
    answer = await client.get(address, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def ids_of_all(client: httpx.AsyncClient, page: dict) -> set[str]:
    """Of this page and of those that follow it."""
    found = {record["id"] for record in page["data"]}
    while page["page"]["next"]:
        page = (await client.get(page["page"]["next"])).json()
        found |= {record["id"] for record in page["data"]}
    return found


@pytest.mark.parametrize("q", QUESTIONS)
async def test_a_list_finds_what_search_finds(client: httpx.AsyncClient, q: str) -> None:
    for collection in SEARCHED:
        hits = await body(client, "/v1/search", q=q, type=collection.kind, limit=200)
        listed = await body(client, f"/v1/{collection.name}", q=q, limit=200)
        assert listed["total"] == hits["total"]
        assert await ids_of_all(client, listed) == await ids_of_all(client, hits)


async def test_words_and_filters_both_hold(client: httpx.AsyncClient) -> None:
    asked = {"sort": "-launched", "limit": 200}
    both = await body(
        client, "/v1/products", q="ai", facets="status", **asked, **{"vendor.country": "CN"}
    )
    worded = await body(client, "/v1/products", q="ai", **asked)
    chinese = await body(client, "/v1/products", **asked, **{"vendor.country": "CN"})
    expected = [record for record in worded["data"] if record in chinese["data"]]
    assert both["data"] == expected != worded["data"]
    assert both["total"]["value"] == len(expected) > 0
    assert sum(b["count"] for b in both["facets"]["status"]["buckets"]) == len(expected)
    assert both["meta"]["applied"]["q"] == "ai"


async def test_pages_of_words_are_the_whole(client: httpx.AsyncClient) -> None:
    whole = await body(client, "/v1/features", q="搜索", limit=200)
    page, seen = await body(client, "/v1/features", q="搜索", limit=1), []
    seen += page["data"]
    while page["page"]["next"]:
        page = (await client.get(page["page"]["next"])).json()
        seen += page["data"]
    assert seen == whole["data"]
    assert len(seen) > 1


async def test_groups_of_words_add_up(client: httpx.AsyncClient) -> None:
    grouped = await body(client, "/v1/aggregate/products", q="ai", group_by="vendor.country")
    listed = await body(client, "/v1/products", q="ai", limit=1)
    assert sum(g["count"] for g in grouped["data"]) == listed["total"]["value"] > 0


@pytest.mark.parametrize("as_of", ["rev:1", "rev:2"])
async def test_files_take_words_too(client: httpx.AsyncClient, as_of: str) -> None:
    asked = {"q": "ai", "vendor.country": "CN", "as_of": as_of}
    listed = await body(client, "/v1/products", limit=200, **asked)
    rows = (await client.get("/v1/products.ndjson", params=asked)).text.splitlines()
    assert [json.loads(row)["id"] for row in rows] == [r["id"] for r in listed["data"]]
    table = (await client.get("/v1/products.csv", params=asked)).text.splitlines()
    assert len(table) - 1 == len(rows) > 0


async def test_words_find_what_the_past_was_called(database: Database) -> None:
    await load(database, lines(VENDOR, MARKET, {**PRODUCT, "name": "Old"}), comment="1")
    await load(database, lines({**PRODUCT, "name": "Fresh"}), comment="2")
    async with served(database) as client:
        assert (await body(client, "/v1/products", q="old"))["data"] == []
        then = await body(client, "/v1/products", q="old", as_of="rev:1")
        assert [r["id"] for r in then["data"]] == [PRODUCT["id"]]


@pytest.mark.parametrize("q", ["", "%20", "+".join("abcdefghijklm"), "a" * 201, "a&q=b"])
async def test_what_says_nothing_or_too_much_is_refused(client: httpx.AsyncClient, q: str) -> None:
    assert (await client.get(f"/v1/products?q={q}")).status_code == 400


async def test_facts_have_no_words(client: httpx.AsyncClient) -> None:
    for collection in COLLECTIONS:
        answer = await client.get(f"/v1/{collection.name}?q=kimi&limit=1")
        assert answer.status_code == (200 if collection in SEARCHED else 400)
