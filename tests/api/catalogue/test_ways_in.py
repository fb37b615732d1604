"""Every way in stores the same: names, texts, numbers and codes however they are sent."""

from typing import Any

import pytest

from tests.answers import assert_problem
from tests.clients import WHY, Editor

NAMES = ["  Kimi\u3000Chat ", "Kimi\xa0 Chat\n", "\ufeffKimi\u200b Chat"]
NOTE = "\ufeff first\r\nsecond "


async def shown(editor: Editor, path: str) -> dict[str, Any]:
    return dict((await editor.client.get(path)).json())


@pytest.mark.parametrize("name", NAMES)
async def test_names_and_texts_are_stored_the_same(editor: Editor, name: str) -> None:
    body = {"name": name, "names": {"zh": name}, "aliases": [name], "note": NOTE, **WHY}
    assert (await editor.send("PUT", "/v1/vendors/acme", body)).status_code == 201
    made = await shown(editor, "/v1/vendors/acme")
    assert made["names"] == {"en": "Kimi Chat", "zh": "Kimi Chat"}
    assert (made["aliases"], made["note"]) == (["Kimi Chat"], "first\nsecond")
    same = await editor.send(
        "PATCH", "/v1/vendors/acme", {"names": {"zh": name}, **WHY}, if_match="*"
    )
    assert same.json()["revision"] == made["revision"]
    patched = await editor.send(
        "PATCH", "/v1/products/kimi", {"names": {"fr": name}, **WHY}, if_match="*"
    )
    assert patched.json()["names"]["fr"] == "Kimi Chat"


async def test_comments_and_corrections_are_texts_too(editor: Editor) -> None:
    body = {"name": "Acme", "comment": " seen\xa0 twice\u200b "}
    await editor.send("PUT", "/v1/vendors/acme", body)
    history = (await shown(editor, "/v1/vendors/acme/history"))["data"]
    assert history[0]["comment"] == "seen twice"
    report = {"collection": "vendors", "record_id": "acme", "statement": NOTE, "contact": " a "}
    made = await editor.client.post("/v1/corrections", json=report)
    assert made.json()["statement"] == "first\nsecond"
    for statement in ("\u200b", " \u3000", "a\x00b"):
        refused = await editor.client.post(
            "/v1/corrections", json={**report, "statement": statement}
        )
        errors = assert_problem(refused, 422, "validation_failed")["errors"]
        assert {error["pointer"] for error in errors} == {"/statement"}


@pytest.mark.parametrize(("wrong", "right"), [("UK", "GB"), ("cn", "CN"), ("USA", "US")])
async def test_a_country_of_no_list_is_told_in_questions_and_writes(
    editor: Editor, wrong: str, right: str
) -> None:
    for question in (f"vendors?country={wrong}", f"products?vendor.country={wrong}"):
        asked = await editor.client.get(f"/v1/{question}")
        (error,) = assert_problem(asked, 400, "unknown_value")["errors"]
        assert error["did_you_mean"] == [right]
    written = await editor.send("PUT", "/v1/vendors/acme", {"name": "A", "country": wrong, **WHY})
    (error,) = assert_problem(written, 422, "validation_failed")["errors"]
    assert (error["pointer"], error["did_you_mean"]) == ("/country", [right])


async def test_a_number_in_a_body_is_a_number_however_it_is_written(editor: Editor) -> None:
    fact = (
        b'{"product_id": "kimi", "metric": "downloads", "value": %b, "period": "2024-01",'
        b' "sources": ["urn:a"], "comment": "seen"}'
    )
    headers = {**editor.headers, "content-type": "application/json"}
    first = await editor.client.post("/v1/usage", content=fact % b"1e6", headers=headers)
    assert (first.status_code, first.json()["value"]) == (201, 1_000_000), first.text
    for again in (b"1000000.0", b"1E+6"):
        same = await editor.client.post("/v1/usage", content=fact % again, headers=headers)
        assert_problem(same, 409, "conflict_natural_key")
