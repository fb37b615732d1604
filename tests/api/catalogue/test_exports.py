"""Exports are whole collections; a file read beside writers is of one revision."""

import asyncio
import gzip
import json
from typing import Any

import httpx
import pytest

from service import limits
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import left, records
from tests.clients import quota, served
from tests.make import PRODUCT, SMALL, lines


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
async def test_an_export_is_the_whole_collection(
    client: httpx.AsyncClient, collection: Any
) -> None:
    path = f"/v1/exports/{collection.name}"
    packed = await client.get(f"{path}.ndjson.gz?lang=zh", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in packed.headers
    shown = [json.loads(line) for line in gzip.decompress(packed.content).splitlines()]
    listed = records(await client.get(f"/v1/{collection.name}.ndjson?lang=zh&sort=id"))
    assert shown == listed
    csv_packed = await client.get(f"{path}.csv.gz?lang=zh")
    plain = await client.get(f"/v1/{collection.name}.csv?lang=zh&sort=id")
    assert gzip.decompress(csv_packed.content) == plain.content


async def test_exports_take_as_of_and_lang_alone(client: httpx.AsyncClient) -> None:
    old = await client.get("/v1/exports/products.csv.gz?as_of=rev:1")
    assert old.headers["dataset-revision"] == "1"
    assert old.headers["cache-control"].endswith("immutable")
    again = await client.get(
        "/v1/exports/products.csv.gz?as_of=rev:1", headers={"if-none-match": old.headers["etag"]}
    )
    assert again.status_code == 304
    refused = await client.get("/v1/exports/products.csv.gz?status=active")
    assert refused.json()["code"] == "unknown_parameter"
    assert (await client.get("/v1/exports/products.arrow")).status_code == 406


async def test_an_export_costs_twenty(own_bundled: Database) -> None:
    async with served(own_bundled, quota(100)) as client:
        first = left(await client.get("/v1/products.csv"))
        got = await client.get("/v1/exports/products.csv.gz")
        assert first - left(got) == 20
        known = {"if-none-match": got.headers["etag"]}
        again = await client.get("/v1/exports/products.csv.gz", headers=known)
    assert left(got) == left(again)


async def test_a_file_read_while_others_write_is_of_one_revision(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamed in small batches beside a writer; every file is the set of the revision it names."""
    monkeypatch.setattr(limits, "FILE_KEPT_BYTES", 100)
    monkeypatch.setattr(limits, "FILE_BATCH", 7)
    await load(database, lines(*SMALL, *_products(40, 0)), comment="base")
    stop = asyncio.Event()

    async def write() -> None:
        round_ = 1
        while not stop.is_set():
            await load(database, lines(*_products(40, round_)), comment=f"{round_}")
            round_ += 1

    async with served(database) as client:
        writer = asyncio.create_task(write())
        files, revisions = [], set()
        async with asyncio.timeout(60):
            while len(files) < 12 or len(revisions) < 2:
                files.append(await client.get("/v1/products.ndjson?sort=-launched"))
                revisions.add(files[-1].headers["dataset-revision"])
        stop.set()
        await writer
        for file in files:
            revision = file.headers["dataset-revision"]
            rest = await client.get(f"/v1/products?sort=-launched&limit=200&as_of=rev:{revision}")
            assert records(file) == rest.json()["data"]


def _products(count: int, round_: int) -> list[dict[str, Any]]:
    """Each round moves every product's date, and adds one product."""
    return [
        {**PRODUCT, "id": f"p{n:03}", "launched": f"2024-{(n + round_) % 12 + 1:02}"}
        for n in range(count + round_)
    ]
