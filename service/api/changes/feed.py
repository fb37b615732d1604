"""`/v1/changes` and its stream: everything that the base has come to say, in order."""

import logging
from collections.abc import AsyncIterator
from typing import Any, Literal

from litestar import Request, Response, get
from litestar.response import Stream
from msgspec import UNSET, Struct, UnsetType

from service import limits
from service.api.changes.feed_parameters import FILED, LISTED, STREAMED, Asked, asked_of
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import Query
from service.formats.change_records import event
from service.formats.json_records import encode
from service.model.errors import Code, ServiceError
from service.query.feed import behind, parse
from service.store.database import Database
from service.usecases.changes.feed import Following, Stretch, live, read, wait, whole
from service.usecases.changes.revision_watcher import Pulse

log = logging.getLogger("parity")
NDJSON, EVENT_STREAM = "application/x-ndjson", "text/event-stream"
RECONNECT_MS = 2000


class ChangeShown(Struct):
    """One change; the ids that the record points to stand beside it. `into`: of a merge."""

    seq: str
    revision: int
    type: str
    id: str
    href: str
    recorded_at: str
    into: str | UnsetType = UNSET


class ChangeList(Struct):
    """Changes in order; `next_cursor` is where to go on, also when nothing more is there yet."""

    object: Literal["changes"]
    data: list[ChangeShown]
    next_cursor: str
    has_more: bool
    revision: int


async def _first(
    request: Request[Any, Any, Any], following: Following, asked: Asked, size: int
) -> Stretch:
    database: Database = request.app.state.database
    if not asked.seconds:
        return await read(database, following, size)
    pulse: Pulse = request.app.state.pulse
    with pulse.place("waiting requests", limits.WAITERS_MAX):
        return await wait(database, pulse, following, size, asked.seconds)


@get("/v1/changes", operation_id="list_changes", summary="What changed, in order",
     tags=["Following"], opt={"parameters": LISTED})  # fmt: skip
async def list_changes(request: Request[Any, Any, Any]) -> Response[ChangeList]:
    """Every creation, update, retirement and merge since a place, in an order that never changes.

    With `wait` the answer comes with the next change, or empty when the time is up.
    """
    query = Query(request)
    asked = asked_of(query, LISTED)
    following = await asked.following(request.app.state.database, behind(0))
    stretch = await _first(request, following, asked, asked.limit)

    async def content() -> Content:
        return Content(encode(_page(stretch)), {})

    return await respond(
        request,
        revision=stretch.revision,
        question=[following.after.cursor, query.normalized("wait", "since", "cursor")],
        lang=language(request)[0],
        is_pinned=False,
        content=content,
        fresh="no-cache",
    )


def _page(stretch: Stretch) -> dict[str, Any]:
    return {
        "object": "changes",
        "data": [event(change) for change in stretch.changes],
        "next_cursor": stretch.place.cursor,
        "has_more": stretch.has_more,
        "revision": stretch.revision,
    }


@get("/v1/changes.ndjson", operation_id="export_changes", summary="What changed, line by line",
     tags=["Following"], opt={"parameters": FILED, "answers": NDJSON})  # fmt: skip
async def export_changes(request: Request[Any, Any, Any]) -> Stream:
    """One change a line; the last line is where to go on, and without it the file is cut off."""
    asked = asked_of(Query(request), FILED)
    database: Database = request.app.state.database
    following = await asked.following(database, behind(0))
    size = min(asked.limit, limits.CHANGES_PAGE_MAX)
    first = await _first(request, following, asked, size)
    headers = {"cache-control": "no-store", "dataset-revision": str(first.revision)}
    lines = _lines(whole(database, first, following, asked.limit))
    return Stream(lines, media_type=NDJSON, headers=headers)


async def _lines(stretches: AsyncIterator[Stretch]) -> AsyncIterator[bytes]:
    async for stretch in stretches:
        last = {"next_cursor": stretch.place.cursor, "revision": stretch.revision}
        yield b"".join(encode(event(change)) + b"\n" for change in stretch.changes)
    yield encode(last) + b"\n"


@get("/v1/changes/stream", operation_id="stream_changes", summary="What changes, as it happens",
     tags=["Following"], opt={"parameters": STREAMED, "answers": EVENT_STREAM})  # fmt: skip
async def stream_changes(request: Request[Any, Any, Any]) -> Stream:
    """Server-sent events; a client that comes back with Last-Event-ID misses and repeats nothing.

    A comment every fifteen seconds keeps the line open; after ten minutes the client is to come
    back.
    """
    asked = asked_of(Query(request), STREAMED)
    asked.since = _resumed(request) or asked.since
    database: Database = request.app.state.database
    following = await asked.following(database, None)
    pulse: Pulse = request.app.state.pulse
    pulse.check_place("streams", limits.STREAMS_MAX)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    events = _nothing() if request.scope.get("is_head") else _events(request, following)
    return Stream(events, media_type=EVENT_STREAM, headers=headers)


def _resumed(request: Request[Any, Any, Any]) -> str | None:
    text = request.headers.get("last-event-id", "")
    if text and parse(text) is None:
        raise ServiceError(Code.CURSOR_INVALID, "Last-Event-ID was not given by this service.")
    return text or None


async def _nothing() -> AsyncIterator[bytes]:
    yield b""


async def _events(request: Request[Any, Any, Any], following: Following) -> AsyncIterator[bytes]:
    """A failing database ends the stream; the client comes back to where it was."""
    pulse: Pulse = request.app.state.pulse
    yield f"retry: {RECONNECT_MS}\n\n".encode()
    try:
        with pulse.place("streams", limits.STREAMS_MAX):
            async for stretch in live(request.app.state.database, pulse, following):
                yield _frames(stretch)
    except ServiceError as error:
        log.warning("a stream of changes ends: %s", error.detail)


def _frames(stretch: Stretch) -> bytes:
    """Events with their places; then, without data, the place behind them all."""
    frames = [
        f"id: {change.place.cursor}\ndata: ".encode() + encode(event(change)) + b"\n\n"
        for change in stretch.changes
    ]
    last = f": revision {stretch.revision}\nid: {stretch.place.cursor}\n\n".encode()
    return b"".join([*frames, last])


HANDLERS = [list_changes, export_changes, stream_changes]
