"""Why a field is null, as a record states it: it has none, or nobody may know."""

from typing import Any

import pytest

from tests.answers import assert_problem
from tests.clients import CSV, IMPORTS, NDJSON, WHY, Editor
from tests.duplicates import FACT, PAGES, add, merge, put, record

PLAIN = {"name": "Acme", "null_reasons": {"founded": "not_public", "homepage": "none"}}


@pytest.fixture
async def acme(editor: Editor) -> Editor:
    await put(editor, "vendors/acme-labs", **PLAIN)
    return editor


async def change(editor: Editor, path: str, **body: Any) -> None:
    """Write over what stands."""
    done = await editor.send("PUT", f"/v1/{path}", {**body, **WHY}, if_match="*")
    assert done.status_code == 200, done.text


async def reasons(editor: Editor, path: str = "vendors/acme-labs") -> Any:
    return (await record(editor, path))["null_reasons"]


async def test_a_record_states_why_a_field_is_null(acme: Editor) -> None:
    assert await reasons(acme) == {"founded": "not_public", "homepage": "none"}


async def test_where_it_states_nothing_the_usual_reason_is_shown(acme: Editor) -> None:
    await change(acme, "vendors/acme-labs", name="Acme")
    assert await reasons(acme) == {"founded": "unknown"}


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ("null_reasons.founded=not_public", 1),
        ("null_reasons.homepage=none", 1),
        ("null_reasons.country__isnull=true&id=acme-labs", 1),
        ("null_reasons.founded=not_public,none&id=acme-labs", 1),
        ("null_reasons.founded__not=not_public&id=acme-labs", 0),
        ("null_reasons.founded=unknown&id=acme-labs", 0),
        ('filter=null_reasons.founded="not_public"', 1),
        ("null_reasons.founded__isnull=false&founded__isnull=false", 0),
    ],
)
async def test_it_is_filtered_by_as_it_is_shown(acme: Editor, asked: str, n: int) -> None:
    found = await record(acme, f"vendors?{asked}")
    assert len(found["data"]) == n


async def test_the_usual_reason_is_filtered_by_too(acme: Editor) -> None:
    found = await record(acme, "products?null_reasons.discontinued=not_applicable&limit=3")
    assert {row["null_reasons"]["discontinued"] for row in found["data"]} == {"not_applicable"}
    over = await record(acme, "products?vendor.null_reasons.founded=not_public")
    assert over["data"] == []


@pytest.mark.parametrize(
    ("given", "pointer", "near"),
    [
        ({"fuonded": "none"}, "/null_reasons/fuonded", ["founded"]),
        ({"aliases": "none"}, "/null_reasons/aliases", []),
        ({"founded": "notpublic"}, "/null_reasons/founded", ["not_public"]),
        ({"country": "none"}, "/null_reasons/country", []),
        ({"founded": 3}, "/null_reasons/founded", []),
        ({"a/b": "none"}, "/null_reasons/a~1b", []),
    ],
)
async def test_what_is_wrong_is_told_at_its_place(
    editor: Editor, given: Any, pointer: str, near: list[str]
) -> None:
    body = {"name": "B", "country": "CN", "null_reasons": given, **WHY}
    refused = await editor.send("PUT", "/v1/vendors/b", body)
    (fault,) = refused.json()["errors"]
    assert (refused.status_code, fault["pointer"]) == (422, pointer)
    assert fault.get("did_you_mean", [])[:1] == near
    assert (await editor.client.get("/v1/vendors/b")).status_code == 404


async def test_a_wrong_filter_is_told(editor: Editor) -> None:
    wrong = await editor.client.get("/v1/vendors?null_reasons.founded=secret")
    assert_problem(wrong, 400, "unknown_value")
    none = await editor.client.get("/v1/vendors?null_reasons.fuonded=none")
    assert_problem(none, 400, "unknown_parameter")
    assert none.json()["errors"][0]["did_you_mean"][0] == "null_reasons.founded"


async def test_a_value_ends_the_statement(acme: Editor) -> None:
    await acme.send("PATCH", "/v1/vendors/acme-labs", {"founded": "2020", **WHY}, if_match="*")
    assert await reasons(acme) == {"homepage": "none"}
    await acme.send("PATCH", "/v1/vendors/acme-labs", {"founded": None, **WHY}, if_match="*")
    assert await reasons(acme) == {"founded": "unknown", "homepage": "none"}


