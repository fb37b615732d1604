"""Ids of the outside world over HTTP: kept, found, told apart, and never in two places."""

import csv
import io
from typing import Any

import httpx
import pytest

from tests.answers import assert_problem
from tests.clients import CSV, IMPORTS, NDJSON, WHY, Editor
from tests.duplicates import merge, put, record
from tests.make import lines

GIVEN: dict[str, Any] = {
    "wikidata": "https://www.wikidata.org/wiki/q95",
    "domain": ["https://WWW.Acme-Labs.example/about", "münchen.example"],
    "lei": "5493006mhb84dd0zwv18",
    "pypi": "Acme_Client.Tools",
    "npm": "@Acme/client",
    "github": "https://github.com/Acme/Client/",
    "huggingface": "Acme/Model-7B",
    "crunchbase": "acme-labs",
}
KEPT = {
    "crunchbase": ["acme-labs"],
    "domain": ["acme-labs.example", "xn--mnchen-3ya.example"],
    "github": ["acme/client"],
    "huggingface": ["Acme/Model-7B"],
    "lei": ["5493006MHB84DD0ZWV18"],
    "npm": ["@acme/client"],
    "pypi": ["acme-client-tools"],
    "wikidata": ["Q95"],
}


@pytest.fixture
async def acme(editor: Editor) -> Editor:
    await put(editor, "vendors/acme-labs", name="Acme Labs", external_ids=GIVEN)
    return editor


async def test_what_people_write_is_kept_in_one_form(acme: Editor) -> None:
    assert (await record(acme, "vendors/acme-labs"))["external_ids"] == KEPT


async def test_a_record_without_any_shows_an_empty_map(editor: Editor) -> None:
    assert (await record(editor, "features/long-context"))["external_ids"] == {}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("external_ids.wikidata=Q95", 1),
        ("external_ids.wikidata=q95", 1),
        ("external_ids.domain=https://acme-labs.example/x", 1),
        ("external_ids=pypi:acme-client-tools", 1),
        ("external_ids__isnull=false", 1),
        ("external_ids.lei__isnull=false", 1),
        ("external_ids.wikidata=Q96", 0),
        ("external_ids.github__all=acme/client,acme/other", 0),
        ('filter=external_ids.npm:"@acme/client"', 1),
    ],
)
async def test_lists_are_filtered_by_them(acme: Editor, query: str, count: int) -> None:
    found = await record(acme, f"vendors?{query}")
    assert [row["id"] for row in found["data"]] == ["acme-labs"] * count


async def test_a_filter_reaches_them_over_a_hop(acme: Editor) -> None:
    body = {"vendor_id": "acme-labs", "market_ids": ["chat-assistants"], "name": "Acme Chat"}
    await put(acme, "products/acme-chat", **body)
    found = await record(acme, "products?vendor.external_ids.wikidata=Q95")
    assert [row["id"] for row in found["data"]] == ["acme-chat"]


@pytest.mark.parametrize(
    "name", ["wikidata:Q95", "wikidata:q95", "domain:acme-labs.example", "pypi:acme-client-tools"]
)
async def test_an_address_by_one_leads_to_the_record(acme: Editor, name: str) -> None:
    moved = await acme.client.get(f"/v1/vendors/{name}?lang=zh")
    assert moved.status_code == 308, moved.text
    assert moved.headers["location"] == "/v1/vendors/acme-labs?lang=zh"
    below = await acme.client.get(f"/v1/vendors/{name}/products.csv")
    assert below.headers["location"] == "/v1/vendors/acme-labs/products.csv"


@pytest.mark.parametrize("name", ["wikidata:Q96", "wikidata:95", "isbn:1", "a:b:c", ":"])
async def test_an_address_by_an_unknown_one_is_not_found(acme: Editor, name: str) -> None:
    assert_problem(await acme.client.get(f"/v1/vendors/{name}"), 404, "not_found")
    assert_problem(await acme.client.get("/v1/adoptions/wikidata:Q95"), 404, "not_found")


