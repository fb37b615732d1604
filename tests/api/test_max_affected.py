"""`Prefer: max-affected=N`: a write that would change more records stores nothing."""

from collections.abc import AsyncIterator

import pytest

from service.store.database import Database
from tests.answers import assert_problem, bearer
from tests.clients import Editor, Importer, served
from tests.make import MARKET, SMALL, VENDOR, new_key


@pytest.fixture
async def importer(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


async def test_an_import_beyond_it_stores_nothing(importer: Importer) -> None:
    refused = await importer.send(*SMALL, prefer="max-affected=2")
    problem = assert_problem(refused, 412, "too_many_affected")
    assert int(problem["detail"].split()[0]) > 2
    assert (await importer.get("/v1/vendors")).json()["data"] == []
    assert await importer.count() == 0
    done = await importer.send(MARKET, VENDOR, prefer="max-affected=2, return=minimal")
    assert done.status_code == 204, done.text
    applied = done.headers["preference-applied"]
    assert applied == "max-affected=2, return=minimal"


async def test_what_is_unchanged_does_not_count(importer: Importer) -> None:
    await importer.send(MARKET, VENDOR)
    again = await importer.send(MARKET, {**VENDOR, "country": "FR"}, prefer="max-affected=1")
    assert again.status_code == 200, again.text
    refused = await importer.send(MARKET, VENDOR, ask="&dry_run=true", prefer="max-affected=0")
    assert_problem(refused, 412, "too_many_affected")


async def test_taking_an_import_back_counts_too(importer: Importer) -> None:
    made = (await importer.send(MARKET, VENDOR)).json()
    path = f"/v1/imports/{made['id']}/revert?comment=no"
    headers = {**importer.headers, "prefer": "max-affected=1"}
    refused = await importer.client.post(path, headers=headers)
    assert_problem(refused, 412, "too_many_affected")
    assert (await importer.get("/v1/vendors")).json()["data"]
    headers["prefer"] = 'handling="strict", max-affected="2"'
    assert (await importer.client.post(path, headers=headers)).status_code == 200


@pytest.mark.parametrize("value", ["", "ten", "-1", "1.5", "99999999999"])
async def test_what_is_no_number_is_refused(importer: Importer, value: str) -> None:
    answer = await importer.send(MARKET, prefer=f"max-affected={value}")
    assert_problem(answer, 400, "invalid_value")


async def test_a_job_takes_no_such_preference(importer: Importer) -> None:
    answer = await importer.send(MARKET, prefer="respond-async, max-affected=3")
    assert_problem(answer, 400, "incompatible_parameters")
    assert await importer.count() == 0


PREFER = "handling=strict, max-affected={}"


async def test_a_merge_beyond_max_affected_is_not_done(editor: Editor) -> None:
    body = {"into": "baidu", "comment": "a try"}
    path, before = "/v1/vendors/tencent/merge", await editor.revision()
    refused = await editor.send("POST", path, body, if_match="*", prefer=PREFER.format(2))
    problem = assert_problem(refused, 412, "too_many_affected")
    count = int(problem["detail"].split()[0])
    assert count > 2
    assert await editor.revision() == before
    assert (await editor.client.get("/v1/vendors/tencent")).status_code == 200
    done = await editor.send("POST", path, body, if_match="*", prefer=PREFER.format(count))
    assert done.status_code == 200, done.text
    assert f"max-affected={count}" in done.headers["preference-applied"]


async def test_one_record_is_one(editor: Editor) -> None:
    body = {"note": "x", "comment": "a try"}
    none = await editor.send(
        "PATCH", "/v1/products/kimi", body, if_match="*", prefer="max-affected=0"
    )
    assert_problem(none, 412, "too_many_affected")
    one = await editor.send(
        "PATCH", "/v1/products/kimi", body, if_match="*", prefer="max-affected=1"
    )
    assert one.status_code == 200, one.text
    dry = await editor.send("DELETE", "/v1/adoptions/adp_x", if_match="*", prefer="max-affected=x")
    assert_problem(dry, 400, "invalid_value")
