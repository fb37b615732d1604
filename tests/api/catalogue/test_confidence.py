"""How sure a fact is, and when its source was last looked at: kept and asked for, in no figure."""

import pytest

from tests.answers import assert_problem
from tests.clients import WHY, Editor
from tests.duplicates import FACT, PAGES, add, record


async def test_a_confidence_is_kept_and_filtered_by(editor: Editor) -> None:
    one = await add(
        editor, "adoptions", **FACT, product_id="kimi", sources=[PAGES[0]], confidence="low"
    )
    assert (await record(editor, f"adoptions/{one}"))["confidence"] == "low"
    found = await record(editor, "adoptions?confidence=low")
    assert [row["id"] for row in found["data"]] == [one]
    left = await record(editor, "adoptions?confidence__isnull=true&product_id=kimi")
    assert one not in [row["id"] for row in left["data"]]
    patch = {"confidence": None, **WHY}
    await editor.send("PATCH", f"/v1/adoptions/{one}", patch, if_match="*")
    assert (await record(editor, f"adoptions/{one}"))["confidence"] is None


async def test_no_figure_weighs_it(editor: Editor) -> None:
    asked = "/v1/markets/chat-assistants/homogenization?on=2026-10&interval=year"
    facts = (await record(editor, "adoptions?product_id=kimi&limit=3"))["data"]
    before = (await editor.client.get(asked)).json()["result"]
    for fact in facts:
        patch = {"confidence": "low", **WHY}
        done = await editor.send("PATCH", f"/v1/adoptions/{fact['id']}", patch, if_match="*")
        assert done.status_code == 200, done.text
    assert (await editor.client.get(asked)).json()["result"] == before


@pytest.mark.parametrize(("given", "near"), [("hihg", ["high"]), ("0.9", []), ("HIGH", ["high"])])
async def test_another_word_is_refused(editor: Editor, given: str, near: list[str]) -> None:
    wrong = await editor.client.get(f"/v1/usage?confidence={given}")
    assert_problem(wrong, 400, "unknown_value")
    assert wrong.json()["errors"][0].get("did_you_mean", []) == near
    body = {**FACT, "product_id": "kimi", "sources": [PAGES[0]], "confidence": given, **WHY}
    refused = await editor.send("POST", "/v1/adoptions", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/confidence")


async def test_sources_to_be_looked_at_again_are_found(editor: Editor) -> None:
    first, second = (await record(editor, "sources?limit=2"))["data"]
    for source, day in ((first, "2025-03"), (second, "2026-10-02")):
        patch = {"last_checked": day, **WHY}
        done = await editor.send("PATCH", f"/v1/sources/{source['id']}", patch, if_match="*")
        assert done.json()["last_checked"] == day, done.text
    found = await record(editor, "sources?last_checked__lt=2026")
    assert [row["id"] for row in found["data"]] == [first["id"]]
    wrong = await editor.client.get("/v1/sources?last_checked__lt=yesterday")
    assert_problem(wrong, 400, "invalid_date")
