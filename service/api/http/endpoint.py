"""The one pipeline of reads: parse, validator, remembered bytes, open, compute, page, encode.

An operation says what it takes, what it gives and how its answer may be kept; its handlers get a
`Reading` and return the answer. What HTTP wants of them stands here once.
"""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, cast

import msgspec
from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from service.api.http import conditional, paging, remembered_answers, streaming
from service.api.http.access import caller
from service.api.http.checked import Checked, checked, worded
from service.api.http.conditional import Content, Question
from service.api.http.operation import Operation, P, Reading, Rows
from service.api.http.paging import CURSOR, Listing
from service.api.http.query_string import encoded
from service.api.http.remembered_answers import Basis
from service.api.http.representations import BY_SUFFIX, Kind, Rendering
from service.api.http.state import Answer, AnyAnswer, AnyRequest, database_of
from service.api.http.versions import DESCRIBED_BY, with_deprecations
from service.api.presence import unless_gone
from service.formats.json_records import encode
from service.model.keys import allows
from service.query.cursors import Cursor, query_hash
from service.store.database import Database, Snapshot
from service.store.snapshots import WHOLE_BASE, Overtaken
from service.usecases.catalogue import files
from service.usecases.single_flight_cache import Flights

JSON = BY_SUFFIX["json"]
PRIVATE = "private, no-store"
SENT = ("rows", "file", "export", "archive")  # kinds of answers that go out as a file
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # of what is no part of the base


def route(operation: Operation[Any]) -> HTTPRouteHandler:
    """The operation as the framework wants it."""

    async def answer(request: AnyRequest) -> ASGIApp:
        ids, is_own = request.path_params, operation.shape is not None
        asked = operation.for_(request.headers.get("accept", ""))
        made = operation.handler(request) if is_own else respond(asked, request, **ids)
        used = operation.deprecated, *operation.parameters.deprecated(request)
        return cast("ASGIApp", with_deprecations(await unless_gone(made), *used))

    answer.__name__ = answer.__qualname__ = operation.id
    return get(
        operation.path,
        operation_id=operation.id,
        opt={"operation": operation, "scope": operation.scope, "cost": operation.cost},
    )(answer)


async def respond(operation: Operation[P], request: AnyRequest, **ids: str) -> AnyAnswer:
    """Answers a GET. Raises ServiceError with every fault of the query string at once."""
    if operation.guard is not None:
        operation.guard(request, **ids)
    asked = checked(operation, request)
    if operation.validator == "none":
        return await _beside(asked, ids)
    response, basis = await shared_with_others(asked, ids)
    if operation.scope == "read" and operation.validator == "revision":
        request.scope["notes"]["basis"] = basis  # type: ignore[typeddict-item]
    return streaming.ranged(request, response)


async def shared_with_others(asked: Checked[P], ids: Mapping[str, str]) -> tuple[AnyAnswer, Basis]:
    """Who asks the same at the same newest revision waits for one answer, and for no connection."""
    state, watcher = asked.request.app.state, asked.request.app.state.watcher
    is_private = asked.operation.validator != "revision" or _kind(asked) in SENT
    if is_private or not watcher.is_current:
        return await _answered(asked, ids)
    had = asked.request.headers.get("if-none-match", "")
    words = asked.request.scope["query_string"], asked.format.suffix
    key = (asked.path, words, asked.spoken, had, watcher.newest)
    flights: Flights[tuple[AnyAnswer, Basis]] = state.flights
    first, basis = await flights.share(key, lambda: _answered(asked, ids))
    assert isinstance(first, Answer), "what is sent as a file is not shared"
    return msgspec.structs.replace(first, headers=dict(first.headers)), basis


async def _answered(asked: Checked[P], ids: Mapping[str, str]) -> tuple[AnyAnswer, Basis]:
    """The answer, and what it stands on."""
    operation, request = asked.operation, asked.request
    database: Database = request.app.state.database
    as_of = asked.as_of
    if operation.locate is not None:
        as_of = f"rev:{await operation.locate(database, **ids)}"
    supposed = -1 if asked.place.revision is None else asked.place.revision
    is_lazy = operation.is_lazy and asked.format is JSON
    named = as_of, asked.revision_parameter
    with suppress(Overtaken):  # the transaction that follows cannot be
        async with database.read(
            *named, is_lazy=is_lazy, supposed=supposed, least=_least(asked)
        ) as read:
            return await _read(asked, read, ids, is_newest=as_of is None)
    async with database.read(*named) as read:
        return await _read(asked, read, ids, is_newest=as_of is None)


