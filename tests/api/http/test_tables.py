"""Answers that are no lists of records as CSV and NDJSON: everything that JSON has, in rows."""

import csv
import io
import json
from typing import Any

import httpx
import pytest

from service.store.database import Database
from tests.answers import bearer
from tests.clients import served
from tests.make import new_key


async def rows(client: httpx.AsyncClient, address: str, **headers: str) -> list[dict[str, Any]]:
    """Of the CSV file, after a look at the NDJSON file."""
    path, _, query = address.partition("?")
    written = await client.get(f"{path}.csv?{query}", headers=headers)
    lines = await client.get(f"{path}.ndjson?{query}", headers=headers)
    assert (written.status_code, lines.status_code) == (200, 200), written.text + lines.text
    found = list(csv.DictReader(io.StringIO(written.text, newline="")))
    assert len(found) == len(lines.text.splitlines())
    return found


async def test_what_has_no_list_is_one_row(database: Database) -> None:
    headers = bearer((await new_key(database, "admin"))[1])
    asked = {"name": '=k, "q" 搜索', "scopes": ["read", "write"]}
    async with served(database) as client:
        made = await client.post("/v1/keys", json=asked, headers=headers)
        (row,) = await rows(client, made.json()["href"], **headers)
        assert (row["name"], row["scopes"]) == (asked["name"], "read|write")
        version = await client.get("/version", headers={"accept": "text/csv"})
        assert version.text.splitlines()[0].startswith("name,version,")


async def test_a_difference_shows_all_its_lists(client: httpx.AsyncClient) -> None:
    asked = "/v1/diff?collection=products&from=rev:0&to=rev:2&limit=200"
    whole = (await client.get(asked)).json()
    found = await rows(client, asked.removesuffix("&limit=200"))
    for name in ("added", "removed", "changed"):
        ids = [row["id"] for row in found if row["list"] == name]
        assert ids == [record["id"] for record in whole[name]]


async def test_coverage_shows_collections_and_markets(client: httpx.AsyncClient) -> None:
    whole = (await client.get("/v1/coverage?on=2026-11-01")).json()
    found = await rows(client, "/v1/coverage?on=2026-11-01")
    assert len(found) == len(whole["collections"]) + len(whole["markets"])
    assert json.loads(found[0]["fields"]) == whole["collections"][0]["fields"]
    assert found[-1]["market_id"] == whole["markets"][-1]["market_id"]


@pytest.mark.parametrize(
    "address",
    [
        "/v1/aggregate/products.csv?group_by=id",
        "/v1/methods.ndjson",
        "/v1/search.csv?q=a",
        "/v1/products/kimi/history.csv",
        "/v1/products.csv",
    ],
)
async def test_a_file_is_never_cut_off(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("service.limits.FILE_ROWS_MAX", 0 if "history" in address else 3)
    answer = await client.get(address)
    assert answer.json()["code"] == "too_many_rows"
