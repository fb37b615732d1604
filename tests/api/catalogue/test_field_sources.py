"""Which of its sources carry a field, as a record states it."""

import json
from typing import Any

import pytest

from service.query.registry import COLLECTIONS, SOURCE
from service.store.catalogue import records
from service.store.curation import merges, retired_ids
from service.store.database import Database
from tests.answers import assert_problem, exported
from tests.clients import CSV, IMPORTS, NDJSON, PAGE, WHY, Editor
from tests.duplicates import FACT, PAGES, add, merge, put, record, twin

LOST = "src_" + "0" * 26
ACME = "vendors/acme-labs"
PLAIN = {"name": "Acme", "founded": "2020", "country": "CN"}


@pytest.fixture
async def acme(editor: Editor) -> Editor:
    carried = {"founded": [PAGES[1], PAGES[0]], "country": [PAGES[0]]}
    await put(editor, ACME, **PLAIN, sources=[PAGE], field_sources=carried)
    return editor


async def source(editor: Editor, url: str) -> str:
    (found,) = (await record(editor, f"sources?url={url}"))["data"]
    return str(found["id"])


async def patch(editor: Editor, path: str = ACME, **body: Any) -> Any:
    done = await editor.send("PATCH", f"/v1/{path}", {**body, **WHY}, if_match="*")
    assert done.status_code == 200, done.text
    return done.json()


async def carried(editor: Editor, path: str = ACME) -> dict[str, list[str]]:
    """By field the addresses of its sources, which are sources of the record."""
    shown = await record(editor, path)
    urls = {s["id"]: s["url"] for s in (await record(editor, "sources?limit=200"))["data"]}
    assert {i for ids in shown["field_sources"].values() for i in ids} <= set(shown["source_ids"])
    return {name: sorted(urls[i] for i in ids) for name, ids in shown["field_sources"].items()}


async def test_what_carries_a_field_is_a_source_of_the_record(acme: Editor) -> None:
    shown = await record(acme, ACME)
    a, b, page = [await source(acme, url) for url in (*PAGES, PAGE)]
    assert shown["field_sources"] == {"country": [a], "founded": sorted([a, b])}
    assert (shown["source_ids"], shown["evidence"]) == (sorted([a, b, page]), "sourced")
    assert list(shown).index("field_sources") == list(shown).index("null_reasons") + 1
    same = {
        **PLAIN,
        "source_ids": [page],
        "field_sources": {"country": [a], "founded": [b, PAGES[0]]},
    }
    done = await acme.send("PUT", f"/v1/{ACME}", {**same, **WHY}, if_match="*")
    assert done.json()["revision"] == shown["revision"], done.text
    assert (await record(acme, "vendors/moonshot-ai"))["field_sources"] == {}


async def test_a_fact_stands_on_what_carries_its_fields(editor: Editor) -> None:
    fact = {**FACT, "product_id": "kimi"}
    made = await add(editor, "adoptions", **fact, field_sources={"date": [PAGE], "stage": []})
    shown = await record(editor, f"adoptions/{made}")
    assert shown["field_sources"] == {"date": shown["source_ids"]}
    assert shown["evidence"] == "sourced"
    bare = {**fact, "date": "2026-09", "field_sources": {"date": []}, **WHY}
    refused = await editor.send("POST", "/v1/adoptions", bare)
    assert [e["code"] for e in refused.json()["errors"]] == ["source_required"]


async def test_only_the_named_field_is_shown(acme: Editor) -> None:
    shown = await record(acme, f"{ACME}?fields=field_sources.founded")
    assert list(shown) == ["object", "id", "field_sources"]
    assert list(shown["field_sources"]) == ["founded"]
    line = (await acme.client.get(f"/v1/vendors.ndjson?id={ACME[8:]}&fields=field_sources")).json()
    assert list(line["field_sources"]) == ["country", "founded"]


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ("vendors?field_sources.founded={b}", 1),
        ("vendors?field_sources.country={b}", 0),
        ("vendors?field_sources.country={a},{b}", 1),
        ("vendors?field_sources.founded__all={a},{b}", 1),
        ("vendors?field_sources.country__all={a},{b}", 0),
        ("vendors?field_sources.country__not={b}&id=acme-labs", 1),
        ("vendors?field_sources.founded__isnull=false", 1),
        ("vendors?field_sources.homepage__isnull=true&id=acme-labs", 1),
        ('vendors?filter=field_sources.founded="{a}"', 1),
        ("products?vendor.field_sources.founded={a}", 0),
    ],
)
async def test_records_are_filtered_by_it(acme: Editor, asked: str, n: int) -> None:
    a, b = [await source(acme, url) for url in PAGES]
    assert len((await record(acme, asked.format(a=a, b=b)))["data"]) == n


