"""Beside each table what it means: columns, units, what is unknown, how to cite; both in a zip."""

import csv
import io
import json
import re
import zipfile
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from service import limits
from service.query.grouping import group_names
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.usecases.analyses.declarations import ANALYSES
from tests.answers import assert_problem, table
from tests.clients import served
from tests.make import SMALL, put_all

IDS = {
    "markets": "chat-assistants",
    "vendors": "moonshot-ai",
    "products": "kimi",
    "features": "long-context",
    "business-models": "subscription",
}
AS_OF = re.compile(r"^([\w.]+\.)?as_of,.*$", re.MULTILINE)  # the one says it, the other not
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARKED = '<script>|"甲"</script>'
SHAPE = {
    "type": "object",
    "required": [
        "profile",
        "name",
        "title",
        "path",
        "citation",
        "licenses",
        "sources",
        "revision",
        "recorded_at",
        "on",
        "lang",
        "rows",
        "unknown",
        "schema",
    ],
    "properties": {
        "name": {"pattern": "^[-a-z0-9._]+$"},
        "path": {"pattern": "^https?://"},
        "schema": {
            "required": ["fields"],
            "properties": {
                "fields": {
                    "items": {
                        "required": ["name", "type"],
                        "properties": {
                            "type": {
                                "enum": [
                                    "string",
                                    "integer",
                                    "number",
                                    "boolean",
                                    "date",
                                    "datetime",
                                    "any",
                                ]
                            }
                        },
                    }
                }
            },
        },
    },
}


def unzipped(answer: httpx.Response) -> dict[str, bytes]:
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def told(client: httpx.AsyncClient, address: str) -> dict[str, Any]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.dataresource+json"
    shown: dict[str, Any] = answer.json()
    Draft202012Validator(SHAPE).validate(shown)
    return shown


async def alike(client: httpx.AsyncClient, path: str, query: str = "") -> dict[str, Any]:
    """The metadata, which the CSV and the zip of the same question agree with."""
    asked = f"?{query}" if query else ""
    shown = await told(client, f"{path}.metadata.json{asked}")
    plain = await client.get(f"{path}.csv{asked}")
    header, *rows = csv.reader(io.StringIO(plain.text))
    assert [field["name"] for field in shown["schema"]["fields"]] == header
    assert shown["rows"] == len(rows)
    pinned = await client.get(shown["path"].removeprefix("https://parity.example"))
    assert AS_OF.sub("", pinned.text) == AS_OF.sub("", plain.text)
    held = unzipped(await client.get(f"{path}.zip{asked}"))
    name = shown["name"]
    assert list(held) == [f"{name}.csv", f"{name}.metadata.json", "README.md"]
    assert held[f"{name}.csv"] == plain.content
    assert json.loads(held[f"{name}.metadata.json"]) == {**shown, "path": f"{name}.csv"}
    assert shown["citation"] in held["README.md"].decode()
    return shown


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
async def test_a_list_says_what_its_columns_are(client: httpx.AsyncClient, collection: Any) -> None:
    shown = await alike(client, f"/v1/{collection.name}")
    assert all(field["description"] for field in shown["schema"]["fields"])


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
async def test_groups_say_what_their_columns_are(
    client: httpx.AsyncClient, collection: Any
) -> None:
    by = group_names(collection)[0]
    shown = await alike(client, f"/v1/aggregate/{collection.name}", f"group_by={by}")
    assert shown["schema"]["primaryKey"] == [by]


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda a: a.operation)
async def test_an_analysis_says_by_which_method(client: httpx.AsyncClient, analysis: Any) -> None:
    path = analysis.path.replace("{record_id:str}", IDS[analysis.collection.name])
    query = "on=2026-11-01" + (
        "" if analysis.market in ("subject", "none") else "&market=chat-assistants"
    )
    shown = await alike(client, path, query)
    answer = (await client.get(f"{path}?{query}")).json()
    for part in ("method", "finding", "warnings", "reasons", "coverage"):
        assert shown[part] == answer[part]
    figures = await alike(client, path, f"{query}&table=figures")
    assert figures["table"] == "figures"


async def test_a_comparison_says_by_which_method(client: httpx.AsyncClient) -> None:
    shown = await alike(client, "/v1/compare", "products=kimi,doubao&on=2026-11-01&lang=zh")
    assert shown["method"]["id"]


