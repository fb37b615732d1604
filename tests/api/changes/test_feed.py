"""The feed over HTTP: pages, files, long polls, and a stream that resumes without gap or double."""

import asyncio
import json
import random
from typing import Any

import httpx
import pytest

from service import limits
from service.api.http.gateway import Gateway
from service.query.feed import parse
from service.store.database import Database
from service.usecases.changes.revision_watcher import RevisionWatcher
from service.usecases.imports.files import load
from tests.answers import fed
from tests.clients import application, served, until
from tests.make import ADOPTION, SMALL, VENDOR, lines, write_at_random

PATIENCE = 60


class Stream:
    """A client of the stream that speaks ASGI, so that it can leave when it likes."""

    def __init__(self, app: Gateway, query: str = "", last: str = "", method: str = "GET") -> None:
        headers = [(b"host", b"parity.test")]
        headers += [(b"last-event-id", last.encode())] if last else []
        self._scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "http", "path": "/v1/changes/stream", "raw_path": b"/v1/changes/stream",
            "query_string": query.encode(), "root_path": "", "headers": headers,
            "client": ("127.0.0.1", 1), "server": ("parity.test", 80), "state": {},
        }  # fmt: skip
        self._app = app
        self._leaves = asyncio.Event()
        self._has_asked = False
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""
        self.task = asyncio.create_task(app(self._scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if not self._has_asked:
            self._has_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._leaves.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode(): v.decode() for k, v in message["headers"]}
            return
        if not self._leaves.is_set():
            self.text += message.get("body", b"").decode()
        if not message.get("more_body"):
            self._leaves.set()

    async def leave(self) -> None:
        self._leaves.set()
        await self.ended()

    async def begun(self) -> None:
        """Its answer has begun, and so its place is known."""
        await until(lambda: self.status != 0)

    async def ended(self) -> None:
        await asyncio.wait_for(self.task, PATIENCE)

    @property
    def frames(self) -> list[str]:
        """Whole frames only, as a client sees them."""
        return self.text.split("\n\n")[:-1]

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(f.partition("data: ")[2]) for f in self.frames if "data: " in f]

    @property
    def last_id(self) -> str:
        ids = [line[4:] for f in self.frames for line in f.split("\n") if line.startswith("id: ")]
        return ids[-1] if ids else ""

    async def has(self, count: int) -> None:
        """So many events have come, or it has ended."""
        await until(lambda: len(self.events) >= count or self.task.done())
        assert len(self.events) >= count, self.text


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "POLL_SECONDS", 0.02)


async def put(database: Database, *records: dict[str, Any]) -> None:
    assert not (await load(database, lines(*records), comment="test")).failed


def seqs(data: list[dict[str, Any]]) -> list[str]:
    return [change["seq"] for change in data]


def watcher_of(app: Gateway) -> RevisionWatcher:
    watcher: RevisionWatcher = app.app._app.state.watcher  # type: ignore[attr-defined]
    return watcher


async def waiting(app: Gateway, n: int) -> None:
    """So many long polls wait."""
    await until(lambda: watcher_of(app)._open.get("waiting requests") == n)


async def every_seq(database: Database) -> list[str]:
    return [change.place.seq for change in await fed(database, 1000)]


async def test_pages_of_any_size_are_the_whole_feed(database: Database) -> None:
    await write_at_random(database, random.Random(1), 12)
    async with served(database) as client:
        for limit in (1, 4, 1000):
            cursor, found = "rev:0", list[str]()
            while True:
                answer = await client.get("/v1/changes", params={"cursor": cursor, "limit": limit})
                page = answer.json()
                found += seqs(page["data"])
                cursor = page["page"]["next_cursor"]
                if not page["has_more"]:
                    break
            assert found == await every_seq(database)
            assert cursor == f"rev:{await database.revision()}"


async def test_a_change_says_what_and_where(database: Database) -> None:
    await put(database, *SMALL)
    async with served(database) as client:
        (change,) = (await client.get("/v1/changes?kinds=adoption")).json()["data"]
    assert change.pop("recorded_at").endswith("Z")
    assert change == {
        "seq": f"1.adoption.{change['id']}", "revision": 1, "type": "adoption.created",
        "id": change["id"], "href": f"/v1/adoptions/{change['id']}",
        "product_id": "p", "feature_id": "f",
    }  # fmt: skip