async def test_a_wrong_filter_is_told(acme: Editor) -> None:
    none = await acme.client.get("/v1/vendors?field_sources.fuonded=x")
    assert_problem(none, 400, "unknown_parameter")
    assert none.json()["errors"][0]["did_you_mean"][0] == "field_sources.founded"
    lost = await acme.client.get(f"/v1/vendors?field_sources.founded={LOST}")
    body = assert_problem(lost, 400, "unknown_reference")
    assert body["errors"][0]["parameter"] == "field_sources.founded"


@pytest.mark.parametrize(
    ("given", "code", "pointer", "near"),
    [
        ({"fuonded": [PAGE]}, "invalid_value", "/fuonded", ["founded"]),
        ({"note": [PAGE]}, "invalid_value", "/note", []),
        ({"source_ids": [PAGE]}, "invalid_value", "/source_ids", []),
        ({"a/b": [PAGE]}, "invalid_value", "/a~1b", []),
        ({"founded": PAGE}, "validation_failed", "/founded", []),
        ({"founded": [PAGE, "page"]}, "validation_failed", "/founded/1", []),
        ({"founded": [PAGE, 5]}, "validation_failed", "/founded/1", []),
        ({"founded": ["urn:a", "urn:b\u202e"]}, "invalid_value", "/founded/1", []),
        ({"founded": [PAGE, LOST]}, "unknown_reference", "/founded/1", []),
        ([PAGE], "validation_failed", "", []),
    ],
)
async def test_what_is_wrong_is_told_at_its_place(
    editor: Editor, given: Any, code: str, pointer: str, near: list[str]
) -> None:
    before = await editor.revision()
    body = {"name": "B", "country": "CN", "field_sources": given, **WHY}
    refused = await editor.send("PUT", "/v1/vendors/b", body)
    (fault,) = refused.json()["errors"]
    assert (refused.status_code, fault["code"]) == (422, code)
    assert fault["pointer"] == f"/field_sources{pointer}"
    assert fault.get("did_you_mean", [])[:1] == near
    assert await editor.revision() == before


async def test_every_fault_is_told_at_once_and_in_chinese(editor: Editor) -> None:
    wrong = {"lunched": [PAGE], "launched": [LOST], "names": ["urn:b\u202e"]}
    body = {"name": "P", "vendor_id": "nope", "market_ids": [], "source_ids": [LOST]}
    refused = await editor.send(
        "PUT", "/v1/products/p", {**body, "field_sources": wrong, **WHY}, accept_language="zh"
    )
    told = {e["pointer"]: e["detail"] for e in refused.json()["errors"]}
    assert sorted(told) == [
        "/field_sources/launched/0",
        "/field_sources/lunched",
        "/field_sources/names/0",
        "/source_ids/0",
        "/vendor_id",
    ]
    assert told["/field_sources/lunched"] == "“lunched”不是可以标明来源的字段。"
    assert "来源" in told["/field_sources/launched/0"]


@pytest.mark.parametrize("name", ["source_ids", "field_sources"])
async def test_a_mistyped_source_is_near_to_the_right_one(acme: Editor, name: str) -> None:
    right = await source(acme, PAGE)
    for wrong in (right[:-1] + ("0" if right[-1] != "0" else "1"), right[:5] + "zz" + right[7:]):
        given = [wrong] if name == "source_ids" else {"founded": [wrong]}
        refused = await acme.send("PATCH", f"/v1/{ACME}", {name: given, **WHY}, if_match="*")
        (fault,) = refused.json()["errors"]
        assert fault["did_you_mean"][0] == right
        line = {"kind": "vendor", "id": "b", name: given}
        headers = {**acme.headers, **NDJSON}
        refused = await acme.client.post(IMPORTS, content=json.dumps(line), headers=headers)
        (fault,) = refused.json()["errors"]
        place = "" if name == "source_ids" else "/founded"
        assert (fault["pointer"], fault["did_you_mean"][0]) == (f"/{name}{place}", right)


