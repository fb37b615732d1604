"""Whole answers out of memory: without a statement, never stale, never another's."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import pytest

from service.store.database import Database
from service.usecases.changes.revision_watcher import RevisionWatcher
from tests.answers import bearer, left
from tests.clients import CLOSED, WHY, caught_up, quota, until, watched
from tests.make import new_key
from tests.postgres import KILL, sql

KIMI = "/v1/products/kimi"
ADDRESSES = [
    KIMI,
    f"{KIMI}?lang=zh",
    "/v1/adoptions?product_id=kimi&limit=5",
    "/v1/products?sort=-launched&include=vendor",
    "/v1/products.csv",
    "/v1/markets/chat-assistants/homogenization?on=2026-11-01",
    "/v1/markets/chat-assistants/homogenization.md?on=2026-11-01",
    "/v1/search?q=memory",
    f"{KIMI}?as_of=rev:1",
]
# As where notifications get lost on their way.
UNTOLD = (
    "BEGIN; SET LOCAL session_replication_role = replica;"
    " SELECT begin_revision('somebody', 'untold'); COMMIT"
)
OWN = {"request-id", "server-timing", "ratelimit", "date"}


@dataclass
class Seen:
    """How often the application asked for a connection: without one it asks PostgreSQL nothing."""

    count: int = 0


@contextmanager
def connections(watcher: RevisionWatcher) -> Iterator[Seen]:
    seen, database = Seen(), watcher._database
    acquired = database._acquired

    def counted(**given: Any) -> Any:
        seen.count += 1
        return acquired(**given)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(database, "_acquired", counted)
        yield seen


def _shown(answer: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in answer.headers.items() if name not in OWN}
    return answer.status_code, headers, answer.content


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("coding", ["gzip", "identity"])
async def test_the_second_answer_is_the_first_without_a_statement(
    bundled: Database, address: str, coding: str
) -> None:
    async with watched(bundled, quota(0)) as (client, watcher):
        headers = {"accept-encoding": coding}
        first = await client.get(address, headers=headers)
        with connections(watcher) as seen:
            second = await client.get(address, headers=headers)
            head = await client.head(address, headers=headers)
            tag = {"if-none-match": first.headers["etag"]}
            unchanged = await client.get(address, headers=headers | tag)
        assert seen.count == 0
    assert first.status_code == 200
    assert _shown(second) == _shown(first)
    assert (head.headers["etag"], head.content) == (first.headers["etag"], b"")
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["etag"] == first.headers["etag"]
    assert second.headers["request-id"] != first.headers["request-id"]


async def test_a_write_is_seen_by_the_next_read(own_bundled: Database) -> None:
    headers = bearer((await new_key(own_bundled, "write"))[1])
    async with watched(own_bundled) as (client, _):
        for n in range(20):
            await client.get(KIMI)
            body = {"note": f"note {n}", **WHY}
            written = await client.patch(KIMI, json=body, headers=headers | {"if-match": "*"})
            assert written.status_code == 200, written.text
            read = await client.get(KIMI)
            assert read.json()["note"] == f"note {n}"
            assert read.headers["dataset-revision"] == written.headers["dataset-revision"]


async def test_a_write_of_another_process_is_seen(own_bundled: Database) -> None:
    headers = bearer((await new_key(own_bundled, "write"))[1])
    async with watched(own_bundled) as (one, watcher), watched(own_bundled) as (two, _):
        await one.get(KIMI)
        body = {"note": "elsewhere", **WHY}
        written = await two.patch(KIMI, json=body, headers=headers | {"if-match": "*"})
        revision = written.headers["dataset-revision"]
        least = {"min-dataset-revision": revision}
        at_once = await one.get(KIMI, headers=least)
        assert at_once.json()["note"] == "elsewhere"
        await until(lambda: watcher.newest >= int(revision))
        await caught_up(watcher)
        assert (await one.get(KIMI)).json()["note"] == "elsewhere"


async def test_a_write_elsewhere_leaves_what_was_read_from_other_tables(
    own_bundled: Database,
) -> None:
    headers = bearer((await new_key(own_bundled, "write"))[1])
    record, listed, whole = "/v1/markets/chat-assistants", "/v1/vendors", "/v1/revisions"
    async with watched(own_bundled, quota(0)) as (client, watcher):
        before = {address: await client.get(address) for address in (record, listed, whole, KIMI)}
        body = {"note": "new", **WHY}
        await client.patch(KIMI, json=body, headers=headers | {"if-match": "*"})
        await caught_up(watcher)
        for address in (record, listed):
            with connections(watcher) as seen:
                after = await client.get(address)
            assert (seen.count, after.content) == (0, before[address].content)
            assert int(after.headers["dataset-revision"]) == watcher.newest
            assert after.headers["etag"] == before[address].headers["etag"]
        for address in (whole, KIMI):
            assert (await client.get(address)).content != before[address].content


async def test_a_strict_service_looks_once_for_all_who_wait(own_bundled: Database) -> None:
    settings = msgspec.structs.replace(quota(0), is_strict=True)
    async with watched(own_bundled, settings) as (client, watcher):
        first = await client.get(KIMI)
        with connections(watcher) as seen:
            answers = await asyncio.gather(*(client.get(KIMI) for _ in range(40)))
        assert {answer.content for answer in answers} == {first.content}
        assert 1 <= seen.count <= 3
        before = watcher.newest
        await sql(own_bundled, UNTOLD)
        assert int((await client.get(KIMI)).headers["dataset-revision"]) == before + 1


async def test_an_untold_revision_is_found_by_looking(own_bundled: Database) -> None:
    async with watched(own_bundled, quota(0)) as (_, watcher):
        before = watcher.newest
        await sql(own_bundled, UNTOLD)
        await until(lambda: watcher.newest == before + 1)


async def test_a_lost_connection_sends_everybody_to_the_database(own_bundled: Database) -> None:
    async with watched(own_bundled, quota(0)) as (client, watcher):
        await client.get(KIMI)
        await sql(own_bundled, KILL)
        await sql(own_bundled, "UPDATE dataset SET revision = revision")
        await until(lambda: not watcher.is_heard)
        assert not watcher.is_current
        assert (await client.get(KIMI)).status_code in (200, 503)
        await caught_up(watcher)
        assert (await client.get(KIMI)).status_code == 200
        with connections(watcher) as seen:
            assert (await client.get(KIMI)).status_code == 200
        assert seen.count == 0


async def test_a_base_that_went_back_is_remembered_anew(bundled: Database) -> None:
    """Nothing of the base before it is given, and what it answers is remembered at once."""
    async with watched(bundled) as (client, watcher):
        await client.get(KIMI)
        watcher.epoch += 1
        with connections(watcher) as seen:
            await client.get(KIMI)
        assert seen.count > 0
        watcher.epoch += 1
        for address in ADDRESSES[1:3]:
            await client.get(address)
            with connections(watcher) as seen:
                await client.get(address)
            assert seen.count == 0, address


@pytest.mark.parametrize("name", ["accept", "accept-language"])
async def test_another_form_is_another_answer(bundled: Database, name: str) -> None:
    forms = {"accept": ("text/csv", "application/json"), "accept-language": ("zh", "en")}
    async with watched(bundled) as (client, _):
        for _ in range(2):
            one, other = [
                await client.get("/v1/products", headers={name: form}) for form in forms[name]
            ]
            assert one.content != other.content
            assert one.headers["etag"] != other.headers["etag"]


async def test_a_base_that_goes_back_under_a_question_is_asked(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = msgspec.structs.replace(quota(0), is_strict=True)
    async with watched(bundled, settings) as (client, watcher):
        await client.get(KIMI)

        async def went_back() -> None:
            watcher.epoch += 1

        with connections(watcher) as seen, monkeypatch.context() as patched:
            patched.setattr(watcher, "confirm", went_back)
            assert (await client.get(KIMI)).status_code == 200
        assert seen.count > 0


async def test_a78_a_closed_service_answers_nobody_without_a_key(own_bundled: Database) -> None:
    keys = [bearer((await new_key(own_bundled, "read"))[1]) for _ in range(2)]
    async with watched(own_bundled, CLOSED) as (client, _):
        for headers in keys:
            answer = await client.get(KIMI, headers=headers)
            assert (answer.status_code, "private" in answer.headers["cache-control"]) == (200, True)
        for _ in range(2):
            assert (await client.get(KIMI)).status_code == 401
            assert (await client.get(KIMI, headers=bearer("parity_nonsense"))).status_code == 401


async def test_a_remembered_answer_is_counted_and_a_304_is_not(own_bundled: Database) -> None:
    async with watched(own_bundled, quota(20)) as (client, _):
        first = await client.get(KIMI)
        assert left(first) == 19
        assert left(await client.get(KIMI)) == 18
        tag = {"if-none-match": first.headers["etag"]}
        assert left(await client.get(KIMI, headers=tag)) == 18
        for _ in range(18):
            assert (await client.get(KIMI)).status_code == 200
        assert (await client.get(KIMI)).status_code == 429
        assert (await client.get(KIMI, headers=tag)).status_code == 429


async def test_an_answer_of_today_is_not_remembered_tomorrow(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/v1/markets/chat-assistants/homogenization"
    async with watched(bundled, quota(0)) as (client, watcher):
        await client.get(address)
        monkeypatch.setattr("service.api.http.remembered_answers.today", lambda: 99_999)
        with connections(watcher) as seen:
            await client.get(address)
        assert seen.count > 0


async def test_f46_what_many_ask_at_once_is_worked_out_once(bundled: Database) -> None:
    async with watched(bundled, quota(0)) as (client, watcher):
        address = "/v1/adoptions?limit=7&lang=zh"
        with connections(watcher) as seen:
            answers = await asyncio.gather(*(client.get(address) for _ in range(60)))
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
        assert seen.count <= 2


async def test_a_revision_that_is_not_there_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get(KIMI, headers={"min-dataset-revision": "999999"})
    assert (answer.status_code, answer.json()["code"]) == (400, "revision_unknown")
    wrong = await client.get(KIMI, headers={"min-dataset-revision": "new"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_value")


def test_nothing_is_unwritten_that_is_not_known(bundled: Database) -> None:
    watcher = RevisionWatcher(bundled)
    watcher.newest, watcher._written = 9, {"product": 7, "market": 9}
    assert watcher.is_unwritten({"product"}, 7)
    assert not watcher.is_unwritten({"product"}, 6)
    assert not watcher.is_unwritten({"product", "market"}, 8)
    assert not watcher.is_unwritten({"unheard_of"}, 8)
    assert not watcher.is_unwritten(set(), 8)
    assert not watcher.is_unwritten({"*"}, 8)
    assert watcher.is_unwritten({"*"}, 9)
    assert not watcher.is_unwritten({"*"}, 10)