async def test_since_takes_a_revision_a_place_a_day_and_an_instant(database: Database) -> None:
    await put(database, VENDOR)
    await put(database, {**VENDOR, "id": "b"}, {**VENDOR, "id": "c"})
    async with database.read("rev:1") as snapshot:
        first = snapshot.instant.isoformat()
    async with served(database) as client:

        async def ids(since: str) -> list[str]:
            answer = await client.get("/v1/changes", params={"since": since})
            assert answer.status_code == 200, answer.text
            return [change["id"] for change in answer.json()["data"]]

        assert await ids("rev:0") == ["acme", "b", "c"]
        assert await ids("rev:1") == await ids(first) == ["b", "c"]
        assert await ids("seq:2.vendor.b") == await ids("2.vendor.b") == ["c"]
        assert await ids("2020-01-01") == await ids("1969-07-20") == ["acme", "b", "c"]
        assert await ids("rev:2") == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("since=rev:9", "revision_unknown"),
        ("since=yesterday", "invalid_value"),
        ("since=", "empty_value"),
        ("cursor=abc", "cursor_invalid"),
        ("cursor=rev:0&since=rev:0", "incompatible_parameters"),
        ("kinds=vendors", "unknown_value"),
        ("kinds=", "empty_value"),
        ("limit=1001", "invalid_value"),
        ("wait=31", "invalid_value"),
        ("q=1", "unknown_parameter"),
    ],
)
async def test_what_cannot_be_asked_is_400(database: Database, query: str, code: str) -> None:
    async with served(database) as client:
        for path in ("/v1/changes", "/v1/changes.ndjson"):
            answer = await client.get(f"{path}?{query}")
            is_fine = path.endswith("ndjson") and "limit" in query
            assert is_fine or (answer.status_code, answer.json()["code"]) == (400, code)


async def test_the_file_is_the_feed_and_ends_with_its_cursor(database: Database) -> None:
    await write_at_random(database, random.Random(2), 12)
    async with served(database) as client:
        answer = await client.get("/v1/changes.ndjson?since=rev:0")
        some = await client.get("/v1/changes.ndjson?since=rev:0&limit=3")
    *changes, last = [json.loads(line) for line in answer.text.splitlines()]
    revision = await database.revision()
    assert seqs(changes) == await every_seq(database)
    assert last == {"next_cursor": f"rev:{revision}", "revision": revision}
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    *changes, last = [json.loads(line) for line in some.text.splitlines()]
    assert last["next_cursor"] == f"seq:{changes[-1]['seq']}"
    assert len(changes) == 3


