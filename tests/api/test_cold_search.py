"""What nobody has asked yet is searched for in memory, without a statement, and is never stale."""

import msgspec
import pytest

from service.store.database import Database
from service.usecases import search
from tests.answers import bearer
from tests.clients import SETTINGS, WHY, caught_up, until, watched
from tests.make import new_key

ASKED = (
    "/v1/search?q=kimi",
    "/v1/search?q=memory&type=feature&facets=type&on=2025",
    "/v1/suggest?q=ki",
    "/v1/suggest?q=联网&lang=zh",
)
QUERIES = ["kimi", "who can search the web", "联网搜索", "lwss", "chatgtp", "memory 记忆", "k"]


@pytest.mark.parametrize("address", ASKED)
async def test_it_takes_no_connection(
    bundled: Database, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    async with watched(bundled) as (client, watcher):
        await client.get("/v1/search?q=index")
        before = await client.get(f"{address}&as_of=rev:2")
        with monkeypatch.context() as patched:
            patched.setattr(watcher._database, "_acquired", None)
            answer = await client.get(address)
    assert answer.status_code == 200
    assert answer.headers["dataset-revision"] == str(watcher.newest)
    assert answer.json()["data"] == before.json()["data"]


async def test_where_consistency_is_strict_postgresql_is_asked(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = msgspec.structs.replace(SETTINGS, is_strict=True)
    async with watched(bundled, settings) as (client, watcher):
        await client.get("/v1/search?q=index")
        with monkeypatch.context() as patched:
            patched.setattr(watcher._database, "_acquired", None)
            assert (await client.get(ASKED[0])).status_code == 500


async def test_the_next_page_is_of_the_same_revision(own_bundled: Database) -> None:
    headers = bearer((await new_key(own_bundled, "write"))[1])
    async with watched(own_bundled) as (client, _):
        first = (await client.get("/v1/search?q=memory&limit=2")).json()
        body = {"note": "memory", **WHY}
        await client.patch("/v1/products/kimi", json=body, headers=headers | {"if-match": "*"})
        then = await client.get(first["page"]["next"])
    assert then.headers["dataset-revision"] == str(first["meta"]["revision"])


async def test_a_write_is_found_by_the_next_search(own_bundled: Database) -> None:
    headers = bearer((await new_key(own_bundled, "write"))[1])
    async with watched(own_bundled) as (one, watcher), watched(own_bundled) as (two, _):
        for n in range(5):
            await one.get("/v1/suggest?q=xyzzy")
            body = {"aliases": [f"Xyzzy{n}"], **WHY}
            address = "/v1/products/kimi"
            written = await two.patch(address, json=body, headers=headers | {"if-match": "*"})
            assert written.status_code == 200, written.text
            revision = written.headers["dataset-revision"]
            least = {"min-dataset-revision": revision}
            for client in (one, two):
                found = await client.get(f"/v1/search?q=xyzzy{n}", headers=least)
                assert found.json()["data"][0]["id"] == "kimi"
            await until(lambda r=int(revision): watcher.newest >= r)  # type: ignore[misc]
            await caught_up(watcher)
            assert (await one.get(f"/v1/suggest?q=Xyzzy{n}")).json()["data"][0]["id"] == "kimi"


@pytest.mark.parametrize("least", ["999999", "new"])
async def test_a_revision_that_is_not_there_is_refused(bundled: Database, least: str) -> None:
    async with watched(bundled) as (client, _):
        await client.get("/v1/search?q=index")
        answer = await client.get(ASKED[0], headers={"min-dataset-revision": least})
    assert answer.status_code == 400, answer.text


@pytest.mark.parametrize("q", QUERIES)
async def test_in_a_thread_it_is_the_same(
    bundled: Database, monkeypatch: pytest.MonkeyPatch, q: str
) -> None:
    async with watched(bundled) as (client, _):
        at_once = await client.get("/v1/search", params={"q": q})
        monkeypatch.setattr(search, "QUICK", 0)
        apart = await client.get("/v1/search", params={"q": q, "limit": 20})
    assert apart.json()["data"] == at_once.json()["data"][:20]
