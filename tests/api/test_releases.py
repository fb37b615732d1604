"""Releases stay what they were, to the byte; exports are whole collections."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest

from service import limits
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.texts.values import date_text
from service.usecases.imports.files import load
from service.usecases.keys import create
from tests.answers import records, table
from tests.clients import served
from tests.make import SMALL, lines

NEW = {"name": "2026.11", "comment": "November"}


@pytest.fixture
async def curator(own_bundled: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the scope curate, on data of its own."""
    _, secret = await create(own_bundled, "curator", ["curate"], None)
    async with served(own_bundled) as client:
        client.headers["authorization"] = f"Bearer {secret}"
        yield client


async def hashes(client: httpx.AsyncClient, release: dict[str, Any]) -> dict[str, str]:
    """What is served, file by file."""
    found = {}
    for file in release["files"]:
        answer = await client.get(file["href"])
        assert answer.status_code == 200, answer.text
        assert len(answer.content) == file["bytes"]
        found[file["href"]] = hashlib.sha256(answer.content).hexdigest()
    return found


def stated(release: dict[str, Any]) -> dict[str, str]:
    return {file["href"]: file["sha256"] for file in release["files"]}


async def test_a_release_names_the_newest_revision(curator: httpx.AsyncClient) -> None:
    made = await curator.post("/v1/releases", json=NEW)
    release = made.json()
    assert (made.status_code, made.headers["location"]) == (201, "/v1/releases/2026.11")
    assert release["revision"] == 2
    assert len(release["files"]) == 2 * len(COLLECTIONS)
    assert (await curator.get("/v1/releases/2026.11")).json() == release
    assert (await curator.get("/v1/releases")).json()["data"] == [release]
    assert (await curator.get("/v1")).headers["dataset-revision"] == "2"


async def test_every_file_stays_to_the_byte(
    curator: httpx.AsyncClient, own_bundled: Database
) -> None:
    """After writes, an import that changes and adds, and a second release."""
    release = (await curator.post("/v1/releases", json=NEW)).json()
    before = await hashes(curator, release)
    assert before == stated(release)
    kimi = (await curator.get("/v1/products/kimi")).json()
    changed = {"kind": "product", "id": "kimi", "vendor": kimi["vendor_id"], "name": "Other",
               "markets": kimi["market_ids"], "launched": "2020", "discontinued": None}  # fmt: skip
    await load(own_bundled, lines(*SMALL, changed), comment="later")
    async with own_bundled.write(actor="test", comment="retire") as (connection, _):
        await connection.execute("DELETE FROM usage")
    second = (await curator.post("/v1/releases", json={**NEW, "name": "2026.11.1"})).json()
    async with served(own_bundled) as cold:
        assert await hashes(cold, release) == before
        assert await hashes(cold, second) == stated(second)
        assert (await cold.get("/v1/releases/2026.11")).json() == release
    assert second["revision"] == 4
    assert stated(second)["/v1/releases/2026.11.1/usage.csv"] not in before.values()


async def test_counts_are_those_of_the_files(curator: httpx.AsyncClient) -> None:
    release = (await curator.post("/v1/releases", json=NEW)).json()
    for file in release["files"]:
        answer = await curator.get(file["href"])
        rows = table(answer) if file["format"] == "csv" else records(answer)
        listed = await curator.get(f"/v1/{file['collection']}?limit=1&as_of=2026.11")
        assert len(rows) == file["rows"] == listed.json()["total"]["value"]


