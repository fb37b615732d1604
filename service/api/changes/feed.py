"""`/v1/changes` and its stream: every change of a record, in order.

The feed never ends, so its pages always have a cursor: the place of the last change, which `since`
takes too.
"""

import logging
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from litestar.response import Stream
from msgspec import UNSET, Meta, Struct, UnsetType

from service import limits
from service.api.http import conditional
from service.api.http.checked import Checked, checked
from service.api.http.conditional import Content, Question
from service.api.http.operation import answers_itself
from service.api.http.paging import CURSOR, LIMIT, PageShown, paged
from service.api.http.query_string import QueryString
from service.api.http.state import AnyAnswer, AnyRequest
from service.formats.change_records import event
from service.formats.json_records import encode
from service.model.errors import Code, ServiceError
from service.query.feed import PLACE_FORM, behind, parse
from service.query.filters.changes import conditions_of
from service.query.filters.expressions import Expression
from service.store.changes.feed import KINDS
from service.store.database import Database
from service.texts.sentences import sentence
from service.usecases.changes.feed import Following, Stretch, live, place_of, read, wait, whole
from service.usecases.changes.revision_watcher import RevisionWatcher

log = logging.getLogger("parity")
EVENT_STREAM = "text/event-stream"
RECONNECT_MS = 2000
Kinds = tuple[Literal[KINDS], ...]  # type: ignore[valid-type]


class FollowingParameters(Struct, frozen=True, kw_only=True):
    """Which changes are followed, from where on."""

    since: Annotated[
        str | None,
        Meta(
            description="What came after: `rev:N`, `seq:…`, a day (its end, UTC) or an instant with"
            " a zone. Without it from the beginning; the stream begins now.",
            examples=["rev:1"],
            extra_json_schema={"pattern": PLACE_FORM},
        ),
    ] = None
    kinds: Annotated[
        Kinds,
        Meta(
            description="Only changes of these kinds of records.",
            examples=[["product"]],
        ),
    ] = ()
    id: Annotated[
        tuple[str, ...],
        Meta(
            max_length=limits.VALUES_MAX,
            description="Only changes of these records.",
            examples=[["kimi"]],
        ),
    ] = ()
    filter: (
        Annotated[
            str,
            Meta(
                max_length=limits.FILTER_CHARACTERS,
                description="Only changes of records that met it before the change or meet it"
                " after; an AIP-160 expression over the fields of the kinds.",
                examples=["vendor.country = CN"],
            ),
        ]
        | None
    ) = None

    def check(self, query: QueryString) -> None:
        """The filter speaks of the kinds; a cursor stands for `since`."""
        if self.filter is not None:
            query.faults += conditions_of([self.filter], self.kinds)[1]
        cursor = query.given.get(CURSOR)
        if cursor and "since" in query.given:
            detail = sentence("parameters.exclusive", name=CURSOR, other="since")
            query.note(Code.INCOMPATIBLE_PARAMETERS, CURSOR, detail)
        if cursor and parse(cursor[0]) is None:
            query.note(Code.CURSOR_INVALID, CURSOR, sentence("cursors.unknown"))

    @property
    def conditions(self) -> dict[str, Expression] | None:
        """The filter by kind."""
        return None if self.filter is None else conditions_of([self.filter], self.kinds)[0]


class _Waiting(FollowingParameters, frozen=True, kw_only=True):
    wait: Annotated[
        int,
        Meta(
            ge=0,
            le=limits.WAIT_SECONDS_MAX,
            description="Seconds to wait for the next change when there is none yet.",
        ),
    ] = 0


ChangesParameters = paged(_Waiting, limits.PAGE_MAX, limits.CHANGES_PAGE_MAX)


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
    """Changes in order; `page.next_cursor` is where to go on, also when nothing is there yet."""

    object: Literal["changes"]
    data: list[ChangeShown]
    page: PageShown
    has_more: bool
    revision: int


