"""Old ids read and filtered by: 308 to the survivor, 410 with the successor, filters that go on."""

import json
import re
from typing import Any

import httpx
import pytest

from tests.answers import assert_problem
from tests.clients import Editor
from tests.duplicates import FACT, PAGES, WHY, add, merge, put, record, twin

MARKET = "market=chat-assistants"


@pytest.fixture
async def merged(editor: Editor) -> Editor:
    """kimi-chat, chat and recall were merged into kimi, chat-assistants and memory."""
    await twin(editor)
    await put(editor, "markets/chat", name="Chat")
    await put(editor, "features/recall", name="Recall")
    for path, into in (("products/kimi-chat", "kimi"), ("markets/chat", "chat-assistants"),
                       ("features/recall", "memory")):  # fmt: skip
        assert (await merge(editor, path, into)).status_code == 200
    return editor


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("products/kimi-chat", "products/kimi"),
        ("products/kimi-chat/adoptions?stage=ga", "products/kimi/adoptions?stage=ga"),
        (f"products/kimi-chat/similar?{MARKET}", f"products/kimi/similar?{MARKET}"),
        (f"products/kimi-chat/gaps?{MARKET}", f"products/kimi/gaps?{MARKET}"),
        ("markets/chat/homogenization", "markets/chat-assistants/homogenization"),
        ("markets/chat/league?lang=zh", "markets/chat-assistants/league?lang=zh"),
        ("features/recall/time-to-copy", "features/memory/time-to-copy"),
    ],
)  # fmt: skip
async def test_every_address_below_a_merged_id_leads_to_the_survivors(
    merged: Editor, old: str, new: str
) -> None:
    moved = await merged.client.get(f"/v1/{old}")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/{new}"), moved.text
    assert moved.json()["code"] == "moved"
    assert (await merged.client.get(moved.headers["location"])).status_code == 200
    assert (await merged.client.head(f"/v1/{old}")).status_code == 308


async def test_before_the_merge_the_old_record_is_answered(editor: Editor) -> None:
    await twin(editor)
    then = await editor.revision()
    path = f"/v1/products/kimi-chat?as_of=rev:{then}&on=2026-11-01"
    before = await editor.client.get(path)
    await merge(editor, "products/kimi-chat", "kimi")
    after = await editor.client.get(path)
    assert (after.status_code, after.content) == (200, before.content)
    below = f"/v1/products/kimi-chat/similar?{MARKET}&as_of=rev:{then}"
    assert (await editor.client.get(below)).status_code == 200


async def test_a_record_may_be_called_like_its_collection(editor: Editor) -> None:
    await put(editor, "vendors/vendors", name="Vendors")
    await merge(editor, "vendors/vendors", "moonshot-ai")
    moved = await editor.client.get("/v1/vendors/vendors/products")
    assert moved.headers["location"] == "/v1/vendors/moonshot-ai/products"


async def test_a_retired_id_says_why_and_what_stands_in_its_place(editor: Editor) -> None:
    await put(editor, "vendors/acme", name="Acme")
    await editor.send("DELETE", "/v1/vendors/acme?comment=never+was&replaced_by=moonshot-ai",
                      if_match="*")  # fmt: skip
    revision = await editor.revision()
    for path in (
        "/v1/vendors/acme",
        "/v1/vendors/acme/products",
        "/v1/vendors/acme/homogenization",
    ):
        gone = await editor.client.get(path)
        problem = assert_problem(gone, 410, "gone")
        assert problem["replaced_by"] == "moonshot-ai"
        assert f"revision {revision}" in problem["detail"]
        assert "never was" in problem["detail"]
        assert '</v1/vendors/moonshot-ai>; rel="successor-version"' in gone.headers["link"]


async def test_a_retired_id_without_a_successor_says_null(editor: Editor) -> None:
    await put(editor, "vendors/acme", name="Acme")
    await editor.send("DELETE", "/v1/vendors/acme?comment=never", if_match="*")
    gone = await editor.client.get("/v1/vendors/acme")
    assert assert_problem(gone, 410, "gone")["replaced_by"] is None
    assert "successor-version" not in gone.headers["link"]


