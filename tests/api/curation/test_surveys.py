"""A product gone through over HTTP: what was found and what was not, in one go."""

from typing import Any

import httpx
import pytest

from tests.answers import assert_problem
from tests.clients import Editor
from tests.duplicates import add, put, record

ADDRESS = "/v1/markets/chat-assistants/surveys"
SOURCE = "https://example.org/help"
WHY = {"comment": "gone through by hand"}
DAY = "2026-11-20"


@pytest.fixture
async def tester(editor: Editor) -> Editor:
    """With a product of which nothing is on record but three features."""
    await put(
        editor,
        "products/acme-chat",
        name="Acme Chat",
        vendor_id="moonshot-ai",
        market_ids=["chat-assistants"],
        launched="2025-01-10",
    )
    for feature, date, more in (
        ("memory", "2025-03-01", {}),
        ("web-search", "2026-11-25", {}),
        ("deep-research", "2025-02-01", {"until": "2025-06-01"}),
    ):
        await add(
            editor,
            "adoptions",
            product_id="acme-chat",
            feature_id=feature,
            stage="preview",
            date=date,
            sources=[SOURCE],
            **more,
        )
    return editor


async def survey(editor: Editor, query: str = "", **body: Any) -> httpx.Response:
    sent = {"product_id": "acme-chat", "date": DAY, "sources": [SOURCE], **WHY, **body}
    return await editor.send("POST", ADDRESS + query, sent)


async def test_present_and_absent_are_kept_as_one_revision(tester: Editor) -> None:
    before = await tester.revision()
    answer = await survey(tester, present=["memory", "voice-mode"], absent=["image-generation"])
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert int(answer.headers["dataset-revision"]) == before + 1 == await tester.revision()
    assert answer.headers["location"] == made["href"]
    kept = await record(tester, made["href"].removeprefix("/v1/"))
    assert (kept["product_id"], kept["market_id"], kept["date"], kept["feature_ids"]) == (
        "acme-chat",
        "chat-assistants",
        DAY,
        ["image-generation"],
    )
    outcomes = {one["feature_id"]: one["outcome"] for one in made["present"]}
    assert outcomes == {"memory": "on_record", "voice-mode": "created"}
    voice = next(one for one in made["present"] if one["feature_id"] == "voice-mode")
    adoption = await record(tester, voice["href"].removeprefix("/v1/"))
    assert (adoption["stage"], adoption["date"]) == ("ga", f"[..{DAY}]")
    assert adoption["source_ids"] == kept["source_ids"] != []


async def test_what_began_later_or_without_a_date_is_proven_by_the_day(tester: Editor) -> None:
    await add(
        tester,
        "adoptions",
        product_id="acme-chat",
        feature_id="voice-mode",
        stage="ga",
        date=None,
        sources=[SOURCE],
    )
    made = (await survey(tester, present=["web-search", "voice-mode"], stage="preview")).json()
    assert [one["outcome"] for one in made["present"]] == ["created", "created"]
    adoption = await record(tester, made["present"][0]["href"].removeprefix("/v1/"))
    assert adoption["stage"] == "preview"


async def test_only_present_ones_are_a_survey_that_found_nothing_absent(tester: Editor) -> None:
    made = (await survey(tester, present=["memory"])).json()
    kept = await record(tester, f"surveys/{made['id']}")
    assert kept["feature_ids"] == []


async def test_without_a_date_it_is_of_today(tester: Editor) -> None:
    made = (await survey(tester, date=None, absent=["voice-mode"])).json()
    assert made["date"] == (await record(tester, f"surveys/{made['id']}"))["recorded_at"][:10]


@pytest.mark.parametrize(
    ("body", "pointer", "said", "near"),
    [
        ({"absent": ["memory"]}, "/absent/0", "present since 2025-03-01", None),
        ({"present": ["deep-research"]}, "/present/0", "gone since 2025-06-01", None),
        ({"absent": ["voice-mode"], "present": ["voice-mode"]}, "/absent/0", "and absent", None),
        ({"absent": ["voice-mod"]}, "/absent/0", "No feature", "voice-mode"),
        ({"present": ["memory", "voice-mod"]}, "/present/1", "No feature", "voice-mode"),
        ({"present": ["Voice Mode"]}, "/present/0", "", None),
        ({"product_id": "acme-cat", "present": ["memory"]}, "/product_id", "", "acme-chat"),
        ({"product_id": "flux", "present": ["memory"]}, "/product_id", "not in the market", None),
        ({"present": ["memory"], "date": "2024-12-31"}, "/date", "launched later", None),
        ({"present": ["memory"], "date": "2199-01-01"}, "/date", "has come", None),
        ({"present": ["memory"], "date": "2026-11"}, "/date", "", None),
        ({}, "/present", "what was looked for", None),
        ({"absent": ["voice-mode"], "sources": ["help page"]}, "/sources/0", "", None),
        ({"absent": ["voice-mode"], "sources": None}, "/sources", "", None),
        ({"absent": ["voice-mode"], "stage": "announced"}, "/stage", "", None),
        ({"absent": ["voice-mode"], "abesnt": []}, "/abesnt", "", "absent"),
    ],
)
async def test_what_cannot_be_is_told_and_nothing_is_stored(
    tester: Editor, body: dict[str, Any], pointer: str, said: str, near: str | None
) -> None:
    before = await tester.revision()
    problem = assert_problem(await survey(tester, **body), 422, "validation_failed")
    fault = next(f for f in problem["errors"] if f["pointer"] == pointer)
    assert said in fault["detail"]
    assert near is None or near in fault["did_you_mean"]
    assert await tester.revision() == before