def _least(asked: Checked[P]) -> int | None:
    """The revision that a replica must have to give the answer; None: the primary gives it, as a
    file that is under way cannot be begun again, and what is beside the base has no revision."""
    if asked.operation.validator != "revision" or _kind(asked) in SENT:
        return None
    return max(conditional.least(asked.request), asked.place.revision or 0)


async def _read(
    asked: Checked[P], read: Snapshot, ids: Mapping[str, str], *, is_newest: bool
) -> tuple[AnyAnswer, Basis]:
    snapshot = read if asked.on is None else dataclasses.replace(read, on=asked.on)
    day = remembered_answers.today()
    if is_newest and snapshot.is_open:
        conditional.check_least(asked.request, snapshot.revision)
    response = await _response(asked, snapshot, ids)
    return response, Basis(snapshot.revision, frozenset(snapshot.tables), asked.is_pinned, day)


async def _response(asked: Checked[P], snapshot: Snapshot, ids: Mapping[str, str]) -> AnyAnswer:
    reading, kind = _reading(asked, snapshot), _kind(asked)
    if not snapshot.is_open:  # the revision comes with the rows
        content = await _content(asked, reading, kind, ids)
        if asked.as_of is None:
            conditional.check_least(asked.request, snapshot.revision)
        return conditional.answer(asked.request, _question(asked, snapshot), content)
    question = _question(asked, snapshot)
    if kind == "rows":
        return await _rows(asked, reading, question, ids)
    if kind in SENT:
        return await _sent(asked, reading, question, ids)
    if asked.operation.validator == "body":
        snapshot.note(WHOLE_BASE)
        content = await _content(asked, reading, kind, ids)
        digest = hashlib.sha256(content.body).hexdigest()
        question = msgspec.structs.replace(
            question, asked=[question.asked, digest], fresh=_shared(asked)
        )
        return conditional.answer(asked.request, question, content)
    return await conditional.respond(
        asked.request, question, lambda: _content(asked, reading, kind, ids), snapshot.tables
    )


async def _beside(asked: Checked[P], ids: Mapping[str, str]) -> AnyAnswer:
    """What is no part of the base, for its caller alone."""
    content = await _content(asked, _reading(asked, None), _kind(asked), ids)
    headers = {"cache-control": PRIVATE, **worded(asked), **content.headers}
    return Answer(content.body, headers, asked.format.media_type)


def _shared(asked: Checked[P]) -> str:
    """The Cache-Control of what says more to some."""
    fresh, scope = asked.operation.fresh, asked.operation.private_to
    sees_more = bool(scope) and allows(caller(asked.request).scopes, scope)
    return fresh.replace("public", "private") if sees_more else fresh


def _kind(asked: Checked[P]) -> Kind:
    return asked.operation.kind(asked.format)


def _reading(asked: Checked[P], snapshot: Snapshot | None) -> Reading[P]:
    return Reading(
        request=asked.request,
        query=asked.query,
        parameters=asked.parameters,
        filter=asked.filter,
        lang=asked.spoken.lang,
        opened=snapshot,
        window=asked.place.window,
        format=asked.format,
        on=asked.on,
    )


def _question(asked: Checked[P], snapshot: Snapshot) -> Question:
    return Question(
        revision=snapshot.revision,
        path=asked.path,
        asked=asked.question,
        media_type=asked.format.media_type,
        spoken=asked.spoken,
        is_pinned=asked.is_pinned,
        memento=snapshot.instant if asked.as_of is not None else None,
        fresh=asked.operation.fresh,
        age=snapshot.standing.age,
    )


