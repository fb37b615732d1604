"""Lists and records of every collection, one handler each, made from the registry."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.api import lists
from service.api.conditional import Content, respond
from service.api.languages import language
from service.api.parameters import Query
from service.api.schemas import PAGE_TYPES, RECORD_TYPES
from service.formats.json_records import encode, render
from service.limits import COUNT_MAX
from service.model.errors import Fault, not_found, refused
from service.model.suggestions import nearest
from service.query import cursors
from service.query.fields import Collection
from service.query.registry import BY_NAME, COLLECTIONS
from service.store import records
from service.store.database import Database, Snapshot

COUNT_RELATIONS = {True: "gte", False: "eq"}


def list_handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any]) -> Response[Any]:
        asked = lists.read(request, collection)
        database: Database = request.app.state.database
        async with database.read(asked.as_of) as snapshot:
            return await respond(
                request,
                revision=snapshot.revision,
                question=asked.question,
                lang=asked.query.lang,
                is_pinned=asked.is_pinned,
                content=lambda: _page(request, snapshot, collection, asked),
                memento=snapshot.instant if asked.as_of else None,
            )

    answer.__annotations__["return"] = _response(PAGE_TYPES[collection.name])
    return get(
        f"/v1/{collection.name}",
        operation_id=f"list_{collection.name.replace('-', '_')}",
        summary=f"List {collection.name.replace('-', ' ')}",
        description=collection.doc,
        tags=[_tag(collection)],
        opt={"parameters": lists.parameters(collection)},
    )(answer)


def record_handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any], record_id: FromPath[str]) -> Response[Any]:
        query = Query(request)
        lang = query.lang() or language(request)[0]
        as_of, on = query.one("as_of"), query.day("on", lists.today())
        query.finish(p.name for p in lists.record_parameters())
        database: Database = request.app.state.database
        async with database.read(as_of) as snapshot:

            async def content() -> Content:
                return Content(await _record(snapshot, collection, record_id, lang), {})

            return await respond(
                request,
                revision=snapshot.revision,
                question=[on and on.isoformat()],
                lang=lang,
                is_pinned=(as_of or "").startswith("rev:"),
                content=content,
                memento=snapshot.instant if as_of else None,
            )

    answer.__annotations__["return"] = _response(RECORD_TYPES[collection.name])
    kind = collection.kind
    return get(
        f"/v1/{collection.name}/{{record_id:str}}",
        operation_id=f"get_{kind}",
        summary=f"One {kind.replace('_', ' ')}",
        description=collection.doc,
        tags=[_tag(collection)],
        opt={"parameters": lists.record_parameters()},
    )(answer)


def _response(shape: Any) -> Any:
    return Response[shape]


def _tag(collection: Collection) -> str:
    return collection.name.replace("-", " ").capitalize()


async def _record(snapshot: Snapshot, collection: Collection, record_id: str, lang: str) -> bytes:
    row = await records.get(snapshot, collection, record_id)
    if row is None:
        known = await records.ids(snapshot, collection) if collection.is_entity else []
        raise not_found(collection.kind, record_id, nearest(record_id, known))
    return encode(render(collection, row, lang))


async def _page(
    request: Request[Any, Any, Any],
    snapshot: Snapshot,
    collection: Collection,
    asked: lists.ListRequest,
) -> Content:
    await _check_references(snapshot, collection, asked)
    page = await records.page(snapshot, collection, asked.query)
    cursor = None
    if page.after is not None:
        cursor = cursors.encode(cursors.Cursor(snapshot.revision, asked.hash, page.after))
    following = _next(request, cursor)
    shown: dict[str, Any] = {
        "object": "list",
        "data": [render(collection, row, asked.query.lang) for row in page.records],
        "page": {
            "limit": asked.query.limit,
            "next_cursor": cursor,
            "next": following,
        },
        "total": _total(page.count),
        "facets": {},
        "meta": {
            "revision": snapshot.revision,
            "as_of": asked.as_of,
            "on": asked.query.on,
            "lang": asked.query.lang,
            "applied": asked.applied,
            "warnings": [],
        },
    }
    link = {"link": f'<{following}>; rel="next"'} if following else {}
    return Content(encode(shown), link)


def _next(request: Request[Any, Any, Any], cursor: str | None) -> str | None:
    if cursor is None:
        return None
    given = [(k, v) for k, values in Query(request).given.items() for v in values if k != "cursor"]
    return f"{request.url.path}?{urlencode([*given, ('cursor', cursor)])}"


def _total(count: int | None) -> dict[str, Any] | None:
    if count is None:
        return None
    return {"value": min(count, COUNT_MAX), "relation": COUNT_RELATIONS[count > COUNT_MAX]}


async def _check_references(
    snapshot: Snapshot, collection: Collection, asked: lists.ListRequest
) -> None:
    """Refuse ids that no record has."""
    faults: list[Fault] = []
    for condition in asked.query.conditions:
        field = lists.references(collection).get(condition.name)
        if field is None or not BY_NAME[field.to].is_entity:
            continue
        target = BY_NAME[field.to]
        for value in await records.missing(snapshot, field, condition.values):
            near = tuple(nearest(value, await records.ids(snapshot, target)))
            detail = f'There is no {target.kind} "{value[:80]}".'
            faults.append(
                Fault(code="unknown_reference", parameter=condition.name, detail=detail,
                      did_you_mean=near)
            )  # fmt: skip
    if faults:
        raise refused(faults)


HANDLERS = [make(c) for c in COLLECTIONS for make in (list_handler, record_handler)]