async def test_a_successor_that_was_merged_is_named_by_its_new_id(editor: Editor) -> None:
    await put(editor, "vendors/acme", name="Acme")
    await put(editor, "vendors/bcme", name="Bcme")
    await editor.send("DELETE", "/v1/vendors/acme?comment=no&replaced_by=bcme", if_match="*")
    await merge(editor, "vendors/bcme", "moonshot-ai")
    gone = await editor.client.get("/v1/vendors/acme")
    assert assert_problem(gone, 410, "gone")["replaced_by"] == "moonshot-ai"


OLD_AND_NEW = [
    ("adoptions?product_id={}", "kimi-chat", "kimi"),
    ("adoptions?product_id={},doubao&facets=feature_id", "kimi-chat", "kimi"),
    ("adoptions?product_id__not={}", "kimi-chat", "kimi"),
    ("adoptions?product.market_ids={}", "chat", "chat-assistants"),
    ("products?market_ids__all={}", "chat", "chat-assistants"),
    ("products?id={}", "kimi-chat", "kimi"),
    ("adoptions?filter=product_id%3D%22{}%22", "kimi-chat", "kimi"),
    ("timeline?product_id={}", "kimi-chat", "kimi"),
    ("quality/issues?product_id={}", "kimi-chat", "kimi"),
    ("aggregate/adoptions?group_by=feature_id&product_id={}", "kimi-chat", "kimi"),
]


@pytest.mark.parametrize(("path", "old", "new"), OLD_AND_NEW)
async def test_filters_accept_the_old_id(merged: Editor, path: str, old: str, new: str) -> None:
    by_old, by_new = [await record(merged, path.format(name)) for name in (old, new)]
    assert by_old["data"] == by_new["data"] != []
    assert by_old["meta"].pop("resolved") == {old: new}
    assert by_new["meta"].pop("resolved") == {}
    assert by_old.get("facets") == by_new.get("facets")


async def test_analyses_accept_old_ids(merged: Editor) -> None:
    path = "features/memory/homogenization?market={}&on=2026-11-01"
    by_old, by_new = [await record(merged, path.format(m)) for m in ("chat", "chat-assistants")]
    assert by_old["result"] == by_new["result"]
    assert by_old["market_id"] == "chat-assistants"
    assert by_old["meta"]["resolved"] == {"chat": "chat-assistants"}
    assert "resolved" not in by_new["meta"]
    await put(merged, "vendors/moon", name="Moon")
    await merge(merged, "vendors/moon", "moonshot-ai")
    path = "markets/chat-assistants/homogenization?vendor_id={},openai&on=2026-11-01"
    first, second = [await record(merged, path.format(v)) for v in ("moon", "moonshot-ai")]
    assert first["result"] == second["result"]
    assert first["meta"]["resolved"] == {"moon": "moonshot-ai"}


async def test_a_comparison_accepts_old_ids(merged: Editor) -> None:
    by_old = await record(merged, "compare?products=kimi-chat,doubao&on=2026-11-01")
    by_new = await record(merged, "compare?products=kimi,doubao&on=2026-11-01")
    assert by_old["rows"] == by_new["rows"]
    assert by_old["meta"]["resolved"] == {"kimi-chat": "kimi"}
    same = await merged.client.get("/v1/compare?products=kimi-chat,kimi")
    assert_problem(same, 400, "invalid_value")


async def test_a_retired_id_in_a_filter_matches_nothing_and_is_told(editor: Editor) -> None:
    await put(editor, "vendors/acme", name="Acme")
    await editor.send("DELETE", "/v1/vendors/acme?comment=never+was", if_match="*")
    found = await record(editor, "products?vendor_id=acme")
    assert found["data"] == []
    (warning,) = found["meta"]["warnings"]
    assert warning["code"] == "retired_reference"
    assert "acme" in warning["detail"]
    both = await record(editor, "products?vendor_id=acme,moonshot-ai")
    assert both["data"]
    groups = await record(editor, "aggregate/products?group_by=vendor_id&vendor_id=acme")
    assert any("acme" in one["detail"] for one in groups["meta"]["warnings"])
    path = "markets/chat-assistants/homogenization?vendor_id=acme"
    warnings = (await record(editor, path))["warnings"]
    assert "retired_reference" in {warning["code"] for warning in warnings}


