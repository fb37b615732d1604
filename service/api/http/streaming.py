"""How a file is sent: whole and remembered when it is small, else streamed at one revision."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any, NamedTuple

from litestar import Response
from litestar.background_tasks import BackgroundTask
from litestar.response import Stream

from service import limits
from service.api.http.conditional import Content, Question, Rendered, not_modified
from service.api.http.state import AnyRequest
from service.store.database import Snapshot
from service.usecases.catalogue.files import Parts, at_revision
from service.usecases.changes.stream_deadline import Patient


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
) -> Response[Any]:
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
        remembered.put(question.etag, whole, len(whole.body))
    return Response(whole.body, headers=headers, media_type=question.media_type)


def saved_as(name: str) -> dict[str, str]:
    """The header by which a browser saves an answer under a name."""
    return {"content-disposition": f'attachment; filename="{name}"'}


def file_name(path: str, revision: int, suffix: str) -> str:
    """What a browser saves it as."""
    return f"parity-{slug(path)}-r{revision}.{suffix}"


def slug(path: str) -> str:
    """What a saved answer is called: `/v1/products/kimi/gaps` is `products-kimi-gaps`."""
    return path.removeprefix("/v1").strip("/").replace("/", "-") or "index"


def unchanged(request: AnyRequest, question: Question, name: str) -> Response[Any] | None:
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
