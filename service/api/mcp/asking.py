"""The API as the tools ask it: every answer is a GET, in this process or of a running service.

So a tool says what the API says: the same figures, faults, quotas and remembered bytes.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlencode, urlsplit

import msgspec

from service.api.http.negotiation import without_suffix
from service.model.errors import not_found
from service.query.registry import BY_NAME
from service.texts.messages import message

JSON = "application/json"
Pairs = Sequence[tuple[str, str]]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
REDIRECTS_MAX = 3  # of merged records, one into the next
# What an assistant's request says of its caller that counts for what is asked on its behalf.
KEPT = (b"host", b"authorization", b"x-forwarded-for")


class Refused(Exception):
    """The API's problem document, which is passed on as it is."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail")))
        self.problem = problem


class Answer(NamedTuple):
    """An answer as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Found(NamedTuple):
    """What an address says, at which revision, in which language."""

    body: dict[str, Any]
    revision: int
    lang: str


class Asking(ABC):
    """Reads the API for one caller. `base` is the address that readers may follow, `lang` the
    language of a caller who names none."""

    base: str
    lang: str

    @abstractmethod
    async def sent(self, target: str) -> Answer:
        """The answer to a GET of the path and query."""

    async def get(self, path: str, query: Pairs = ()) -> Found:
        """The JSON of an address. Raises Refused."""
        target = addressed(path, query)
        for _ in range(REDIRECTS_MAX):
            answer = await self.sent(target)
            if answer.status != 308:
                break
            target = answer.headers["location"]
        body = self._read(answer)
        if answer.status >= 400:
            raise Refused(body)
        revision = int(answer.headers.get("dataset-revision", "0"))
        return Found(body, revision, answer.headers.get("content-language", self.lang))

    def _read(self, answer: Answer) -> dict[str, Any]:
        """The JSON of an answer. Raises Refused for what no Parity says."""
        try:
            return msgspec.json.decode(answer.body, type=dict[str, Any])
        except msgspec.DecodeError:
            told = message("mcp.no_parity", self.lang, url=self.base, status=answer.status)
            raise Refused({"detail": told}) from None

    def url(self, path: str, query: Pairs = ()) -> str:
        """The address as a reader may open it."""
        return self.base + addressed(path, query)


def addressed(path: str, query: Pairs) -> str:
    """A path and its query as they stand in an address."""
    return quote(path) + (f"?{urlencode(query)}" if query else "")


def record_path(collection: str, record_id: str) -> str:
    """Raises ServiceError `not_found` for an id that no record can have."""
    path = f"/v1/{collection}/{record_id}"
    is_odd = any(mark in record_id for mark in "/\\?#%") or not record_id.isprintable()
    if is_odd or record_id in (".", "..") or without_suffix(path)[1]:
        kind = BY_NAME[collection].kind if collection in BY_NAME else collection.removesuffix("s")
        raise not_found(kind, record_id)
    return path


class InProcess(Asking):
    """Asks the application of this process, as the caller of a request."""

    def __init__(self, app: App, scope: Scope, base: str, lang: str) -> None:
        self._app = app
        self._scope = scope
        self.base = base
        self.lang = lang

    @property
    def host(self) -> str:
        """Under which name the caller has asked."""
        named = dict(self._scope["headers"]).get(b"host", b"")
        return str(named.decode("latin-1"))

    async def sent(self, target: str, accept: str = JSON) -> Answer:
        """One ASGI request."""
        split = urlsplit(target)
        heads: list[Any] = [(k, v) for k, v in self._scope["headers"] if k.lower() in KEPT]
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": self._scope.get("scheme", "http"),
            "server": self._scope.get("server"),
            "client": self._scope.get("client"),
            "root_path": "",
            "method": "GET",
            "path": unquote(split.path),
            "raw_path": split.path.encode(),
            "query_string": split.query.encode(),
            "headers": [
                *heads,
                (b"accept", accept.encode()),
                (b"accept-language", self.lang.encode()),
            ],
        }
        received = Received()
        await self._app(scope, received.nothing, received.take)
        return received.answer


class Received:
    """The answer of an ASGI application, put together."""

    def __init__(self) -> None:
        self._is_read = False
        self._start: Any = {"status": 0, "headers": []}
        self._parts: list[bytes] = []

    async def nothing(self) -> Any:
        """ASGI receive: a GET has no body, and the tool does not leave."""
        if self._is_read:
            await asyncio.Future()
        self._is_read = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def take(self, message: Any) -> None:
        """ASGI send."""
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))

    async def pass_on(self, send: Send) -> None:
        """The same to whoever asked."""
        await send(self._start)
        await send({"type": "http.response.body", "body": b"".join(self._parts)})

    @property
    def answer(self) -> Answer:
        coded = self._start["headers"]
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in coded}
        return Answer(self._start["status"], headers, b"".join(self._parts))
