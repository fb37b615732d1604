"""Which lane a request is in, by what it costs: what one kind asks for holds up no other kind.

Health is in no lane, nor is what waits for news, nor tools that ask again by themselves.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any, Literal

from service import limits
from service.api.http.access import cost_of, is_under
from service.api.http.lanes.incoming import Incoming, Message, unless
from service.api.http.lanes.lane import Lane
from service.api.http.negotiation import without_suffix
from service.api.routing import Route
from service.telemetry.samples import LaneLoad

Scope = MutableMapping[str, Any]
Find = Callable[[Scope], Route | None]
Form = Callable[[str], tuple[str, str]]
Name = Literal["light", "heavy", "write", ""]

_OUTSIDE = ("/health", "/version", "/mcp", "/v1/changes/stream")
_PATIENT = "/v1/changes"  # with `wait`
_PICTURES = ("svg", "png")
_ADDRESSES = 4096


class Place:
    """That of one request in its lane: from when its body is there until its answer begins."""

    def __init__(self, lane: Lane | None, body: Incoming, caller: Callable[[], str]) -> None:
        """`caller`: who asks, of whom no more than a part of the lane is."""
        self._lane, self._body = lane, body
        self._who, self._caller = caller, ""
        self._is_asked = self._is_taken = False
        self._begun = 0.0
        self.has_waited = False

    async def take(self) -> None:
        """Raises ServiceError `busy`, and ClientGone where nobody waits for it any more."""
        if self._lane is None or self._is_asked or self._body.has_more:
            return
        self._is_asked, self._caller = True, self._who()
        if self._lane.enter_now(self._caller):
            self._begun = self._lane.latest
        else:
            self.has_waited = True
            self._begun = await self._wait(self._lane)
        self._is_taken = True

    async def _wait(self, lane: Lane) -> float:
        """From this moment on: whoever comes next finds the queue as it is."""
        turn = lane.queue(self._caller)
        try:
            return await unless(self._body.left(), turn.come)
        except BaseException:
            lane.give_up(self._caller, turn)
            raise

    async def receive(self) -> Message:
        """ASGI receive: the last part of a body is handed on when there is a place for the work."""
        message = await self._body.receive()
        await self.take()
        return message

    def leave(self) -> None:
        if self._is_taken and self._lane is not None:
            self._is_taken = False
            self._lane.leave(self._caller, self._begun)

    def before(self, send: Callable[[Message], Awaitable[None]]) -> Any:
        """ASGI send: nobody waits for who reads an answer slowly."""

        async def sent(message: Message) -> None:
            if message["type"] != "http.response.start":
                self.leave()
            await send(message)

        return sent


class Lanes:
    """Those of one worker: reads have half as many places as there are connections, as more would
    only divide one processor among them, and four times as many while they wait for PostgreSQL;
    writes half as many, what costs more half as many and one for each process that computes."""

    def __init__(self, find: Find, form: Form, pool_size: int, processes: int) -> None:
        """`form`: the address that all records of a collection share; they are in one lane."""
        half = max(1, pool_size // 2)
        quick = min(max(limits.LANE_QUICK_MIN, half), 2 * pool_size)
        self._lanes: dict[Name, Lane] = {
            "light": Lane(quick, limits.LIGHT_WAIT_SECONDS, spare=2 * pool_size - quick),
            "heavy": Lane(half + processes, limits.HEAVY_WAIT_SECONDS),
            "write": Lane(half, limits.WRITE_WAIT_SECONDS),
        }
        self._form = form
        self._name = lru_cache(_ADDRESSES)(lambda method, path: _name(find, method, path))

    @property
    def loads(self) -> dict[str, LaneLoad]:
        """How each stands, by its name."""
        return {
            name: LaneLoad(places=lane.most, refused=lane.refused, **lane.load)
            for name, lane in self._lanes.items()
        }

    def of(self, scope: Scope) -> Lane | None:
        """That of an ASGI scope; None: it is in none."""
        path = scope["path"]
        if path == _PATIENT and b"wait=" in scope["query_string"]:
            return None
        return self._lanes.get(self._name(scope["method"], self._form(path)[0]))


def _name(find: Find, method: str, path: str) -> Name:
    stem, suffix = without_suffix(path)
    if method == "OPTIONS" or is_under(stem, _OUTSIDE):
        return ""
    if method not in ("GET", "HEAD"):
        return "write"
    route = find({"method": "GET", "path": stem})
    is_costly = route is not None and stem.startswith("/v1/") and cost_of(route.handler) > 1
    return "heavy" if is_costly or suffix in _PICTURES else "light"
