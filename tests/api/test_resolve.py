"""A partner's own list against ours."""

from typing import Any

import httpx
import pytest

from tests.answers import assert_problem
from tests.clients import Editor

Item = dict[str, Any]
VERDICTS: dict[str, tuple[Item, str, str | None]] = {
    "the name": ({"name": "月之暗面"}, "match", "moonshot-ai"),
    "another script": ({"name": "聯網搜索"}, "match", "web-search"),
    "an alias": ({"name": "文心一言"}, "match", "ernie-bot"),
    "a legal form": ({"name": "OpenAI, Inc."}, "match", "openai"),
    "a Chinese legal form": ({"name": "腾讯有限公司"}, "match", "tencent"),
    "a vendor and its product": ({"name": "DeepSeek"}, "ambiguous", "deepseek-chat"),
    "the type decides": ({"name": "DeepSeek", "type": "vendor"}, "match", "deepseek"),
    "one in a longer name": ({"name": "北京月之暗面科技有限公司"}, "ambiguous", "moonshot-ai"),
    "pinyin": ({"name": "yuezhianmian"}, "ambiguous", "moonshot-ai"),
    "a typing error": ({"name": "Antropic"}, "ambiguous", "anthropic"),
    "another country": ({"name": "OpenAI", "country": "CN"}, "ambiguous", "openai"),
    "its country": ({"name": "OpenAI", "country": "US"}, "match", "openai"),
    "a title of a page too": ({"name": "Moonshot AI"}, "match", "moonshot-ai"),
    "a publisher too": ({"name": "Anthropic"}, "match", "anthropic"),
    "nothing like it": ({"name": "Acme Widgets"}, "none", None),
    "no letters": ({"name": "---"}, "none", None),
}


async def asked(client: httpx.AsyncClient, *items: Item, query: str = "") -> list[dict[str, Any]]:
    answer = await client.post(f"/v1/resolve{query}", json={"items": items})
    assert answer.status_code == 200, answer.text
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


@pytest.mark.parametrize(("item", "verdict", "first"), VERDICTS.values(), ids=VERDICTS.keys())
async def test_verdicts(
    client: httpx.AsyncClient, item: Item, verdict: str, first: str | None
) -> None:
    (resolution,) = await asked(client, item)
    candidates = [candidate["id"] for candidate in resolution["candidates"]]
    assert (resolution["verdict"], (candidates or [None])[0]) == (verdict, first)


@pytest.mark.parametrize("item", [{"name": "Anthropic", "type": "source"}, {"name": "TechCrunch"}])
async def test_pages_are_found_where_they_are_asked_for_or_all_there_is(
    client: httpx.AsyncClient, item: Item
) -> None:
    (resolution,) = await asked(client, item)
    assert {candidate["type"] for candidate in resolution["candidates"]} == {"source"}


