"""Each tool says what the API says, in sentences with sources, within a size."""

import json
from typing import Any

import httpx
import pytest

from service.api.mcp.tools import TOOLS
from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.answers import bearer
from tests.assistants import asked, assisted, called, told
from tests.make import new_key

DAY = "2026-11-01"
CALLS: dict[str, dict[str, Any]] = {
    "find": {"q": "kimi"},
    "get": {"collection": "products", "id": "kimi"},
    "list": {"collection": "products", "filter": "vendor.country = CN"},
    "market_overview": {"market": "chat-assistants", "on": DAY},
    "homogenization": {"market": "chat-assistants", "on": DAY},
    "time_to_copy": {"feature": "long-context", "market": "chat-assistants", "on": DAY},
    "compare": {"products": ["kimi", "chatgpt"], "on": DAY},
    "gaps": {"product": "kimi", "on": DAY},
    "timeline": {"product_id": "kimi", "sort": "-date"},
    "what_changed": {"since": "rev:1"},
    "explain_method": {"method": "time-to-copy"},
    "coverage": {"market": "chat-assistants", "on": DAY},
}
OF_THE_SERVICE = {"find", "what_changed", "explain_method", "coverage"}  # need no source
TEXT_MAX, STRUCTURED_MAX = 6_000, 20_000


def test_every_tool_is_tried() -> None:
    assert list(CALLS) == list(TOOLS)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("tool", CALLS)
async def test_an_answer_is_bounded_and_says_where_it_stands(
    assistant: httpx.AsyncClient, tool: str, lang: str
) -> None:
    found = await told(assistant, tool, lang=lang, **CALLS[tool])
    assert found["lang"] == lang
    assert found["url"].startswith("http://parity.test/v1/")
    assert f"lang={lang}" in found["url"]
    assert found["url"] in found["text"]
    assert found["revision"] == 2
    assert found["answer"]
    assert found["data"]
    assert found["sources"] or tool in OF_THE_SERVICE
    assert len(found["text"]) <= TEXT_MAX
    del found["text"]
    assert len(json.dumps(found, ensure_ascii=False).encode()) <= STRUCTURED_MAX
    words = "".join([*found["unknown"], *found["left_out"]])
    assert not words or (lang == "zh") == any("\u4e00" <= mark <= "\u9fff" for mark in words)


@pytest.mark.parametrize("tool", CALLS)
async def test_the_address_says_the_same_for_ever(assistant: httpx.AsyncClient, tool: str) -> None:
    found = await told(assistant, tool, **CALLS[tool])
    answer = await assistant.get(found["url"])
    assert answer.status_code == 200, answer.text
    if tool not in ("what_changed", "explain_method"):
        assert "immutable" in answer.headers["cache-control"] or tool in ("find", "coverage")


async def test_an_analysis_says_what_the_api_says(assistant: httpx.AsyncClient) -> None:
    path = "/v1/features/long-context/time-to-copy"
    same = (await assistant.get(f"{path}?market=chat-assistants&on={DAY}")).json()
    found = await told(assistant, "time_to_copy", **CALLS["time_to_copy"])
    inner = same["finding"].replace("“", "‘").replace("”", "’")
    assert f"“{inner}”" in found["text"]
    median = same["result"]["median_time_to_copy_days"]
    assert found["data"]["result"]["median_time_to_copy_days"] == median
    assert f"(median_time_to_copy_days) {median}" in found["text"]
    assert found["data"]["method"] == same["method"]
    assert same["warnings"][0]["detail"] in found["unknown"]
    assert any("65%" in words for words in found["unknown"])
    assert all(source["url"] in found["text"] for source in found["sources"])


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({"feature": "memory", "market": "chat-assistants"}, "features/memory/homogenization"),
        ({"product": "kimi"}, "products/kimi/homogenization"),
        ({"vendor": "openai"}, "vendors/openai/homogenization"),
        ({}, "homogenization"),
    ],
)
async def test_likeness_is_asked_of_what_is_named(
    assistant: httpx.AsyncClient, arguments: dict[str, str], path: str
) -> None:
    found = await told(assistant, "homogenization", on=DAY, **arguments)
    assert found["url"].startswith(f"http://parity.test/v1/{path}?")


async def test_time_to_copy_of_a_vendor_and_of_a_market(assistant: httpx.AsyncClient) -> None:
    of_vendor = {"vendor": "openai", "market": "chat-assistants"}
    found = await told(assistant, "time_to_copy", on=DAY, **of_vendor)
    assert "/v1/vendors/openai/time-to-copy?market=chat-assistants" in found["url"]
    found = await told(assistant, "time_to_copy", on=DAY, market="chat-assistants")
    assert "/v1/markets/chat-assistants/time-to-copy?" in found["url"]


