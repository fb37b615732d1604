"""Lists and records of every collection, one handler each, made from the registry."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from service.api.catalogue import files, lists
from service.api.catalogue.record_schemas import PAGE_TYPES, RECORD_TYPES
from service.api.catalogue.search_terms import narrowed
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import Query, is_pinned
from service.api.http.versions import DESCRIBED_BY
from service.formats.json_records import encode
from service.limits import COUNT_MAX
from service.model.notices import Notice, WarningCode, notice
from service.query import cursors
from service.query.fields import Collection, Field
from service.query.filters.expressions import Comparison, both, text
from service.query.operators import Operator
from service.query.paths import paths
from service.query.registry import BY_NAME, COLLECTIONS
from service.query.relations import embeddings
from service.query.views import FACTS, ISSUES, TIMELINE
from service.store.database import Database, Snapshot
from service.usecases.catalogue.lists import Selection, listed, shown
from service.usecases.catalogue.merged_ids import existing

COUNT_RELATIONS = {True: "gte", False: "eq"}


def list_handler(collection: Collection, path: str = "") -> HTTPRouteHandler:
    """The list of a collection or view."""

    async def answer(request: Request[Any, Any, Any]) -> Response[Any]:
        form = files.form_wanted(request)
        if form is not None:
            return await files.respond_with_file(request, collection, form)
        return await _listed(request, collection, lists.read(request, collection))

    answer.__annotations__["return"] = _response(PAGE_TYPES[collection.name])
    return get(
        path or f"/v1/{collection.name}",
        operation_id=f"list_{collection.name.replace('-', '_')}",
        summary=f"List {collection.name.replace('-', ' ')}",
        description=collection.doc,
        tags=[_tag(collection)],
        opt={"parameters": lists.parameters(collection), "also": files.OFFERED[1:]},
    )(answer)


def part_handler(owner: Collection, collection: Collection, reference: Field) -> HTTPRouteHandler:
    """The records of a collection that point to one record: `/v1/products/{id}/adoptions`."""

    async def answer(request: Request[Any, Any, Any], record_id: FromPath[str]) -> Response[Any]:
        asked = lists.read(request, collection)
        fixed = Comparison(paths(collection)[reference.name], Operator.EQ, (record_id,))
        query = replace(asked.query, filter=both(fixed, asked.query.filter))
        applied = asked.applied | {"filter": text(query.filter)}
        asked = replace(asked, query=query, applied=applied)
        database: Database = request.app.state.database
        async with database.read(asked.as_of) as snapshot:
            await existing(snapshot, owner, record_id)
        return await _listed(request, collection, asked)

    answer.__annotations__["return"] = _response(PAGE_TYPES[collection.name])
    return get(
        f"/v1/{owner.name}/{{record_id:str}}/{collection.name}",
        operation_id=f"list_{collection.name.replace('-', '_')}_of_{owner.kind}",
        summary=f"List {collection.name.replace('-', ' ')} of one {owner.kind.replace('_', ' ')}",
        description=f"Short for /v1/{collection.name}?{reference.name}=…",
        tags=[_tag(owner)],
        opt={"parameters": lists.parameters(collection)},
    )(answer)


async def _listed(
    request: Request[Any, Any, Any], collection: Collection, asked: lists.ListRequest
) -> Response[Any]:
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


def record_handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any], record_id: FromPath[str]) -> Response[Any]:
        query = Query(request)
        lang = query.lang() or language(request)[0]
        as_of, on = query.one("as_of"), query.day("on", lists.today())
        selection = lists.read_selection(query, collection, lang, on)
        query.finish(p.name for p in lists.record_parameters(collection))
        database: Database = request.app.state.database
        async with database.read(as_of) as snapshot:

            async def content() -> Content:
                return Content(await _record(snapshot, collection, record_id, selection), {})

            return await respond(
                request,
                revision=snapshot.revision,
                question=[on and on.isoformat(), query.normalized("on", "lang")],
                lang=lang,
                is_pinned=is_pinned(as_of),
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
        opt={"parameters": lists.record_parameters(collection)},
    )(answer)


def _response(shape: Any) -> Any:
    return Response[shape]


def _tag(collection: Collection) -> str:
    return collection.name.replace("-", " ").capitalize()


async def _record(
    snapshot: Snapshot, collection: Collection, record_id: str, selection: Selection
) -> bytes:
    row = await existing(snapshot, collection, record_id)
    return encode((await shown(snapshot, collection, [row], selection))[0])


async def _page(
    request: Request[Any, Any, Any],
    snapshot: Snapshot,
    collection: Collection,
    asked: lists.ListRequest,
) -> Content:
    narrow = await narrowed(request, snapshot, collection, asked.query, asked.words)
    found = await listed(snapshot, collection, narrow, asked.selection, asked.facets)
    cursor = None
    if found.after is not None and not asked.query.sample:
        cursor = cursors.encode(cursors.Cursor(snapshot.revision, asked.hash, found.after))
    following = _next(request, cursor)
    envelope = {
        "object": "list",
        "data": found.data,
        "page": {"limit": asked.query.limit, "next_cursor": cursor, "next": following},
        "total": total(found.count),
        "facets": found.facets,
        "meta": {
            "revision": snapshot.revision,
            "as_of": asked.as_of,
            "on": asked.query.on,
            "lang": asked.query.lang,
            "applied": asked.applied,
            "date_undecided": found.undecided,
            "resolved": found.resolution.resolved,
            "warnings": _warnings(found.undecided, asked)
            + found.resolution.warnings(asked.query.lang),
        },
    }
    links = [DESCRIBED_BY] if following is None else [f'<{following}>; rel="next"', DESCRIBED_BY]
    return Content(encode(envelope), {"link": ", ".join(links)})


def _warnings(undecided: dict[str, int], asked: lists.ListRequest) -> list[Notice]:
    if not undecided:
        return []
    counts = ", ".join(f"{name}: {count}" for name, count in undecided.items())
    form = "kept" if asked.query.is_possible else "left_out"
    return [notice(WarningCode.DATE_UNDECIDED, asked.query.lang, form, counts=counts)]


def _next(request: Request[Any, Any, Any], cursor: str | None) -> str | None:
    if cursor is None:
        return None
    given = [(k, v) for k, values in Query(request).given.items() for v in values if k != "cursor"]
    return f"{request.url.path}?{urlencode([*given, ('cursor', cursor)])}"


def total(count: int | None) -> dict[str, Any] | None:
    """The number of records, bounded."""
    if count is None:
        return None
    return {"value": min(count, COUNT_MAX), "relation": COUNT_RELATIONS[count > COUNT_MAX]}


def _parts() -> list[HTTPRouteHandler]:
    reverse = [(c, e) for c in COLLECTIONS for e in embeddings(c).values() if e.is_reverse]
    facts_of = FACTS.field("source_ids")
    assert facts_of is not None, "the view declares it"
    return [
        *(part_handler(owner, e.target, e.reference) for owner, e in reverse),
        part_handler(BY_NAME["sources"], FACTS, facts_of),
    ]


ISSUES_PATH = "/v1/quality/issues"
HANDLERS = [
    *(make(c) for c in COLLECTIONS for make in (list_handler, record_handler)),
    *_parts(),
    list_handler(TIMELINE),
    list_handler(ISSUES, ISSUES_PATH),
    *(handler for c in (*COLLECTIONS, TIMELINE) for handler in files.handlers(c)),
    *files.handlers(ISSUES, ISSUES_PATH),
]
