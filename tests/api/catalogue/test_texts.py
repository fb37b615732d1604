"""Questions about texts: parts of them, and those that are written otherwise."""

from typing import Any

import httpx
import pytest

from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import assert_problem
from tests.clients import served
from tests.make import ADOPTION, SMALL, lines


async def answered(client: httpx.AsyncClient, asked: str) -> dict[str, Any]:
    answer = await client.get(f"/v1/{asked}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def ids(client: httpx.AsyncClient, asked: str) -> set[str]:
    return {record["id"] for record in (await answered(client, f"{asked}&limit=200"))["data"]}


@pytest.mark.parametrize(
    ("collection", "field", "part"),
    [
        ("sources", "url", "OpenAI.com"),
        ("products", "name", "kimi"),
        ("products", "name", "智能"),
        ("vendors", "aliases", "ai"),
        ("features", "definition", "Web"),
        ("adoptions", "note", "the"),
    ],
)
async def test_a_part_of_a_text_in_any_case(
    client: httpx.AsyncClient, collection: str, field: str, part: str
) -> None:
    rows: list[dict[str, Any]] = []
    path = f"/v1/{collection}?limit=200"
    while path:
        page = (await client.get(path)).json()
        rows, path = rows + page["data"], page["page"]["next"]
    expected = set()
    for row in rows:
        held = list(row["names"].values()) if field == "name" else row[field]
        texts = held if isinstance(held, list) else [held or ""]
        if any(part.lower() in text.lower() for text in texts):
            expected.add(row["id"])
    assert expected
    counted = await answered(client, f"{collection}?{field}__contains={part}&limit=1")
    assert counted["total"]["value"] == len(expected)
    written = await answered(client, f'{collection}?filter={field}="*{part}*"&limit=1')
    assert written["total"] == counted["total"]
    sign = ":" if field in ("name", "aliases") else " = "
    assert counted["meta"]["applied"]["filter"] == f'{field}{sign}"*{part}*"'


async def test_facts_by_a_part_of_their_sources(client: httpx.AsyncClient) -> None:
    sources = await ids(client, "sources?url__contains=anthropic.com")
    facts = (await answered(client, "adoptions?source.url__contains=Anthropic.com"))["data"]
    assert facts
    assert all(set(fact["source_ids"]) & sources for fact in facts)


async def test_facts_by_the_titles_of_their_sources(database: Database) -> None:
    """The bundled sources have no titles."""
    source = {
        "kind": "source",
        "url": "https://example.org/1",
        "title": "The Ｃｈａｎｇｅｌｏｇ of May",
    }
    fact = {**ADOPTION, "sources": ["https://example.org/1"], "note": "Seen in the menu."}
    others = [record for record in SMALL if record["kind"] != "adoption"]
    fact.pop("status", None)
    report = await load(database, lines(source, *others, fact), comment="titles")
    assert report.failed == 0, report
    async with served(database) as client:
        assert len(await ids(client, "sources?title__contains=changelog")) == 1
        assert len(await ids(client, "adoptions?source.title__contains=changelog")) == 1
        assert len(await ids(client, 'adoptions?filter=note="*MENU*"')) == 1
        assert len(await ids(client, "products?adoptions.note__contains=menu")) == 1
        assert await ids(client, "sources?title__contains=changelogs") == set()


async def test_stars_in_a_text_are_stars(client: httpx.AsyncClient) -> None:
    assert await ids(client, "products?name__contains=*") == set()
    found = await answered(client, 'products?filter=name:"*\\*\\"*"')
    assert found["meta"]["applied"]["filter"] == 'name:"*\\*\\"*"'


@pytest.mark.parametrize("asked", ["vendor_id__contains=", "market_ids__contains=chat"])
async def test_what_has_no_parts_is_told_so(client: httpx.AsyncClient, asked: str) -> None:
    answer = await client.get(f"/v1/products?{asked}")
    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize(
    ("asked", "path", "meant"),
    [
        ("products?name=KIMI", "name", ["Kimi"]),
        ("products?name=%20Kimi%20", "name", ["Kimi"]),
        ("products?name=Ｋｉｍｉ", "name", ["Kimi"]),
        ("products?name=doubao,KIMI", "name", ["Doubao"]),
        ("products?name__prefix=kIm", "name", ["Kim"]),
        ('products?filter=name:"kimi"', "name", ["Kimi"]),
        ("adoptions?product.name=kimi", "product.name", ["Kimi"]),
        ("products?vendor.aliases=OPENAI%20INC", "vendor.aliases", None),
        ("investments?type=CAPEX", "type", ["capex"]),
        ("aggregate/products?group_by=vendor_id&name=kimi", "name", ["Kimi"]),
    ],
)
async def test_a_text_in_another_case_is_told_the_right_one(
    client: httpx.AsyncClient, asked: str, path: str, meant: list[str] | None
) -> None:
    warnings = (await answered(client, asked))["meta"]["warnings"]
    told = [w for w in warnings if w["code"] == "written_otherwise"]
    if meant is None:
        assert told == []
        return
    assert meant in [w["did_you_mean"] for w in told]
    assert all(w["detail"].startswith(f"{path}: ") for w in told)


@pytest.mark.parametrize("asked", ["name=Kimi", "name=Nobody", "vendor_id=openai"])
async def test_what_is_right_or_nothing_like_it_is_not_told(
    client: httpx.AsyncClient, asked: str
) -> None:
    warnings = (await answered(client, f"products?{asked}"))["meta"]["warnings"]
    assert "written_otherwise" not in {w["code"] for w in warnings}
    assert all("did_you_mean" not in w for w in warnings)


async def test_an_analysis_tells_it_too(client: httpx.AsyncClient) -> None:
    asked = 'markets/chat-assistants/homogenization?filter=vendor.name:"openai"'
    warnings = (await answered(client, asked))["warnings"]
    assert ["OpenAI"] in [w.get("did_you_mean") for w in warnings]


async def test_fields_choose_of_what_is_included(client: httpx.AsyncClient) -> None:
    chosen = await answered(client, "products/kimi?include=vendor&fields=id,vendor.name")
    assert chosen["vendor"] == {
        "object": "vendor",
        "id": "moonshot-ai",
        "name": chosen["vendor"]["name"],
    }
    assert set(chosen) == {"object", "id", "vendor"}
    whole = await answered(client, "products/kimi?include=vendor&fields=id,name")
    assert "country" in whole["vendor"]
    far = await answered(client, "products/kimi?include=adoptions.feature&fields=adoptions.date")
    fact = far["adoptions"]["data"][0]
    assert set(fact) == {"object", "id", "date", "feature"}
    assert "definition" in fact["feature"]


async def test_a_list_brought_along_has_the_chosen_fields(client: httpx.AsyncClient) -> None:
    asked = "features/long-context?include=adoptions&fields=adoptions.date"
    listed = (await answered(client, asked))["adoptions"]["data"]
    assert listed
    assert all(set(one) == {"object", "id", "date"} for one in listed)


@pytest.mark.parametrize("path", ["products/kimi.csv", "products.csv", "vendors/openai.csv"])
async def test_a_table_takes_no_include_and_says_what_it_takes(
    client: httpx.AsyncClient, path: str
) -> None:
    name = "vendor" if path.startswith("products") else "products"
    answer = await client.get(f"/v1/{path}?include={name}")
    problem = assert_problem(answer, 400, "incompatible_parameters")
    assert "fields=" in problem["errors"][0]["detail"]
    assert (await client.get("/v1/products/kimi.csv?fields=id,vendor.name")).status_code == 200


async def test_a_line_brings_along_what_is_included(client: httpx.AsyncClient) -> None:
    line = (await client.get("/v1/products/kimi.ndjson?include=vendor&fields=vendor.name")).json()
    assert set(line["vendor"]) == {"object", "id", "name"}