@pytest.mark.parametrize("collection", [c.name for c in COLLECTIONS])
async def test_every_collection_is_listed_and_read(
    assistant: httpx.AsyncClient, collection: str
) -> None:
    found = await told(assistant, "list", collection=collection, limit=2)
    rows = found["data"]["data"]
    assert rows or collection == "offerings"
    for row in rows:
        assert f"[{row['id']}]" in found["text"]
        one = await told(assistant, "get", collection=collection, id=row["id"])
        assert one["data"]["record"]["id"] == row["id"]


async def test_pages_follow_on_each_other(assistant: httpx.AsyncClient) -> None:
    asks: dict[str, Any] = {"collection": "adoptions", "filter": "feature_id = memory"}
    whole = (await assistant.get("/v1/adoptions?feature_id=memory&limit=200")).json()
    ids, after = list[str](), {}
    while True:
        found = await told(assistant, "list", limit=7, **asks, **after)
        ids += [row["id"] for row in found["data"]["data"]]
        further = [words for words in found["left_out"] if "cursor=" in words]
        if not further:
            break
        after = {"cursor": further[0].rpartition("cursor=")[2]}
    assert ids == [row["id"] for row in whole["data"]]


async def test_long_rows_come_fewer_at_a_time_and_none_is_skipped(
    assistant: httpx.AsyncClient,
) -> None:
    first = await told(assistant, "list", collection="markets", limit=25)
    rows = first["data"]["data"]
    total = first["data"]["total"]["value"]
    assert 0 < len(rows) < total
    cursor = next(w for w in first["left_out"] if "cursor=" in w).rpartition("cursor=")[2]
    second = await told(assistant, "list", collection="markets", limit=25, cursor=cursor)
    whole = (await assistant.get("/v1/markets")).json()["data"]
    ids = [row["id"] for row in [*rows, *second["data"]["data"]]]
    assert ids == [row["id"] for row in whole][: len(ids)]


async def test_an_id_that_was_merged_leads_on(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "curate")
    async with assisted(own_bundled) as client:
        headers = {**bearer(secret), "if-match": "*"}
        merged = await client.post(
            "/v1/products/vimi/merge?comment=same", json={"into": "kimi"}, headers=headers
        )
        assert merged.is_success, merged.text
        found = await told(client, "get", collection="products", id="vimi")
        assert found["data"]["record"]["id"] == "kimi"
        gaps = await told(client, "gaps", product="vimi")
        assert "/v1/products/kimi/gaps" in gaps["url"] or gaps["data"]["subject"]["id"] == "kimi"


async def test_unknown_is_said_in_words(assistant: httpx.AsyncClient) -> None:
    found = await told(assistant, "get", collection="vendors", id="amazon")
    assert "founded: unknown." in found["unknown"]


async def test_resources_are_methods_and_markets(assistant: httpx.AsyncClient) -> None:
    listed = (await asked(assistant, "resources/list"))["result"]["resources"]
    uris = [resource["uri"] for resource in listed]
    assert "parity://methods/time-to-copy" in uris
    assert "parity://markets/chat-assistants" in uris
    templates = (await asked(assistant, "resources/templates/list"))["result"]
    assert [t["uriTemplate"] for t in templates["resourceTemplates"]] == [
        "parity://methods/{id}",
        "parity://markets/{id}",
    ]
    for uri in ("parity://methods/time-to-copy", "parity://markets/chat-assistants?lang=zh"):
        read = (await asked(assistant, "resources/read", uri=uri))["result"]["contents"]
        assert [(one["uri"], one["mimeType"]) for one in read] == [(uri, "text/plain")]
        assert "/v1/" in read[0]["text"]
    assert "对话助手" in read[0]["text"]


async def test_the_language_is_that_of_the_request(assistant: httpx.AsyncClient) -> None:
    sent = {"accept-language": "zh-CN,en;q=0.5"}
    asks = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    body = {**asks, "params": {"name": "gaps", "arguments": {"product": "kimi"}}}
    found = (await assistant.post("/mcp", json=body, headers=sent)).json()["result"]
    assert found["structuredContent"]["lang"] == "zh"
    found = (await assistant.post("/mcp?lang=zh", json=body)).json()["result"]
    assert found["structuredContent"]["lang"] == "zh"


async def test_a_definition_is_in_the_language(assistant: httpx.AsyncClient) -> None:
    for lang, definition in (("en", "Facts or past conversations"), ("zh", "事实信息或过往对话")):
        found = await told(assistant, "get", collection="features", id="memory", lang=lang)
        assert definition in found["text"]


async def test_a_tool_takes_the_other_parameters_of_its_address(
    assistant: httpx.AsyncClient,
) -> None:
    asks = {"market": "chat-assistants", "on": DAY, "vendor.country": "CN"}
    found = await told(assistant, "homogenization", **asks)
    assert found["data"]["result"]["n_vendors"] < 22
    assert not (await called(assistant, "homogenization", **asks)).get("isError")
