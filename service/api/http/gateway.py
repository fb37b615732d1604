"""What every request passes before the application, and what every answer carries."""

import gzip
import logging
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from service.api.http.access import COUNTED, is_under
from service.api.http.admission import Admission
from service.api.http.lanes.incoming import GONE, ClientGone, Incoming, Message, Receive, Senders
from service.api.http.lanes.places import Place
from service.api.http.lanes.refusals import Refusals
from service.api.http.languages import spoken_of
from service.api.http.negotiation import preferred, without_suffix
from service.api.http.problems import MEDIA_TYPE, internal_error, problem
from service.api.http.remembered_answers import RememberedAnswers, is_id, new_id, takes_gzip
from service.api.http.representations import HTML, JSON
from service.api.http.versions import API_VERSION, LICENCE
from service.formats.files.typed_files import PARQUET
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

Scope = MutableMapping[str, Any]
Send = Callable[[Any], Awaitable[None]]
AtOnce = Callable[[Scope, Callable[[Any], object]], bool]
ProblemFace = Callable[[Scope, bytes], tuple[bytes, dict[str, str]]]

log = logging.getLogger("parity")
MAX_TARGET_BYTES = 8000
GZIP_FROM_BYTES = 1000
PACKED = (b"application/gzip", PARQUET.encode())
EXPOSED = (
    "Request-Id, ETag, Dataset-Revision, Dataset-Age, Memento-Datetime, API-Version, Link,"
    " Content-Language, Deprecation, Sunset, Dry-Run, Idempotent-Replayed, Preference-Applied,"
    " Accept-Ranges, Content-Disposition, Content-Encoding, Content-Range, Date, Vary, Allow,"
    " Retry-After, Server-Timing, Location, RateLimit, RateLimit-Policy, WWW-Authenticate"
)
# What the service reads, and what libraries and tracing add to every request of a page.
ALLOWED = (
    "Accept, Accept-Language, Authorization, Baggage, Cache-Control, Content-Encoding,"
    " Content-Type, Idempotency-Key, If-Match, If-Modified-Since, If-None-Match, If-Range,"
    " Last-Event-ID, Mcp-Method, Mcp-Name, Mcp-Protocol-Version, Mcp-Session-Id,"
    " Min-Dataset-Revision, Prefer, Range, Request-Id, traceparent, tracestate, X-Request-Id,"
    " X-Requested-With"
)
OF_SUFFIXED = "GET, HEAD, OPTIONS"
# RFC 3986, 3.2.2: a name or an address, and a port.
_HOST = re.compile(
    rb"(?:[A-Za-z0-9._~!$&'()*+,;=%-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{0,5}))?\Z"
)
_PORT_MAX = 65_535
REFUSED = "REFUSED"  # a method that no address takes
_EVERYWHERE = {
    b"access-control-allow-origin": b"*",
    b"access-control-expose-headers": EXPOSED.encode(),
    b"api-version": API_VERSION.encode(),
    b"x-content-type-options": b"nosniff",
}
_LICENCE = LICENCE.encode()