async def test_a_changed_file_is_not_served(
    curator: httpx.AsyncClient, own_bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await curator.post("/v1/releases", json=NEW)
    async with own_bundled.operate() as connection:
        await connection.execute("ALTER TABLE market DISABLE TRIGGER USER")
        await connection.execute('UPDATE market SET names = \'{"en": "tampered"}\'')
    answer = await curator.get("/v1/releases/2026.11/markets.csv")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    monkeypatch.setattr(limits, "FILE_KEPT_BYTES", 10)
    with pytest.raises(Exception, match=r"released|started"):
        await curator.get("/v1/releases/2026.11/markets.csv")


async def test_a_column_that_comes_later_does_not_join(
    curator: httpx.AsyncClient, own_bundled: Database
) -> None:
    """The names of the columns are part of what was frozen."""
    release = (await curator.post("/v1/releases", json=NEW)).json()
    async with own_bundled.operate() as connection:
        files = json.loads(await connection.fetchval("SELECT files FROM release"))
    frozen = {f"{file['collection']}.{file['format']}": file["names"] for file in files}
    for file in release["files"]:
        answer = await curator.get(file["href"])
        names = frozen[f"{file['collection']}.{file['format']}"]
        if file["format"] == "csv":
            assert answer.text.partition("\n")[0] == ",".join(names)
        elif file["rows"]:
            assert list(records(answer)[0]) == names


async def test_a_release_is_an_as_of_everywhere(
    curator: httpx.AsyncClient, own_bundled: Database
) -> None:
    await curator.post("/v1/releases", json=NEW)
    await load(own_bundled, lines(*SMALL), comment="later")
    for path in (
        "/v1/products", "/v1/products/kimi", "/v1/products.csv", "/v1/timeline", "/v1/coverage",
        "/v1/search?q=kimi", "/v1/aggregate/products?group_by=status",
        "/v1/markets/chat-assistants/league", "/v1/compare?products=kimi,doubao",
        "/v1/exports/products.csv.gz", "/v1/diff?collection=products&from=2026.11",
    ):  # fmt: skip
        mark = "&" if "?" in path else "?"
        target = path if "from=" in path else f"{path}{mark}as_of=2026.11"
        answer = await curator.get(target)
        assert answer.status_code == 200, answer.text
        pinned = "3" if "from=" in path else "2"
        assert answer.headers["dataset-revision"] == pinned, path
    listed = await curator.get("/v1/products?as_of=2026.11")
    assert listed.headers["cache-control"].endswith("immutable")


async def test_an_unknown_release_is_refused(curator: httpx.AsyncClient) -> None:
    await curator.post("/v1/releases", json=NEW)
    answer = await curator.get("/v1/products?as_of=2026.12")
    assert (answer.status_code, answer.json()["code"]) == (400, "revision_unknown")
    assert answer.json()["errors"][0]["did_you_mean"] == ["2026.11"]
    assert (await curator.get("/v1/releases/2026.12")).status_code == 404
    assert (await curator.get("/v1/releases/2026.11/nope.csv")).status_code == 404
    assert (await curator.get("/v1/releases?nope=1")).json()["code"] == "unknown_parameter"


async def test_a_name_is_given_once(curator: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(curator.post("/v1/releases", json=NEW) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    again = await curator.post("/v1/releases", json=NEW)
    assert (again.status_code, again.json()["code"]) == (409, "release_exists")


@pytest.mark.parametrize(
    "body",
    [{"name": "2026-11", "comment": "x"}, {"name": "2026.11"}, {**NEW, "comment": ""},
     {**NEW, "more": 1}, {**NEW, "name": "2026.1"}, {**NEW, "name": "２０２６.11"},
     {**NEW, "name": "2026.11\n"}, {**NEW, "name": "2026.11." + "1" * 30}],
)  # fmt: skip
async def test_a_wrong_body_is_refused(curator: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await curator.post("/v1/releases", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "validation_failed")
    assert (await curator.get("/v1/releases")).json()["data"] == []


async def test_only_curators_release(own_bundled: Database) -> None:
    _, secret = await create(own_bundled, "writer", ["write"], None)
    async with served(own_bundled) as client:
        assert (await client.post("/v1/releases", json=NEW)).status_code == 401
        held = {"authorization": f"Bearer {secret}"}
        answer = await client.post("/v1/releases", json=NEW, headers=held)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_how_to_cite(curator: httpx.AsyncClient) -> None:
    release = (await curator.post("/v1/releases", json=NEW)).json()
    url = "https://parity.example/v1/releases/2026.11"
    assert all(text.endswith(url) for text in release["citation"].values())
    assert "修订号2" in release["citation"]["zh"]
    day = date.fromisoformat(release["released_at"][:10])
    assert date_text(day, "en") in release["citation"]["en"]
    assert date_text(day, "zh") in release["citation"]["zh"]
    entry = await curator.get("/v1/releases/2026.11/citation.bib")
    assert entry.headers["content-type"].startswith("application/x-bibtex")
    assert entry.text == release["bibtex"]
    assert entry.text.startswith("@misc{parity-2026.11,")
    assert entry.text.count("{") == entry.text.count("}")


@pytest.mark.parametrize("form", ["csv", "ndjson"])
async def test_a_released_file_is_immutable(curator: httpx.AsyncClient, form: str) -> None:
    await curator.post("/v1/releases", json=NEW)
    path, plain = f"/v1/releases/2026.11/products.{form}", {"accept-encoding": "identity"}
    got, head = await curator.get(path, headers=plain), await curator.head(path, headers=plain)
    assert got.headers["cache-control"].endswith("immutable")
    assert head.headers["content-length"] == str(len(got.content))
    named = f'attachment; filename="parity-2026.11-products-r2.{form}"'
    assert got.headers["content-disposition"] == named
    again = await curator.get(path, headers={"if-none-match": got.headers["etag"]})
    assert again.status_code == 304
    assert (await curator.get(f"{path}?lang=zh")).json()["code"] == "unknown_parameter"