async def _content(
    asked: Checked[P], reading: Reading[P], kind: Kind, ids: Mapping[str, str]
) -> Content:
    answer = await asked.operation.gives[kind](reading, **ids)
    revision = 0 if reading.opened is None else reading.opened.revision
    headers = {"link": ", ".join(asked.operation.links)} if asked.operation.links else {}
    is_whole = getattr(answer, "is_whole", True)  # of a list or a page
    if kind == "page":
        headers = answer.headers
    if isinstance(answer, Listing):
        if asked.format.refuses and answer.after is not None:
            raise files.too_many_rows()
        answer, links = _with_page(asked, revision, answer)
        headers["link"] = ", ".join(links)
    if asked.format.is_saved:
        name = streaming.file_name(asked.path, revision, asked.format.suffix)
        headers |= streaming.saved_as(name)
    if asked.format is JSON:
        return Content(encode(answer), headers, is_whole=is_whole)
    told = getattr(answer, "on", None)  # the day that it speaks of, asked for or not
    day = told if isinstance(told, date) else reading.on
    rendering = _rendering(asked, reading.opened, day)
    written = await streaming.encoded(asked.format, kind, answer, rendering)
    body = await asked.request.app.state.drawing_pool.shown(written, reading.opened)
    return Content(body, headers, is_whole=is_whole)


def _cursor(asked: Checked[P], revision: int, after: Sequence[str | None] | None) -> Cursor | None:
    """Where the list goes on; None where it ends."""
    return None if after is None else Cursor(revision, query_hash(asked.words), list(after))


def _with_page(asked: Checked[P], revision: int, listing: Listing[Any]) -> tuple[Any, list[str]]:
    page = paging.page_of(
        asked.query,
        asked.path,
        asked.place.window.limit,
        _cursor(asked, revision, listing.after),
        database_of(asked.request).cursor_key,
    )
    following = [] if page.next is None else [f'<{page.next}>; rel="next"']
    first = encoded(asked.query.pairs(CURSOR))
    links = [*following, f'<{asked.path}{f"?{first}" if first else ""}>; rel="first"', DESCRIBED_BY]
    if isinstance(listing.answer, dict):
        return listing.answer | {"page": page}, links
    return msgspec.structs.replace(listing.answer, page=page), links


def _rendering(asked: Checked[P], opened: Snapshot | None, on: date | None) -> Rendering:
    """Its `url` says everything that the answer depends on; `on` is the day that it speaks of."""
    revision, instant = (0, EPOCH) if opened is None else (opened.revision, opened.instant)
    public_url: str = asked.request.app.state.settings.public_url
    day = {} if on is None else {"on": on.isoformat()}
    pinned = {**day, "as_of": f"rev:{revision}", "lang": asked.spoken.lang}
    options = (name for own in asked.operation.options.values() for name in own.names)
    given = asked.query.pairs("on", "as_of", "lang", *options)
    return Rendering(
        operation=asked.operation.id,
        options=asked.options,
        lang=asked.spoken.lang,
        url=f"{public_url}{asked.path}?{encoded([*sorted(given), *pinned.items()])}",
        name=streaming.slug(asked.path),
        revision=revision,
        instant=instant,
        on=on,
        fields=asked.query.several("fields") if "fields" in asked.operation.names else (),
        picture=asked.operation.picture,
    )


async def _sent(
    asked: Checked[P], reading: Reading[P], question: Question, ids: Mapping[str, str]
) -> AnyAnswer:
    """A file whose bytes the operation makes itself."""
    name = streaming.file_name(asked.path, question.revision, asked.format.suffix)
    if (response := streaming.unchanged(asked.request, question, name)) is not None:
        return response
    file: streaming.FileSent = await asked.operation.gives[_kind(asked)](reading, **ids)
    return await streaming.send_file(asked.request, question, reading.snapshot, file)


async def _rows(
    asked: Checked[P], reading: Reading[P], question: Question, ids: Mapping[str, str]
) -> AnyAnswer:
    """The rows of a list as a file."""
    name = streaming.file_name(asked.path, question.revision, asked.format.suffix)
    if (response := streaming.unchanged(asked.request, question, name)) is not None:
        return response
    rows: Rows = await asked.operation.gives["rows"](reading, **ids)
    file = rows.file(asked.format, _rendering(asked, reading.snapshot, asked.on))
    checked = await files.checked(reading.snapshot, file)
    is_large = await files.is_large(reading.snapshot, checked)
    sent = streaming.FileSent(
        name, lambda s: files.written(s, checked), is_large, is_whole=not checked.unfinished
    )
    return await streaming.send_file(asked.request, question, reading.snapshot, sent)