@pytest.mark.parametrize("ended", ["", "&replaced_by=kimi"])
@pytest.mark.parametrize(
    "path",
    [
        "adoptions?product_id=acme&",
        "timeline?product_id=acme&",
        "aggregate/adoptions?group_by=product_id&product_id=acme&",
    ],
)
async def test_what_became_of_it_is_told_in_chinese(editor: Editor, path: str, ended: str) -> None:
    await put(editor, "products/acme", name="Acme", vendor_id="moonshot-ai", market_ids=[])
    await editor.send("DELETE", f"/v1/products/acme?comment=none{ended}", if_match="*")
    answer = await record(editor, f"{path}lang=zh")
    warnings = answer.get("warnings") or answer["meta"]["warnings"]
    (told,) = (one["detail"] for one in warnings if one["code"] == "retired_reference")
    given = r"product_id|acme|none|/v1/products/kimi"
    assert re.findall("[A-Za-z]+", re.sub(given, "", told)) == [], told


async def test_a_retired_market_is_gone_as_a_parameter(editor: Editor) -> None:
    await put(editor, "markets/acme", name="Acme")
    await editor.send("DELETE", "/v1/markets/acme?comment=no&replaced_by=chat-assistants",
                      if_match="*")  # fmt: skip
    gone = await editor.client.get("/v1/features/memory/homogenization?market=acme")
    assert assert_problem(gone, 410, "gone")["replaced_by"] == "chat-assistants"


async def test_an_id_that_never_was_stays_unknown(merged: Editor) -> None:
    answer = await merged.client.get("/v1/adoptions?product_id=kimmi")
    problem = assert_problem(answer, 400, "unknown_reference")
    assert "kimi" in problem["errors"][0]["did_you_mean"]


async def events(client: httpx.AsyncClient, query: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/changes?{query}")
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def test_the_feed_says_into_which_record(editor: Editor) -> None:
    await twin(editor)
    loser = await add(editor, "adoptions", **FACT, product_id="kimi-chat", sources=[PAGES[0]])
    keeper = await add(editor, "adoptions", **FACT, product_id="kimi", sources=[PAGES[1]])
    before = await editor.revision()
    await merge(editor, "products/kimi-chat", "kimi")
    found = {e["id"]: e for e in await events(editor.client, f"since=rev:{before}")}
    wanted = {"kimi-chat": ("product.merged", "kimi"), loser: ("adoption.merged", keeper)}
    assert {i: (found[i]["type"], found[i]["into"]) for i in wanted} == wanted
    assert found[keeper]["type"] == "adoption.updated"
    lines = (await editor.client.get(f"/v1/changes.ndjson?since=rev:{before}")).text.splitlines()
    assert found["kimi-chat"] in [json.loads(line) for line in lines]


async def test_the_feed_of_an_old_id_goes_on_with_the_survivor(merged: Editor) -> None:
    before = await merged.revision()
    await merged.send("PATCH", "/v1/products/kimi", {"aliases": ["K"], **WHY}, if_match="*")
    assert [e["id"] for e in await events(merged.client, f"since=rev:{before}&id=kimi-chat")] == [
        "kimi"
    ]
    own = await events(merged.client, "id=kimi-chat&kinds=product")
    assert "product.merged" in [e["type"] for e in own]


async def test_the_history_of_a_merged_record_ends_with_the_merge(merged: Editor) -> None:
    newest, *_ = (await record(merged, "products/kimi-chat/history"))["data"]
    assert (newest["operation"], newest["into"]) == ("merged", "kimi")
    assert newest["comment"] == WHY["comment"]
    assert "into" not in (await record(merged, "products/kimi/history"))["data"][0]


async def test_the_survivor_is_found_by_the_old_names_and_the_old_id(merged: Editor) -> None:
    for name in ("Kimi Chat", "kimi-chat"):
        hits = (await record(merged, f"search?q={name}&type=product"))["data"]
        assert hits[0]["id"] == "kimi"
        assert "kimi" in [s["id"] for s in (await record(merged, f"suggest?q={name}"))["data"]]
        body = {"items": [{"name": name}]}
        answer = await merged.client.post("/v1/resolve", json=body)
        (found,) = answer.json()["data"]
        assert found["verdict"] == "match"
        assert found["candidates"][0]["id"] == "kimi"
