"""Duplicates merged over HTTP: what pointed at one points at the other, and old ids lead there."""

from typing import Any

import pytest

from service.model.keys import SCOPES
from service.query.registry import COLLECTIONS
from service.query.types import Reference
from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import Editor, served
from tests.duplicates import FACT, PAGES, WHY, add, merge, put, record, twin
from tests.make import new_key


async def all_of(editor: Editor, path: str) -> list[dict[str, Any]]:
    sign = "&" if "?" in path else "?"
    found: list[dict[str, Any]] = (await record(editor, f"{path}{sign}limit=200"))["data"]
    return found


async def twins_with_a_fact_each(editor: Editor, **own: Any) -> tuple[str, str]:
    """(of the one that goes, of the one that stays): the same fact from two pages."""
    await twin(editor)
    loser = await add(editor, "adoptions", **FACT, product_id="kimi-chat", sources=[PAGES[0]],
                      note="seen in the app", until="2026-11")  # fmt: skip
    keeper = await add(editor, "adoptions", **{**FACT, **own}, product_id="kimi",
                       **({} if "status" in own else {"sources": [PAGES[1]]}))  # fmt: skip
    return loser, keeper


async def test_a_merge_answers_the_survivor_as_a_get_shows_it(editor: Editor) -> None:
    await twin(editor)
    before = await editor.revision()
    merged = await merge(editor, "products/kimi-chat", "kimi")
    assert merged.status_code == 200, merged.text
    read = await editor.client.get("/v1/products/kimi")
    assert merged.json() == read.json()
    assert merged.headers["etag"] == read.headers["etag"].replace("-gzip", "")
    assert int(merged.headers["dataset-revision"]) == before + 1 == await editor.revision()


async def test_what_pointed_at_the_one_points_at_the_other(editor: Editor) -> None:
    pointing = {
        name: await all_of(editor, f"{name}?vendor_id=moonshot-ai")
        for name in ("products", "investments")
    }
    await put(editor, "vendors/moonshot", name="Moonshot")
    assert (await merge(editor, "vendors/moonshot-ai", "moonshot")).status_code == 200
    for name, old in pointing.items():
        new = await all_of(editor, f"{name}?vendor_id=moonshot")
        assert {r["id"] for r in new} == {r["id"] for r in old}
    assert pointing["products"], "the bundled data has some"


async def test_lists_of_references_stay_sorted_and_without_duplicates(editor: Editor) -> None:
    kimi = await record(editor, "products/kimi")
    await put(editor, "markets/a-chat", name="Chat")
    both = sorted({*kimi["market_ids"], "a-chat"})
    patched = await editor.send("PATCH", "/v1/products/kimi", {"market_ids": both, **WHY},
                                if_match="*")  # fmt: skip
    assert patched.status_code == 200
    await merge(editor, "markets/chat-assistants", "a-chat")
    found = (await record(editor, "products/kimi"))["market_ids"]
    assert found == sorted({m for m in both if m != "chat-assistants"})
    assert found.count("a-chat") == 1
    others = await all_of(editor, "products?market_ids=a-chat")
    assert all("chat-assistants" not in p["market_ids"] for p in others)


async def test_facts_that_become_the_same_become_one(editor: Editor) -> None:
    loser, keeper = await twins_with_a_fact_each(editor)
    own = await record(editor, f"adoptions/{keeper}")
    other = await record(editor, f"adoptions/{loser}")
    await merge(editor, "products/kimi-chat", "kimi")
    found = await record(editor, f"adoptions/{keeper}")
    assert found["source_ids"] == sorted([*own["source_ids"], *other["source_ids"]])
    assert (found["note"], found["until"]) == ("seen in the app", "2026-11")
    moved = await editor.client.get(f"/v1/adoptions/{loser}")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/adoptions/{keeper}")


async def test_a_survivors_own_values_win(editor: Editor) -> None:
    _, keeper = await twins_with_a_fact_each(editor, note="mine", until="2026-12")
    await merge(editor, "products/kimi-chat", "kimi")
    found = await record(editor, f"adoptions/{keeper}")
    assert (found["note"], found["until"]) == ("mine", "2026-12")