@pytest.mark.parametrize(
    "name",
    [
        "wikidata:Q95",
        "domain:acme-labs.example",
        "https://www.acme-labs.example/press",
        "https://github.com/acme/client",
        "lei:5493006MHB84DD0ZWV18",
    ],
)
async def test_a_list_is_resolved_by_them(acme: Editor, name: str) -> None:
    answer = await acme.client.post("/v1/resolve", json={"items": [{"name": name}]})
    (found,) = answer.json()["data"]
    assert (found["verdict"], [c["id"] for c in found["candidates"]]) == ("match", ["acme-labs"])
    assert found["candidates"][0]["is_confirmed"]


async def test_an_address_is_resolved_by_the_homepage_too(acme: Editor) -> None:
    items = [{"name": "domain:openai.com"}, {"name": "https://openai.com/about"}]
    answer = await acme.client.post("/v1/resolve", json={"items": items})
    assert [r["candidates"][0]["id"] for r in answer.json()["data"]] == ["openai", "openai"]
    none = await acme.client.post("/v1/resolve", json={"items": [{"name": "wikidata:Q4"}]})
    assert none.json()["data"][0]["verdict"] == "none"


@pytest.mark.parametrize("words", ["Q95", "wikidata:Q95", "@acme/client", "acme-labs.example"])
async def test_search_finds_a_whole_id(acme: Editor, words: str) -> None:
    found = (await acme.client.get("/v1/search", params={"q": words})).json()["data"]
    assert found[0]["id"] == "acme-labs"
    assert found[0]["matched_on"][0] == "external_ids"


async def test_search_finds_no_part_of_an_id(acme: Editor) -> None:
    found = (await acme.client.get("/v1/search?q=example")).json()["data"]
    assert "acme-labs" not in [hit["id"] for hit in found]


@pytest.mark.parametrize(
    ("given", "pointer", "near"),
    [
        ({"wikidata": "95"}, "/external_ids/wikidata", []),
        ({"wikidata": ["Q1", "95"]}, "/external_ids/wikidata/1", []),
        ({"lei": "5493006MHB84DD0ZWV19"}, "/external_ids/lei", []),
        ({"domain": "localhost"}, "/external_ids/domain", []),
        ({"npm": "two words"}, "/external_ids/npm", []),
        ({"wikipedia": "Q95"}, "/external_ids/wikipedia", ["wikidata"]),
        ({"wikidata": 95}, "/external_ids/wikidata", []),
    ],
)
async def test_what_is_no_id_is_refused(
    editor: Editor, given: Any, pointer: str, near: list[str]
) -> None:
    body = {"name": "B", "external_ids": given, **WHY}
    answer = await editor.send("PUT", "/v1/vendors/b", body, if_none_match="*")
    assert answer.status_code == 422, answer.text
    (fault,) = answer.json()["errors"]
    assert (fault["pointer"], fault.get("did_you_mean", [])) == (pointer, near)


async def test_a_wrong_value_in_a_filter_is_refused(editor: Editor) -> None:
    wrong = await editor.client.get("/v1/vendors?external_ids.lei=1&external_ids=Q95")
    assert wrong.status_code == 400
    faults = {f["parameter"]: f for f in wrong.json()["errors"]}
    assert faults["external_ids"]["did_you_mean"][0] == "wikidata:Q95"
    assert faults["external_ids.lei"]["code"] == "invalid_value"


async def test_two_records_of_a_collection_never_have_the_same_one(acme: Editor) -> None:
    body = {"name": "B", "external_ids": {"wikidata": "q95"}, **WHY}
    answer = await acme.send("PUT", "/v1/vendors/b", body, if_none_match="*")
    assert_problem(answer, 409, "external_id_taken")
    (fault,) = answer.json()["errors"]
    assert (fault["pointer"], fault["did_you_mean"]) == ("/external_ids/wikidata", ["acme-labs"])
    assert (await acme.client.get("/v1/vendors/b")).status_code == 404
    market = await acme.send("PUT", "/v1/markets/b", body, if_none_match="*")
    assert market.status_code == 201, market.text


