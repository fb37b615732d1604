"""What is answered out of memory in the server's thread is what the event loop would answer."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from service import limits
from service.api.http.gateway import Gateway
from service.settings import Settings
from service.store.database import Database
from service.usecases.changes.revision_watcher import RevisionWatcher
from tests.answers import bearer
from tests.clients import SETTINGS, WHY, caught_up, quota, watched
from tests.make import new_key
from tests.servers import serving

KIMI = "/v1/products/kimi"
ADDRESSES = [
    KIMI,
    f"{KIMI}?lang=zh",
    "/v1/markets/chat-assistants/homogenization.md?on=2026-11-01",
    f"{KIMI}?as_of=rev:1",
    "/v1/adoptions?product_id=kimi&limit=5",
    "/v1/products?q=%E8%B1%86%E5%8C%85",
    "/v1/products.csv",
    "/v1/markets/chat-assistants/homogenization?on=2026-11-01",
    "/v1/search?q=memory",
]
OWN = {b"request-id", b"server-timing", b"ratelimit"}
Headers = list[tuple[bytes, bytes]]
Told = tuple[int, Headers, bytes]


class Door:
    """The application as the server has it: each request may be asked of either thread."""

    def __init__(self, gateway: Gateway, watcher: RevisionWatcher) -> None:
        self.gateway, self.watcher = gateway, watcher

    async def in_the_loop(self, target: str, method: str = "GET", **headers: str) -> Told:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        await self.gateway(_scope(target, method, headers), _bodiless(), send)
        return _told(sent)

    async def at_once(self, target: str, method: str = "GET", **headers: str) -> Told | None:
        """None: left to the event loop, and nothing is sent."""
        sent: list[Any] = []
        scope = _scope(target, method, headers)
        is_answered = await asyncio.to_thread(self.gateway.at_once, scope, sent.append)
        assert is_answered == bool(sent)
        return _told(sent) if sent else None


def _bodiless() -> Callable[[], Awaitable[Any]]:
    """ASGI receive: no body, and a client that stays."""
    messages = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop()

    return receive


def _scope(target: str, method: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = target.partition("?")
    named = {"host": "parity.test", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(k.encode(), v.encode("latin-1")) for k, v in named.items()],
        "client": ("127.0.0.1", "1"),
    }


def _told(sent: list[Any]) -> Told:
    start, *parts = sent
    return start["status"], start["headers"], b"".join(part["body"] for part in parts)


def same(told: Told | None) -> Told | None:
    """Without what is of one request alone."""
    if told is None:
        return None
    status, headers, body = told
    return status, [header for header in headers if header[0] not in OWN], body


def revision(told: Told | None) -> int:
    assert told is not None
    return int(dict(told[1])[b"dataset-revision"])


@asynccontextmanager
async def opened(database: Database, settings: Settings = SETTINGS) -> AsyncIterator[Door]:
    async with watched(database, settings) as (client, watcher):
        yield Door(client._transport.app, watcher)  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_both_threads_send_the_same(bundled: Database, address: str) -> None:
    async with opened(bundled, quota(10**6)) as door:
        first = dict((await door.in_the_loop(address))[1])
        had = {"if_none_match": first[b"etag"].decode()}
        for method, headers in (("GET", {}), ("HEAD", {}), ("GET", had), ("HEAD", had)):
            expected = await door.in_the_loop(address, method, **headers)
            assert same(await door.at_once(address, method, **headers)) == same(expected)
        coded = await door.in_the_loop(address, accept_encoding="gzip")
        assert same(await door.at_once(address, accept_encoding="gzip"))[2] == coded[2]  # type: ignore[index]


async def test_what_nobody_has_asked_is_left_to_the_event_loop(bundled: Database) -> None:
    async with opened(bundled) as door:
        await door.in_the_loop(KIMI)
        assert await door.at_once(KIMI) is not None
        for asked in (f"{KIMI}?lang=zh", "/v1/products/doubao", "/health/live", "/v1/nothing"):
            assert await door.at_once(asked) is None
        for method in ("POST", "OPTIONS", "PATCH"):
            assert await door.at_once(KIMI, method) is None
        assert await door.at_once(KIMI, host="") is None
        assert await door.at_once(KIMI, content_length="0") is None


async def test_beside_an_event_loop_that_stands_still_nothing_is_known(
    bundled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(bundled) as door:
        await door.in_the_loop(KIMI)
        assert await door.at_once(KIMI) is not None
        monkeypatch.setattr(limits, "FOLLOWED_SECONDS", 0.0)
        assert await door.at_once(KIMI) is None
        assert (await door.in_the_loop(KIMI))[0] == 200


async def test_where_postgresql_is_asked_nothing_is_answered_at_once(bundled: Database) -> None:
    strict = quota(0, is_strict=True)
    async with opened(bundled, strict) as door:
        await door.in_the_loop(KIMI)
        assert await door.at_once(KIMI) is None


async def test_after_a_write_nothing_older_is_answered(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "write")
    headers = {**bearer(secret), "content-type": "application/json"}
    async with opened(own_bundled, quota(0)) as door:
        before = revision(await door.in_the_loop(KIMI))
        assert await door.at_once(KIMI, min_dataset_revision=str(before + 1)) is None
        async with watched(own_bundled) as (client, _):
            body = {**WHY, "note": "Another one."}
            etag = (await client.get(KIMI)).headers["etag"]
            changed = await client.patch(KIMI, json=body, headers={**headers, "if-match": etag})
            assert changed.status_code == 200, changed.text
        written = int(changed.headers["dataset-revision"])
        await asyncio.wait_for(door.watcher.beyond(written - 1, 30), 60)
        await caught_up(door.watcher)
        assert await door.at_once(KIMI) is None
        assert revision(await door.in_the_loop(KIMI)) == written
        assert revision(await door.at_once(KIMI)) == written


async def test_quotas_are_charged_in_either_thread(bundled: Database) -> None:
    async with opened(bundled, quota(9)) as door:
        left, told = list[bytes](), await door.in_the_loop(KIMI)
        while told[0] == 200:
            left.append(dict(told[1])[b"ratelimit"])
            told = await door.at_once(KIMI) or await door.in_the_loop(KIMI)
        assert told[0] == 429
        assert [int(one.split(b"r=")[1].split(b";")[0]) for one in left] == [*range(8, -1, -1)]


async def test_the_owner_of_a_key_is_told_what_is_left_to_them(own_bundled: Database) -> None:
    _, secret = await new_key(own_bundled, "read")
    async with opened(own_bundled, quota(1000, public_read=False)) as door:
        headers = {"authorization": f"Bearer {secret}"}
        for _ in range(2):
            assert (await door.in_the_loop(KIMI, **headers))[0] == 200
        told = await door.at_once(KIMI, **headers)
        assert told is not None
        assert dict(told[1])[b"ratelimit"].startswith(b'"hour";r=997')
        assert await door.at_once(KIMI) is None
        assert await door.at_once(KIMI, authorization="Bearer nonsense") is None
        assert await door.at_once(KIMI, authorization=f"Bearer {secret}x") is None


async def test_a_server_charges_each_read_and_tells_no_older_revision(
    own_bundled: Database, tmp_path: Path
) -> None:
    """Readers of one connection each, while somebody writes and reads what they have written."""
    headers = bearer((await new_key(own_bundled, "write"))[1])
    own, began = {"PARITY_QUOTA_BURST": "0", "PARITY_QUOTA_HOUR": "5000"}, time.monotonic()
    async with serving(own_bundled, tmp_path, **own) as server:
        answers: list[httpx.Response] = []

        async def read(client: httpx.AsyncClient) -> int:
            answers.append(await client.get(KIMI))
            assert answers[-1].status_code == 200
            return int(answers[-1].headers["dataset-revision"])

        async def follow() -> list[int]:
            async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
                return [await read(client) for _ in range(150)]

        async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
            following = [asyncio.create_task(follow()) for _ in range(4)]
            for n in range(5):
                await read(client)
                tag = {"if-match": answers[-1].headers["etag"]}
                body = {**WHY, "note": f"The {n}th."}
                changed = await client.patch(KIMI, json=body, headers=headers | tag)
                assert changed.status_code == 200, changed.text
                assert await read(client) >= int(changed.headers["dataset-revision"])
            for revisions in await asyncio.gather(*following):
                assert revisions == sorted(revisions)
            await read(client)
    left = int(answers[-1].headers["ratelimit"].split("r=")[1].split(";")[0])
    passed = 5000 - len(answers)
    assert passed <= left <= passed + (time.monotonic() - began) * 5000 / 3600 + 1