@pytest.mark.parametrize("date", ["[2026-10..2026-10]", "[2026-10-01..2026-10-31]"])
async def test_facts_of_one_interval_become_one(editor: Editor, date: str) -> None:
    loser, keeper = await twins_with_a_fact_each(editor, date=date)
    await merge(editor, "products/kimi-chat", "kimi")
    moved = await editor.client.get(f"/v1/adoptions/{loser}")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/v1/adoptions/{keeper}")
    assert (await record(editor, f"adoptions/{keeper}"))["date"] == date


async def test_a_fact_is_sourced_when_either_was(editor: Editor) -> None:
    _, keeper = await twins_with_a_fact_each(editor, status="unsourced")
    await merge(editor, "products/kimi-chat", "kimi")
    found = await record(editor, f"adoptions/{keeper}")
    assert found["evidence"] == "sourced"
    assert len(found["source_ids"]) == 1


async def test_a_survey_of_all_features_takes_in_one_of_some(editor: Editor) -> None:
    await twin(editor)
    shared = {"market_id": "chat-assistants", "date": "2026-10-02", "sources": [PAGES[0]]}
    await add(editor, "surveys", **shared, product_id="kimi-chat", feature_ids=["memory"])
    everything = await add(editor, "surveys", **shared, product_id="kimi")
    await merge(editor, "products/kimi-chat", "kimi")
    assert (await record(editor, f"surveys/{everything}"))["feature_ids"] is None


async def test_the_names_of_the_merged_become_aliases(editor: Editor) -> None:
    own = await record(editor, "products/kimi")
    await twin(editor, names={"zh": own["names"]["zh"]}, aliases=["Kimi+", "Kimi Plus"])
    await merge(editor, "products/kimi-chat", "kimi")
    found = await record(editor, "products/kimi")
    wanted = {*own["aliases"], "Kimi Chat", "Kimi+", "Kimi Plus"} - set(own["names"].values())
    assert found["aliases"] == sorted(wanted)
    assert found["names"] == own["names"]


async def test_a_chain_leads_to_its_end(editor: Editor) -> None:
    await put(editor, "vendors/a", name="A")
    await put(editor, "vendors/b", name="B")
    await put(editor, "vendors/c", name="C")
    between = (await merge(editor, "vendors/a", "b")).headers["dataset-revision"]
    await merge(editor, "vendors/b", "c")
    moved = await editor.client.get("/v1/vendors/a")
    assert (moved.status_code, moved.headers["location"]) == (308, "/v1/vendors/c")
    then = await editor.client.get(f"/v1/vendors/a?as_of=rev:{between}")
    assert then.headers["location"] == f"/v1/vendors/b?as_of=rev:{between}"
    assert (await record(editor, "vendors/c"))["aliases"] == ["A", "B"]


@pytest.mark.parametrize(
    ("into", "code", "near"),
    [
        ("kimi-chat", "merge_into_itself", []),
        ("kimmi", "unknown_reference", ["kimi"]),
        ("kimi-old", "gone", ["kimi"]),
        ("kimi-lost", "gone", ["doubao"]),
        (7, "invalid_value", []),
        (None, "invalid_value", []),
    ],
)
async def test_a_merge_into_nothing_is_refused(
    editor: Editor, into: Any, code: str, near: list[str]
) -> None:
    await twin(editor)
    for name in ("kimi-old", "kimi-lost"):
        await put(editor, f"products/{name}", name=name, vendor_id="moonshot-ai",
                  market_ids=["chat-assistants"])  # fmt: skip
    await merge(editor, "products/kimi-old", "kimi")
    await editor.send("DELETE", "/v1/products/kimi-lost?comment=no&replaced_by=doubao",
                      if_match="*")  # fmt: skip
    before = await editor.revision()
    problem = assert_problem(
        await merge(editor, "products/kimi-chat", into), 422, "validation_failed"
    )
    (error,) = problem["errors"]
    assert (error["code"], error["pointer"]) == (code, "/into")
    assert error.get("did_you_mean", [])[: len(near)] == near
    assert await editor.revision() == before


