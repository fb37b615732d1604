"""What the service gives can be sent back to it and changes nothing."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.answers import assert_problem, bearer, records
from tests.clients import Importer, served
from tests.make import ADOPTION, PRODUCT, SMALL, new_key


@pytest.fixture
async def importer(own_bundled: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(own_bundled, "write")
    async with served(own_bundled) as client:
        yield Importer(client, own_bundled, bearer(secret))


@pytest.mark.parametrize("collection", COLLECTIONS, ids=[c.name for c in COLLECTIONS])
@pytest.mark.parametrize("suffix", ["ndjson", "csv"])
async def test_a_downloaded_list_changes_nothing(
    importer: Importer, collection: Collection, suffix: str
) -> None:
    before = await importer.database.revision()
    file = (await importer.get(f"/v1/{collection.name}.{suffix}")).content
    is_csv = suffix == "csv"
    answer = await (importer.csv(collection.kind, file) if is_csv else importer.post(file))
    assert answer.status_code == 200, answer.text
    counts = answer.json()["counts"]
    assert counts["rows"] == counts["unchanged"] > 0 or collection.name == "offerings"
    assert await importer.database.revision() == before


@pytest.fixture
async def small(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "write")
    async with served(database) as client:
        importer = Importer(client, database, bearer(secret))
        assert (await importer.send(*SMALL)).status_code == 200
        yield importer


async def faults(small: Importer, *sent: dict[str, Any]) -> list[tuple[str, str]]:
    body = assert_problem(await small.send(*sent), 422, "import_row_failed")
    return [(fault["code"], fault["pointer"]) for fault in body["errors"]]


async def test_a_record_that_was_written_since_it_was_read_is_told(small: Importer) -> None:
    (read,) = records(await small.get("/v1/products.ndjson"))
    changed = {k: v for k, v in read.items() if "name" not in k} | {"names": {"en": "Q"}}
    assert (await small.send(changed)).json()["counts"]["updated"] == 1
    assert await faults(small, changed) == [
        ("precondition_failed", "/revision"),
        ("precondition_failed", "/updated_at"),
    ]
    early = changed | {"recorded_at": "2024-01-01T00:00:00Z"}
    assert ("precondition_failed", "/recorded_at") in await faults(small, early)
    kept = {k: v for k, v in changed.items() if k not in ("revision", "updated_at")}
    assert (await small.send(kept)).json()["counts"]["unchanged"] == 1


async def test_a_status_that_is_that_of_no_day_is_told(small: Importer) -> None:
    (read,) = records(await small.get("/v1/products.ndjson"))
    assert await faults(small, read | {"status": "discontinued"}) == [("invalid_value", "/status")]
    new = {**PRODUCT, "id": "q", "status": "discontinued"}
    assert await faults(small, new) == [("invalid_value", "/status")]
    assert await faults(small, {**PRODUCT, "status": "asleep"}) == [
        ("validation_failed", "/status")
    ]
    gone = read | {"discontinued": "2025", "null_reasons": {}}
    assert (await small.send(gone)).json()["counts"]["updated"] == 1


@pytest.mark.parametrize("day", ["2024-06-01", "2025-06-01", "2026-06-01"])
@pytest.mark.parametrize("suffix", ["ndjson", "csv"])
async def test_a_list_of_another_day_changes_nothing(
    small: Importer, suffix: str, day: str
) -> None:
    ended = {**PRODUCT, "id": "q", "launched": "2024", "discontinued": "2025"}
    assert (await small.send(ended)).json()["counts"]["created"] == 1
    brought = "&include=adoptions,adoptions.product" if suffix == "ndjson" else ""
    file = (await small.get(f"/v1/products.{suffix}?on={day}&date_match=possible{brought}")).content
    answer = await (small.csv("product", file) if suffix == "csv" else small.post(file))
    assert answer.status_code == 200, answer.text
    counts = answer.json()["counts"]
    assert counts["unchanged"] == counts["rows"] > 0


async def test_a_record_of_another_day_changes_nothing(small: Importer) -> None:
    assert (await small.send({**PRODUCT, "id": "q", "launched": "2024"})).status_code == 200
    read = (await small.get("/v1/products/q?on=2023-06-01")).json()
    assert read["status"] == "not_launched"
    assert (await small.send(read)).json()["counts"]["unchanged"] == 1


async def test_faults_found_in_the_base_stand_at_the_names_of_the_line(small: Importer) -> None:
    (read,) = records(await small.get("/v1/adoptions.ndjson"))
    lost = "src_" + "0" * 26
    assert await faults(small, read | {"product_id": "pp", "source_ids": [lost]}) == [
        ("unknown_reference", "/product_id"),
        ("unknown_reference", "/source_ids"),
    ]
    assert await faults(small, {**ADOPTION, "product": "pp", "sources": [lost]}) == [
        ("unknown_reference", "/product"),
        ("unknown_reference", "/sources"),
    ]
    table = b"product_id,feature,stage,sources\npp,f,gaga,urn:a\n"
    body = assert_problem(await small.csv("adoption", table), 422, "import_row_failed")
    assert [fault["pointer"] for fault in body["errors"]] == ["/product_id", "/stage"]


async def test_sources_by_id_and_by_address_are_the_same(small: Importer) -> None:
    (source,) = records(await small.get("/v1/sources.ndjson"))
    for name in ("source_ids", "sources"):
        for word in (source["id"], source["url"]):
            sent = {k: v for k, v in ADOPTION.items() if k != "sources"} | {name: [word]}
            assert (await small.send(sent)).json()["counts"]["unchanged"] == 1
    both = {**ADOPTION, "sources": [source["id"], source["url"], "urn:new"]}
    assert (await small.send(both)).json()["counts"]["updated"] == 1
    assert len(records(await small.get("/v1/sources.ndjson"))) == 2


async def test_a_list_says_whether_it_is_empty_or_null(small: Importer) -> None:
    surveys = [
        {
            "kind": "survey",
            "product": "p",
            "market": "m",
            "date": date,
            "sources": ["urn:a"],
            "features": features,
        }
        for date, features in (("2024", None), ("2025", []), ("2026", ["f"]))
    ]
    price = {"kind": "monetization", "product": "p", "business_model": "b", "sources": ["urn:a"]}
    model = {"kind": "business_model", "id": "b"}
    told = await small.send(*surveys, model, price | {"rates": []}, price | {"since": "2025"})
    assert told.json()["counts"]["created"] == 6
    for name, column in (("surveys", "feature_ids"), ("monetizations", "rates")):
        file = (await small.get(f"/v1/{name}.csv?sort=id")).text
        assert sorted(
            {json.dumps(r[column]) for r in records(await small.get(f"/v1/{name}.ndjson"))}
        ) == sorted({"null", "[]", '["f"]'} - ({'["f"]'} if column == "rates" else set()))
        answer = await small.csv(name[:-1], file.encode())
        assert answer.json()["counts"]["unchanged"] == answer.json()["counts"]["rows"] > 0


BROUGHT = {
    "products": "vendor,markets,adoptions.feature,adoptions.sources",
    "adoptions": "product.vendor,feature,sources,date_bounds",
    "vendors": "products.markets",
}


@pytest.mark.parametrize("name", BROUGHT)
async def test_records_that_are_brought_along_are_compared(small: Importer, name: str) -> None:
    file = (await small.get(f"/v1/{name}.ndjson?include={BROUGHT[name]}&lang=zh")).content
    assert (await small.post(file)).json()["counts"]["unchanged"] == 1
    assert await small.database.revision() == 1


async def test_a_record_that_is_brought_along_is_not_changed_that_way(small: Importer) -> None:
    address = "/v1/products.ndjson?include=vendor,adoptions.sources"
    (read,) = records(await small.get(address))
    read["vendor"]["country"] = "FR"
    read["adoptions"]["data"][0]["sources"]["data"][0]["title"] = "A title"
    assert await faults(small, read) == [
        ("invalid_value", "/adoptions/data/0/sources/data/0/title"),
        ("invalid_value", "/vendor/country"),
    ]
    (read,) = records(await small.get(address))
    told = await small.send(
        read | {"vendor": {"object": "vendor", "id": "other"}}, ask="&on_error=skip"
    )
    assert told.json()["counts"]["failed"] == 1
    for wrong in (read["vendor"] | {"colour": "red"}, {"object": "vendor"}):
        assert len(await faults(small, read | {"vendor": wrong})) == 1
    part = {"object": "vendor", "id": "acme", "names": {"en": "Acme", "zh": "极致"}}
    assert (await small.send(read | {"vendor": part})).json()["counts"]["unchanged"] == 1