async def test_an_address_decides_between_namesakes(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/v1/vendors?limit=200")).json()["data"]
    vendor = next(v for v in listed if v["homepage"])
    (unnamed,) = await asked(client, {"name": "Acme Widgets", "url": vendor["homepage"]})
    assert unnamed["verdict"] == "match"
    assert [(c["id"], c["is_confirmed"]) for c in unnamed["candidates"]] == [(vendor["id"], True)]
    for odd in ("http://[", "///", "javascript:alert(1)"):
        (resolution,) = await asked(client, {"name": "Acme Widgets", "url": odd})
        assert resolution["verdict"] == "none"


async def test_five_hundred_in_their_order(client: httpx.AsyncClient) -> None:
    names = [f"Kimi {n}" for n in range(499)] + ["豆包"]
    answer = await client.post("/v1/resolve?lang=zh", json={"items": [{"name": n} for n in names]})
    body = answer.json()
    assert [resolution["name"] for resolution in body["data"]] == names
    assert (body["data"][-1]["verdict"], body["meta"]["lang"]) == ("match", "zh")
    assert sum(body["meta"]["counts"].values()) == 500
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


async def test_at_a_revision(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/resolve?as_of=rev:0", json={"items": [{"name": "Kimi"}]})
    assert answer.json()["data"][0]["verdict"] == "none"
    assert answer.headers["dataset-revision"] == "0"


FAULTS: dict[str, tuple[Any, list[str]]] = {
    "no items": ({}, ["/items"]),
    "no object": ([1], [""]),
    "an empty list": ({"items": []}, ["/items"]),
    "too many": ({"items": [{"name": "a"}] * 501}, ["/items"]),
    "an unknown field": ({"items": [{"name": "a", "nmae": "b"}]}, ["/items/0/nmae"]),
    "no name": ({"items": [{}]}, ["/items/0/name"]),
    "an empty name": ({"items": [{"name": ""}]}, ["/items/0/name"]),
    "many words": ({"items": [{"name": " ".join("abcdefghijklm")}]}, ["/items/0/name"]),
    "no such type": ({"items": [{"name": "a", "type": "x"}]}, ["/items/0/type"]),
    "no such country": ({"items": [{"name": "a", "country": "cn"}]}, ["/items/0/country"]),
    "several": ({"items": [{"name": 1}, {"name": "a"}, 7]}, ["/items/0/name", "/items/2"]),
}


@pytest.mark.parametrize(("body", "pointers"), FAULTS.values(), ids=FAULTS.keys())
async def test_every_fault_of_a_body_has_its_pointer(
    client: httpx.AsyncClient, body: Any, pointers: list[str]
) -> None:
    problem = assert_problem(await client.post("/v1/resolve", json=body), 422, "validation_failed")
    assert [error.get("pointer", "") for error in problem["errors"]] == pointers


BODIES = {
    "no JSON": (b"{", 400, "invalid_json"),
    "nothing": (b"", 400, "invalid_json"),
    "A08 bad UTF-8": (b'{"items":[{"name":"\xff\xfe"}]}', 400, "invalid_json"),
    "A09 surrogate": (b'{"items":[{"name":"\\ud800"}]}', 400, "invalid_json"),
    "A10 UTF-16": ('{"items":[]}'.encode("utf-16"), 400, "invalid_json"),
    "A11 deep": (b"[" * 100_000, 400, "invalid_json"),
    "A21 long number": (b'{"items":' + b"9" * 5000 + b"}", 400, "invalid_json"),
    "too large": (b'{"items":[{"name":"' + b"a" * 1_100_000 + b'"}]}', 413, "payload_too_large"),
}


@pytest.mark.parametrize(("body", "status", "code"), BODIES.values(), ids=BODIES.keys())
async def test_hostile_bodies(
    client: httpx.AsyncClient, body: bytes, status: int, code: str
) -> None:
    headers = {"content-type": "application/json"}
    assert_problem(await client.post("/v1/resolve", content=body, headers=headers), status, code)


@pytest.mark.parametrize(
    "headers",
    [{}, {"content-type": "text/plain"}, {"content-type": "application/jsonx"},
     {"content-type": "application/json", "content-encoding": "gzip"}],
)  # fmt: skip
async def test_other_media_types(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await client.post("/v1/resolve", content=b'{"items":[]}', headers=headers)
    assert_problem(answer, 415, "unsupported_media_type")


async def test_the_query_string_is_read_as_strictly(client: httpx.AsyncClient) -> None:
    items = {"items": [{"name": "a"}]}
    answer = await client.post("/v1/resolve?limit=5", json=items)
    assert_problem(answer, 400, "unknown_parameter")
    refused = await client.post("/v1/resolve", json=items, headers={"accept": "text/html"})
    assert_problem(refused, 406, "not_acceptable")


async def test_reading_it_names_what_is_allowed(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/resolve")
    assert_problem(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["allow"]
    asked = {"origin": "https://app.example", "access-control-request-method": "POST"}
    preflight = await client.options("/v1/resolve", headers=asked)
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]


TOLD: dict[str, tuple[Any, str, list[str]]] = {
    "another member": ({"names": ["Kimi"]}, "there are items", ["items"]),
    "a list": (["Kimi"], 'with "items"', []),
    "names as items": ({"items": ["Kimi"]}, 'with "name" and, if wanted, "url"', []),
    "one alone": ({"items": {"name": "Kimi"}}, "", []),
    "another name for the name": (
        {"items": [{"title": "Kimi"}]},
        "there are name",
        ["name", "url", "type", "country"],
    ),
}


@pytest.mark.parametrize(("body", "told", "allowed"), TOLD.values(), ids=TOLD.keys())
async def test_a_body_of_another_shape_is_told_the_right_one(
    client: httpx.AsyncClient, body: Any, told: str, allowed: list[str]
) -> None:
    problem = assert_problem(await client.post("/v1/resolve", json=body), 422, "validation_failed")
    assert any(told in error["detail"] for error in problem["errors"]), problem
    assert any(allowed == error.get("allowed", []) for error in problem["errors"]), problem


@pytest.mark.parametrize(
    ("path", "told"),
    [("corrections", '"collection", "statement"'), ("webhooks", '"url", "types"')],
)
async def test_other_bodies_are_told_theirs(editor: Editor, path: str, told: str) -> None:
    answer = await editor.client.post(f"/v1/{path}", json=[1], headers=editor.headers)
    problem = assert_problem(answer, 422, "validation_failed")
    assert f"An object should stand here, with {told}" in problem["errors"][0]["detail"]
