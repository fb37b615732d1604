"""How a file is sent: whole and remembered when it is small, else streamed at one revision; and
parts of it by bytes (RFC 9110, 14), for programs that read of a table what they need.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, NamedTuple

from litestar.background_tasks import BackgroundTask
from litestar.response import Stream

from service import limits
from service.api.http.conditional import Content, Question, Rendered, not_modified
from service.api.http.representations import Format, Kind
from service.api.http.state import Answer, AnyAnswer, AnyRequest
from service.formats.pictures.picture import Drawing
from service.formats.rendering import Rendering
from service.model.errors import Code, ServiceError
from service.store.database import Snapshot
from service.texts.sentences import sentence
from service.usecases.catalogue.files import Parts, at_revision
from service.usecases.changes.stream_deadline import Patient

# Several ranges at once, and units other than bytes, are answered with the whole.
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z", re.ASCII)


class FileSent(NamedTuple):
    """A file to be sent under a name. `is_large`: not worth trying to hold it as a whole; `size` is
    its length in bytes, where that is known; `is_whole` as of a Content.
    """

    name: str
    make: Callable[[Snapshot], Parts]
    is_large: bool = False
    size: int | None = None
    is_whole: bool = True


async def send_file(
    request: AnyRequest, question: Question, snapshot: Snapshot, file: FileSent
) -> AnyAnswer:
    """The whole file, remembered, or its parts at the snapshot's revision on a connection of their
    own. Raises what `make` raises before its first part.
    """
    headers = question.headers_of(Content(b"", saved_as(file.name), is_whole=file.is_whole))
    remembered: Rendered = request.app.state.rendered
    whole = remembered.get(question.etag)
    if whole is None and not file.is_large:
        whole = await _gathered(file.make(snapshot))
    if whole is None:
        return await _streamed(request, file, question, headers)
    snapshot.note(*whole.tables)
    if file.is_whole:
        whole = whole._replace(tables=frozenset(snapshot.tables))
        remembered.put(question.etag, whole, whole.size)
    return Answer(whole.body, headers, question.media_type)


async def encoded(
    format_: Format, kind: Kind, answer: Any, rendering: Rendering
) -> bytes | Drawing:
    """The answer in a format; one that is heavy to write waits for a thread."""
    write = format_.encoders[kind]
    if format_.is_heavy:
        return await asyncio.to_thread(write, answer, rendering)
    return write(answer, rendering)


def saved_as(name: str) -> dict[str, str]:
    """The header by which a browser saves an answer under a name."""
    return {"content-disposition": f'attachment; filename="{name}"'}


def file_name(path: str, revision: int, suffix: str) -> str:
    """What a browser saves it as."""
    return f"parity-{slug(path)}-r{revision}.{suffix}"


def slug(path: str) -> str:
    """What a saved answer is called: `/v1/products/kimi/gaps` is `products-kimi-gaps`."""
    return path.removeprefix("/v1").strip("/").replace("/", "-") or "index"


def unchanged(request: AnyRequest, question: Question, name: str) -> Answer | None:
    """The 304 of a file."""
    response = not_modified(request, question)
    if response is not None:
        response.headers |= saved_as(name)
    return response


async def _gathered(parts: Parts) -> Content | None:
    """The whole of a file, or None when it is too large to be kept."""
    pieces: list[bytes] = []
    length = 0
    async with aclosing(parts):
        async for part in parts:
            pieces.append(part)
            length += len(part)
            if length > limits.FILE_KEPT_BYTES:
                return None
    return Content(b"".join(pieces), {})


async def _streamed(
    request: AnyRequest, file: FileSent, question: Question, headers: dict[str, str]
) -> Stream:
    """What fails at once is told as a problem; later the connection breaks, so no end is seen."""
    if file.size is not None:
        headers = headers | {"content-length": str(file.size)}
    if request.scope.get("is_head"):
        return Stream(_nothing(), headers=headers, media_type=question.media_type)
    state = request.app.state
    parts = at_revision(state.database, state.watcher, question.revision, file.make)
    patient = Patient(parts, limits.FILE_SECONDS)
    await patient.begin()
    closed = BackgroundTask(patient.close)  # runs when the client has left, too
    return Stream(patient, headers=headers, media_type=question.media_type, background=closed)


async def _nothing() -> AsyncIterator[bytes]:
    yield b""


class Part(NamedTuple):
    """From the first to the last byte, which is within."""

    first: int
    last: int

    def of(self, body: bytes) -> bytes:
        return body[self.first : self.last + 1]

    def told(self, length: int) -> str:
        """Content-Range."""
        return f"bytes {self.first}-{self.last}/{length}"


def ranged(request: AnyRequest, response: AnyAnswer) -> AnyAnswer:
    """Of a file that is sent in one piece the part that was asked for; it says that it has parts.

    Raises ServiceError `range_not_satisfiable`.
    """
    headers = response.headers
    if not isinstance(response, Answer) or "content-disposition" not in headers:
        return response
    if response.status != 200 or "etag" not in headers:
        return response
    headers["accept-ranges"] = "bytes"
    asked, body = request.headers.get("range", ""), response.body
    if not asked or request.scope.get("is_head"):
        return response
    part = part_asked(asked, request.headers.get("if-range", ""), headers["etag"], len(body))
    if part is None:
        return response
    headers = {**headers, "content-range": part.told(len(body))}
    return Answer(part.of(body), headers, response.media_type, 206)


def part_asked(header: str, if_range: str, tag: str, length: int) -> Part | None:
    """The part of a body that a Range asks for; None: the whole.

    `tag` is the strong ETag of the body; another one in `if_range` means that what the client holds
    is of another body. Raises ServiceError `range_not_satisfiable`.
    """
    asked = _RANGE.match(header.strip())
    if asked is None or (if_range and if_range.strip() != tag):
        return None
    start, end = asked.groups()
    if not start and not end:
        return None
    first = int(start) if start else max(0, length - int(end))
    last = min(int(end), length - 1) if start and end else length - 1
    if start and end and int(end) < int(start):
        return None
    if first >= length:
        detail = sentence("addresses.range", given=header.strip()[:60], length=length)
        raise ServiceError(Code.RANGE_NOT_SATISFIABLE, detail)
    return Part(first, last)
