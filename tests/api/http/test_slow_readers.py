"""Readers of large files who leave, stand still or come too many."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

import httpx
import pytest

from service import limits
from service.api.http import streaming
from service.api.http.gateway import Gateway
from service.model.errors import ServiceError
from service.store.database import Database
from service.usecases.changes.stream_deadline import Patient
from service.usecases.imports.files import load
from tests.clients import application, until
from tests.make import SMALL, VENDOR, lines

PATH = "/v1/vendors.csv"
COUNT = 300


@pytest.fixture
async def app(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    """Vendors enough for a file of many batches."""
    monkeypatch.setattr(limits, "FILE_KEPT_BYTES", 1000)
    monkeypatch.setattr(limits, "FILE_BATCH", 5)
    monkeypatch.setattr(limits, "SPOOL_PIECE_BYTES", 500)
    many = [{**VENDOR, "id": f"v{n:03}"} for n in range(COUNT)]
    await load(database, lines(*SMALL, *many), comment="many")
    async with application(database) as opened:
        yield opened


class Reader:
    """An ASGI client that takes the first parts of a body and then stands still until told."""

    def __init__(self, app: Gateway, parts: int = 1) -> None:
        self._left = parts
        self._goes_on, self._leaves = asyncio.Event(), asyncio.Event()
        self.stands_still = asyncio.Event()
        self._has_asked = False
        self.status = 0
        self.body = b""
        self.is_whole = False
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": PATH, "raw_path": PATH.encode(), "query_string": b"",
            "root_path": "", "headers": [(b"host", b"parity.test")], "client": ("127.0.0.1", 1),
            "server": ("parity.test", 80), "state": {},
        }  # fmt: skip
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    async def _receive(self) -> dict[str, Any]:
        if not self._has_asked:
            self._has_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._leaves.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        self.body += message.get("body", b"")
        self.is_whole = not message.get("more_body", False)
        if self.is_whole:
            self._leaves.set()
        self._left -= 1
        if self._left == 0:
            self.stands_still.set()
            await self._goes_on.wait()

    def go_on(self) -> None:
        self._goes_on.set()

    async def leave(self) -> None:
        self._leaves.set()
        await asyncio.gather(self.task, return_exceptions=True)


def places(app: Gateway) -> int:
    """How many files are being read."""
    watcher = app.app._app.state.watcher  # type: ignore[attr-defined]
    taken: int = watcher._open.get("files", 0)
    return taken


async def test_f44_who_leaves_gives_the_place_back(app: Gateway) -> None:
    for _ in range(2 * limits.FILES_MAX):
        reader = Reader(app, parts=3)
        await reader.stands_still.wait()
        assert places(app) == 1
        await reader.leave()
        await until(lambda: places(app) == 0)
        assert not reader.is_whole


async def test_one_too_many_is_told_to_come_back(app: Gateway) -> None:
    readers = [Reader(app) for _ in range(limits.FILES_MAX)]
    for reader in readers:
        await reader.stands_still.wait()
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
        answer = await client.get(PATH)
        assert (answer.status_code, answer.json()["code"]) == (503, "busy")
        assert answer.headers["retry-after"]
        assert (await client.head(PATH)).status_code == 200
        for reader in readers:
            reader.go_on()
        await asyncio.gather(*(reader.task for reader in readers))
        again = await client.get(PATH)
    assert all(reader.is_whole for reader in readers)
    assert {reader.body for reader in readers} == {again.content}


async def test_a51_who_stands_still_loses_the_connection_and_sees_no_end(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = list[tuple[Patient, float]]()

    def patient(parts: AsyncGenerator[bytes, None], seconds: float) -> Patient:
        given.append((Patient(parts, seconds), seconds))
        return given[-1][0]

    monkeypatch.setattr(streaming, "Patient", patient)
    reader = Reader(app, parts=2)
    await reader.stands_still.wait()
    ((one, seconds),) = given
    assert (seconds, places(app)) == (limits.FILE_SECONDS, 1)
    one.give_up()  # as when they are over
    await until(lambda: places(app) == 0)
    reader.go_on()
    with pytest.raises(Exception, match=r".*"):
        await reader.task
    assert not reader.is_whole


async def test_a51_the_time_of_a_stream_is_over_by_itself() -> None:
    is_closed = asyncio.Event()

    async def parts() -> AsyncGenerator[bytes, None]:
        try:
            while True:
                yield b"part"
        finally:
            is_closed.set()

    stream = Patient(parts(), 0.0)
    await stream.begin()
    await asyncio.wait_for(is_closed.wait(), 60)
    with pytest.raises(ServiceError) as late:
        await anext(stream)
    assert late.value.code == "database_timeout"


async def test_a51_who_reads_slowly_holds_no_connection(
    app: Gateway, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SPOOL_BYTES", 2000)
    readers = [Reader(app) for _ in range(limits.FILES_MAX)]
    for reader in readers:
        await reader.stands_still.wait()
    async with asyncio.timeout(60):
        while await idle_in_transactions(database):  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.1)
    assert places(app) == limits.FILES_MAX
    for reader in readers:
        reader.go_on()
    await asyncio.gather(*(reader.task for reader in readers))
    assert {reader.body.count(b"\n") for reader in readers} == {1 + COUNT + 1}


async def idle_in_transactions(database: Database) -> int:
    async with database.session() as connection:
        found: int = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state LIKE 'idle in transaction%'"
        )
    return found
