"""`name` beside `names`: they agree, or both are told; key names and contacts are one line."""

import json
from typing import Any

import pytest

from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import Editor, served
from tests.make import new_key

WRONG: list[tuple[Any, set[str]]] = [
    (5, {"/names/en"}),
    ("", {"/names/en"}),
    ("B", {"/name", "/names/en"}),
    ({"a": 1}, {"/names/en"}),
    (["A"], {"/names/en"}),
    ("A\u202e", {"/names/en"}),
    (None, {"/names/en"}),
]


@pytest.mark.parametrize(("english", "places"), WRONG)
async def test_what_is_said_beside_the_short_form_is_looked_at(
    editor: Editor, english: Any, places: set[str]
) -> None:
    body = {"name": "A", "names": {"en": english}, "comment": "w"}
    before = await editor.revision()
    made = await editor.send("PUT", "/v1/vendors/new", body, if_none_match="*")
    assert {
        e["pointer"] for e in assert_problem(made, 422, "validation_failed")["errors"]
    } == places
    if english is not None:  # a merge patch empties what is null
        changed = await editor.send("PATCH", "/v1/vendors/openai", body, if_match="*")
        told = assert_problem(changed, 422, "validation_failed")["errors"]
        assert {e["pointer"] for e in told} == places
    assert await editor.revision() == before


async def test_both_may_say_the_same(editor: Editor) -> None:
    body = {"name": "A", "names": {"en": "A", "zh": "甲"}, "comment": "w"}
    made = await editor.send("PUT", "/v1/vendors/new", body, if_none_match="*")
    assert made.json()["names"] == {"en": "A", "zh": "甲"}
    changed = await editor.send(
        "PATCH", "/v1/vendors/new", {"name": "B", "comment": "w"}, if_match="*"
    )
    assert changed.json()["names"] == {"en": "B", "zh": "甲"}


HIDDEN = ["a\u202eb", "a\u2066b", "a\u061cb", "a\u200db", "a\u2028b", "a\x85b", "\u200b", " "]


@pytest.mark.parametrize("name", HIDDEN)
async def test_a_key_has_a_name_that_people_can_read(database: Database, name: str) -> None:
    _, secret = await new_key(database, "admin")
    async with served(database) as client:
        body = {"name": name, "scopes": ["read"]}
        answer = await client.post("/v1/keys", headers=bearer(secret), json=body)
        told = assert_problem(answer, 422, "validation_failed")["errors"]
        assert [e["pointer"] for e in told] == ["/name"]
        assert len((await client.get("/v1/keys", headers=bearer(secret))).json()["data"]) == 1


async def test_what_has_no_width_is_left_out_of_a_key_s_name(database: Database) -> None:
    _, secret = await new_key(database, "admin")
    async with served(database) as client:
        for sent, shown in (("a\u200bb\u00adc", "abc"), (" Cafe\u0301  x ", "Café x")):
            body = {"name": sent, "scopes": ["read"]}
            made = await client.post("/v1/keys", headers=bearer(secret), json=body)
            assert made.json()["name"] == shown


@pytest.mark.parametrize("comment", HIDDEN)
async def test_a_release_says_why_in_words_that_people_can_read(
    own_bundled: Database, comment: str
) -> None:
    _, secret = await new_key(own_bundled, "curate")
    async with served(own_bundled) as client:
        body = {"name": "2026.12", "comment": comment}
        answer = await client.post("/v1/releases", headers=bearer(secret), json=body)
        assert answer.status_code == 422, answer.text
        assert [e["pointer"] for e in answer.json()["errors"]] == ["/comment"]


@pytest.mark.parametrize("text", ["a\u202eb", "a\u2066b\u2069", "a\u061cb", "a\nb"])
async def test_a_contact_is_one_line_that_people_can_read(editor: Editor, text: str) -> None:
    body = {"collection": "vendors", "record_id": "openai", "statement": "s", "contact": text}
    answer = await editor.send("POST", "/v1/corrections", json.loads(json.dumps(body)))
    told = assert_problem(answer, 422, "validation_failed")["errors"]
    assert [e["pointer"] for e in told] == ["/contact"]
