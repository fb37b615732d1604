"""Refusals that are found in the server's thread are what the event loop would say, and no more
than they are lost."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from service import limits
from service.api.http.gateway import Gateway
from service.api.http.lanes.lane import Lane
from service.store.database import Database
from tests.clients import until, watched
from tests.servers import serving

ASKED = "/v1/products"


@pytest.fixture
async def app(bundled: Database) -> AsyncIterator[Gateway]:
    async with watched(bundled) as (client, _):
        yield client._transport.app  # type: ignore[attr-defined]


@pytest.fixture
def lane(app: Gateway, monkeypatch: pytest.MonkeyPatch) -> Lane:
    """That of reads, in which nobody else may wait."""
    found = app.app.lanes.of(scope("GET"))
    assert found is not None
    monkeypatch.setattr(limits, "LANE_QUEUED", 1)
    monkeypatch.setattr(found, "waiting", 1)
    return found


def scope(method: str, **headers: str) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": ASKED,
        "raw_path": ASKED.encode(),
        "query_string": b"limit=3",
        "headers": [(k.encode(), v.encode()) for k, v in {"host": "a.test", **headers}.items()],
        "client": ("127.0.0.1", 1),
    }


async def in_the_loop(app: Gateway, method: str = "GET") -> list[Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope(method), asyncio.Event().wait, send)
    return sent


async def at_once(app: Gateway, method: str = "GET", **headers: str) -> list[Any] | None:
    """What is told, sooner or later; None: it is left to the event loop."""
    sent: list[Any] = []
    if not await asyncio.to_thread(app.at_once, scope(method, **headers), sent.append):
        assert not sent
        return None
    await until(lambda: len(sent) == 2)
    return sent


def unlike(messages: list[Any]) -> tuple[int, set[Any], Any]:
    """Without what is of one request alone."""
    start, part = messages
    own = (b"request-id", b"server-timing")
    body = (
        msgspec.json.decode(part["body"]) | {"request_id": "", "instance": ""}
        if part["body"]
        else None
    )
    return start["status"], {one for one in start["headers"] if one[0] not in own}, body


async def test_both_threads_refuse_in_the_same_words(app: Gateway, lane: Lane) -> None:
    assert await at_once(app) is None, "the words are made in the event loop"
    expected = {method: unlike(await in_the_loop(app, method)) for method in ("GET", "HEAD")}
    before = lane.refused
    for method, words in expected.items():
        told = await at_once(app, method)
        assert told is not None
        assert unlike(told) == words
    assert lane.refused == before + 2
    assert expected["GET"][0] == 503
    assert await at_once(app, **{"accept-language": "zh"}) is None


async def test_many_are_told_together_each_with_its_own_id(app: Gateway, lane: Lane) -> None:
    await in_the_loop(app)
    told = await asyncio.gather(*(at_once(app, **{"request-id": f"asked-00{n}"}) for n in range(9)))
    named = {dict(one[0]["headers"])[b"request-id"] for one in told if one}
    assert named == {b"asked-00%d" % n for n in range(9)}
    assert {msgspec.json.decode(one[1]["body"])["request_id"] for one in told if one} == {
        name.decode() for name in named
    }


async def test_one_that_cannot_be_told_keeps_nobody_from_being_told(
    app: Gateway, lane: Lane, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(_: object) -> None:
        raise RuntimeError("it has left")

    await in_the_loop(app)
    assert await asyncio.to_thread(app.at_once, scope("GET"), gone)
    assert await at_once(app) is not None
    assert "it has left" in caplog.text


async def test_who_need_not_wait_is_not_refused(
    app: Gateway, lane: Lane, monkeypatch: pytest.MonkeyPatch
) -> None:
    await in_the_loop(app)
    assert await at_once(app) is not None
    monkeypatch.setattr(lane, "waiting", 0)
    assert await at_once(app) is None


async def test_of_a_server_that_is_asked_too_much_everybody_is_answered_once(
    bundled: Database, tmp_path: Path
) -> None:
    numbers, seen = count(1), list[tuple[int, str, str]]()
    own = {"PARITY_POOL_SIZE": "1", "PARITY_QUOTA_HOUR": "1000000", "PARITY_QUOTA_BURST": "0"}
    async with serving(bundled, tmp_path, **own) as server:

        async def ask() -> None:
            async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
                while sum(status == 503 for status, *_ in seen) < 100:
                    n = next(numbers)
                    asked, day = f"asked-{n:06}", f"20{n % 23:02}-{n % 12 + 1:02}-{n % 28 + 1:02}"
                    path = f"/v1/adoptions?limit={100 + n % 100}&date__gte={day}"
                    answer = await client.get(path, headers={"request-id": asked})
                    seen.append((answer.status_code, asked, answer.headers["request-id"]))
                    if answer.status_code == 503:
                        assert answer.json()["request_id"] == asked

        async with asyncio.timeout(100):
            await asyncio.gather(*(ask() for _ in range(40)))
        assert {status for status, *_ in seen} == {200, 503}
        assert all(asked == told for _, asked, told in seen)
        async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
            await asyncio.sleep(1)
            assert (await client.get("/v1/adoptions?limit=7")).status_code == 200