async def imported(editor: Editor, *records: dict[str, Any], ask: str = "") -> httpx.Response:
    body = b"\n".join(lines(*records))
    return await editor.client.post(
        IMPORTS + ask, content=body, headers={**NDJSON, **editor.headers}
    )


def vendor(name: str, **ids: str) -> dict[str, Any]:
    return {"kind": "vendor", "id": name, "name": name.upper(), "external_ids": ids}


async def test_one_file_gives_an_id_to_one_record(acme: Editor) -> None:
    twice = await imported(acme, vendor("b", wikidata="Q7"), vendor("c", wikidata="Q7"))
    (fault,) = twice.json()["errors"]
    assert (fault["code"], fault["line"]) == ("external_id_taken", 2)


async def test_two_records_change_ids_in_one_file(editor: Editor) -> None:
    await imported(editor, vendor("b", wikidata="Q7"), vendor("c", wikidata="Q8"))
    swapped = await imported(editor, vendor("b", wikidata="Q8"), vendor("c", wikidata="Q7"))
    assert swapped.status_code == 200, swapped.text
    assert (await record(editor, "vendors/b"))["external_ids"] == {"wikidata": ["Q8"]}


async def test_what_a_refused_line_would_give_up_is_not_free(editor: Editor) -> None:
    await imported(editor, vendor("b", wikidata="Q7"), vendor("c", wikidata="Q8"))
    skipped = await imported(
        editor, vendor("b", wikidata="Q8"), vendor("d", wikidata="Q7"), ask="&on_error=skip"
    )
    faults = [(row["line"], f["code"]) for row in skipped.json()["rows"] for f in row["errors"]]
    assert faults == [(1, "external_id_taken"), (2, "external_id_taken")]
    assert (await record(editor, "vendors/b"))["external_ids"] == {"wikidata": ["Q7"]}


async def test_a_merged_record_leaves_its_ids_to_the_survivor(acme: Editor) -> None:
    await put(acme, "vendors/b", name="B", external_ids={"wikidata": "Q96", "github": "b"})
    await merge(acme, "vendors/acme-labs", "b")
    found = (await record(acme, "vendors/b"))["external_ids"]
    assert (found["wikidata"], found["github"]) == (["Q95", "Q96"], ["acme/client", "b"])


async def test_a_patch_changes_one_scheme(acme: Editor) -> None:
    patch = {"external_ids": {"wikidata": None, "pypi": "other"}, **WHY}
    done = await acme.send("PATCH", "/v1/vendors/acme-labs", patch, if_match="*")
    assert done.status_code == 200, done.text
    wanted = {k: v for k, v in KEPT.items() if k != "wikidata"} | {"pypi": ["other"]}
    assert done.json()["external_ids"] == wanted


async def test_what_is_read_is_written_back_unchanged(acme: Editor) -> None:
    before = await record(acme, "vendors/acme-labs")
    shown = before["external_ids"]
    done = await acme.send(
        "PATCH", "/v1/vendors/acme-labs", {"external_ids": shown, **WHY}, if_match="*"
    )
    assert (done.json()["external_ids"], done.json()["revision"]) == (KEPT, before["revision"])


async def test_a_table_has_a_column_for_each_scheme(acme: Editor) -> None:
    text = (await acme.client.get("/v1/vendors.csv?id=acme-labs")).text
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["external_ids.domain"] == "acme-labs.example|xn--mnchen-3ya.example"
    own = {name: cell for name, cell in row.items() if name.startswith("external_ids.")}
    head, cells = ",".join(["id", "name", *own]), ",".join(["other", "O", *own.values()])
    revised = await acme.client.post(
        f"{IMPORTS}&kind=vendor&dry_run=true",
        content=f"{head}\n{cells}\n".encode(),
        headers={**CSV, **acme.headers},
    )
    faults = revised.json()["rows"][0]["errors"]
    assert {f["code"] for f in faults} == {"external_id_taken"}
    assert len(faults) == sum(map(len, KEPT.values()))
