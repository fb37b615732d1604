"""Requests that are worked on at once: a burst waits, a standing queue is refused at the door."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service import limits
from service.api.http.gateway import Gateway
from service.api.http.lanes.lane import Lane
from service.model.errors import Code, ServiceError
from service.store.database import Database
from tests.clients import SETTINGS, application

ANALYSIS = "/v1/markets/chat-assistants/homogenization"


@pytest.fixture
async def app(bundled: Database) -> AsyncIterator[Gateway]:
    async with application(bundled) as opened:
        yield opened


def asking(app: Gateway) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://parity.test")


def lane_of(app: Gateway, path: str, method: str = "GET", query: bytes = b"") -> Lane | None:
    return app.app.lanes.of({"method": method, "path": path, "query_string": query})


async def waiting(lane: Lane, n: int) -> list[asyncio.Task[bool]]:
    tasks = [asyncio.create_task(lane.enter()) for _ in range(n)]
    await asyncio.sleep(0)
    return tasks


async def test_a_burst_waits_and_is_served_in_its_order() -> None:
    lane, served = Lane(2, 0.1), list[int]()

    async def serve(n: int) -> None:
        await lane.enter()
        await asyncio.sleep(0)
        served.append(n)
        lane.leave()

    await asyncio.gather(*map(serve, range(300)))
    assert served == list(range(300))
    assert lane.working == 0


async def test_who_would_wait_too_long_in_a_standing_queue_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "LANE_STANDING_SECONDS", 0.0)
    lane = Lane(1, 0.0)
    await lane.enter()
    queue = await waiting(lane, 8)
    for _ in range(5):
        lane.leave()
    await asyncio.gather(*queue[:5])
    with pytest.raises(ServiceError) as refused:
        lane.check()
    assert (refused.value.code, Code.BUSY.retry_seconds) == (Code.BUSY, 1)
    lane.leave()
    late = await asyncio.gather(*queue[5:], return_exceptions=True)
    assert [getattr(one, "code", None) for one in late] == [Code.BUSY] * 3
    assert lane.load == {"working": 0, "waiting": 0}
    assert lane.refused == 4
    lane.check()


async def test_a_queue_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED", 3)
    lane = Lane(1, 10.0)
    await lane.enter()
    queue = await waiting(lane, 3)
    with pytest.raises(ServiceError):
        await lane.enter()
    assert lane.load == {"working": 1, "waiting": 3}
    assert lane.refused == 1
    for _ in range(4):
        lane.leave()
    await asyncio.gather(*queue)
    assert lane.working == 0


async def test_who_leaves_while_waiting_takes_no_place() -> None:
    lane = Lane(1, 10.0)
    await lane.enter()
    left, let_in, stays = await waiting(lane, 3)
    left.cancel()
    lane.leave()
    let_in.cancel()  # at the moment at which it is let in
    await asyncio.gather(left, let_in, return_exceptions=True)
    await stays
    lane.leave()
    assert lane.working == 0


async def test_analyses_hold_up_neither_records_nor_health(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED", 1)
    heavy = lane_of(app, ANALYSIS)
    assert heavy is not None
    for _ in range(heavy.most):
        await heavy.enter()
    async with asking(app) as client:
        before = await waiting(heavy, 1)
        refused = await client.get(ANALYSIS)
        light = [await client.get(path) for path in ("/v1/products/kimi", "/health/live")]
        for _ in range(heavy.most + 1):
            heavy.leave()
        await asyncio.gather(*before)
        answered = await client.get(ANALYSIS)
    assert (refused.status_code, refused.json()["code"]) == (503, "busy")
    assert refused.headers["retry-after"] == "1"
    assert [answer.status_code for answer in (*light, answered)] == [200, 200, 200]
    assert heavy.working == 0


async def test_every_place_is_given_back(app: Gateway) -> None:
    asked: list[tuple[str, str]] = [
        ("GET", "/v1/products"),
        ("GET", "/v1/products/nope"),
        ("GET", "/nope"),
        ("GET", "/v1/products?limit=x"),
        ("POST", "/v1/products/kimi/merge"),
        ("PUT", "/v1/vendors/acme"),
        ("GET", f"{ANALYSIS}.svg"),
        ("HEAD", "/v1/export"),
    ]
    body: Any = {"PUT": {"name": "x"}, "POST": {"into": "x"}}
    async with asking(app) as client:
        for method, path in asked:
            await client.request(method, path, json=body.get(method))
            lane = lane_of(app, path.partition("?")[0], method)
            assert lane is not None
            assert lane.working == 0, path


@pytest.mark.parametrize(
    ("method", "path", "query", "most"),
    [
        ("GET", "/v1/products", b"", 2 * SETTINGS.pool_size),
        ("GET", "/v1/changes", b"", 2 * SETTINGS.pool_size),
        ("GET", "/v1/changes", b"wait=30", None),
        ("GET", "/v1/changes/stream", b"", None),
        ("GET", "/health/ready", b"", None),
        ("POST", "/mcp", b"", None),
        ("GET", "/v1/products/kimi.png", b"", SETTINGS.pool_size // 2),
        ("GET", ANALYSIS, b"", SETTINGS.pool_size // 2),
        ("PATCH", "/v1/products/kimi", b"", SETTINGS.pool_size // 2),
    ],
)
async def test_what_costs_alike_shares_a_lane(
    app: Gateway, method: str, path: str, query: bytes, most: int | None
) -> None:
    lane = lane_of(app, path, method, query)
    assert (None if lane is None else lane.most) == most


async def test_a_refusal_is_in_the_language_of_its_reader_and_has_its_own_id(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED", 1)
    light = lane_of(app, "/v1/products")
    assert light is not None
    for _ in range(light.most):
        await light.enter()
    before = await waiting(light, 1)
    chinese, own = {"accept-language": "zh"}, {"request-id": "of-this-one-alone"}
    async with asking(app) as client:
        said = [
            await client.get("/v1/products", headers=headers, params=params)
            for headers, params in (({}, {}), (own, {}), (chinese, {}), (chinese, {"lang": "en"}))
        ]
        empty = await client.head("/v1/products")
    for _ in range(light.most + 1):
        light.leave()
    await asyncio.gather(*before)
    assert [answer.status_code for answer in (*said, empty)] == [503] * 5
    assert [answer.headers["content-language"] for answer in said] == ["en", "en", "zh", "en"]
    assert said[0].json()["detail"] == said[3].json()["detail"] != said[2].json()["detail"]
    for answer in said:
        problem, own_id = answer.json(), answer.headers["request-id"]
        assert (problem["request_id"], problem["instance"]) == (own_id, f"urn:request:{own_id}")
        assert answer.headers["retry-after"] == "1"
        assert answer.headers["access-control-allow-origin"] == "*"
    assert said[1].headers["request-id"] == own["request-id"]
    assert (empty.content, empty.headers["content-type"]) == (b"", "application/problem+json")