async def test_unknown_members_and_ids_are_refused(editor: Editor) -> None:
    body = {"into": "kimi", "int0": "kimi", **WHY}
    answer = await editor.send("POST", "/v1/products/doubao/merge", body)
    problem = assert_problem(answer, 422, "validation_failed")
    assert [(e["pointer"], e["did_you_mean"]) for e in problem["errors"]] == [("/int0", ["into"])]
    assert_problem(await merge(editor, "products/douba0", "kimi"), 404, "not_found")
    bare = await editor.send("POST", "/v1/products/doubao/merge", {"into": "kimi"})
    assert_problem(bare, 422, "comment_required")


async def test_a_merged_record_is_not_merged_or_written_again(editor: Editor) -> None:
    await twin(editor)
    await merge(editor, "products/kimi-chat", "kimi")
    again = assert_problem(await merge(editor, "products/kimi-chat", "doubao"), 410, "gone")
    assert again["replaced_by"] == "kimi"
    body = {"name": "K", "vendor_id": "moonshot-ai", "market_ids": ["chat-assistants"], **WHY}
    for restore in ("", "?restore=true"):
        back = await editor.send("PUT", f"/v1/products/kimi-chat{restore}", body)
        assert assert_problem(back, 410, "gone")["replaced_by"] == "kimi"
        assert '</v1/products/kimi>; rel="successor-version"' in back.headers["link"]


async def test_a_dry_run_of_a_merge_stores_nothing(editor: Editor) -> None:
    await twin(editor)
    before = await editor.revision()
    dry = await merge(editor, "products/kimi-chat", "kimi", "?dry_run=true")
    assert (dry.status_code, dry.headers["dry-run"]) == (200, "true")
    assert "Kimi Chat" in dry.json()["aliases"]
    assert await editor.revision() == before
    assert (await record(editor, "products/kimi-chat"))["id"] == "kimi-chat"


async def test_a_merge_sent_twice_under_its_key_is_done_once(editor: Editor) -> None:
    await twin(editor)
    first = await merge(editor, "products/kimi-chat", "kimi", idempotency_key="m1")
    second = await merge(editor, "products/kimi-chat", "kimi", idempotency_key="m1")
    assert second.headers["idempotent-replayed"] == "true"
    assert (second.status_code, second.content) == (200, first.content)
    minimal = await merge(editor, "products/doubao", "kimi", prefer="return=minimal")
    assert (minimal.status_code, minimal.content) == (204, b"")


async def test_if_match_is_honoured_where_it_is_given(editor: Editor) -> None:
    await twin(editor)
    read = await editor.client.get("/v1/products/kimi-chat")
    await editor.send("PATCH", "/v1/products/kimi-chat", {"aliases": ["K"], **WHY}, if_match="*")
    stale = await merge(editor, "products/kimi-chat", "kimi", if_match=read.headers["etag"])
    assert_problem(stale, 412, "precondition_failed")
    fresh = (await editor.client.get("/v1/products/kimi-chat")).headers["etag"]
    good = await merge(editor, "products/kimi-chat", "kimi", if_match=fresh)
    assert good.status_code == 200


@pytest.mark.parametrize("held", [None, *SCOPES])
async def test_merging_needs_the_scope_curate(own_bundled: Database, held: str | None) -> None:
    headers = bearer((await new_key(own_bundled, held))[1]) if held else {}
    async with served(own_bundled) as client:
        answer = await client.post(
            "/v1/products/doubao/merge?dry_run=true", json={"into": "kimi", **WHY}, headers=headers
        )
    wanted = {None: 401, "read": 403, "write": 403}
    assert answer.status_code == wanted.get(held, 200)


@pytest.mark.parametrize("collection", [c for c in COLLECTIONS if c.is_entity])
async def test_every_collection_of_entities_can_be_merged(editor: Editor, collection: Any) -> None:
    first, second = (await all_of(editor, collection.name))[:2]
    path = f"{collection.name}/{first['id']}"
    answer = await merge(editor, path, second["id"])
    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == second["id"]
    moved = await editor.client.get(f"/v1/{path}?lang=en")
    assert moved.status_code == 308
    assert moved.headers["location"] == f"/v1/{collection.name}/{second['id']}?lang=en"


def test_no_natural_key_points_twice_at_one_collection() -> None:
    """So a merge makes pairs of facts, never more, which the SQL relies on."""
    for collection in COLLECTIONS:
        targets = [f.to for f in collection.of_type(Reference)
                   if f.name in collection.natural_key]  # fmt: skip
        assert len(targets) == len(set(targets))
