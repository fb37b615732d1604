"""Requests that are worked on at once: a burst waits, a standing queue is refused at the door."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from service import limits
from service.api.http.gateway import Gateway
from service.api.http.lanes.lane import Lane
from service.api.http.lanes.places import Lanes
from service.model.errors import Code, ServiceError
from service.model.keys import RANDOM_BYTES, secret_of
from service.store.database import Database
from tests.answers import bearer
from tests.clients import SETTINGS, application, until, watched
from tests.make import new_key

ANALYSIS = "/v1/markets/chat-assistants/homogenization"
ONE, OTHER = "ip:192.0.2.1", "ip:192.0.2.2"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Places that a test has taken stay taken."""
    monkeypatch.setattr(limits, "LANE_LONG_SECONDS", 60.0)


@pytest.fixture
async def app(bundled: Database) -> AsyncIterator[Gateway]:
    async with application(bundled) as opened:
        yield opened


def asking(app: Gateway) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://parity.test")


def lane_of(app: Gateway, path: str, method: str = "GET", query: bytes = b"") -> Lane | None:
    return app.app.lanes.of({"method": method, "path": path, "query_string": query})


async def enter(lane: Lane, caller: str) -> None:
    """Take a place, when there is one."""
    if lane.enter_now(caller):
        return
    turn = lane.queue(caller)
    try:
        await turn.come
    except asyncio.CancelledError:
        lane.give_up(caller, turn)
        raise


async def waiting(lane: Lane, n: int, caller: str = ONE) -> list[asyncio.Task[None]]:
    tasks = [asyncio.create_task(enter(lane, caller)) for _ in range(n)]
    await asyncio.sleep(0)
    return tasks


def asked_for(path: str, **headers: str) -> dict[str, Any]:
    """An ASGI scope of ONE."""
    given = {"host": "parity.test", **headers}
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "client": (ONE.removeprefix("ip:"), 1),
        "server": ("parity.test", 80),
        "state": {},
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }


def filled(lane: Lane) -> list[str]:
    """Who has its places: each another one."""
    everybody = [f"ip:198.51.100.{n}" for n in range(lane.most)]
    assert [lane.enter_now(caller) for caller in everybody] == [True] * lane.most
    return everybody


def emptied(lane: Lane, *callers: str) -> None:
    for caller in callers:
        lane.leave(caller)


async def test_a_burst_waits_and_is_served_in_its_order() -> None:
    lane, served = Lane(2, 0.1, lambda: 100.0), list[int]()

    async def serve(n: int) -> None:
        await enter(lane, ONE)
        await asyncio.sleep(0)
        served.append(n)
        lane.leave(ONE)

    await asyncio.gather(*map(serve, range(300)))
    assert served == list(range(300))
    assert lane.working == 0


async def test_who_would_wait_too_long_in_a_standing_queue_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "LANE_STANDING_SECONDS", 0.0)
    lane = Lane(1, 0.0)
    await enter(lane, ONE)
    queue = await waiting(lane, 8)
    for _ in range(5):
        lane.leave(ONE)
    await asyncio.gather(*queue[:5])
    assert lane.refuses(ONE)
    assert (lane.refusal.code, Code.BUSY.retry_seconds) == (Code.BUSY, 1)
    lane.leave(ONE)
    late = await asyncio.gather(*queue[5:], return_exceptions=True)
    assert [getattr(one, "code", None) for one in late] == [Code.BUSY] * 3
    assert lane.load == {"working": 0, "waiting": 0}
    assert lane.refused == 4
    assert not lane.refuses(ONE)


async def test_a_queue_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED", 3)
    lane = Lane(1, 10.0)
    await enter(lane, ONE)
    queue = await waiting(lane, 3)
    with pytest.raises(ServiceError):
        await enter(lane, ONE)
    assert lane.load == {"working": 1, "waiting": 3}
    assert lane.refused == 1
    for _ in range(4):
        lane.leave(ONE)
    await asyncio.gather(*queue)
    assert lane.working == 0


async def test_who_leaves_while_waiting_takes_no_place() -> None:
    lane = Lane(1, 10.0)
    await enter(lane, ONE)
    left, let_in, stays = await waiting(lane, 3)
    left.cancel()
    lane.leave(ONE)
    let_in.cancel()  # at the moment at which it is let in
    await asyncio.gather(left, let_in, return_exceptions=True)
    await stays
    lane.leave(ONE)
    assert lane.working == 0


async def test_nobody_alone_has_all_places_or_fills_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED_OF_ONE", 5)
    lane = Lane(8, 10.0)
    greedy = await waiting(lane, 11)
    assert (lane.working, lane.waiting) == (6, 5)
    assert [lane.refuses(ONE), lane.refuses(OTHER)] == [True, False]
    assert [lane.enter_now(OTHER), lane.enter_now(OTHER), lane.enter_now(OTHER)] == [
        True,
        True,
        False,
    ]
    emptied(lane, OTHER, OTHER, *[ONE] * 11)
    await asyncio.gather(*greedy)
    assert (lane.working, lane.waiting) == (0, 0)


