"""Whole answers out of memory, before any routing: coded, with their headers, by what was asked.

An answer is remembered by its address, word for word, and by the headers that choose its form. It
holds as of every later revision that has written none of the tables that it was read from, and only
on its day; what names its revision holds for ever. It is the same for everybody who may read it.

It is given in whichever thread takes the request: what is shared here is read once, and replaced
whole.
"""

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any

import uuid_utils
from msgspec import Struct

from service import limits
from service.api.http.admission import Admission
from service.api.http.conditional import matches
from service.bounded import Bounded
from service.model.errors import ServiceError
from service.usecases.changes.revision_watcher import RevisionWatcher

Scope = MutableMapping[str, Any]
Message = dict[str, Any]
Header = tuple[bytes, bytes]
Headers = list[Header]
Send = Callable[[Any], Awaitable[None]]

# Requests with one of these are answered the long way.
_UNUSUAL = frozenset(
    (b"content-length", b"transfer-encoding", b"if-match", b"last-event-id", b"prefer", b"range")
)
# What is of one request alone, or of the newest revision.
_OWN = frozenset(
    (
        *(b"request-id", b"server-timing", b"ratelimit", b"ratelimit-policy"),
        *(b"dataset-revision", b"dataset-age"),
    )
)
_OF_BODY = frozenset((b"content-length", b"content-type", b"content-encoding"))
_DAY_SECONDS = 86_400
_NOTHING = {"type": "http.response.body", "body": b""}
_AT_ONCE = (b"server-timing", b"total;dur=0.0")  # in less than 50 µs
_AT_ONCE_SECONDS = 0.000_05
_REQUEST_ID = re.compile(rb"[A-Za-z0-9_-]{8,64}\Z")
_ENTRY_BYTES = 2500  # of headers and bookkeeping, about


class Basis(Struct, frozen=True):
    """What an answer stands on; the day is the world's of its making, in days since 1970."""

    revision: int
    tables: frozenset[str]
    is_pinned: bool
    day: int


class Kept(Struct):
    """A remembered answer, and the headers of its 304. `tag` is the ETag, `checked` the newest
    revision as of which the answer was found to hold, and how it is told."""

    basis: Basis
    headers: Headers
    unchanged: Headers
    body: Message
    tag: bytes
    cost: int
    needed: str | None
    checked: tuple[int, Header]

    def is_had(self, tags: bytes) -> bool:
        """Whether If-None-Match names it, in whatever coding."""
        tag = self.tag.decode().replace('-gzip"', '"')
        return tags == self.tag or matches(tags.decode("latin-1"), tag)


class Asked(Struct, frozen=True, gc=False):
    """A request as it is looked up: `key` is all that chooses the answer, with the epoch of the
    base in which it came, as a base that went back has nothing of what it answered before."""

    key: tuple[bytes, bytes, bytes, bytes, bool, int]
    headers: dict[bytes, bytes]

    @property
    def epoch(self) -> int:
        return self.key[-1]