async def test_every_fault_is_told_at_once(tester: Editor) -> None:
    answer = await survey(
        tester,
        present=["voice-mod"],
        absent=["memory", "image-generatio"],
        sources=None,
        comment="",
    )
    problem = assert_problem(answer, 422, "validation_failed")
    pointers = {f["pointer"] for f in problem["errors"]}
    assert pointers == {"/present/0", "/absent/0", "/absent/1", "/sources", "/comment"}


async def test_faults_are_told_in_chinese(tester: Editor) -> None:
    body = {
        "product_id": "acme-chat",
        "date": DAY,
        "absent": ["memory"],
        "sources": [SOURCE],
        **WHY,
    }
    answer = await tester.send("POST", ADDRESS, body, accept_language="zh")
    assert "已有记录：自2025-03-01起具备" in answer.json()["errors"][0]["detail"]


async def test_a_second_survey_of_the_day_is_refused(tester: Editor) -> None:
    first = (await survey(tester, absent=["voice-mode"])).json()
    before = await tester.revision()
    again = await survey(tester, absent=["image-generation"], present=["canvas"])
    problem = assert_problem(again, 409, "conflict_natural_key")
    assert first["id"] in problem["detail"]
    assert await tester.revision() == before


async def test_unknown_markets_are_not_found(tester: Editor) -> None:
    answer = await tester.send(
        "POST",
        ADDRESS.replace("assistants", "assistant"),
        {"product_id": "acme-chat", "present": ["memory"], "sources": [SOURCE], **WHY},
    )
    problem = assert_problem(answer, 404, "not_found")
    assert "chat-assistants" in problem["detail"]


async def test_a_dry_run_stores_nothing_and_a_key_has_one_effect(tester: Editor) -> None:
    before = await tester.revision()
    dry = await survey(tester, "?dry_run=true", absent=["voice-mode"])
    assert (dry.status_code, dry.headers["dry-run"]) == (201, "true")
    assert await tester.revision() == before
    body = {
        "product_id": "acme-chat",
        "date": DAY,
        "absent": ["voice-mode"],
        "sources": [SOURCE],
        **WHY,
    }
    answers = [await tester.send("POST", ADDRESS, body, idempotency_key="k1") for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotent-replayed"] == "true"


async def test_merged_features_lead_to_their_survivors(tester: Editor) -> None:
    await put(tester, "features/speech", name="Speech")
    merged = await tester.send("POST", "/v1/features/speech/merge", {"into": "voice-mode", **WHY})
    assert merged.status_code == 200
    made = (await survey(tester, present=["speech"])).json()
    assert made["present"][0]["feature_id"] == "voice-mode"


async def test_without_a_source_present_features_stand_without_one_too(tester: Editor) -> None:
    made = (await survey(tester, sources=None, status="unsourced", present=["voice-mode"])).json()
    adoption = await record(tester, made["present"][0]["href"].removeprefix("/v1/"))
    assert adoption["evidence"] == "unsourced"


async def test_what_may_have_begun_on_either_side_of_the_day_contradicts_nothing(
    tester: Editor,
) -> None:
    for feature, date in (("voice-mode", "2026-11"), ("canvas", "[..2026-11-21]")):
        await add(
            tester,
            "adoptions",
            product_id="acme-chat",
            feature_id=feature,
            stage="ga",
            date=date,
            sources=[SOURCE],
        )
    made = await survey(tester, absent=["voice-mode", "canvas"])
    assert made.status_code == 201, made.text


async def test_a_bound_that_lies_before_the_day_contradicts_an_absence(tester: Editor) -> None:
    await add(
        tester,
        "adoptions",
        product_id="acme-chat",
        feature_id="canvas",
        stage="ga",
        date=f"[..{DAY}]",
        sources=[SOURCE],
    )
    problem = assert_problem(await survey(tester, absent=["canvas"]), 422, "validation_failed")
    assert problem["errors"][0]["pointer"] == "/absent/0"


async def test_what_lost_a_dispute_or_is_announced_contradicts_nothing(tester: Editor) -> None:
    for feature, more in (
        ("canvas", {"stage": "ga", "dispute": "other"}),
        ("voice-mode", {"stage": "announced"}),
    ):
        await add(
            tester,
            "adoptions",
            product_id="acme-chat",
            feature_id=feature,
            date="2025-03-01",
            sources=[SOURCE],
            **more,
        )
    made = await survey(tester, absent=["voice-mode", "canvas"])
    assert made.status_code == 201, made.text


async def test_a_feature_of_other_markets_is_told_the_nearest_of_this_one(tester: Editor) -> None:
    for feature, markets in (("voice-modes", ["ai-phones"]), ("voicing", ["chat-assistants"])):
        await put(tester, f"features/{feature}", name=feature, market_ids=markets)
    before = await tester.revision()
    answer = await survey(tester, present=["memory", "voice-modes"], absent=["voicing"])
    (fault,) = assert_problem(answer, 422, "validation_failed")["errors"]
    assert fault["pointer"] == "/present/1"
    assert "does not count in the market" in fault["detail"]
    assert fault["did_you_mean"][0] == "voice-mode"
    assert await tester.revision() == before
    assert (await survey(tester, absent=["voicing"])).status_code == 201