class Gateway:
    """Wraps the application: request id, canonical addresses, HEAD, CORS, gzip, last resort."""

    def __init__(
        self, app: Admission, public_url: str, remembered: RememberedAnswers, face: ProblemFace
    ) -> None:
        """`face`: a problem as readers with a browser are shown it."""
        self.app, self.public_url = app, public_url
        self.remembered, self.face = remembered, face
        self._senders, self._lanes = Senders(), app.lanes
        self._refusals = Refusals(app.lanes, self._refused, app.asks)
        self.stop = self._senders.stop
        self.at_once: AtOnce = self._refusals.after(remembered.answered_at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if await self.remembered.answered(scope, send):
            return
        if await self._refusals.answered(scope, send):
            return
        headers = _headers(scope)
        asked_id = headers.get("request-id", "").encode("latin-1")
        scope["request_id"] = (asked_id if is_id(asked_id) else new_id()).decode()
        scope["notes"] = {}  # of the answer: what may be remembered of it
        body = Incoming(receive, headers, self._senders, lambda: self.app.address(scope))
        answer = _Answer(scope, headers, body.before(send), self)
        place = Place(self._lanes.of(scope), body, lambda: self.app.asks(scope))
        try:
            await place.take()
            if place.has_waited and await self.remembered.answered(scope, send):
                return
            await self._admit(scope, headers, place, answer)
        except ClientGone:
            await answer.whole(GONE, {}, b"")
        except ServiceError as error:
            if answer.has_started:
                log.error("request %s failed", scope["request_id"], exc_info=error)
                raise
            await self._refuse(scope, headers, answer, error)
        except Exception as error:  # the last resort of the whole service
            log.error("request %s failed", scope["request_id"], exc_info=error)
            if answer.has_started:
                raise
            await self._refuse(scope, headers, answer, internal_error())
        finally:
            body.close()
            place.leave()

    async def _admit(
        self, scope: Scope, headers: dict[str, str], place: Place, answer: "_Answer"
    ) -> None:
        _check_target(scope)
        _check_host(scope)
        Incoming.check_framing(headers)
        if scope["path"] != "/" and scope["path"].endswith("/"):
            await answer.redirect(_bare(scope))
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await answer.preflight()
        else:
            routed = _with_suffix(_as_get(scope))
            answer.is_suffixed = "suffix" in routed
            methods = self.app.methods(routed) if scope["method"] == "OPTIONS" else []
            if methods:
                await answer.whole(204, {"allow": ", ".join(methods)}, b"")
            else:
                await self.app(routed, place.receive, place.before(answer.send))

    async def _refuse(
        self, scope: Scope, headers: dict[str, str], answer: "_Answer", error: ServiceError
    ) -> None:
        spoken = spoken_of(scope, headers.get("accept-language", ""))
        status, more, body = problem(
            error, request_id=scope["request_id"], spoken=spoken, public_url=self.public_url
        )
        await answer.whole(status, more, body)

    async def _refused(self, scope: Scope, headers: Any, send: Send, error: ServiceError) -> None:
        await self._refuse(scope, headers, _Answer(scope, headers, send, self), error)


class _Answer:
    """Passes the application's answer on with what every answer carries."""

    def __init__(self, scope: Scope, headers: dict[str, str], send: Send, gateway: Gateway) -> None:
        self._remembered = gateway.remembered
        self._face = gateway.face if _is_browsed(scope, headers) else None
        self._scope = scope
        self._send = send
        self._is_head = scope["method"] == "HEAD"
        self._takes_gzip = takes_gzip(headers.get("accept-encoding", "").encode("latin-1"))
        self._had = headers.get("if-none-match", "").encode("latin-1")
        self._began = time.perf_counter()
        self._start: Message | None = None
        self.has_started = False
        self.is_suffixed = False

    async def send(self, message: Message) -> None:
        """ASGI send: holds the start back until the first body part, to code and measure it."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        if self._start is not None:
            start, self._start = self._start, None
            message = await self._begin(start, message)
        if self._is_head:
            message = {**message, "body": b""}
        await self._send(message)

    async def _begin(self, start: Message, first: Message) -> Message:
        headers: dict[bytes, bytes] = {name.lower(): value for name, value in start["headers"]}
        body: bytes = first.get("body", b"")
        is_whole = not first.get("more_body", False)
        if self._face is not None and headers.get(b"content-type") == MEDIA_TYPE.encode():
            body, more = self._face(self._scope, body)
            headers[b"content-length"] = b"%d" % len(body)
            headers |= {k.encode(): v.encode("latin-1") for k, v in more.items()}
        is_worth_it = len(body) >= GZIP_FROM_BYTES and headers.get(b"content-type") not in PACKED
        coded_tag = headers.get(b"etag", b'""')[:-1] + b'-gzip"'
        if is_whole and self._takes_gzip and is_worth_it and start["status"] != 206:
            body = gzip.compress(body, 5, mtime=0)
            headers |= {b"content-encoding": b"gzip", b"content-length": b"%d" % len(body)}
        is_coded_there = start["status"] == 304 and self._takes_gzip and coded_tag in self._had
        if b"etag" in headers and (is_coded_there or headers.get(b"content-encoding") == b"gzip"):
            headers[b"etag"] = coded_tag
        headers.setdefault(b"vary", b"Accept-Encoding")
        if b"allow" in headers:
            allowed = headers[b"allow"].decode("latin-1")
            allowed = OF_SUFFIXED if self.is_suffixed else _with_head(allowed)
            headers[b"allow"] = allowed.encode("latin-1")
        self._add_common(headers)
        if start["status"] in (204, 304):
            headers.pop(b"content-length", None)
            headers.pop(b"content-type", None)
        self.has_started = True
        coded = [*headers.items()]
        if is_whole and start["status"] == 200 and "basis" in self._scope["notes"]:
            self._remembered.remember(self._scope, coded, body)
        await self._send({**start, "headers": coded})
        return {**first, "body": body}

    def _add_common(self, headers: dict[bytes, bytes]) -> None:
        elapsed = (time.perf_counter() - self._began) * 1000
        by = b", replica" if b"dataset-age" in headers else b""
        headers.update(_EVERYWHERE)
        headers[b"request-id"] = self._scope["request_id"].encode()
        headers[b"server-timing"] = b"total;dur=%.1f%s" % (elapsed, by)
        if self._scope["path"].startswith("/v1"):
            own = headers.get(b"link")
            headers[b"link"] = _LICENCE if own is None else b"%s, %s" % (own, _LICENCE)

    async def whole(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """An answer of the gateway's own."""
        headers = {**headers, "content-length": str(len(body))}
        coded = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        await self.send({"type": "http.response.start", "status": status, "headers": coded})
        await self.send({"type": "http.response.body", "body": body})

    async def redirect(self, location: str) -> None:
        await self.whole(308, {"location": location, "cache-control": "public, max-age=3600"}, b"")

    async def preflight(self) -> None:
        allowed = {
            "access-control-allow-methods": "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE",
            "access-control-allow-headers": ALLOWED,
            "access-control-max-age": "86400",
        }
        await self.whole(204, allowed, b"")


def _is_browsed(scope: Scope, headers: dict[str, str]) -> bool:
    """Whether somebody looks at it, outside the API itself."""
    is_wanted = preferred(headers.get("accept", ""), (JSON, MEDIA_TYPE, HTML)) == HTML
    return is_wanted and not is_under(scope["path"], COUNTED)


def _headers(scope: Scope) -> dict[str, str]:
    return {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}


def _check_target(scope: Scope) -> None:
    raw = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogateescape")
    if len(raw) + len(scope["query_string"]) > MAX_TARGET_BYTES:
        raise ServiceError(Code.URI_TOO_LONG, sentence("addresses.long", most=MAX_TARGET_BYTES))
    try:
        path = unquote_to_bytes(raw.split(b"?")[0]).decode("utf-8")
    except UnicodeDecodeError:
        raise ServiceError(Code.NOT_FOUND, sentence("addresses.not_unicode")) from None
    is_coded_end = path.endswith("/") and not raw.split(b"?")[0].endswith(b"/")
    if "\x00" in path or "//" in path or "\\" in path or is_coded_end:
        raise ServiceError(Code.NOT_FOUND, sentence("addresses.odd"))


def _check_host(scope: Scope) -> None:
    hosts = [value for name, value in scope["headers"] if name.lower() == b"host"]
    if len(hosts) != 1 or not hosts[0]:
        raise ServiceError(Code.INVALID_HOST, sentence("addresses.hosts", n=len(hosts)))
    found = _HOST.match(hosts[0])
    if found is None or int(found["port"] or 0) > _PORT_MAX:
        raise ServiceError(Code.INVALID_HOST, sentence("addresses.no_host"))


def _bare(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").split("?")[0]
    bare: str = path.rstrip("/") + (f"?{query}" if query else "")
    return bare


def _as_get(scope: Scope) -> Scope:
    return {**scope, "method": "GET", "is_head": True} if scope["method"] == "HEAD" else scope


def _with_suffix(scope: Scope) -> Scope:
    """The suffix of a format is an Accept in the path: every operation stands at one path.

    It is the address of an answer, where nothing is written.
    """
    path, suffix = without_suffix(scope["path"])
    if not suffix:
        return scope
    method = scope["method"] if scope["method"] in ("GET", "OPTIONS") else REFUSED
    stripped = {"path": path, "raw_path": quote(path).encode(), "suffix": suffix}
    return {**scope, **stripped, "method": method}


def _with_head(allow: str) -> str:
    methods = {method.strip() for method in allow.split(",") if method.strip()}
    if "GET" in methods:
        methods.add("HEAD")
    return ", ".join(sorted(methods))