def today() -> int:
    """The world's day, UTC, in days since 1970."""
    return int(time.time() // _DAY_SECONDS)


class RememberedAnswers:
    """The last answers of one worker, up to a number of bytes."""

    def __init__(
        self,
        admission: Admission,
        watcher: RevisionWatcher,
        *,
        is_strict: bool = False,
        size: int = limits.ANSWERS_BYTES,
    ) -> None:
        """`is_strict`: PostgreSQL is asked for the newest revision all the same."""
        self._is_strict = is_strict
        self._admission = admission
        self._watcher = watcher
        self._kept = Bounded[Kept](size)

    async def answered(self, scope: Scope, send: Send) -> bool:
        """Whether it was answered out of memory."""
        began = time.perf_counter()
        kept = self._found(scope)
        if kept is None or (self._is_strict and not await self._is_confirmed()):
            return False
        if (messages := self._messages(scope, kept, began)) is None:
            return False
        for message in messages:
            await send(message)
        return True

    def answered_at_once(self, scope: Scope, send: Callable[[Any], object]) -> bool:
        """The same without waiting, in another thread than the event loop's: `send` takes a message
        when it is called. Not where PostgreSQL is asked, nor beside a loop that stands still."""
        began = time.perf_counter()
        if self._is_strict or not self._watcher.is_followed:
            return False
        if (kept := self._found(scope)) is None:
            return False
        if (messages := self._messages(scope, kept, began)) is None:
            return False
        for message in messages:
            send(message)
        return True

    def _found(self, scope: Scope) -> Kept | None:
        """What was answered to the same question, where the newest revision is known."""
        if "asked" not in scope:
            scope["asked"] = _asked(scope, self._watcher.epoch)
        asked: Asked | None = scope["asked"]
        return None if asked is None or not self._watcher.is_current else self._kept.get(asked.key)

    def _messages(self, scope: Scope, kept: Kept, began: float) -> tuple[Message, Message] | None:
        """The answer to whoever asks, charged; None where it no longer holds, or they are to be
        told otherwise."""
        asked: Asked = scope["asked"]
        given = asked.headers
        if (revision := self._as_of(kept, asked)) is None:
            return None
        had = given.get(b"if-none-match")
        is_unchanged = had is not None and kept.is_had(had)
        own = self._admission.admitted_now(
            scope, given, kept.cost, kept.needed, is_free=is_unchanged
        )
        if own is None:
            return None
        headers = [
            *(kept.unchanged if is_unchanged else kept.headers),
            *own,
            (b"request-id", given.get(b"request-id") or new_id()),
            revision,
            _timing(time.perf_counter() - began),
        ]
        scope["remembered"] = True
        start = {
            "type": "http.response.start",
            "status": 304 if is_unchanged else 200,
            "headers": headers,
        }
        return start, _NOTHING if is_unchanged or scope["method"] == "HEAD" else kept.body

    async def _is_confirmed(self) -> bool:
        """Whether the newest revision known is the newest there is; what fails is said by who asks
        the long way."""
        try:
            await self._watcher.confirm()
        except ServiceError:
            return False
        return self._watcher.is_current

    def _as_of(self, kept: Kept, asked: Asked) -> Header | None:
        """The newest revision, where the answer is right as of it and it is as new as was asked
        for; that of its own where it names one."""
        watcher, basis = self._watcher, kept.basis
        newest = watcher.newest
        if asked.epoch != watcher.epoch:  # which went by while it waited
            return None
        least = asked.headers.get(b"min-dataset-revision")
        if least is not None and not (least.isdigit() and int(least) <= newest):
            return None
        checked, told = kept.checked
        if basis.is_pinned:
            return told
        if basis.day != today():
            return None
        if checked != newest:
            if not watcher.is_unwritten(basis.tables, basis.revision):
                return None
            told = _revision(newest)
            kept.checked = newest, told
        return told

    def remember(self, scope: Scope, headers: Headers, body: bytes) -> None:
        """The whole answer 200 to a request, as it was sent; of what is to be kept by nobody, which
        has no ETag, nothing."""
        notes = scope["notes"]
        basis: Basis | None = notes.get("basis")
        asked, tag = scope["asked"], dict(headers).get(b"etag")
        if basis is None or asked is None or tag is None:
            return
        size = len(body) + sum(map(len, asked.key[:4])) + _ENTRY_BYTES
        if size > self._kept.most // 8:
            return
        kept = [header for header in headers if header[0] not in _OWN]
        answer = Kept(
            basis=basis,
            headers=kept,
            unchanged=[header for header in kept if header[0] not in _OF_BODY],
            body={"type": "http.response.body", "body": body},
            tag=tag,
            cost=notes["cost"],
            needed=notes["needed"],
            checked=(-1, _revision(basis.revision)),
        )
        self._kept.put(asked.key, answer, size)


def _asked(scope: Scope, epoch: int) -> Asked | None:
    """None: answered the long way, which also says what is wrong with it."""
    if scope["method"] not in ("GET", "HEAD"):
        return None
    given = scope["headers"]
    headers: dict[bytes, bytes] = dict(given)
    of = headers.get
    is_plain = len(headers) == len(given) and _UNUSUAL.isdisjoint(headers)
    if not is_plain or not of(b"host"):
        return None
    if (request_id := of(b"request-id")) is not None and not is_id(request_id):
        return None
    coding = of(b"accept-encoding")
    key = (
        scope.get("raw_path") or scope["path"].encode(),
        scope["query_string"],
        of(b"accept", b""),
        of(b"accept-language", b""),
        coding is not None and takes_gzip(coding),
        epoch,
    )
    return Asked(key, headers)


def _revision(number: int) -> Header:
    return b"dataset-revision", b"%d" % number


def _timing(seconds: float) -> Header:
    if seconds < _AT_ONCE_SECONDS:
        return _AT_ONCE
    return b"server-timing", b"total;dur=%.1f" % (seconds * 1000)


def is_id(text: bytes) -> bool:
    """Whether it may name a request."""
    return _REQUEST_ID.match(text) is not None


@lru_cache(1000)
def takes_gzip(accept_encoding: bytes) -> bool:
    """Whether a client takes answers coded by gzip (RFC 9110, 12.5.3)."""
    for part in accept_encoding.decode("latin-1").lower().split(","):
        coding, _, quality = part.replace(" ", "").partition(";q=")
        if coding in ("gzip", "x-gzip"):
            return quality not in ("0", "0.0", "0.00", "0.000")
    return False


def new_id() -> bytes:
    """Of a request that brings none."""
    return str(uuid_utils.uuid7()).encode()
