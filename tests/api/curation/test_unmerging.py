"""A merge taken back: ids, names and what pointed there are as they were, and the past stays."""

from typing import Any

import httpx
import pytest

from service.store.database import Database
from service.usecases.catalogue.exports import export
from tests.answers import assert_problem
from tests.clients import Editor
from tests.duplicates import FACT, PAGES, WHY, add, merge, put, record, twin


async def revert(editor: Editor, revision: int, ask: str = "") -> httpx.Response:
    return await editor.send("POST", f"/v1/revisions/{revision}/revert?comment=two{ask}")


async def exported(database: Database) -> bytes:
    return b"".join([line async for line in export(database)])


async def merged(editor: Editor) -> tuple[str, str, int]:
    """The same fact of both, then the merge: the loser, the keeper, the revision."""
    await twin(editor, external_ids={"domain": "kimi-chat.example"})
    loser = await add(
        editor,
        "adoptions",
        **FACT,
        product_id="kimi-chat",
        sources=[PAGES[0]],
        note="seen",
        until="2026-11",
    )
    keeper = await add(editor, "adoptions", **FACT, product_id="kimi", sources=[PAGES[1]])
    await add(
        editor,
        "adoptions",
        **{**FACT, "date": "2026-01"},
        product_id="kimi-chat",
        sources=[PAGES[0]],
    )
    await merge(editor, "products/kimi-chat", "kimi")
    return loser, keeper, await editor.revision()


async def test_everything_is_as_before_byte_for_byte(editor: Editor, own_bundled: Database) -> None:
    await twin(editor)
    loser = await add(editor, "adoptions", **FACT, product_id="kimi-chat", sources=[PAGES[0]])
    before = await exported(own_bundled)
    await merge(editor, "products/kimi-chat", "kimi")
    assert await exported(own_bundled) != before
    done = await revert(editor, await editor.revision())
    assert done.status_code == 200, done.text
    assert done.json()["revision"] == await editor.revision()
    assert await exported(own_bundled) == before
    assert (await record(editor, f"adoptions/{loser}"))["product_id"] == "kimi-chat"


async def test_the_facts_that_became_one_are_two_again(editor: Editor) -> None:
    loser, keeper, revision = await merged(editor)
    counts = (await revert(editor, revision)).json()["counts"]
    assert counts["retired"] == 0
    own, other = [await record(editor, f"adoptions/{i}") for i in (keeper, loser)]
    assert (own["product_id"], own["note"], len(own["source_ids"])) == ("kimi", None, 1)
    assert (other["product_id"], other["note"]) == ("kimi-chat", "seen")
    assert (await record(editor, "products/kimi-chat"))["external_ids"] != {}
    assert (await record(editor, "products/kimi"))["external_ids"] == {}


async def test_the_past_says_what_it_said(editor: Editor) -> None:
    loser, _, revision = await merged(editor)
    feed = f"/v1/changes?since=rev:{revision - 1}&limit=100"
    told = [c for c in (await record(editor, feed[4:]))["data"] if c["revision"] == revision]
    await revert(editor, revision)
    again = [c for c in (await record(editor, feed[4:]))["data"] if c["revision"] == revision]
    assert again == told
    assert {c["type"] for c in told if c["id"] in ("kimi-chat", loser)} == {
        "product.merged",
        "adoption.merged",
    }
    then = await editor.client.get(f"/v1/products/kimi-chat?as_of=rev:{revision}")
    assert (then.status_code, then.headers["location"][:17]) == (308, "/v1/products/kimi")
    now = await editor.client.get("/v1/products/kimi-chat")
    assert now.status_code == 200
    history = (await record(editor, "products/kimi-chat/history"))["data"]
    assert [entry["operation"] for entry in history] == ["created", "merged", "created"]


async def test_it_can_be_merged_again_and_taken_back_again(editor: Editor) -> None:
    _, _, revision = await merged(editor)
    await revert(editor, revision)
    undone = await editor.revision()
    assert (await revert(editor, undone)).status_code == 200
    moved = await editor.client.get("/v1/products/kimi-chat")
    assert (moved.status_code, moved.headers["location"]) == (308, "/v1/products/kimi")
    assert (await revert(editor, await editor.revision())).status_code == 200
    assert (await editor.client.get("/v1/products/kimi-chat")).status_code == 200
    assert (await merge(editor, "products/kimi-chat", "kimi")).status_code == 200


async def test_who_stands_against_it_is_named(editor: Editor) -> None:
    _, keeper, revision = await merged(editor)
    patch = {"note": "newer", **WHY}
    assert (await editor.send("PATCH", f"/v1/adoptions/{keeper}", patch, if_match="*")).is_success
    refused = await revert(editor, revision)
    assert_problem(refused, 409, "revert_conflict")
    newest = await editor.revision()
    details = [fault["detail"] for fault in refused.json()["errors"]]
    assert details == [f"/v1/adoptions/{keeper} was changed in revision {newest}."]
    assert (await editor.client.get("/v1/products/kimi-chat")).status_code == 308


async def test_a_second_time_there_is_nothing_to_take_back(editor: Editor) -> None:
    _, _, revision = await merged(editor)
    await revert(editor, revision)
    assert_problem(await revert(editor, revision), 409, "revert_conflict")


async def test_a_dry_run_tells_and_does_nothing(editor: Editor) -> None:
    _, _, revision = await merged(editor)
    dry = (await revert(editor, revision, "&dry_run=true")).json()
    assert (dry["would_be_revision"], dry["revision"]) == (revision + 1, None)
    assert (await editor.client.get("/v1/products/kimi-chat")).status_code == 308


async def edited(editor: Editor) -> Any:
    return await editor.send("PATCH", "/v1/products/kimi", {"aliases": ["K"], **WHY}, if_match="*")


async def created(editor: Editor) -> Any:
    body = {"name": "B", **WHY}
    return await editor.send("PUT", "/v1/vendors/b", body, if_none_match="*")


async def retired(editor: Editor) -> Any:
    return await editor.send("DELETE", "/v1/vendors/spare?comment=gone", if_match="*")


@pytest.mark.parametrize("step", [edited, retired, created])
async def test_every_revision_can_be_taken_back(
    editor: Editor, own_bundled: Database, step: Any
) -> None:
    await put(editor, "vendors/spare", name="Spare")
    before = await exported(own_bundled)
    done = await step(editor)
    assert done.is_success, done.text
    assert (await revert(editor, await editor.revision())).status_code == 200
    assert await exported(own_bundled) == before


@pytest.mark.parametrize("number", ["0", "999999", "x", "-1"])
async def test_no_such_revision(editor: Editor, number: Any) -> None:
    assert_problem(await revert(editor, number), 404, "not_found")