async def test_a_patch_states_and_takes_back_one(acme: Editor) -> None:
    patch = {"null_reasons": {"homepage": None, "country": "not_applicable"}, **WHY}
    done = await acme.send("PATCH", "/v1/vendors/acme-labs", patch, if_match="*")
    wanted = {"founded": "not_public", "country": "not_applicable"}
    assert done.json()["null_reasons"] == wanted, done.text


async def test_history_and_differences_show_it(acme: Editor) -> None:
    patch = {"null_reasons": {"founded": "none"}, **WHY}
    await acme.send("PATCH", "/v1/vendors/acme-labs", patch, if_match="*")
    newest = (await record(acme, "vendors/acme-labs/history"))["data"][0]
    changed = [
        {"op": "replace", "path": "/null_reasons", "value": newest["record"]["null_reasons"]}
    ]
    assert newest["diff"] == changed
    before = newest["revision"] - 1
    diff = await record(acme, f"diff?collection=vendors&from=rev:{before}")
    assert diff["changed"][0]["diff"] == changed
    then = await record(acme, f"vendors/acme-labs?as_of=rev:{before}")
    assert then["null_reasons"]["founded"] == "not_public"


async def test_a_usual_reason_is_no_difference(acme: Editor) -> None:
    await change(acme, "vendors/acme-labs", name="Acme", founded="2020")
    await change(acme, "vendors/acme-labs", name="Acme")
    newest = (await record(acme, "vendors/acme-labs/history"))["data"][0]
    assert [step["path"] for step in newest["diff"]] == ["/founded"]


@pytest.mark.parametrize("suffix", ["ndjson", "csv"])
async def test_a_list_comes_in_again_as_it_went_out(acme: Editor, suffix: str) -> None:
    kind = {"ndjson": NDJSON, "csv": CSV}[suffix]
    ask = IMPORTS + ("&kind=vendor" if suffix == "csv" else "")
    file = (await acme.client.get(f"/v1/vendors.{suffix}?id=acme-labs")).text
    assert "not_public" in file
    same = await acme.client.post(ask, content=file, headers={**acme.headers, **kind})
    assert same.json()["counts"]["unchanged"] == 1, same.text
    other = file.replace("not_public", "none")
    done = await acme.client.post(ask, content=other, headers={**acme.headers, **kind})
    assert done.json()["counts"]["updated"] == 1, done.text
    assert await reasons(acme) == {"founded": "none", "homepage": "none"}


async def test_what_is_stated_is_not_missing(acme: Editor) -> None:
    product = {"name": "P", "vendor_id": "acme-labs", "market_ids": ["chat-assistants"]}
    asked = "quality/issues?rule=launch_unknown&record_id=acme-p"
    filled = "/v1/coverage"
    await put(acme, "products/acme-p", **product)
    assert len((await record(acme, asked))["data"]) == 1
    before = (await acme.client.get(filled)).json()
    await change(acme, "products/acme-p", **product, null_reasons={"launched": "not_public"})
    assert (await record(acme, asked))["data"] == []
    after = (await acme.client.get(filled)).json()
    assert before != after
    await change(acme, "products/acme-p", **product, null_reasons={"launched": "unknown"})
    assert len((await record(acme, asked))["data"]) == 1


async def test_a_twin_that_knows_ends_the_statement(acme: Editor) -> None:
    for name, more in (
        ("acme-p", {"until": "2026-11"}),
        ("acme-q", {"null_reasons": {"until": "unknown"}}),
    ):
        product = {"name": name, "vendor_id": "acme-labs", "market_ids": ["chat-assistants"]}
        await put(acme, f"products/{name}", **product)
        await add(acme, "adoptions", **FACT, product_id=name, sources=[PAGES[0]], **more)
    await merge(acme, "products/acme-p", into="acme-q")
    (fact,) = (await record(acme, "adoptions?product_id=acme-q"))["data"]
    assert (fact["until"], fact["null_reasons"].get("until")) == ("2026-11", None)