async def list_changes(request: AnyRequest) -> AnyAnswer:
    """What changed, in order.

    Every creation, update, retirement and merge since a place, in an order that never changes. With
    `wait` the answer comes with the next change, or empty when the time is up. As NDJSON up to
    100,000 changes; the last line is where to go on, and without it the file is cut off.
    """
    asked = checked(CHANGES, request)
    following = await _following(request, asked, asked.parameters.cursor)
    is_file = asked.format.suffix == "ndjson"
    is_bounded = LIMIT in asked.query.given or not is_file
    most = asked.parameters.limit if is_bounded else limits.CHANGES_FILE_MAX
    size = min(most, limits.CHANGES_PAGE_MAX)
    stretch = await _first(request, following, asked.parameters.wait, size)
    if is_file:
        headers = {"cache-control": "no-store", "dataset-revision": str(stretch.revision)}
        database: Database = request.app.state.database
        lines = _lines(whole(database, stretch, following, most))
        return Stream(lines, media_type=asked.format.media_type, headers=headers)

    async def content() -> Content:
        return Content(encode(_page(asked, stretch)), {})

    question = Question(
        revision=stretch.revision,
        path=asked.path,
        asked=[following.after.cursor, asked.query.normalized("wait", "since", CURSOR)],
        media_type=asked.format.media_type,
        spoken=asked.spoken,
        fresh="no-cache",
    )
    return await conditional.respond(request, question, content, set())


async def _following(request: AnyRequest, asked: Checked[Any], cursor: str | None) -> Following:
    parameters = asked.parameters
    start = None if asked.operation is STREAM else behind(0)
    database: Database = request.app.state.database
    place = await place_of(database, cursor or parameters.since, default=start)
    return Following(
        place, tuple(sorted(parameters.kinds)), tuple(sorted(parameters.id)), parameters.conditions
    )


async def _first(request: AnyRequest, following: Following, seconds: int, size: int) -> Stretch:
    database: Database = request.app.state.database
    if not seconds:
        return await read(database, following, size)
    watcher: RevisionWatcher = request.app.state.watcher
    with watcher.place("waiting requests", limits.WAITERS_MAX):
        return await wait(database, watcher, following, size, seconds)


def _page(asked: Checked[Any], stretch: Stretch) -> dict[str, Any]:
    cursor = stretch.place.cursor
    words = urlencode([*asked.query.pairs(CURSOR, "since"), (CURSOR, cursor)])
    return {
        "object": "changes",
        "data": [event(change) for change in stretch.changes],
        "page": PageShown(asked.parameters.limit, cursor, f"{asked.path}?{words}"),
        "has_more": stretch.has_more,
        "revision": stretch.revision,
    }


async def _lines(stretches: AsyncIterator[Stretch]) -> AsyncIterator[bytes]:
    async for stretch in stretches:
        last = {"next_cursor": stretch.place.cursor, "revision": stretch.revision}
        yield b"".join(encode(event(change)) + b"\n" for change in stretch.changes)
    yield encode(last) + b"\n"


async def stream_changes(request: AnyRequest) -> AnyAnswer:
    """What changes, as it happens.

    Server-sent events; a client that comes back with Last-Event-ID misses and repeats nothing. A
    comment every fifteen seconds keeps the line open; after ten minutes the client is to come back.
    """
    asked = checked(STREAM, request)
    following = await _following(request, asked, _resumed(request))
    watcher: RevisionWatcher = request.app.state.watcher
    watcher.check_place("streams", limits.STREAMS_MAX)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    events = _nothing() if request.scope.get("is_head") else _events(request, following)
    return Stream(events, media_type=EVENT_STREAM, headers=headers)


def _resumed(request: AnyRequest) -> str | None:
    text = request.headers.get("last-event-id", "")
    if text and parse(text) is None:
        raise ServiceError(Code.CURSOR_INVALID, sentence("cursors.unknown_event"))
    return text or None


async def _nothing() -> AsyncIterator[bytes]:
    yield b""


async def _events(request: AnyRequest, following: Following) -> AsyncIterator[bytes]:
    """A failing database ends the stream; the client comes back to where it was."""
    watcher: RevisionWatcher = request.app.state.watcher
    yield f"retry: {RECONNECT_MS}\n\n".encode()
    try:
        with watcher.place("streams", limits.STREAMS_MAX):
            async for stretch in live(request.app.state.database, watcher, following):
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


CHANGES = answers_itself(
    "/v1/changes", list_changes, "Following", ChangesParameters, ChangeList, ("json", "ndjson")
)
STREAM = answers_itself(
    "/v1/changes/stream", stream_changes, "Following", FollowingParameters, str, ("event-stream",)
)
