"""A request as it is seen from outside: an ASGI application around another one."""

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    AsyncExitStack,
    nullcontext,
)
from contextvars import ContextVar
from typing import Any, Protocol, TypeAlias

from msgspec import Struct

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
App: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
AtOnce: TypeAlias = Callable[[Scope, Callable[[Any], object]], bool]

NO_ROUTE = "none"  # of an address at which nothing stands
OTHER = "_OTHER"  # a method that is none of ours
METHODS = frozenset(("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"))
CLIENT_LEFT = 499  # nobody waited for an answer any more
FAILED = 500
# W3C Trace Context: version, trace, span, flags; a later version may say more.
_PARENT = re.compile(
    rb"(?!ff)(?P<version>[0-9a-f]{2})-(?P<trace>(?!0{32})[0-9a-f]{32})"
    rb"-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?P<more>-.*)?\Z"
)


class Seen(Struct, eq=False):
    """One request; `route` is a template such as /v1/products/{record_id}, never an address.

    `status`, `revision` and `request_id` are of the answer, once it has begun.
    """

    scope: Scope
    method: str
    route: str
    trace_id: str
    began: float
    status: int = 0
    request_id: str = ""
    revision: str = ""
    seconds: float = 0.0
    is_over: bool = False

    @property
    def ended(self) -> float:
        """When it was over, by the clock of `began`."""
        return self.began + self.seconds

    @property
    def is_remembered(self) -> bool:
        """Whether it was answered out of memory."""
        return "remembered" in self.scope

    def note(self, start: Message) -> None:
        """The head of the answer."""
        self.status = start["status"]
        for name, value in start["headers"]:
            if name == b"request-id":
                self.request_id = value.decode("latin-1")
            elif name == b"dataset-revision":
                self.revision = value.decode("latin-1")

    def conclude(self, failure: BaseException | None) -> None:
        """An answer that never began is one of ours that failed, or nobody waited for it."""
        self.seconds, self.is_over = time.perf_counter() - self.began, True
        if not self.status:
            self.status = FAILED if isinstance(failure, Exception) else CLIENT_LEFT


class Prompt(Protocol):
    """An application that has answers ready: `at_once` says whether it gives one, in another thread
    than the event loop's or later in that; `send` takes a message when it is called."""

    @property
    def at_once(self) -> AtOnce: ...

    def __call__(self, scope: Any, receive: Any, send: Any, /) -> Awaitable[None]: ...


CURRENT: ContextVar[Seen | None] = ContextVar("seen", default=None)
Watch: TypeAlias = Callable[[Seen], None]
Around: TypeAlias = Callable[[Seen], AbstractContextManager[None]]

_ALONE = nullcontext()


def never(_: Scope, __: Callable[[Any], object]) -> bool:
    """The `at_once` of who leaves everything to the event loop."""
    return False


class Observed:
    """Passes everything on, and tells of each request when it is over. `parts` run as long as the
    application does; `around` surrounds each request."""

    def __init__(
        self,
        app: Prompt,
        route: Callable[[str, str], str | None],
        watches: Sequence[Watch],
        around: Around | None,
        parts: Sequence[AbstractAsyncContextManager[None]],
    ) -> None:
        """`route`: the template of a method and a path; None: nothing stands there."""
        self._app = app
        self._route = route
        self._watches = watches
        self._around = around or (lambda _: _ALONE)
        self._is_watched = bool(watches or around)
        self._parts = parts
        self.at_once: AtOnce = self._at_once if watches else app.at_once
        if around:  # which surrounds what the event loop does
            self.at_once = never

    def __call__(self, scope: Scope, receive: Any, send: Any) -> Awaitable[None]:
        if scope["type"] == "lifespan":
            return self._lifespan(scope, receive, send)
        if scope["type"] == "http" and self._is_watched:
            return self._request(scope, receive, send)
        return self._app(scope, receive, send)

    def _at_once(self, scope: Scope, send: Callable[[Any], object]) -> bool:
        began, seen = time.perf_counter(), list[Seen]()

        def noted(message: Message) -> None:
            """Of two messages, which may be sent later."""
            send(message)
            if message["type"] == "http.response.start":
                seen.append(self._seen(scope, began))
                seen[0].note(message)
            else:
                self._tell(seen[0], None)

        return self._app.at_once(scope, noted)

    async def _request(self, scope: Scope, receive: Any, send: Any) -> None:
        seen = self._seen(scope, time.perf_counter())
        current, failure = CURRENT.set(seen), None

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.note(message)
            await send(message)

        try:
            with self._around(seen):
                await self._app(scope, receive, noted)
        except BaseException as error:
            failure = error
            raise
        finally:
            CURRENT.reset(current)
            self._tell(seen, failure)

    def _tell(self, seen: Seen, failure: BaseException | None) -> None:
        seen.conclude(failure)
        for watch in self._watches:
            watch(seen)

    def _seen(self, scope: Scope, began: float) -> Seen:
        method = scope["method"]
        route = self._route(method, scope["path"]) or NO_ROUTE
        known = method if method in METHODS else OTHER
        return Seen(scope, known, route, trace_id_of(scope), began)

    async def _lifespan(self, scope: Scope, receive: Any, send: Any) -> None:
        async with AsyncExitStack() as stack:
            for part in self._parts:
                await stack.enter_async_context(part)

            async def told(message: Message) -> None:
                if message["type"].startswith("lifespan.shutdown."):
                    await stack.aclose()  # the server waits no longer than for this message
                await send(message)

            await self._app(scope, receive, told)


def trace_id_of(scope: Scope) -> str:
    """The trace that a caller's traceparent names; "" where it sends none that is valid."""
    given = [value for name, value in scope["headers"] if name == b"traceparent"]
    found = _PARENT.match(given[0]) if len(given) == 1 else None
    if found is None or (found["version"] == b"00" and found["more"] is not None):
        return ""
    return found["trace"].decode()