async def test_a_patch_states_and_takes_back_one(acme: Editor) -> None:
    await patch(acme, field_sources={"country": None, "homepage": [PAGE]})
    assert await carried(acme) == {"founded": PAGES, "homepage": [PAGE]}
    assert len((await record(acme, ACME))["source_ids"]) == 3


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({"founded": "2021"}, ["country"]),
        ({"founded": None}, ["country"]),
        ({"founded": "2020", "note": "x"}, ["country", "founded"]),
        ({"founded": "2021", "field_sources": {"founded": [PAGE]}}, ["country", "founded"]),
        ({"name": "Acme AI"}, ["country", "founded"]),
    ],
)
async def test_another_value_is_carried_by_no_source_of_the_old(
    acme: Editor, change: Any, left: list[str]
) -> None:
    await patch(acme, **change)
    found = await carried(acme)
    assert list(found) == left
    assert "field_sources" not in change or found["founded"] == [PAGE]


@pytest.mark.parametrize("change", [{"name": "A"}, {"names": {"zh": "极致"}}])
async def test_names_are_one_field(editor: Editor, change: Any) -> None:
    await put(editor, ACME, name="Acme", field_sources={"names": [PAGE]})
    await patch(editor, **change)
    assert await carried(editor) == {}


async def test_new_sources_take_the_place_of_the_old(acme: Editor) -> None:
    await patch(acme, sources=[PAGES[0], "urn:new"])
    assert await carried(acme) == {"country": [PAGES[0]], "founded": [PAGES[0]]}
    await patch(acme, source_ids=[await source(acme, "urn:new")])
    assert await carried(acme) == {}
    assert len((await record(acme, ACME))["source_ids"]) == 1


async def test_history_and_differences_show_it_and_a_revert_brings_it_back(acme: Editor) -> None:
    before = await record(acme, ACME)
    await patch(acme, field_sources={"founded": [PAGE]})
    newest = (await record(acme, f"{ACME}/history"))["data"][0]
    value = newest["record"]["field_sources"]
    assert newest["diff"] == [{"op": "replace", "path": "/field_sources", "value": value}]
    diff = await record(acme, f"diff?collection=vendors&from=rev:{before['revision']}")
    assert diff["changed"][0]["diff"] == newest["diff"]
    then = await record(acme, f"{ACME}?as_of=rev:{before['revision']}")
    assert then["field_sources"] == before["field_sources"]
    at = newest["revision"]
    done = await acme.send("POST", f"/v1/revisions/{at}/revert?comment=back")
    assert done.status_code == 200, done.text
    assert (await record(acme, ACME))["field_sources"] == before["field_sources"]


async def test_a_source_that_carries_a_field_is_in_use(acme: Editor) -> None:
    a = await source(acme, PAGES[0])
    refused = await acme.send("DELETE", f"/v1/sources/{a}?comment=gone", if_match="*")
    assert_problem(refused, 409, "reference_in_use")
    facts = (await record(acme, f"sources/{a}/facts"))["data"]
    assert [fact["record_id"] for fact in facts] == ["acme-labs"]


async def test_a_merged_source_leads_to_its_survivor(acme: Editor, own_bundled: Database) -> None:
    a, b, page = [await source(acme, url) for url in (*PAGES, PAGE)]
    async with own_bundled.write(actor="test", comment="one page") as (connection, revision):
        for collection in COLLECTIONS:
            if fields := merges._pointing(collection, SOURCE):
                await connection.execute(merges._repoint(collection, fields), a, page)
        await records.delete(connection, SOURCE, a)
        await retired_ids.put_merged(connection, SOURCE, [a], [page], revision)
    shown = await record(acme, ACME)
    assert shown["field_sources"] == {"country": [page], "founded": sorted([b, page])}
    assert shown["source_ids"] == sorted([b, page])
    found = await record(acme, f"vendors?field_sources.country={a}")
    assert (len(found["data"]), found["meta"]["resolved"]) == (1, {a: page})
    await put(acme, "vendors/c", name="C", source_ids=[a], field_sources={"names": [a]})
    new = await record(acme, "vendors/c")
    assert (new["source_ids"], new["field_sources"]) == ([page], {"names": [page]})
    line = {"kind": "vendor", "id": "d", "field_sources": {"homepage": [a, page, b]}}
    headers = {**acme.headers, **NDJSON}
    done = await acme.client.post(IMPORTS, content=json.dumps(line), headers=headers)
    assert done.status_code == 200, done.text
    assert (await record(acme, "vendors/d"))["field_sources"] == {"homepage": sorted([b, page])}


