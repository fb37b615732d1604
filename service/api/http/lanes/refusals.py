"""Refusals at the door of a lane. They cost next to nothing, so that many of them leave time for
answers: what they say is made once in each language, and only the request's id is its own. They
are told many at a time, so that whoever is answered does not wait for each of them, and whoever
asks again at once does not do so without end.
"""

import asyncio
import time
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

_MARK = "the-id-of-this-request-comes-in-here"
_MARKED = _MARK.encode()
_OWN = frozenset((b"request-id", b"server-timing", b"content-length"))


class _Made(NamedTuple):
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Refusals:
    """`make` sends one the long way, with everything that answers carry; `caller` is who asks."""

    def __init__(self, lanes: Lanes, make: Make, caller: Callable[[Scope], str]) -> None:
        self._lanes, self._make, self._caller = lanes, make, caller
        self._made = Bounded[_Made](limits.REFUSALS_KEPT)

    async def answered(self, scope: Scope, send: Send) -> bool:
        """Whether a read was refused because too many wait in its lane."""
        began = time.perf_counter()
        asked: Asked | None = scope["asked"]
        if asked is None or not scope["path"].startswith("/v1/"):
            return False
        if (lane := self._lanes.of(scope)) is None or not lane.waiting:
            return False
        if not lane.refuses(self._caller(scope)):
            return False
        made = await self._once(scope, asked, lane)
        await _together()
        own_id = asked.headers.get(b"request-id") or new_id()
        body = made.body.replace(_MARKED, own_id)
        elapsed = (time.perf_counter() - began) * 1000
        own = [(b"request-id", own_id), (b"server-timing", b"total;dur=%.1f" % elapsed)]
        headers = [*made.headers, *own, (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": made.status, "headers": headers})
        shown = b"" if scope["method"] == "HEAD" else body
        await send({"type": "http.response.body", "body": shown})
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


async def _together() -> None:
    """Until the next moment at which refusals are told."""
    if every := limits.REFUSED_TOGETHER_SECONDS:
        await asyncio.sleep(every - asyncio.get_running_loop().time() % every)


def _spoken(scope: Scope, asked: Asked) -> Spoken:
    header = asked.headers.get(b"accept-language", b"").decode("latin-1")
    return spoken_of(scope, header) if b"lang" in scope["query_string"] else chosen(None, header)