async def test_units_types_and_what_is_unknown_are_told(client: httpx.AsyncClient) -> None:
    shown = await alike(client, "/v1/monetizations", "fields=product.name,since,price.amount")
    fields = {field["name"]: field for field in shown["schema"]["fields"]}
    assert fields["price.amount"]["unit"] == {"columns": ["price.currency", "price.per"]}
    assert (fields["price.amount"]["type"], fields["since_min"]["type"]) == ("number", "date")
    rows = table(await client.get("/v1/monetizations.csv?fields=product.name,since,price.amount"))
    assert shown["unknown"]["price.amount"] == sum(not row["price.amount"] for row in rows)
    lag = await told(
        client, "/v1/features/long-context/time-to-copy.metadata.json?market=chat-assistants"
    )
    assert any(field.get("unit") == "day" for field in lag["schema"]["fields"])


async def test_the_past_and_another_language_are_told(client: httpx.AsyncClient) -> None:
    shown = await alike(client, "/v1/products", "as_of=rev:1&lang=zh&vendor.country=CN")
    assert (shown["revision"], shown["lang"]) == (1, "zh")
    assert "as_of=rev%3A1" in shown["path"]
    assert "修订1" in shown["citation"]


async def test_columns_are_told_in_the_language(client: httpx.AsyncClient) -> None:
    by = "group_by=vendor_id,year(launched)&metrics=count,min(launched)&lang=zh"
    for path, query in [
        ("products", "lang=zh"),
        ("adoptions", "lang=zh&fields=product.vendor_id,date_min,sources.url"),
        ("investments", "lang=zh&fields=amount,currency"),
        ("aggregate/products", by),
    ]:
        shown = await told(client, f"/v1/{path}.metadata.json?{query}")
        texts = [shown["title"], *(f["description"] for f in shown["schema"]["fields"])]
        assert [text for text in texts if not CHINESE.search(text)] == []
    package = (await client.get("/v1/exports/dataset.datapackage.json?lang=zh")).json()
    schema = (await client.get("/v1/schema?lang=zh")).json()
    index = (await client.get("/v1?lang=zh")).json()
    told_of = [*package["resources"], *schema["collections"], *index["collections"]]
    told_of += [field for one in schema["collections"] for field in one["fields"]]
    assert [one for one in told_of if not CHINESE.search(one["description"])] == []


async def test_names_with_markup_are_told_as_they_are(database: Database) -> None:
    await put_all(database, *SMALL[:-2], {**SMALL[-2], "name": MARKED}, SMALL[-1])
    async with served(database) as client:
        shown = await alike(client, "/v1/markets/m/homogenization", "on=2024-06-01")
        rows = unzipped(await client.get("/v1/markets.zip"))
    assert MARKED in shown["title"]
    assert MARKED.replace('"', '""') in rows["markets.csv"].decode()


async def test_a_large_list_is_streamed(
    bundled: Database, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = unzipped(await client.get("/v1/adoptions.zip"))
    monkeypatch.setattr(limits, "FILE_KEPT_BYTES", 500)
    monkeypatch.setattr(limits, "FILE_BATCH", 7)
    async with served(bundled) as fresh:
        answer = await fresh.get("/v1/adoptions.zip")
        assert "content-length" not in answer.headers
        assert unzipped(answer) == whole


async def test_a_tag_is_answered_304(client: httpx.AsyncClient) -> None:
    for address in (
        "/v1/products.zip",
        "/v1/products.metadata.json",
        "/v1/aggregate/products.zip?group_by=status",
    ):
        tag = (await client.get(address)).headers["etag"]
        assert (await client.get(address, headers={"if-none-match": tag})).status_code == 304


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/v1/products.zip?limit=5", "incompatible_parameters"),
        ("/v1/products.metadata.json?include=vendor", "incompatible_parameters"),
        ("/v1/products.metadata.json?excel=true", "incompatible_parameters"),
        ("/v1/markets/chat-assistants/league.zip?table=nothing", "unknown_value"),
        ("/v1/search.zip?q=kimi", "not_acceptable"),
    ],
)
async def test_what_cannot_be_is_refused(
    client: httpx.AsyncClient, address: str, code: str
) -> None:
    answer = await client.get(address)
    assert_problem(answer, 406 if code == "not_acceptable" else 400, code)
