"""Search, suggestions and resolution over HTTP, on the bundled data."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from service.api.http.examples import example
from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import assert_problem
from tests.clients import served
from tests.make import PRODUCT, SMALL, lines

MEANT = {
    "搜": ("feature", "web-search"),
    "搜索": ("feature", "web-search"),
    "联网搜索": ("feature", "web-search"),
    "聯網": ("feature", "web-search"),
    "lwss": ("feature", "web-search"),
    "lianwang": ("feature", "web-search"),
    "lian wang sou suo": ("feature", "web-search"),
    "tongyi": ("product", "tongyi"),
    "通义": ("product", "tongyi"),
    "kimi 长文本": ("product", "kimi"),
    "deep reserch": ("feature", "deep-research"),
    "豆包": ("product", "doubao"),
    "doubao": ("product", "doubao"),
    "ChatGTP": ("product", "chatgpt"),
    "ＣｈａｔＧＰＴ": ("product", "chatgpt"),
    "yuanbao": ("product", "yuanbao"),
    "月之暗面": ("vendor", "moonshot-ai"),
    "yzam": ("vendor", "moonshot-ai"),
    "ai搜索": ("market", "ai-search"),
    "kimi助手": ("product", "kimi"),
}
FIRST = set(MEANT) - {"搜", "搜索"}  # those that can mean only one


async def found(client: httpx.AsyncClient, **query: str | int) -> dict[str, Any]:
    answer = await client.get("/v1/search", params=query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def ids(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(hit["type"], hit["id"]) for hit in body["data"]]


@pytest.mark.parametrize(("q", "meant"), MEANT.items(), ids=MEANT.keys())
async def test_what_a_person_means(
    client: httpx.AsyncClient, q: str, meant: tuple[str, str]
) -> None:
    hits = ids(await found(client, q=q))
    assert (hits[0] == meant) if q in FIRST else (meant in hits)
    answer = await client.get("/v1/suggest", params={"q": q})
    assert meant in [(s["type"], s["id"]) for s in answer.json()["data"]]


async def test_a_product_and_a_feature_are_both_hits(client: httpx.AsyncClient) -> None:
    assert ids(await found(client, q="kimi 长文本")) == [
        ("product", "kimi"), ("feature", "long-context"),
    ]  # fmt: skip
    assert ids(await found(client, q="deepseek 联网搜索"))[:3] == [
        ("product", "deepseek-chat"), ("feature", "web-search"), ("vendor", "deepseek"),
    ]  # fmt: skip


async def test_a_hit_says_where_it_matched(client: httpx.AsyncClient) -> None:
    body = await found(client, q="联网", type="feature", lang="zh")
    assert body["data"] == [
        {
            "object": "hit",
            "type": "feature",
            "id": "web-search",
            "name": "联网搜索",
            "score": body["data"][0]["score"],
            "matched_on": ["aliases", "names.zh"],
            "highlight": {"aliases": "<em>联网</em>", "names.zh": "<em>联网</em>搜索"},
            "href": "/v1/features/web-search",
        }
    ]
    typed = (await found(client, q="lianw"))["data"][0]
    assert (typed["matched_on"], typed["highlight"]) == (
        ["pinyin"], {"names.zh": "<em>联网</em>搜索", "aliases": "<em>联网</em>"},
    )  # fmt: skip
    assert (await client.get(typed["href"])).status_code == 200


async def test_definitions_come_last(client: httpx.AsyncClient) -> None:
    data = (await found(client, q="answer"))["data"]
    last = [hit["matched_on"] == ["definition"] for hit in data]
    assert last == sorted(last)
    assert True in last
    assert {0 < hit["score"] <= 1 for hit in data} == {True}


async def test_facets_count_every_type(client: httpx.AsyncClient) -> None:
    everything = await found(client, q="搜索", facets="type", lang="zh")
    one = await found(client, q="搜索", facets="type", lang="zh", type="market")
    assert everything["facets"] == one["facets"]
    buckets = one["facets"]["type"]["buckets"]
    assert sum(bucket["count"] for bucket in buckets) == everything["total"]["value"]
    assert {"key": "market", "label": "市场", "count": 1} in buckets
    assert ids(one) == [("market", "ai-search")]


async def test_pages_are_the_whole_in_one_revision(own_bundled: Database) -> None:
    async with served(own_bundled) as client:
        whole = ids(await found(client, q="ai", type="product", limit=200))
        page = await found(client, q="ai", type="product", limit=7)
        walked = ids(page)
        new = {**PRODUCT, "id": "ai-ai", "name": "AI", "vendor": "openai",
               "markets": ["ai-search"]}  # fmt: skip
        assert (await load(own_bundled, lines(new), comment="meanwhile")).revision == 3
        while page["page"]["next"]:
            page = (await client.get(page["page"]["next"])).json()
            assert page["meta"]["revision"] == 2
            walked += ids(page)
        assert walked == whole
        assert ids(await found(client, q="ai"))[0] == ("product", "ai-ai")
        assert ("product", "ai-ai") not in ids(await found(client, q="ai", as_of="rev:2"))


async def test_a_cursor_of_another_question(client: httpx.AsyncClient) -> None:
    cursor = (await found(client, q="ai", limit=5))["page"]["next_cursor"]
    answer = await client.get("/v1/search", params={"q": "search", "cursor": cursor})
    assert_problem(answer, 400, "cursor_mismatch")


async def test_only_products_in_force(client: httpx.AsyncClient) -> None:
    before = ids(await found(client, q="kimi", on="2023-10-08"))
    after = ids(await found(client, q="kimi", on="2023-12-31"))
    assert ("product", "kimi") not in before
    assert ("product", "kimi") in after
    assert ids(await found(client, q="月之暗面", on="2020")) == [("vendor", "moonshot-ai")]


async def test_sources_by_title_and_publisher(database: Database) -> None:
    source = {"kind": "source", "url": "https://example.com/a", "title": "豆包发布会",
              "publisher": "Beispiel Verlag"}  # fmt: skip
    await load(database, lines(source, *SMALL), comment="one")
    async with served(database) as client:
        for q, where in (("豆包", "title"), ("dbfbh", "pinyin_initials"), ("verlag", "publisher")):
            hit = (await found(client, q=q, type="source"))["data"][0]
            assert (hit["name"], hit["matched_on"]) == ("豆包发布会", [where])


async def test_an_empty_base_has_no_hits(database: Database) -> None:
    async with served(database) as client:
        body = await found(client, q="kimi", facets="type")
        assert (body["data"], body["total"]["value"]) == ([], 0)
        assert (await client.get("/v1/suggest?q=k")).json()["data"] == []


@pytest.mark.parametrize("q", ["!!!", "🙂", "zzzzzz", "\u202e", "鿿"])
async def test_nothing_found_is_no_error(client: httpx.AsyncClient, q: str) -> None:
    assert (await found(client, q=q))["data"] == []


async def test_suggestions_as_one_types(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/suggest?q=lwss&lang=zh")
    assert answer.json() == {
        "object": "list",
        "data": [
            {
                "object": "suggestion",
                "type": "feature",
                "id": "web-search",
                "name": "联网搜索",
                "hint": "功能 · knowledge",
                "matched_on": "pinyin_initials",
                "href": "/v1/features/web-search",
            }
        ],
        "meta": {"revision": 2, "as_of": None, "on": None, "lang": "zh"},
    }
    for typed in ("d", "do", "dou", "doub", "doubao"):
        data = (await client.get("/v1/suggest", params={"q": typed})).json()["data"]
        assert ("product", "doubao") in [(s["type"], s["id"]) for s in data]
    hints = (await client.get("/v1/suggest?q=doubao&limit=1")).json()["data"]
    assert hints[0]["hint"] == "Product · ByteDance"


REFUSED = {
    "no q": ("/v1/search", "invalid_value"),
    "empty q": ("/v1/search?q=", "empty_value"),
    "blank q": ("/v1/search?q=%20", "empty_value"),
    "blank q of suggest": ("/v1/suggest?q=+", "empty_value"),
    "two q": ("/v1/search?q=a&q=b", "invalid_value"),
    "long q": ("/v1/search?q=" + "a" * 201, "invalid_value"),
    "many words": ("/v1/search?q=" + "+".join(f"w{n}" for n in range(13)), "invalid_value"),
    "type": ("/v1/search?q=a&type=adoption", "unknown_value"),
    "empty type": ("/v1/search?q=a&type=", "empty_value"),
    "facets": ("/v1/search?q=a&facets=vendor", "unknown_value"),
    "limit": ("/v1/search?q=a&limit=201", "invalid_value"),
    "limit of suggest": ("/v1/suggest?q=a&limit=51", "invalid_value"),
    "cursor": ("/v1/search?q=a&cursor=x", "cursor_invalid"),
    "cursor of suggest": ("/v1/suggest?q=a&cursor=x", "unknown_parameter"),
    "unknown": ("/v1/search?q=a&query=b", "unknown_parameter"),
    "future": ("/v1/search?q=a&on=9998", "invalid_date"),
    "revision": ("/v1/search?q=a&as_of=rev:99", "revision_unknown"),
    "language": ("/v1/suggest?q=a&lang=fr", "unknown_value"),
}


@pytest.mark.parametrize(("target", "code"), REFUSED.values(), ids=REFUSED.keys())
async def test_refusals(client: httpx.AsyncClient, target: str, code: str) -> None:
    assert_problem(await client.get(target), 400, code)


async def test_the_validator_tells_questions_apart(client: httpx.AsyncClient) -> None:
    tags = {
        (await client.get(f"/v1/search?{query}")).headers["etag"].replace("-gzip", "")
        for query in ("q=a,b", "q=b,a", "q=a,b&limit=5", "q=a,b&on=2024", "q=a,b&facets=type",
                      "q=a,b&type=vendor", "q=a,b&as_of=rev:2")
    }  # fmt: skip
    assert len(tags) == 7
    again = {"if-none-match": (await client.get("/v1/search?q=kimi")).headers["etag"]}
    assert (await client.get("/v1/search?q=kimi", headers=again)).status_code == 304


async def test_the_kept_example_of_resolve_is_an_answer(
    client: httpx.AsyncClient, repository: Path
) -> None:
    document = (await client.get("/openapi.json")).json()
    operation = document["paths"]["/v1/resolve"]["post"]
    kept = json.loads((repository / "openapi/examples/resolve_names.json").read_bytes())
    shown = operation["responses"]["200"]["content"]["application/json"]
    assert shown["example"] == example("resolve_names")
    schema = {**shown["schema"], "components": document["components"]}
    Draft202012Validator(schema).validate(kept)
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    asked = {"items": [{"name": "月之暗面"}]}
    Draft202012Validator({**body, "components": document["components"]}).validate(asked)
    assert set(operation["responses"]) >= {"200", "400", "413", "415", "422"}
    assert "304" not in operation["responses"]
