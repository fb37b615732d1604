"""Versions of products, groups of vendors, scopes of features: kept, found, and refused."""

from typing import Any

import pytest

from tests.answers import assert_problem
from tests.clients import IMPORTS, NDJSON, WHY, Editor
from tests.duplicates import add, put, record
from tests.make import lines

SOURCES = ["https://example.org/a"]
DWARFS = {"name": "Seven dwarfs", "names": {"zh": "七矮人"}, "vendor_ids": ["moonshot-ai"]}
ZORRO = {"product_id": "kimi", "name": "Zorro 9.6", "date": "2024-12-19", "sources": SOURCES}


@pytest.fixture
async def told(editor: Editor) -> Editor:
    await put(editor, "groups/seven-dwarfs", **DWARFS)
    await add(editor, "versions", **ZORRO)
    return editor


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("groups?vendor_ids=moonshot-ai", "seven-dwarfs"),
        ("groups?vendor.country=CN", "seven-dwarfs"),
        ("vendors/moonshot-ai/groups", "seven-dwarfs"),
        ("vendors?groups.name=七矮人", "moonshot-ai"),
        ("groups?name__contains=dwarf", "seven-dwarfs"),
    ],
)
async def test_groups_are_asked_for_by_their_vendors(told: Editor, query: str, found: str) -> None:
    assert found in [row["id"] for row in (await record(told, query))["data"]]


async def test_a_group_is_of_its_vendors_alone(told: Editor) -> None:
    found = (await record(told, "groups?vendor_ids=openai"))["data"]
    assert "seven-dwarfs" not in [row["id"] for row in found]


@pytest.mark.parametrize(
    "query",
    [
        "versions?product_id=kimi&name__prefix=Zorro",
        "products/kimi/versions?date__gte=2024-12",
        'versions?filter=name="Zorro 9.6"',
        "versions?product.vendor_id=moonshot-ai&on=2025-01-01",
    ],
)
async def test_versions_are_asked_for_by_product_name_and_date(told: Editor, query: str) -> None:
    assert "Zorro 9.6" in [row["name"] for row in (await record(told, query))["data"]]


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "Zorro 9.6 of Kimi comes out"), ("zh", "发布Zorro 9.6")],
)
async def test_the_timeline_tells_of_versions(told: Editor, lang: str, title: str) -> None:
    query = f"timeline.atom?event=version.date&product_id=kimi&date=2024-12-19&lang={lang}"
    answer = await told.client.get(f"/v1/{query}")
    assert answer.status_code == 200, answer.text
    assert title in answer.text


async def test_a_product_is_found_by_the_name_of_its_version(told: Editor) -> None:
    found = await record(told, "search?q=Zorro 9.6")
    assert (found["data"][0]["id"], found["data"][0]["matched_on"]) == ("kimi", ["versions"])


async def test_a_group_is_found_and_behind_it_its_vendors(told: Editor) -> None:
    found = (await record(told, "search?q=七矮人"))["data"]
    assert [hit["id"] for hit in found] == ["seven-dwarfs", "moonshot-ai"]
    answer = await told.client.post("/v1/resolve", json={"items": [{"name": "七矮人"}]})
    assert [c["id"] for c in answer.json()["data"][0]["candidates"]] == ["seven-dwarfs"]


BAD: list[tuple[str, dict[str, Any], str, str, list[str]]] = [
    ("groups/nobody", DWARFS | {"vendor_ids": []}, "validation_failed", "/vendor_ids", []),
    ("groups/nobody", {"name": "Nobody"}, "validation_failed", "/vendor_ids", []),
    (
        "groups/nobody",
        DWARFS | {"vendor_ids": ["openai", "moonshot-a"]},
        "unknown_reference",
        "/vendor_ids/1",
        ["moonshot-ai"],
    ),
    ("features/scoped", {"market_ids": []}, "validation_failed", "/market_ids", []),
    (
        "features/scoped",
        {"market_ids": ["chat-asistants"]},
        "unknown_reference",
        "/market_ids/0",
        ["chat-assistants"],
    ),
    (
        "features/scoped",
        {"definitions": {"en": "Long."}},
        "invalid_value",
        "/definitions/en",
        [],
    ),
    (
        "features/scoped",
        {"definitions": {"zh_CN": "长"}},
        "validation_failed",
        "/definitions/zh_CN",
        ["zh-CN"],
    ),
]


@pytest.mark.parametrize(("path", "body", "code", "pointer", "near"), BAD)
async def test_what_names_nobody_is_refused_at_its_place(
    editor: Editor, path: str, body: dict[str, Any], code: str, pointer: str, near: list[str]
) -> None:
    answer = await editor.send("PUT", f"/v1/{path}", body | WHY)
    (fault,) = assert_problem(answer, 422, answer.json()["code"])["errors"]
    assert (fault["code"], fault["pointer"]) == (code, pointer)
    assert fault.get("did_you_mean", [])[: len(near)] == near


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"product_id": None}, "/product_id"),
        ({"product_id": "kimmi"}, "/product_id"),
        ({"name": None}, "/name"),
        ({"name": "Zorro\u202e"}, "/name"),
        ({"sources": []}, "/sources"),
        ({"date": "2024-13"}, "/date"),
    ],
)
async def test_a_version_is_one_of_a_product_with_a_name_and_a_source(
    editor: Editor, changed: dict[str, Any], pointer: str
) -> None:
    body = {name: value for name, value in (ZORRO | changed).items() if value is not None}
    answer = await editor.send("POST", "/v1/versions", body | WHY)
    (fault,) = assert_problem(answer, 422, answer.json()["code"])["errors"]
    assert fault["pointer"] == pointer


async def test_an_import_tells_the_same_and_stores_nothing(editor: Editor) -> None:
    bad = [
        {"kind": "group", "id": "nobody", "vendors": []},
        {"kind": "group", "id": "unknown", "vendors": ["openia"]},
        {"kind": "version", "name": "X", "sources": SOURCES},
        {"kind": "feature", "id": "f", "markets": []},
        {"kind": "feature", "id": "g", "markets": ["chat-assistant"]},
    ]
    headers = editor.headers | NDJSON
    answer = await editor.client.post(IMPORTS, content=b"\n".join(lines(*bad)), headers=headers)
    errors = assert_problem(answer, 422, "import_row_failed")["errors"]
    assert {(fault["line"], fault["pointer"]) for fault in errors} == {
        (1, "/vendors"),
        (2, "/vendors/0"),
        (3, "/product"),
        (4, "/markets"),
        (5, "/markets/0"),
    }
    assert (await editor.client.get("/v1/groups/unknown")).status_code == 404


async def test_a_vendor_in_a_group_stays(told: Editor) -> None:
    await put(told, "vendors/lone", name="Lone")
    await put(told, "groups/loners", **DWARFS | {"vendor_ids": ["lone"]})
    answer = await told.send("DELETE", "/v1/vendors/lone?comment=test", if_match="*")
    assert_problem(answer, 409, "reference_in_use")
