"""A worker that is told to end sends its callers away before it stops."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from granian import _futures

from service import limits
from service.commands.worker import Leaving, Prompting

Told = list[tuple[bytes, bytes]]


MESSAGES = (
    {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]},
    {"type": "http.response.body", "body": b""},
)


class Answering:
    """An application that has its answer ready, or is asked in vain."""

    def __init__(self, failure: Exception | None = None, *, is_ready: bool = True) -> None:
        self.failure, self.is_ready = failure, is_ready

    def at_once(self, _: Any, send: Any) -> bool:
        if self.failure is not None:
            raise self.failure
        for message in MESSAGES if self.is_ready else ():
            send(message)
        return self.is_ready

    async def __call__(self, _: Any, __: Any, send: Any) -> None:
        for message in MESSAGES:
            await send(message)


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
    app = Leaving(Answering())
    await app({"type": "lifespan"}, None, ignored)
    assert (b"connection", b"close") not in await asked(app)
    os.kill(os.getpid(), signal.SIGTERM)
    await until(lambda: app._is_leaving)
    assert (await asked(app)).count((b"connection", b"close")) == 1
    assert not stopped()


async def test_nothing_is_answered_at_once_then(
    stopped: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAVE_SECONDS", 1000.0)
    app = Leaving(Answering())
    await app({"type": "lifespan"}, None, ignored)
    assert app.at_once({"type": "http"}, MESSAGES.index)
    os.kill(os.getpid(), signal.SIGTERM)
    await until(lambda: app._is_leaving)
    assert not app.at_once({"type": "http"}, MESSAGES.index)
    assert not stopped()


async def test_the_server_stops_a_little_later_and_once(
    stopped: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LEAVE_SECONDS", 0.01)
    app = Leaving(Answering())
    await app({"type": "lifespan"}, None, ignored)
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGTERM)
    await until(stopped)


class Loop:
    """An event loop that only notes what it is given to do."""

    def __init__(self) -> None:
        self.given: list[object] = []

    def call_soon(self, *_: object) -> None:
        raise AssertionError("not a call for other threads")

    def call_soon_threadsafe(self, _: object, coroutine: object, *__: object, **___: Any) -> None:
        self.given.append(coroutine)


def brought(app: Answering, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], list[object]]:
    """What was sent, and what the event loop was given, when Granian's scheduler had a request."""
    in_the_loop, made = _futures._cbsched_aioschedule, list[Any]()

    def noted(*given: Any) -> Any:
        made.append(Prompting(app, in_the_loop)(*given))
        return made[-1]

    monkeypatch.setattr(_futures, "_cbsched_aioschedule", noted)
    loop, sent = Loop(), list[Any]()
    _futures._new_cbscheduler(loop, lambda _: "coroutine", impl_asyncio=True)  # type: ignore[no-untyped-call]
    (bring,) = made
    bring(SimpleNamespace(scope={"type": "http"}, proto=SimpleNamespace(send=sent.append)))
    return sent, loop.given


def test_what_is_ready_is_sent_without_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    assert brought(Answering(), monkeypatch) == ([*MESSAGES], [])


def test_all_else_is_done_by_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    assert brought(Answering(is_ready=False), monkeypatch) == ([], ["coroutine"])


def test_what_fails_at_once_is_told_and_done_by_the_event_loop(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert brought(Answering(KeyError("odd")), monkeypatch) == ([], ["coroutine"])
    assert "KeyError: 'odd'" in caplog.text
