"""Behind PgBouncer in transaction mode, each transaction has another session."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from service.store.database import Database
from tests.clients import WHY, caught_up, until_answered, watched_as
from tests.make import SMALL, new_key, put_all
from tests.poolers import Pooler, pooling
from tests.postgres import admin

READS = (
    "/v1/vendors?sort=-name&limit=3",
    "/v1/products?filter=launched>2024-01",
    "/v1/products/p?include=vendor",
    "/v1/timeline",
    "/v1/search?q=acme",
    "/v1/vendors.csv",
    "/v1/vendors?as_of=rev:1",
    "/v1/markets/m/homogenization",
    "/v1/exports/vendors.ndjson.gz",
)


@pytest.fixture
async def pooler(database: Database) -> AsyncIterator[Pooler]:
    with pooling(database) as before:
        await before.until_open()
        yield before


@pytest.fixture
async def client(pooler: Pooler) -> AsyncIterator[httpx.AsyncClient]:
    """Of a service behind it, with a few records and a key that may write."""
    own = pooler.database()
    await own.open()
    await put_all(own, *SMALL)
    _, secret = await new_key(own, "write", "curate")
    async with watched_as(own) as (client, watcher):
        await caught_up(watcher)
        client.headers["authorization"] = f"Bearer {secret}"
        yield client
    await own.close()


async def edit(client: httpx.AsyncClient, name: str) -> httpx.Response:
    now = await client.get("/v1/vendors/acme")
    match = {"if-match": now.headers.get("etag", "*")}
    return await client.patch("/v1/vendors/acme", json={"name": name, **WHY}, headers=match)


async def test_reads_writes_and_what_is_heard_are_as_without_it(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    for path in READS:
        answer = await client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.text}"
    for name in ("One", "Two", "Three"):
        answer = await edit(client, name)
        assert answer.status_code == 200, answer.text
        assert (await client.get("/v1/vendors/acme")).json()["name"] == name
    assert "away" not in caplog.text, "quotas are settled through it too"


async def test_more_ask_at_once_than_it_has_sessions(client: httpx.AsyncClient) -> None:
    asked = (client.get(f"/v1/vendors?limit={n}&q=a{n}") for n in range(1, 60))
    answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} <= {200, 400, 503}
    answers = [await client.get(f"/v1/vendors?limit={n}") for n in range(1, 30)]
    assert {answer.status_code for answer in answers} == {200}


async def test_F27_one_that_was_killed_is_missed_and_found_again(
    client: httpx.AsyncClient, pooler: Pooler
) -> None:
    pooler.kill()
    answer = await client.get("/v1/vendors?limit=11")
    assert answer.status_code == 503, answer.text
    pooler.start()
    await pooler.until_open()
    await until_answered(client, "/v1/vendors?limit=12")
    assert (await edit(client, "After")).status_code == 200


async def test_F27_who_asks_while_it_pauses_is_answered_when_it_goes_on(
    client: httpx.AsyncClient, pooler: Pooler
) -> None:
    """As when PostgreSQL is restarted behind it."""
    await pooler.told("PAUSE")
    asked = [asyncio.create_task(client.get(f"/v1/vendors?limit={n}")) for n in range(1, 5)]
    asked.append(asyncio.create_task(edit(client, "While it paused")))
    done, _ = await asyncio.wait(asked, timeout=0.3)
    assert not done
    await pooler.told("RESUME")
    answers = await asyncio.gather(*asked)
    assert [answer.status_code for answer in answers] == [200] * 5, [a.text for a in answers]
    assert (await client.get("/v1/vendors/acme")).json()["name"] == "While it paused"


async def test_F27_who_cannot_wait_for_the_end_of_a_pause_is_told(
    client: httpx.AsyncClient, pooler: Pooler, impatient: None
) -> None:
    before = (await until_answered(client, "/v1/vendors/acme")).json()
    await pooler.told("PAUSE")
    body = {"name": "Never", **WHY}
    asked = [client.get("/v1/vendors?limit=7"), client.put("/v1/vendors/acme", json=body)]
    answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} <= {503, 504}
    await pooler.told("RESUME")
    await until_answered(client, "/v1/vendors?limit=12")
    assert (await until_answered(client, "/v1/vendors/acme")).json() == before


async def test_F28_a_migration_under_it_fails_no_request(
    client: httpx.AsyncClient, pooler: Pooler
) -> None:
    for n in range(1, 9):
        assert (await client.get(f"/v1/vendors?limit={n}")).status_code == 200
    await admin(pooler.direct_url, "ALTER TABLE vendor ADD COLUMN added text DEFAULT 'x'")
    for n in range(11, 30):
        answer = await client.get(f"/v1/vendors?limit={n}")
        assert answer.status_code == 200, answer.text
