"""A worker that is told to end sends its callers away before it stops."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from service import limits
from service.commands.worker import Leaving

Told = list[tuple[bytes, bytes]]


async def answering(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def ignored(message: Any) -> None:
    return None


async def asked(app: Leaving) -> Told:
    """The headers of an answer."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await app({"type": "http"}, None, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return list(sent[0]["headers"])


@pytest.fixture
async def stopped() -> AsyncIterator[Callable[[], bool]]:
    """Whether the server was told to stop, as one that has a handler of SIGINT."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)
    loop.add_signal_handler(signal.SIGINT, told.set)
    yield told.is_set
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.remove_signal_handler(number)
    signal.signal(signal.SIGINT, before)


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not is_so():  # noqa: ASYNC110, it comes with a signal
            await asyncio.sleep(0.01)


async def test_each_answer_is_the_last_of_its_connection_then(
    stopped: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAVE_SECONDS", 1000.0)
    app = Leaving(answering)
    await app({"type": "lifespan"}, None, ignored)
    assert (b"connection", b"close") not in await asked(app)
    os.kill(os.getpid(), signal.SIGTERM)
    await until(lambda: app._is_leaving)
    assert (await asked(app)).count((b"connection", b"close")) == 1
    assert not stopped()


async def test_the_server_stops_a_little_later_and_once(
    stopped: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAVE_SECONDS", 0.01)
    app = Leaving(answering)
    await app({"type": "lifespan"}, None, ignored)
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGTERM)
    await until(stopped)
