"""Taking an import back: the base is as before, byte for byte, or those against it are named."""

import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from service.store.database import Database
from service.usecases.catalogue.exports import export
from tests.answers import assert_problem, bearer
from tests.clients import Importer, served
from tests.make import ADOPTION, FEATURE, MARKET, PRODUCT, SMALL, VENDOR, new_key
from tests.random_imports import base, change


@pytest.fixture
async def curator(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


async def exported(database: Database) -> bytes:
    return b"".join([line async for line in export(database)])


async def sources(importer: Importer) -> list[str]:
    return [s["url"] for s in (await importer.get("/v1/sources?limit=200")).json()["data"]]


async def revert(importer: Importer, told: dict[str, Any], ask: str = "") -> Any:
    path = f"{told['href']}/revert?comment=wrong{ask}"
    return await importer.client.post(path, headers=importer.headers)


async def done(importer: Importer, *records: dict[str, Any]) -> dict[str, Any]:
    answer = await importer.send(*records)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("seed", range(12))
async def test_after_a_revert_the_base_is_as_before_byte_for_byte(
    curator: Importer, seed: int
) -> None:
    rng = random.Random(seed)
    await done(curator, *base(rng))
    before, pages = await exported(curator.database), await sources(curator)
    records = change(rng)
    told = await done(curator, *records)
    after = await exported(curator.database)
    assert after != before
    answer = await revert(curator, told)
    assert answer.status_code == 200, answer.text
    counts, did = answer.json()["counts"], told["counts"]
    assert (counts["retired"] >= did["created"], counts["restored"]) == (True, did["updated"])
    assert (await exported(curator.database), await sources(curator)) == (before, pages)
    again = await done(curator, *records)
    assert (again["counts"], await exported(curator.database)) == (did, after)
    assert (await revert(curator, again)).status_code == 200
    assert await exported(curator.database) == before


async def test_what_was_made_is_retired_and_its_history_stays(curator: Importer) -> None:
    told = await done(curator, *SMALL)
    answer = await revert(curator, told)
    shown = answer.json()
    assert (shown["revision"], shown["counts"]) == (2, {"retired": 6, "restored": 0})
    assert answer.headers["dataset-revision"] == "2"
    assert await exported(curator.database) == b""
    assert_problem(await curator.get("/v1/products/p"), 410, "gone")
    history = (await curator.get("/v1/products/p/history")).json()["data"]
    assert (history[0]["operation"], history[0]["comment"]) == ("retired", "wrong")
    assert (await curator.get(told["href"])).json()["reverted_in"] == 2
    await done(curator, *SMALL)
    assert (await curator.get("/v1/products/p")).status_code == 200


async def test_a_revert_is_done_once(curator: Importer) -> None:
    told = await done(curator, *SMALL)
    await revert(curator, told)
    assert_problem(await revert(curator, told), 409, "already_reverted")


async def test_an_import_without_a_revision_has_nothing_to_revert(curator: Importer) -> None:
    await done(curator, *SMALL)
    unchanged = await done(curator, *SMALL)
    assert_problem(await revert(curator, unchanged), 409, "nothing_to_revert")
    unknown = {"href": "/v1/imports/imp_nope"}
    assert_problem(await revert(curator, unknown), 404, "not_found")


async def test_a_dry_run_of_a_revert_changes_nothing(curator: Importer) -> None:
    told = await done(curator, *SMALL)
    before = await exported(curator.database)
    answer = await revert(curator, told, "&dry_run=true")
    shown = answer.json()
    assert (shown["would_be_revision"], shown["revision"]) == (2, None)
    assert answer.headers["dry-run"] == "true"
    assert (await exported(curator.database), await curator.database.revision()) == (before, 1)
    assert (await revert(curator, told)).json()["counts"] == shown["counts"]


async def conflict(importer: Importer, told: dict[str, Any]) -> list[str]:
    before = await exported(importer.database)
    body = assert_problem(await revert(importer, told), 409, "revert_conflict")
    assert await exported(importer.database) == before
    assert {error["code"] for error in body["errors"]} == {"revert_conflict"}
    return [error["detail"] for error in body["errors"]]


async def test_later_changes_stand_against_it(curator: Importer) -> None:
    told = await done(curator, *SMALL)
    await done(curator, {**PRODUCT, "name": "Other"})
    assert await conflict(curator, told) == ["/v1/products/p was changed in revision 2."]


async def test_later_facts_stand_against_it(curator: Importer) -> None:
    told = await done(curator, *SMALL)
    later = await done(curator, {**ADOPTION, "date": "2025"})
    fact = later["rows"][0]["id"]
    assert await conflict(curator, told) == [
        f"/v1/adoptions/{fact} uses p, which the import made.",
        f"/v1/adoptions/{fact} uses f, which the import made.",
    ]
    assert (await revert(curator, later)).status_code == 200
    assert (await revert(curator, told)).status_code == 200


async def test_what_a_record_pointed_at_before_may_be_gone(curator: Importer) -> None:
    await done(curator, *SMALL)
    moved = await done(curator, {**VENDOR, "id": "next"}, {**PRODUCT, "vendor": "next"})
    gone = await curator.client.delete(
        "/v1/vendors/acme?comment=x", headers={**curator.headers, "if-match": "*"}
    )
    assert gone.status_code == 200, gone.text
    assert await conflict(curator, moved) == ["/v1/products/p used acme, which was retired since."]


async def test_the_natural_key_of_before_may_be_taken(curator: Importer) -> None:
    first = (await done(curator, *SMALL))["rows"][0]["id"]
    moved = await done(curator, {**ADOPTION, "id": first, "date": "2025"})
    second = (await done(curator, ADOPTION))["rows"][0]["id"]
    assert await conflict(curator, moved) == [
        f"/v1/adoptions/{first} had the natural key that {second} has now."
    ]


async def test_a_source_that_others_use_stays(curator: Importer) -> None:
    await done(curator, MARKET, VENDOR, FEATURE, PRODUCT)
    told = await done(curator, {**ADOPTION, "sources": ["urn:mine", "urn:both"]})
    await done(curator, {**ADOPTION, "date": "2025", "sources": ["urn:both"]})
    assert (await revert(curator, told)).json()["counts"] == {"retired": 2, "restored": 0}
    assert await sources(curator) == ["urn:both"]


async def test_a_described_source_that_later_facts_use_stands_against_it(
    curator: Importer,
) -> None:
    await done(curator, MARKET, VENDOR, FEATURE, PRODUCT)
    told = await done(curator, {"kind": "source", "url": "urn:a", "title": "A"})
    await done(curator, {**ADOPTION, "sources": ["urn:a"]})
    (detail,) = await conflict(curator, told)
    assert f"uses {told['rows'][0]['id']}" in detail


async def test_many_conflicts_are_named_up_to_a_hundred(curator: Importer) -> None:
    told = await done(curator, *SMALL)
    many = [{**ADOPTION, "date": f"{1900 + n}"} for n in range(120)]
    await done(curator, *many)
    body = assert_problem(await revert(curator, told), 409, "revert_conflict")
    assert len(body["errors"]) == 100
    assert body["detail"].startswith("At least 100 ")


async def test_a_revert_sent_twice_under_one_key_is_done_once(curator: Importer) -> None:
    told = await done(curator, *SMALL)
    path = f"{told['href']}/revert?comment=wrong"
    headers = {**curator.headers, "idempotency-key": "k"}
    first, again = [await curator.client.post(path, headers=headers) for _ in range(2)]
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"