async def test_who_takes_long_makes_room_for_so_many() -> None:
    times = [100.0]
    lane = Lane(4, 10.0, lambda: times[0], spare=4)
    assert [lane.enter_now(ONE) for _ in range(4)] == [True] * 3 + [False]
    times[0] += limits.LANE_LONG_SECONDS
    assert [lane.enter_now(ONE) for _ in range(4)] == [True] * 3 + [False]
    assert [lane.enter_now(OTHER) for _ in range(2)] == [True, False]
    times[0] += limits.LANE_LONG_SECONDS
    assert [lane.enter_now(OTHER) for _ in range(2)] == [True, False]
    assert lane.working == lane.most + 4
    emptied(lane, *[ONE] * 6, OTHER, OTHER)
    assert lane.working == 0


async def test_who_waits_is_let_in_when_others_take_long_though_nobody_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "LANE_LONG_SECONDS", 0.01)
    lane = Lane(1, 10.0, spare=2)
    queue = await waiting(lane, 4)
    await until(lambda: lane.working == 3)
    await asyncio.sleep(0.05)
    assert (lane.working, lane.waiting) == (3, 1)
    lane.leave(ONE)
    await asyncio.gather(*queue)
    emptied(lane, *[ONE] * 3)
    assert (lane.working, lane.waiting) == (0, 0)


async def test_who_takes_long_is_told_from_who_comes_and_goes() -> None:
    times = [100.0]
    lane = Lane(4, 10.0, lambda: times[0], spare=12)
    assert lane.enter_now(OTHER)
    slow = lane.latest
    for _ in range(40):
        times[0] += limits.LANE_LONG_SECONDS / 10
        begun = list[float]()
        while lane.enter_now(ONE):
            begun.append(lane.latest)
        assert len(begun) == 3
        for one in begun:
            lane.leave(ONE, one)
    lane.leave(OTHER, slow)
    assert lane.working == 0


async def test_of_many_who_wait_no_more_than_the_places_are_worked_on_at_once() -> None:
    lane, most = Lane(2, 10.0, spare=30), 0

    async def serve(caller: str) -> None:
        nonlocal most
        await enter(lane, caller)
        most = max(most, lane.working)
        await asyncio.sleep(0)
        lane.leave(caller)

    await asyncio.gather(*(serve(f"ip:198.51.100.{n % 9}") for n in range(200)))
    assert (most, lane.working) == (2, 0)


async def test_callers_have_their_turn_whoever_came_first() -> None:
    lane, served = Lane(1, 10.0), list[str]()
    await enter(lane, ONE)

    async def serve(caller: str) -> None:
        await enter(lane, caller)
        served.append(caller)
        lane.leave(caller)

    tasks = [asyncio.create_task(serve(one)) for one in (*[ONE] * 4, OTHER, "third", OTHER)]
    await asyncio.sleep(0)
    lane.leave(ONE)
    await asyncio.gather(*tasks)
    assert served == [ONE, OTHER, "third", ONE, OTHER, ONE, ONE]
    assert (lane.working, lane.waiting) == (0, 0)


async def test_a_standing_queue_of_one_refuses_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LANE_STANDING_SECONDS", 0.0)
    times = [100.0]
    lane = Lane(1, 0.05, lambda: times[0])
    await enter(lane, ONE)
    queue = await waiting(lane, 200)
    for _ in range(5):
        times[0] += 0.01
        lane.leave(ONE)
    await asyncio.gather(*queue[:5])
    assert [lane.refuses(ONE), lane.refuses(OTHER)] == [True, False]
    for task in queue:
        task.cancel()
    await asyncio.gather(*queue, return_exceptions=True)
    lane.leave(ONE)
    assert (lane.working, lane.waiting) == (0, 0)


@pytest.mark.parametrize(("pause", "waits"), [(0.1, 1), (0.9, 3)], ids=["moment", "while"])
async def test_a_queue_that_stood_stands_on_where_it_is_empty_for_a_moment(
    pause: float, waits: int
) -> None:
    times = [100.0]
    lane = Lane(1, 0.2, lambda: times[0])
    await enter(lane, ONE)
    queue = await waiting(lane, 6)
    while lane.working:
        times[0] += 0.2
        lane.leave(ONE)
    await asyncio.gather(*queue, return_exceptions=True)
    times[0] += pause
    await enter(lane, ONE)
    refused = [lane.refuses(ONE) or not await waiting(lane, 1) for _ in range(3)]
    assert (lane.waiting, refused.count(True)) == (waits, 3 - waits)


