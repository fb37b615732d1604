"""Validators: a representation is named by revision, question, media type and language."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import format_datetime
from typing import NamedTuple, TypeAlias

import msgspec
from msgspec import Struct

from service.api.http.languages import Spoken
from service.api.http.state import Answer, AnyRequest
from service.bounded import Bounded
from service.cached import cached_property
from service.model.errors import Code, ServiceError
from service.query import cursors
from service.texts.sentences import sentence
from service.usecases.catalogue.preconditions import Precondition

MAX_HEADER = 20_000
MATCHES = ("if-match", "if-none-match")
_TAG = re.compile(r'"r(\d{1,18})-[0-9a-f]{16}(?:-gzip)?"\Z', re.ASCII)


def precondition(request: AnyRequest) -> Precondition:
    """What the caller says it has read; weak and foreign tags match nothing.

    Raises ServiceError `invalid_value`.
    """
    headers = request.headers
    match, absent = (", ".join(headers.getall(name, [])) for name in MATCHES)
    if "if-none-match" in headers and absent.strip() != "*":
        raise ServiceError(Code.INVALID_VALUE, sentence("preconditions.star_only"))
    if "if-match" in headers and absent:
        raise ServiceError(Code.INVALID_VALUE, sentence("preconditions.exclusive"))
    if "if-match" not in headers:
        return Precondition(is_absent=bool(absent))
    if match.strip() == "*":
        return Precondition(is_any=True)
    tags = [_TAG.match(part.strip()) for part in match[:MAX_HEADER].split(",")]
    return Precondition(revisions=tuple(int(tag[1]) for tag in tags if tag))


def least(request: AnyRequest) -> int:
    """The revision that a caller must see; 0 where none is said, or none that is one."""
    given = request.headers.get(LEAST, "")
    return int(given) if _REVISION.match(given) else 0


def check_least(request: AnyRequest, newest: int) -> None:
    """What a caller has written or read must be in what they read next: Min-Dataset-Revision.

    Raises ServiceError `invalid_value`, and `revision_unknown` where it is not there.
    """
    given = request.headers.get(LEAST)
    if given is None:
        return
    if not _REVISION.match(given):
        raise ServiceError(Code.INVALID_VALUE, sentence("revisions.least", given=given[:40]))
    if int(given) > newest:
        detail = sentence("revisions.unknown", revision=int(given), newest=newest)
        raise ServiceError(Code.REVISION_UNKNOWN, detail)


LEAST = "min-dataset-revision"
_REVISION = re.compile(r"\d{1,18}\Z", re.ASCII)
FRESH = "public, max-age=60, stale-while-revalidate=600"
IMMUTABLE = "public, max-age=31536000, immutable"
KEPT_BYTES = 32_000_000
_ENTRY_BYTES = 1000  # of headers, ETag and bookkeeping, about
JSON = "application/json"


class Content(NamedTuple):
    """A body, the headers that belong to it, and the tables that it was read from; what is not
    whole may be so when asked again, so nobody is to keep it."""

    body: bytes
    headers: dict[str, str]
    tables: frozenset[str] = frozenset()
    is_whole: bool = True

    @property
    def size(self) -> int:
        """About how many bytes it takes where it is kept."""
        return len(self.body) + _ENTRY_BYTES


# The last representations by ETag, within a number of bytes: an ETag never goes stale.
Rendered: TypeAlias = Bounded[Content]


class Question(Struct, frozen=True, kw_only=True, dict=True):
    """What a representation answers: everything by which it is named, remembered and kept.

    `asked` is the normalized query. `is_pinned`: the address names its revision, so what it says
    can never change. `memento` is the instant of the past that was asked for (RFC 7089); `fresh` is
    the Cache-Control of what is not pinned. `age`: of what a replica gave, for how many seconds the
    primary had not been heard.
    """

    revision: int
    path: str
    asked: object
    media_type: str
    spoken: Spoken
    is_pinned: bool = False
    memento: datetime | None = None
    fresh: str = FRESH
    age: float | None = None

    @cached_property
    def etag(self) -> str:
        return etag(self.revision, [self.path, self.asked], self.media_type, self.spoken.lang)

    @property
    def headers(self) -> dict[str, str]:
        """What every representation carries, and a 304 too."""
        by_header = ", Accept-Language" if self.spoken.is_by_header else ""
        headers = {
            "etag": self.etag,
            "cache-control": IMMUTABLE if self.is_pinned else self.fresh,
            "dataset-revision": str(self.revision),
            "content-language": self.spoken.lang,
            "vary": "Accept, Accept-Encoding" + by_header,
        }
        if self.memento is not None:
            headers["memento-datetime"] = format_datetime(self.memento, usegmt=True)
        if self.age is not None:
            headers["dataset-age"] = f"{self.age:.0f}"
        return headers

    def headers_of(self, content: Content) -> dict[str, str]:
        if content.is_whole:
            return self.headers | content.headers
        kept = {name: value for name, value in self.headers.items() if name != "etag"}
        return kept | content.headers | {"cache-control": "no-store"}


def etag(revision: int, question: object, media_type: str, lang: str) -> str:
    """`"r<revision>-<16 hex>"`; `question` is the path and the normalized query."""
    asked = msgspec.json.encode([question, media_type, lang])
    return f'"r{revision}-{hashlib.sha256(asked).hexdigest()[:16]}"'


def record_etag(href: str, revision: int, lang: str) -> str:
    """What a GET of the record, asked nothing else, answers with."""
    words = cursors.list_question({}, None, lang)
    return etag(revision, [href, [words, 0, [], "", "json"]], JSON, lang)


def answer(request: AnyRequest, question: Question, content: Content) -> Answer:
    """What was read already, or 304 when the client has it."""
    if (unchanged := not_modified(request, question)) is not None:
        return unchanged
    return Answer(content.body, question.headers_of(content), question.media_type)


async def respond(
    request: AnyRequest,
    question: Question,
    content: Callable[[], Awaitable[Content]],
    tables: set[str],
) -> Answer:
    """304 when the client has this representation; else the remembered or a new body.

    `content` is not called when it is not needed; `tables` hold what it reads, and what was read
    for a body that is remembered.
    """
    if (unchanged := not_modified(request, question)) is not None:
        return unchanged
    remembered: Rendered = request.app.state.rendered
    shown = remembered.get(question.etag)
    if shown is None:
        shown = (await content())._replace(tables=frozenset(tables))
        if shown.is_whole:
            remembered.put(question.etag, shown, shown.size)
    tables |= shown.tables
    return Answer(shown.body, question.headers_of(shown), question.media_type)


def not_modified(request: AnyRequest, question: Question) -> Answer | None:
    """The 304, where the client has the representation already."""
    had = request.headers.get("if-none-match")
    if had is None or not matches(had, question.etag):
        return None
    return Answer(b"", question.headers, question.media_type, 304)


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
