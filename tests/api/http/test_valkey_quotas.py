"""Quotas settled in Valkey: bounded over applications, and by shares while it is away."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from service import limits
from service.model.quotas import Quota
from service.settings import Settings
from service.store.database import Database
from tests.answers import POLICY, bearer, left
from tests.clients import quota, served
from tests.make import new_key
from tests.valkeys import Valkeys, needs_valkey, valkeys

pytestmark = needs_valkey


@pytest.fixture
async def valkey(tmp_path: Path) -> AsyncIterator[Valkeys]:
    async with valkeys(tmp_path) as started:
        yield started


@pytest.fixture
def distrustful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is decided by memory."""
    monkeypatch.setattr(limits, "LEDGER_BELIEVED_SECONDS", -1.0)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, distrustful: None) -> None:
    """A ledger that is away is tried by every request too."""
    monkeypatch.setattr(limits, "LEDGER_PAUSE_SECONDS", 0.0)


def counted(valkey: Valkeys, hour: int, **more: Any) -> Settings:
    return msgspec.structs.replace(quota(hour, **more), valkey_url=valkey.url, workers=2)


def bound(answer: httpx.Response) -> int:
    return int(POLICY.findall(answer.headers["ratelimit-policy"])[0][1])


@pytest.mark.parametrize("is_keyed", [False, True])
async def test_two_applications_let_the_quota_pass_and_at_most_a_quarter_more(
    own_bundled: Database, valkey: Valkeys, is_keyed: bool
) -> None:
    headers = bearer((await new_key(own_bundled, "read"))[1]) if is_keyed else {}
    settings = counted(valkey, 20)
    async with served(own_bundled, settings) as one, served(own_bundled, settings) as two:
        answers = await asyncio.gather(
            *((one, two)[n % 2].get("/v1/products/kimi", headers=headers) for n in range(200))
        )
        statuses = [answer.status_code for answer in answers]
        assert set(statuses) == {200, 429}
        assert 20 <= statuses.count(200) <= 25
        assert all(int(a.headers["retry-after"]) > 100 for a in answers if a.status_code == 429)
    async with own_bundled.session() as connection:
        assert await connection.fetchval("SELECT count(*) FROM quota") == 0


async def test_a_304_and_the_limits_cost_nothing(own_bundled: Database, valkey: Valkeys) -> None:
    async with served(own_bundled, counted(valkey, 5, burst=1000)) as client:
        tag = (await client.get("/v1/products/kimi")).headers["etag"]
        for _ in range(10):
            answer = await client.get("/v1/products/kimi", headers={"if-none-match": tag})
            assert (answer.status_code, left(answer)) == (304, 4)
        assert (await client.get("/v1/limits")).json()["quotas"][1]["remaining"] == 4


async def test_f32_without_valkey_a_worker_lets_its_share_pass_and_says_so_once(
    own_bundled: Database, valkey: Valkeys, caplog: pytest.LogCaptureFixture, impatient: None
) -> None:
    async with served(own_bundled, counted(valkey, 9)) as client:
        assert bound(await client.get("/v1")) == 9
        await valkey.kill()
        answers = [await client.get("/v1") for _ in range(6)]
        assert [a.status_code for a in answers] == [200] * 4 + [429] * 2
        assert {bound(a) for a in answers} == {4}
        told = (await client.get("/v1/limits")).json()["quotas"][0]
        assert (told["limit"], told["remaining"]) == (4, 0)
        assert [r.levelname for r in caplog.records if "Valkey" in r.message] == ["WARNING"]
        assert "quota / 2" in caplog.text


async def test_what_was_not_settled_before_valkey_went_is_part_of_the_share(
    own_bundled: Database, valkey: Valkeys
) -> None:
    async with served(own_bundled, counted(valkey, 9)) as client:
        await client.get("/v1")
        await valkey.kill()
        answers = [await client.get("/v1") for _ in range(6)]
        assert [a.status_code for a in answers] == [200] * 4 + [429] * 2
        assert [bound(a) for a in answers] == [9, 9, 4, 4, 4, 4]


