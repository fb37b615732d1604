"""A correction that says that a record is missing: checked at once, made when it is accepted."""

from typing import Any

import pytest

from tests.answers import assert_problem
from tests.clients import Editor
from tests.duplicates import FACT, PAGES, record

FOUND = {**FACT, "product_id": "kimi", "sources": [PAGES[0]]}
VENDOR = {"id": "acme", "name": "Acme", "external_ids": {"wikidata": "Q7"}}
YES = {"decision": "accepted", "reason": "The page says so.", "apply": True}


def said(collection: str, proposed: Any, **more: Any) -> dict[str, Any]:
    return {
        "collection": collection,
        "proposed": proposed,
        "statement": "It is missing.",
        **more,
    }


async def report(editor: Editor, collection: str, proposed: Any) -> dict[str, Any]:
    answer = await editor.client.post("/v1/corrections", json=said(collection, proposed))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.mark.parametrize(("collection", "proposed"), [("adoptions", FOUND), ("vendors", VENDOR)])
async def test_what_is_accepted_is_made_in_the_revision_of_the_decision(
    editor: Editor, collection: str, proposed: dict[str, Any]
) -> None:
    before = await editor.revision()
    made = await report(editor, collection, proposed)
    assert (made["record_id"], made["field"], made["links"]) == (None, None, {})
    assert await editor.revision() == before
    decided = await editor.send("POST", f"{made['href']}/decision", YES)
    assert decided.status_code == 200, decided.text
    shown = decided.json()
    assert shown["decision"]["revision"] == before + 1 == await editor.revision()
    stands = await record(editor, shown["links"]["record"].removeprefix("/v1/"))
    assert (stands["id"], stands["revision"]) == (shown["record_id"], before + 1)
    listed = await record(editor, f"corrections?record_id={shown['record_id']}")
    assert [c["id"] for c in listed["data"]] == [made["id"]]


@pytest.mark.parametrize(
    ("collection", "proposed", "faults"),
    [
        ("adoptions", {**FOUND, "product_id": "kimy"}, [("unknown_reference", "/product_id")]),
        ("adoptions", {**FOUND, "sources": []}, [("source_required", "/sources")]),
        ("adoptions", {**FOUND, "date": "2024-13"}, [("invalid_date", "/date")]),
        ("vendors", {"id": "openai", "name": "O"}, [("already_exists", "/id")]),
        ("vendors", {"name": "O"}, [("validation_failed", "/id")]),
        ("vendors", {**VENDOR, "nmae": "A"}, [("unknown_field", "/nmae")]),
        ("vendors", {**VENDOR, "id": "A B"}, [("validation_failed", "/id")]),
    ],
)
async def test_what_could_not_be_made_is_refused(
    editor: Editor, collection: str, proposed: Any, faults: list[tuple[str, str]]
) -> None:
    answer = await editor.client.post("/v1/corrections", json=said(collection, proposed))
    assert answer.status_code == 422, answer.text
    told = [(f["code"], f["pointer"].removeprefix("/proposed")) for f in answer.json()["errors"]]
    assert told == faults


@pytest.mark.parametrize("more", [{"proposed": "2024"}, {"proposed": None}, {"field": "date"}])
async def test_neither_a_record_nor_a_new_one_is_refused(editor: Editor, more: Any) -> None:
    body = said("adoptions", FOUND) | more
    answer = await editor.client.post("/v1/corrections", json=body)
    assert answer.json()["errors"][0]["pointer"] == "/record_id"


async def test_what_was_recorded_meanwhile_is_not_made_twice(editor: Editor) -> None:
    made = await report(editor, "adoptions", FOUND)
    stands = await editor.send("POST", "/v1/adoptions", {**FOUND, "comment": "seen"})
    refused = await editor.send("POST", f"{made['href']}/decision", YES)
    assert_problem(refused, 409, "conflict_natural_key")
    held = {"decision": "accepted", "reason": "It stands.", "revision": stands.json()["revision"]}
    decided = await editor.send("POST", f"{made['href']}/decision", held)
    assert (decided.status_code, decided.json()["record_id"]) == (200, None)


async def test_a_rejected_one_stays_without_a_record(editor: Editor) -> None:
    made = await report(editor, "vendors", VENDOR)
    no = {"decision": "rejected", "reason": "No such firm."}
    decided = await editor.send("POST", f"{made['href']}/decision", no)
    assert (decided.status_code, decided.json()["record_id"]) == (200, None)
    assert (await editor.client.get("/v1/vendors/acme")).status_code == 404