async def test_a_file_of_many_pages_is_whole(bundled: Database, client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/changes.ndjson")
    *changes, last = [json.loads(line) for line in answer.text.splitlines()]
    assert len(changes) > limits.CHANGES_PAGE_MAX
    assert seqs(changes) == await every_seq(bundled)
    assert last["next_cursor"] == f"rev:{await bundled.revision()}"


async def test_an_unchanged_feed_is_304(database: Database) -> None:
    await put(database, VENDOR)
    async with served(database) as client:
        tag = (await client.get("/v1/changes")).headers["etag"]
        again = await client.get("/v1/changes", headers={"if-none-match": tag})
        assert again.status_code == 304
        await put(database, {**VENDOR, "country": "FR"})
        changed = await client.get("/v1/changes", headers={"if-none-match": tag})
    assert (changed.status_code, changed.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.usefixtures("quick")
async def test_a_long_poll_answers_with_the_next_change(database: Database) -> None:
    await put(database, VENDOR)
    async with served(database) as client:
        polls = [
            asyncio.create_task(client.get("/v1/changes?since=rev:1&wait=20&kinds=market"))
            for _ in range(20)
        ]
        await asyncio.sleep(0.1)
        assert not any(poll.done() for poll in polls)
        await put(database, {**VENDOR, "country": "FR"})
        await asyncio.sleep(0.1)
        assert not any(poll.done() for poll in polls)
        await put(database, {"kind": "market", "id": "m", "name": "M"})
        for poll in polls:
            assert seqs((await poll).json()["data"]) == ["3.market.m"]


@pytest.mark.usefixtures("quick")
async def test_a_long_poll_without_change_is_empty_and_says_where_to_go_on(
    database: Database,
) -> None:
    await put(database, VENDOR)
    async with served(database) as client:
        page = (await client.get("/v1/changes?since=rev:1&wait=1")).json()
    assert (page["data"], page["page"]["next_cursor"], page["has_more"]) == ([], "rev:1", False)


@pytest.mark.usefixtures("quick")
async def test_waiting_holds_no_connection(database: Database) -> None:
    """Many more wait than there are connections, and a read still finds one."""
    async with served(database) as client:
        polls = [asyncio.create_task(client.get("/v1/changes?wait=20")) for _ in range(40)]
        await asyncio.sleep(0.2)
        for _ in range(10):
            assert (await client.get("/v1/vendors")).status_code == 200
        await put(database, VENDOR)
        assert {(await poll).status_code for poll in polls} == {200}


@pytest.mark.usefixtures("quick")
async def test_no_place_left_is_503(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WAITERS_MAX", 1)
    monkeypatch.setattr(limits, "STREAMS_MAX", 1)
    async with application(database) as app:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            poll = asyncio.create_task(client.get("/v1/changes?wait=30"))
            await waiting(app, 1)
            refused = await client.get("/v1/changes?wait=5")
            first = Stream(app)
            await first.begun()
            second = Stream(app)
            await second.ended()
            await first.leave()
            third = Stream(app)
            await third.begun()
            assert (first.status, second.status, third.status) == (200, 503, 200)
            await third.leave()
            await put(database, VENDOR)
            await poll
    assert (refused.status_code, refused.json()["code"]) == (503, "busy")
    assert int(refused.headers["retry-after"]) > 0


@pytest.mark.usefixtures("quick")
async def test_a_stream_resumed_again_and_again_has_no_gap_and_no_double(
    database: Database,
) -> None:
    """A writer writes on while the client leaves and comes back with the last id it saw."""
    dice = random.Random(5)
    found, last = list[str](), "rev:0"
    async with application(database) as app:
        writer = asyncio.create_task(write_at_random(database, random.Random(4), 60))
        while not writer.done() or found != await every_seq(database):
            stream = Stream(app, last=last)
            await stream.begun()
            await asyncio.sleep(dice.uniform(0.02, 0.15))
            await stream.leave()
            assert stream.status == 200
            found += seqs(stream.events)
            last = stream.last_id or last
            assert len(found) == len(set(found))
        await writer
    assert found == await every_seq(database)


@pytest.mark.usefixtures("quick")
async def test_a_stream_begins_now_and_tells_what_comes(database: Database) -> None:
    await put(database, *SMALL)
    async with application(database) as app:
        stream = Stream(app, "kinds=adoption")
        await stream.begun()
        await put(database, VENDOR | {"country": "FR"})
        await put(database, {**ADOPTION, "date": "2025"})
        await stream.has(1)
        assert [event["type"] for event in stream.events] == ["adoption.created"]
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.frames[0].startswith("retry:")
        await stream.leave()


@pytest.mark.usefixtures("quick")
async def test_silence_is_filled_and_moves_the_place_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "HEARTBEAT_SECONDS", 0.05)
    async with application(database) as app:
        stream = Stream(app, "kinds=market")
        await put(database, VENDOR)
        await until(lambda: parse(stream.last_id) == parse("rev:1"))
        n_frames = len(stream.frames)
        await until(lambda: sum(f.startswith(":") for f in stream.frames[n_frames:]) > 3)
        assert stream.events == []
        await stream.leave()


@pytest.mark.usefixtures("quick")
async def test_a_closing_service_ends_streams_and_long_polls(database: Database) -> None:
    async with application(database) as app:
        stream = Stream(app)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            poll = asyncio.create_task(client.get("/v1/changes?wait=20"))
            await stream.begun()
            await waiting(app, 1)
            watcher_of(app).close()
            await stream.ended()
            assert (await poll).json()["data"] == []


async def test_a_stream_has_its_ten_minutes_and_then_the_client_comes_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "STREAM_SECONDS", 0.0)
    async with application(database) as app:
        stream = Stream(app)
        await stream.ended()
    assert stream.status == 200


async def test_head_of_the_stream_ends_at_once(database: Database) -> None:
    async with application(database) as app:
        stream = Stream(app, method="HEAD")
        await stream.ended()
    assert (stream.status, stream.text) == (200, "")


@pytest.mark.parametrize(("last", "code"), [("rev:7", "revision_unknown"), ("x", "cursor_invalid")])
async def test_a_place_that_is_none_is_refused(database: Database, last: str, code: str) -> None:
    async with application(database) as app:
        stream = Stream(app, last=last)
        await stream.ended()
    assert (stream.status, json.loads(stream.text)["code"]) == (400, code)
