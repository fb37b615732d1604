"""Refusals at the door of a lane. They cost next to nothing, so that many of them leave time for
answers: what they say is made once in each language, and only the request's id is its own. They
are told many at a time, so that whoever is answered does not wait for each of them, and whoever
asks again at once does not do so without end. Where they can be, they are found in the server's
thread, and the event loop hears of them when they are told.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, NamedTuple

from service import limits
from service.api.http.lanes.lane import Lane
from service.api.http.lanes.places import Lanes
from service.api.http.languages import Spoken, chosen, spoken_of
from service.api.http.remembered_answers import Asked, new_id
from service.bounded import Bounded
from service.model.errors import ServiceError

Scope = MutableMapping[str, Any]
Send = Callable[[Any], Awaitable[None]]
Make = Callable[[Scope, dict[str, str], Send, ServiceError], Awaitable[None]]
AtOnce = Callable[[Scope, Callable[[Any], object]], bool]

log = logging.getLogger("parity")

_MARK = "the-id-of-this-request-comes-in-here"
_MARKED = _MARK.encode()
_OWN = frozenset((b"request-id", b"server-timing", b"content-length"))


class _Made(NamedTuple):
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class _Due(NamedTuple):
    """A refusal that is told at the next moment, to whom `send` leads."""

    lane: Lane
    made: _Made
    scope: Scope
    began: float
    send: Callable[[Any], object]


class Refusals:
    """`make` sends one the long way, with everything that answers carry; `caller` is who asks."""

    def __init__(self, lanes: Lanes, make: Make, caller: Callable[[Scope], str]) -> None:
        self._lanes, self._make, self._caller = lanes, make, caller
        self._made = Bounded[_Made](limits.REFUSALS_KEPT)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._due, self._is_told_soon = deque[_Due](), False

    def after(self, answered: AtOnce) -> AtOnce:
        """What is answered at once, and then what is refused at once, in another thread than the
        event loop's: once it has been refused there in the same words."""

        def at_once(scope: Scope, send: Callable[[Any], object]) -> bool:
            return answered(scope, send) or self._is_refused(scope, send)

        return at_once

    def _is_refused(self, scope: Scope, send: Callable[[Any], object]) -> bool:
        began, loop = time.perf_counter(), self._loop
        asked: Asked | None = scope.get("asked")
        if loop is None or asked is None or (lane := self._lane(scope)) is None:
            return False
        made = self._made.get((_spoken(scope, asked), lane.most))
        if made is None or not lane.would_refuse(self._caller(scope)):
            return False
        self._due.append(_Due(lane, made, scope, began, send))
        if not self._is_told_soon:
            self._is_told_soon = True
            loop.call_soon_threadsafe(self._tell_soon, loop)
        return True

    def _lane(self, scope: Scope) -> Lane | None:
        """That of a read, where somebody waits in it."""
        if not scope["path"].startswith("/v1/"):
            return None
        lane = self._lanes.of(scope)
        return lane if lane is not None and lane.waiting else None

    def _tell_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_later(_until_told(loop), self._tell)

    def _tell(self) -> None:
        """Who comes from now on is told the next time."""
        self._is_told_soon = False
        while self._due:
            due = self._due.popleft()
            due.lane.refused += 1
            try:
                for message in _messages(due.made, due.scope, due.began):
                    due.send(message)
            except Exception as error:  # the others are told all the same
                log.error("a refusal was not told", exc_info=error)

    async def answered(self, scope: Scope, send: Send) -> bool:
        """Whether a read was refused because too many wait in its lane."""
        began = time.perf_counter()
        asked: Asked | None = scope["asked"]
        if asked is None or (lane := self._lane(scope)) is None:
            return False
        if not lane.refuses(self._caller(scope)):
            return False
        made, loop = await self._once(scope, asked, lane), asyncio.get_running_loop()
        self._loop = loop
        await asyncio.sleep(_until_told(loop))
        for message in _messages(made, scope, began):
            await send(message)
        return True

    async def _once(self, scope: Scope, asked: Asked, lane: Lane) -> _Made:
        key = _spoken(scope, asked), lane.most
        made = self._made.get(key)
        if made is None:
            made = await self._anew(scope, asked, lane.refusal)
            self._made.put(key, made, 1)
        return made

    async def _anew(self, scope: Scope, asked: Asked, error: ServiceError) -> _Made:
        sent: list[Any] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in asked.headers.items()}
        marked = {**scope, "method": "GET", "request_id": _MARK, "notes": {}}
        await self._make(marked, headers, keep, error)
        start, body = sent
        kept = [(name, value) for name, value in start["headers"] if name not in _OWN]
        return _Made(start["status"], kept, body["body"])


def _until_told(loop: asyncio.AbstractEventLoop) -> float:
    """Seconds until the next moment at which refusals are told."""
    every = limits.REFUSED_TOGETHER_SECONDS
    return every - loop.time() % every if every else 0.0


def _messages(made: _Made, scope: Scope, began: float) -> tuple[dict[str, Any], dict[str, Any]]:
    own_id = scope["asked"].headers.get(b"request-id") or new_id()
    body = made.body.replace(_MARKED, own_id)
    elapsed = (time.perf_counter() - began) * 1000
    own = [(b"request-id", own_id), (b"server-timing", b"total;dur=%.1f" % elapsed)]
    headers = [*made.headers, *own, (b"content-length", b"%d" % len(body))]
    start = {"type": "http.response.start", "status": made.status, "headers": headers}
    shown = b"" if scope["method"] == "HEAD" else body
    return start, {"type": "http.response.body", "body": shown}


def _spoken(scope: Scope, asked: Asked) -> Spoken:
    header = asked.headers.get(b"accept-language", b"").decode("latin-1")
    return spoken_of(scope, header) if b"lang" in scope["query_string"] else chosen(None, header)
