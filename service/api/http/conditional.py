"""Validators: a representation is named by revision, question, media type and language."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Any, NamedTuple

import msgspec
from litestar import Request, Response

from service.api.http.languages import language
from service.model.errors import Code, ServiceError

FRESH = "public, max-age=60, stale-while-revalidate=600"
IMMUTABLE = "public, max-age=31536000, immutable"
KEPT_BYTES = 64_000_000


class Content(NamedTuple):
    """A body, and the headers that belong to it."""

    body: bytes
    headers: dict[str, str]


class Rendered:
    """The last representations by ETag, up to a number of bytes; an ETag never goes stale."""

    def __init__(self, size: int = KEPT_BYTES) -> None:
        self._size = size
        self._used = 0
        self._bodies: OrderedDict[str, Content] = OrderedDict()

    def get(self, tag: str) -> Content | None:
        if tag in self._bodies:
            self._bodies.move_to_end(tag)
        return self._bodies.get(tag)

    def put(self, tag: str, content: Content) -> None:
        replaced = self._bodies.pop(tag, None)
        self._used += len(content.body) - (len(replaced.body) if replaced else 0)
        self._bodies[tag] = content
        while self._used > self._size:
            self._used -= len(self._bodies.popitem(last=False)[1].body)


def etag(revision: int, question: object, media_type: str, lang: str) -> str:
    """`"r<revision>-<16 hex>"`; `question` is the path and the normalized query."""
    asked = msgspec.json.encode([question, media_type, lang])
    return f'"r{revision}-{hashlib.sha256(asked).hexdigest()[:16]}"'


JSON = "application/json"


def record_etag(href: str, revision: int, lang: str) -> str:
    """What a GET of the record, asked nothing else, answers with."""
    return etag(revision, [href, [None, []]], JSON, lang)


class Validated(NamedTuple):
    """What names a representation, its headers, and whether the client has it already."""

    tag: str
    headers: dict[str, str]
    is_known: bool


def validated(
    request: Request[Any, Any, Any],
    *,
    revision: int,
    question: object,
    lang: str,
    is_pinned: bool,
    media_type: str = JSON,
    memento: datetime | None = None,
    fresh: str = FRESH,
) -> Validated:
    """The validator of a representation; see `respond`."""
    tag = etag(revision, [request.url.path, question], media_type, lang)
    headers = {
        "etag": tag,
        "cache-control": IMMUTABLE if is_pinned else fresh,
        "dataset-revision": str(revision),
        "content-language": lang,
        "vary": "Accept, Accept-Encoding" + (", Accept-Language" if language(request)[1] else ""),
    }
    if memento is not None:
        headers["memento-datetime"] = format_datetime(memento, usegmt=True)
    return Validated(tag, headers, matches(request.headers.get("if-none-match", ""), tag))


async def respond(
    request: Request[Any, Any, Any],
    *,
    revision: int,
    question: object,
    lang: str,
    is_pinned: bool,
    content: Callable[[], Awaitable[Content]],
    memento: datetime | None = None,
    fresh: str = FRESH,
    media_type: str = JSON,
) -> Response[Any]:
    """304 when the client has this representation; else the remembered or a new body.

    `content` is not called when it is not needed. `is_pinned`: the address names its revision, so
    what it says can never change. `memento` is the instant of the past that was asked for
    (RFC 7089); `fresh` is the Cache-Control of what is not pinned. A media type that is not JSON
    was decided by the address or the caller. Raises ServiceError `not_acceptable`.
    """
    if media_type == JSON and not accepts_json(request.headers.get("accept", "")):
        raise ServiceError(Code.NOT_ACCEPTABLE, "This address answers application/json.")
    found = validated(
        request, revision=revision, question=question, lang=lang, is_pinned=is_pinned,
        media_type=media_type, memento=memento, fresh=fresh,
    )  # fmt: skip
    if found.is_known:
        return Response(b"", status_code=304, headers=found.headers, media_type=media_type)
    rendered: Rendered = request.app.state.rendered
    shown = rendered.get(found.tag)
    if shown is None:
        shown = await content()
        rendered.put(found.tag, shown)
    return Response(shown.body, headers=found.headers | shown.headers, media_type=media_type)


def accepts_json(header: str) -> bool:
    """Whether an Accept header leaves room for JSON (RFC 9110, 12.5.1); none asks for anything."""
    if not header.strip():
        return True
    for part in header[:2000].split(","):
        kind, _, parameters = part.partition(";")
        wanted = kind.strip().lower() in ("*/*", "application/*", "application/json")
        if wanted and not re.search(r"(?:^|;)\s*q=0(?:\.0*)?\s*(?:;|$)", parameters):
            return True
    return False


def matches(header: str, tag: str) -> bool:
    """Weak comparison with If-None-Match (RFC 9110, 13.1.2); `-gzip` names the coded variant."""
    if header.strip() == "*":
        return True
    opaque = tag.strip('"')
    for candidate in header[:20_000].split(","):
        given = candidate.strip().removeprefix("W/").strip('"').removesuffix("-gzip")
        if given == opaque:
            return True
    return False