async def test_it_is_counted_in_valkey_again_as_soon_as_that_is_back(
    own_bundled: Database, valkey: Valkeys, caplog: pytest.LogCaptureFixture, impatient: None
) -> None:
    caplog.set_level(logging.INFO)
    async with served(own_bundled, counted(valkey, 9)) as client:
        for _ in range(2):
            await valkey.kill()
            assert bound(await client.get("/v1")) == 4
            await valkey.start()
            assert (bound(answer := await client.get("/v1")), left(answer)) == (9, 8)
    levels = [r.levelname for r in caplog.records if "Valkey" in r.message]
    assert levels == ["WARNING", "INFO"] * 2


async def test_a_frozen_valkey_is_asked_by_one_request_and_then_left_alone(
    own_bundled: Database, valkey: Valkeys, monkeypatch: pytest.MonkeyPatch, distrustful: None
) -> None:
    monkeypatch.setattr(limits, "LEDGER_PAUSE_SECONDS", 3600.0)
    async with served(own_bundled, counted(valkey, 1000)) as client:
        await client.get("/v1")
        monkeypatch.setattr(limits, "VALKEY_SECONDS", 0.05)
        valkey.freeze()
        before = await client.get("/v1")
        monkeypatch.setattr(limits, "VALKEY_SECONDS", 3600.0)
        answers = await asyncio.wait_for(
            asyncio.gather(*(client.get("/v1") for _ in range(20))), 30
        )
        assert {(a.status_code, bound(a)) for a in [before, *answers]} == {(200, 500)}


async def test_frozen_in_the_middle_no_more_pass_than_the_quota_a_quarter_and_the_shares(
    own_bundled: Database, valkey: Valkeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "VALKEY_SECONDS", 0.05)
    settings = counted(valkey, 40)
    async with served(own_bundled, settings) as one, served(own_bundled, settings) as two:
        tasks = [asyncio.create_task((one, two)[n % 2].get("/v1")) for n in range(400)]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        valkey.freeze()
        statuses = [a.status_code for a in await asyncio.wait_for(asyncio.gather(*tasks), 60)]
    assert set(statuses) == {200, 429}
    assert statuses.count(200) <= 90


@pytest.mark.parametrize("words", [
    ("CONFIG", "SET", "maxmemory", "1"),
    ("CONFIG", "SET", "requirepass", "else"),
    ("REPLICAOF", "127.0.0.1", "1"),
])  # fmt: skip
async def test_a_valkey_that_does_not_serve_is_as_good_as_none(
    own_bundled: Database, valkey: Valkeys, words: tuple[str, ...]
) -> None:
    async with served(own_bundled, counted(valkey, 9)) as client:
        await valkey.command(*words)
        answer = await client.get("/v1")
        assert (answer.status_code, bound(answer)) == (200, 4)


async def test_f32_a_flushed_valkey_begins_anew(
    own_bundled: Database, valkey: Valkeys, distrustful: None
) -> None:
    async with served(own_bundled, counted(valkey, 2)) as client:
        assert [(await client.get("/v1")).status_code for _ in range(2)] == [200, 200]
        await valkey.command("FLUSHALL")
        await valkey.command("SCRIPT", "FLUSH")
        assert left(await client.get("/v1")) == 1


async def test_a_refund_goes_to_the_share_that_was_charged(
    own_bundled: Database, valkey: Valkeys, impatient: None
) -> None:
    async with served(own_bundled, counted(valkey, 20)) as client:
        tag = (await client.get("/v1/products/kimi")).headers["etag"]
        await valkey.kill()
        for _ in range(12):
            answer = await client.get("/v1/products/kimi", headers={"if-none-match": tag})
            assert (answer.status_code, left(answer)) == (304, 10)


@pytest.mark.parametrize("text", ["localhost:6379", "http://h", "redis://h:x", "redis://h:0"])
def test_an_address_that_is_none_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("PARITY_VALKEY_URL", text)
    with pytest.raises(ValueError, match="PARITY_VALKEY_URL: an address that begins") as caught:
        Settings.from_environment()
    assert text not in str(caught.value)


def test_a_share_is_the_quota_divided_but_never_none_of_it() -> None:
    assert Quota(burst=100, hour=3).share(4) == Quota(burst=25, hour=1)
    assert Quota(burst=0, hour=36_001).share(2) == Quota(burst=0, hour=18_000)