async def test_twins_keep_what_carries_the_values_that_stay(editor: Editor) -> None:
    await twin(editor)
    one = {
        "note": "own",
        "confidence": None,
        "field_sources": {"stage": [PAGES[0]], "date": [PAGE]},
    }
    keeper = await add(editor, "adoptions", **FACT, product_id="kimi", **one)
    other = {
        "product_id": {"product_id": [PAGES[1]]},
        "until": {"until": [PAGES[1]], "stage": [PAGES[1]], "date": [PAGES[1]]},
    }
    told = {name: ids for part in other.values() for name, ids in part.items()}
    again = {**FACT, "date": "[2026-10-01..2026-10-31]", "until": "2026-11"}
    await add(editor, "adoptions", **again, product_id="kimi-chat", field_sources=told)
    await merge(editor, "products/kimi-chat", into="kimi")
    assert await carried(editor, f"adoptions/{keeper}") == {
        "product_id": [PAGES[1]],
        "stage": PAGES,
        "date": [PAGES[1], PAGE],
        "until": [PAGES[1]],
    }


async def test_a_twin_with_another_value_does_not_carry_the_one_that_stays(editor: Editor) -> None:
    await twin(editor)
    keeper = await add(
        editor,
        "adoptions",
        **FACT,
        product_id="kimi",
        until="2026-12",
        field_sources={"until": [PAGES[0]]},
    )
    await add(
        editor,
        "adoptions",
        **FACT,
        product_id="kimi-chat",
        until="2026-11",
        field_sources={"until": [PAGES[1]], "stage": [PAGES[1]]},
    )
    await merge(editor, "products/kimi-chat", into="kimi")
    found = await carried(editor, f"adoptions/{keeper}")
    assert found == {"until": [PAGES[0]], "stage": [PAGES[1]]}
    assert len((await record(editor, f"adoptions/{keeper}"))["source_ids"]) == 2


@pytest.mark.parametrize("suffix", ["ndjson", "csv"])
async def test_a_list_comes_in_again_as_it_went_out(acme: Editor, suffix: str) -> None:
    kind = {"ndjson": NDJSON, "csv": CSV}[suffix]
    ask = IMPORTS + ("&kind=vendor" if suffix == "csv" else "")
    file = (await acme.client.get(f"/v1/vendors.{suffix}?id=acme-labs")).text
    same = await acme.client.post(ask, content=file, headers={**acme.headers, **kind})
    assert same.json()["counts"]["unchanged"] == 1, same.text
    a, b = [await source(acme, url) for url in PAGES]
    swapped = file.replace(f"country={a}", f"country={b}")
    if suffix == "ndjson":
        line = json.loads(file)
        swapped = json.dumps(line | {"field_sources": line["field_sources"] | {"country": [b]}})
    done = await acme.client.post(ask, content=swapped, headers={**acme.headers, **kind})
    assert done.json()["counts"]["updated"] == 1, done.text
    assert await carried(acme) == {"country": [PAGES[1]], "founded": PAGES}


async def test_an_export_names_addresses(acme: Editor, own_bundled: Database) -> None:
    lines = [json.loads(line) for line in (await exported(own_bundled)).splitlines()]
    (line,) = [one for one in lines if one.get("id") == "acme-labs"]
    assert line["sources"] == sorted([*PAGES, PAGE])
    assert line["field_sources"] == {"country": [PAGES[0]], "founded": PAGES}
    assert sum("field_sources" in one for one in lines) == 1


async def test_linked_data_cites_by_field(acme: Editor) -> None:
    node = (await acme.client.get(f"/v1/{ACME}.jsonld")).json()
    a = await source(acme, PAGES[0])
    (cited,) = node["parity:field_sources"]["country"]
    assert cited["@id"].endswith(f"/v1/sources/{a}")
    plain = (await acme.client.get("/v1/vendors/moonshot-ai.jsonld")).json()
    assert "parity:field_sources" not in plain
