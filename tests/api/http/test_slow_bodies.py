"""Bodies that come slowly, that break off, and many of one address at once."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from service import limits
from service.api.http.gateway import Gateway
from service.store.database import Database
from tests.clients import application, until

PATH = "/v1/corrections"
WHOLE = b'{"collection": "vendors", "record_id": "openai", "statement": "No."}'


class Sender:
    """An ASGI client that sends a body in parts, as it is told to."""

    def __init__(self, app: Gateway, address: str = "192.0.2.1") -> None:
        self._parts = asyncio.Queue[dict[str, object]]()
        self.status, self.body = 0, b""
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": PATH,
            "raw_path": PATH.encode(),
            "query_string": b"",
            "root_path": "",
            "client": (address, 1),
            "server": ("parity.test", 80),
            "state": {},
            "headers": [
                (b"host", b"parity.test"),
                (b"content-type", b"application/json"),
                (b"content-length", b"%d" % len(WHOLE)),
            ],
        }
        self.task = asyncio.create_task(app(scope, self._parts.get, self._sent))

    def send(self, part: bytes, *, more: bool = True) -> None:
        self._parts.put_nowait({"type": "http.request", "body": part, "more_body": more})

    def is_heard(self) -> bool:
        """All that was sent."""
        return self._parts.empty()

    def leave(self) -> None:
        self._parts.put_nowait({"type": "http.disconnect"})

    async def _sent(self, message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            self.status = int(str(message["status"]))
        else:
            self.body += bytes(message.get("body", b""))  # type: ignore[call-overload]

    async def code(self) -> str:
        """The code of the problem that is answered."""
        await asyncio.wait_for(self.task, 60)
        return str(msgspec.json.decode(self.body)["code"])


@pytest.fixture
async def app(bundled: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    monkeypatch.setattr(limits, "DRAINED_SECONDS", 0.1)
    async with application(bundled) as opened:
        yield opened


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.3)


@pytest.mark.usefixtures("impatient")
async def test_a_body_that_does_not_come_is_given_up(app: Gateway) -> None:
    sender = Sender(app)
    sender.send(WHOLE[:5])
    assert (await sender.code(), sender.status) == ("request_timeout", 408)


@pytest.mark.usefixtures("impatient")
async def test_a49_a_byte_now_and_then_buys_no_time(app: Gateway) -> None:
    sender = Sender(app)
    for _ in range(20):
        sender.send(b" ")
        await asyncio.sleep(0.05)
    assert await sender.code() == "request_timeout"


@pytest.mark.usefixtures("impatient")
async def test_a_large_body_has_the_time_that_its_size_deserves(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BODY_RATE", 0.5)  # of the thirty bytes, a minute
    sender = Sender(app)
    sender.send(b" " * 30)
    await asyncio.sleep(0.6)
    sender.send(WHOLE[:-30], more=False)
    assert await sender.code() == "invalid_json"


async def test_f44_who_leaves_in_the_middle_is_no_fault_of_ours(
    app: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    sender = Sender(app)
    sender.send(WHOLE[:5])
    sender.leave()
    assert (await sender.code(), sender.status) == ("incomplete_body", 400)
    assert not caplog.records


async def test_a49_one_address_sends_so_many_at_once(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BODIES_AT_ONCE", 3)
    held = [Sender(app) for _ in range(3)]
    for sender in held:
        sender.send(WHOLE[:5])
    await until(lambda: all(sender.is_heard() for sender in held))
    fourth, neighbour = Sender(app), Sender(app, "192.0.2.2")
    for sender in (fourth, neighbour):
        sender.send(b"{}", more=False)
    assert (await fourth.code(), fourth.status) == ("too_many_bodies", 429)
    assert await neighbour.code() == "validation_failed"
    for sender in held:
        sender.leave()
    assert [await sender.code() for sender in held] == ["incomplete_body"] * 3
    again = Sender(app)
    again.send(b"{}", more=False)
    assert await again.code() == "validation_failed"


@pytest.mark.parametrize(("size", "code"), [(1, "invalid_framing"), (16, "validation_failed")])
async def test_a_body_in_crumbs_is_refused_before_it_has_cost_more(
    app: Gateway, monkeypatch: pytest.MonkeyPatch, size: int, code: str
) -> None:
    monkeypatch.setattr(limits, "BODY_PARTS", 10)
    sender = Sender(app)
    for _ in range(20):
        sender.send(b" " * size)
    sender.send(b" " * size + b"{}", more=False)
    assert await sender.code() == code


async def test_what_is_left_of_a_refused_body_is_taken_by_parts_too(
    app: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BODY_PARTS", 10)
    monkeypatch.setattr(limits, "DRAINED_BYTES", 20 * limits.DRAINED_PART_BYTES)
    monkeypatch.setattr(limits, "DRAINED_SECONDS", 60.0)
    sender = Sender(app)
    for _ in range(100):
        sender.send(b" ")
    assert await sender.code() == "invalid_framing"
    assert not sender.is_heard()