async def test_who_come_at_once_are_refused_at_the_door(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED", 2)
    lane = lane_of(app, "/v1/products")
    assert lane is not None
    everybody, made, make = filled(lane), list[str](), app._refuse

    async def counted(scope: Any, *rest: Any) -> None:
        made.append(scope["request_id"])
        await make(scope, *rest)

    monkeypatch.setattr(app, "_refuse", counted)
    async with asking(app) as client:
        asked = [asyncio.create_task(client.get("/v1/products?limit=1")) for _ in range(20)]
        await until(lambda: sum(task.done() for task in asked) == 18)
        emptied(lane, *everybody)
        answers = await asyncio.gather(*asked)
    assert [answer.status_code for answer in answers].count(503) == 18
    assert len(made) == 1, "the others are copies of the first"
    assert lane.working == 0


async def test_refusals_are_told_together_and_hold_nothing_meanwhile(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED", 0)
    monkeypatch.setattr(limits, "REFUSED_TOGETHER_SECONDS", 1e9)
    lane = lane_of(app, "/v1/products")
    assert lane is not None
    everybody, first = filled(lane), lane.refused
    async with asking(app) as client:
        monkeypatch.setattr(lane, "waiting", 1)
        asked = [asyncio.create_task(client.get("/v1/products?limit=1")) for _ in range(9)]
        await until(lambda: lane.refused == first + 9)
        assert not any(task.done() for task in asked)
        assert lane.load == {"working": lane.most, "waiting": 1}
        asked[0].cancel()
        monkeypatch.setattr(limits, "REFUSED_TOGETHER_SECONDS", 0.01)
        assert (await client.get("/v1/products?limit=1")).status_code == 503
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)
        monkeypatch.setattr(lane, "waiting", 0)
    emptied(lane, *everybody)
    assert lane.working == 0


async def test_who_leaves_the_connection_leaves_the_queue(app: Gateway) -> None:
    lane = lane_of(app, "/v1/products")
    assert lane is not None
    everybody = filled(lane)
    heard = asyncio.Queue[dict[str, object]]()
    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    asked = asyncio.create_task(app(asked_for("/v1/products"), heard.get, send))
    heard.put_nowait({"type": "http.request", "body": b"", "more_body": False})
    await until(lambda: lane.waiting == 1)
    heard.put_nowait({"type": "http.disconnect"})
    await asyncio.wait_for(asked, 30)
    assert (lane.waiting, lane.working) == (0, lane.most)
    assert [message.get("status") for message in sent] == [499, None]
    emptied(lane, *everybody)


async def test_who_stays_is_answered_after_waiting(app: Gateway) -> None:
    lane = lane_of(app, "/v1/products")
    assert lane is not None
    everybody = filled(lane)
    async with asking(app) as client:
        asked = asyncio.create_task(client.get("/v1/products?limit=1"))
        await until(lambda: lane.waiting == 1)
        emptied(lane, *everybody)
        assert (await asked).status_code == 200
    assert lane.working == 0


async def test_a_key_is_a_caller_of_its_own_and_a_forged_one_is_its_address(
    own_bundled: Database,
) -> None:
    key_id, secret = await new_key(own_bundled, "write")
    async with watched(own_bundled) as (client, _):
        app: Gateway = client._transport.app  # type: ignore[attr-defined]
        assert (await client.get("/v1/vendors", headers=bearer(secret))).status_code == 200
        names = dict[str, str]()
        for given in ("", "x", secret, secret_of(key_id, bytes(RANDOM_BYTES))):
            scope = asked_for("/v1/vendors", authorization=f"Bearer {given}")
            names[given] = app.app.asks(scope)
    assert names.pop(secret) == key_id
    assert set(names.values()) == {ONE}


async def test_a107_analyses_hold_up_neither_records_nor_health(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED", 1)
    heavy = lane_of(app, ANALYSIS)
    assert heavy is not None
    everybody = filled(heavy)
    async with asking(app) as client:
        before = await waiting(heavy, 1)
        refused = await client.get(ANALYSIS)
        light = [await client.get(path) for path in ("/v1/products/kimi", "/health/live")]
        emptied(heavy, *everybody, ONE)
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
        ("GET", "/v1/products", b"", SETTINGS.pool_size // 2),
        ("GET", "/v1/changes", b"", SETTINGS.pool_size // 2),
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


@pytest.mark.parametrize(
    ("pool_size", "quick", "at_most"), [(1, 2, 2), (3, 4, 6), (8, 4, 16), (40, 20, 80)]
)
def test_reads_have_places_by_the_connections(pool_size: int, quick: int, at_most: int) -> None:
    lanes = Lanes(lambda _: None, lambda path: (path, ""), pool_size, 0)
    lane = lanes.of({"method": "GET", "path": "/v1/products", "query_string": b""})
    assert lane is not None
    assert (lane.most, lane.most + lane._spare) == (quick, at_most)


async def test_a_refusal_is_in_the_language_of_its_reader_and_has_its_own_id(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LANE_QUEUED", 1)
    light = lane_of(app, "/v1/products")
    assert light is not None
    everybody = filled(light)
    before = await waiting(light, 1)
    chinese, own = {"accept-language": "zh"}, {"request-id": "of-this-one-alone"}
    async with asking(app) as client:
        said = [
            await client.get("/v1/products", headers=headers, params=params)
            for headers, params in (({}, {}), (own, {}), (chinese, {}), (chinese, {"lang": "en"}))
        ]
        empty = await client.head("/v1/products")
    emptied(light, *everybody, ONE)
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
