"""A worker process of `parity serve`, which does not outlive the process that started it."""

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from threading import Thread
from typing import Any

from granian import _futures as scheduling

from service import app, limits
from service.telemetry.requests import AtOnce, Message, Prompt, Scope, never

LOOK_SECONDS = 0.25
STOP_SECONDS = 2.0
Schedule = Callable[[Any], None]
GC_YOUNG = 20_000
SWITCH_SECONDS = 0.0002  # what works in a thread gives way to the requests; else after 5 ms

log = logging.getLogger("parity")


class Leaving:
    """The application of a worker that may be told to end (SIGTERM): then each of its answers is
    the last one of its connection, and a little later the server stops, which it does at SIGINT
    too. What comes in while a kept connection is closed is lost, and these are few by then.
    """

    def __init__(self, app: Prompt) -> None:
        self._app, self._is_leaving = app, False
        self.at_once: AtOnce = app.at_once

    def __call__(self, scope: Scope, receive: Any, send: Any) -> Awaitable[None]:
        if scope["type"] == "lifespan":  # the server has its handlers by now
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._leave)
        elif self._is_leaving:
            send = _parting(send)
        return self._app(scope, receive, send)

    def _leave(self) -> None:
        if not self._is_leaving:
            self._is_leaving, self.at_once = True, never
            loop = asyncio.get_running_loop()
            loop.call_later(limits.LEAVE_SECONDS, signal.raise_signal, signal.SIGINT)


def _parting(send: Callable[[Message], Awaitable[None]]) -> Any:
    """ASGI send: with the word that nothing more is taken on this connection."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
        await send(message)

    return sent


class Prompting:
    """Has Granian ask the application for what it has ready before it makes a task of the event
    loop: in the thread of the server that brings the requests. It takes the place of the function
    by which Granian makes how it schedules them.
    """

    def __init__(self, app: Prompt, in_the_loop: Callable[..., Schedule]) -> None:
        self._app, self._in_the_loop = app, in_the_loop

    def __call__(self, *given: Any) -> Schedule:
        later = self._in_the_loop(*given)

        def schedule(request: Any) -> None:
            try:
                if self._app.at_once(request.scope, request.proto.send):
                    return
            except Exception as error:  # its thread is the server's: the event loop is next
                log.error("no answer at once", exc_info=error)
            later(request)

        return schedule


def build() -> Prompt:
    """The application, in a process that stops when its parent is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        Thread(target=_follow, args=(parent.pid,), name="follow", daemon=True).start()
    sys.setswitchinterval(SWITCH_SECONDS)
    built = Leaving(app.build())
    scheduling._cbsched_aioschedule = Prompting(built, scheduling._cbsched_aioschedule)
    gc.freeze()
    gc.set_threshold(GC_YOUNG, 20, 20)  # young objects are looked at more seldom than every 700
    return built


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGINT)  # nobody is there to whom callers could go
    time.sleep(STOP_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
