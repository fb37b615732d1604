"""How a file is sent: whole and remembered when it is small, else streamed at one revision."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, NamedTuple

from litestar import Request, Response
from litestar.background_tasks import BackgroundTask
from litestar.response import Stream

from service import limits
from service.api.http.conditional import Content, Rendered, validated
from service.api.http.parameters import is_pinned
from service.store.database import Database, Snapshot
from service.usecases.catalogue.files import Parts, at_revision
from service.usecases.changes.stream_deadline import Patient

Asked = Request[Any, Any, Any]


class FileAsked(NamedTuple):
    """A checked request of a file; `name` and `suffix` are of the download.

    `is_large` is asked once, before anything is made; it raises what can be told before the first
    byte, and says whether to stream at once;
    `size` is the length, where it is known.
    """

    name: str
    suffix: str
    media_type: str
    question: object
    lang: str
    as_of: str | None
    is_large: Callable[[Snapshot], Awaitable[bool]]
    make: Callable[[Snapshot], Parts]
    size: int | None = None


async def send(request: Asked, asked: FileAsked) -> Response[Any]:
    """304, the whole file, or its parts at the revision of the first look."""
    database: Database = request.app.state.database
    async with database.read(asked.as_of) as snapshot:
        found = validated(
            request,
            revision=snapshot.revision,
            question=asked.question,
            lang=asked.lang,
            is_pinned=is_pinned(asked.as_of),
            media_type=asked.media_type,
            memento=snapshot.instant if asked.as_of else None,
        )
        named = f"parity-{asked.name}-r{snapshot.revision}.{asked.suffix}"
        headers = found.headers | {"content-disposition": f'attachment; filename="{named}"'}
        if found.is_known:
            return Response(b"", status_code=304, headers=headers, media_type=asked.media_type)
        rendered: Rendered = request.app.state.rendered
        whole = rendered.get(found.tag)
        if whole is None and not await asked.is_large(snapshot):
            whole = await _gathered(asked.make(snapshot))
    if whole is None:
        return await _streamed(request, asked, snapshot.revision, headers)
    rendered.put(found.tag, whole)
    return Response(whole.body, headers=headers, media_type=asked.media_type)


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
    request: Asked, asked: FileAsked, revision: int, headers: dict[str, str]
) -> Stream:
    """What fails at once is told as a problem; later the connection breaks, so no end is seen."""
    if asked.size is not None:
        headers = headers | {"content-length": str(asked.size)}
    if request.scope.get("is_head"):
        return Stream(_nothing(), headers=headers, media_type=asked.media_type)
    state = request.app.state
    parts = at_revision(state.database, state.pulse, revision, asked.make)
    patient = Patient(parts, limits.FILE_SECONDS)
    await patient.begin()
    closed = BackgroundTask(patient.close)  # runs when the client has left, too
    return Stream(patient, headers=headers, media_type=asked.media_type, background=closed)


async def _nothing() -> AsyncIterator[bytes]:
    yield b""
