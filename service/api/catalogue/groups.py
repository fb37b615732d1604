"""Aggregates of every collection, one handler each, made from the registry."""

from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from service import limits
from service.api.catalogue import lists
from service.api.catalogue.record_schemas import ListApplied, PageShown, Total
from service.api.catalogue.search_terms import narrowed, read_words, words_of
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, ON, Parameter, Query, is_pinned
from service.formats.json_records import encode
from service.model.errors import Code, ServiceError
from service.model.notices import Notice
from service.query import cursors
from service.query.fields import Collection
from service.query.filters.expressions import text
from service.query.filters.parameters import filter_of
from service.query.grouping import (
    Metric,
    group_names,
    having_of,
    key_of,
    metric_names,
    metric_of,
)
from service.query.registry import COLLECTIONS
from service.store.catalogue.lists import ListQuery
from service.store.database import Database, Snapshot
from service.usecases.catalogue.groups import Aggregated, Aggregation, aggregated, warnings

KEYS_MAX = 3


class AggregateMeta(Struct):
    """At which revision, by which filter, and what could not be grouped."""

    revision: int
    as_of: str | None
    on: str | None
    lang: str
    applied: ListApplied
    date_undecided: dict[str, int]
    date_unbucketed: dict[str, int]
    warnings: list[Notice]
    resolved: dict[str, str]


class Aggregate(Struct):
    """Groups: each has its keys and its figures; a null key is the unknown."""

    object: Literal["aggregate"]
    group_by: list[str]
    metrics: list[str]
    data: list[dict[str, str | int | None]]
    page: PageShown
    total_groups: Total
    meta: AggregateMeta


def parameters(collection: Collection) -> list[Parameter]:
    """Everything that an aggregate may be asked."""
    several = {"type": "array", "items": {"type": "string"}}
    size = {"type": "integer", "minimum": 1, "maximum": limits.PAGE_MAX}
    return [
        Parameter(name="group_by", doc="One to three keys; dates by year(), quarter(), month().",
                  schema={"type": "array", "maxItems": KEYS_MAX,
                          "items": {"type": "string", "enum": group_names(collection)}}),
        Parameter(name="metrics", doc="What is computed of each group.",
                  schema={"type": "array", "default": ["count"],
                          "items": {"type": "string", "enum": metric_names(collection)}}),
        Parameter(name="having", doc="Only groups whose metric compares so: count>=2.",
                  schema=several),
        Parameter(name="fill", doc="zero: also the empty periods of the one date key.",
                  schema={"type": "string", "enum": ["none", "zero"], "default": "none"}),
        Parameter(name="sort", doc="Keys and metrics, `-` for descending.", schema=several),
        Parameter(name="limit", doc="Groups a page.",
                  schema={**size, "default": limits.PAGE_DEFAULT}),
        Parameter(name="cursor", doc="`page.next_cursor` of the page before."),
        *lists.filter_parameters(collection),
        *words_of(collection),
        LANG, ON, AS_OF,
    ]  # fmt: skip


def handler(collection: Collection) -> HTTPRouteHandler:
    async def answer(request: Request[Any, Any, Any]) -> Response[Aggregate]:
        query = Query(request)
        asked = read(query, collection, request)
        limit = query.integer("limit", limits.PAGE_DEFAULT, 1, limits.PAGE_MAX)
        as_of, cursor = query.one("as_of"), query.one("cursor")
        query.finish(p.name for p in parameters(collection))
        question = cursors.list_question(query.given, asked.query.on, asked.query.lang)
        asked_hash = cursors.query_hash([request.url.path, question])
        start, pinned = _place(cursor, asked_hash)
        database: Database = request.app.state.database
        async with database.read(pinned or as_of) as snapshot:

            async def content() -> Content:
                found = await grouped(request, snapshot, collection, asked)
                following = start + limit if start + limit < len(found.groups) else None
                token = None
                if following is not None:
                    place = cursors.Cursor(snapshot.revision, asked_hash, [str(following)])
                    token = cursors.encode(place)
                body = _body(snapshot, asked, found, found.groups[start : start + limit], as_of)
                body["page"] = {"limit": limit, "next_cursor": token, "next": _next(request, token)}
                return Content(encode(body), {})

            return await respond(
                request,
                revision=snapshot.revision,
                question=[question, limit, cursor],
                lang=asked.query.lang,
                is_pinned=is_pinned(pinned or as_of),
                content=content,
                memento=snapshot.instant if as_of else None,
            )

    return get(
        f"/v1/aggregate/{collection.name}",
        operation_id=f"aggregate_{collection.name.replace('-', '_')}",
        summary=f"Group {collection.name.replace('-', ' ')}",
        description="Counts and sums by up to three keys, over any filter.",
        tags=["Aggregates"],
        opt={"parameters": parameters(collection), "cost": 3},
    )(answer)


async def grouped(
    request: Request[Any, Any, Any],
    snapshot: Snapshot,
    collection: Collection,
    asked: Aggregation,
) -> Aggregated:
    """The groups, among what the words find where there are words."""
    listed = await narrowed(request, snapshot, collection, asked.query, asked.words)
    return await aggregated(snapshot, collection, replace(asked, query=listed))


def read(query: Query, collection: Collection, request: Request[Any, Any, Any]) -> Aggregation:
    """What is asked; faults are noted in `query`."""
    expression, faults = filter_of(collection, query.given)
    query.blame(faults)
    listed = ListQuery(
        filter=expression,
        is_possible=query.choice("date_match", lists.DATE_MATCHES, "certain") == "possible",
        lang=query.lang() or language(request)[0],
        on=query.day("on", lists.today()),
    )
    keys = _made(query, "group_by", lambda word: key_of(collection, word))
    if not 1 <= len(keys) <= KEYS_MAX and not query.faults:
        query.fault(Code.INVALID_VALUE, "group_by", f"Say one to {KEYS_MAX} keys to group by.")
    metrics = _made(query, "metrics", lambda word: metric_of(collection, word))
    found = Aggregation(listed, tuple(keys), tuple(metrics) or (Metric("count"),),
                        words=read_words(query, collection))  # fmt: skip
    having = _made(query, "having", lambda word: having_of(word, list(found.metrics)))
    filled = _is_filled(query, found)
    return replace(found, having=tuple(having), is_filled=filled, sort=_sort(query, found))


def _is_filled(query: Query, asked: Aggregation) -> bool:
    if query.choice("fill", ("none", "zero"), "none") == "none":
        return False
    if sum(bool(key.period) for key in asked.keys) != 1:
        detail = "fill=zero fills the periods of one date key: group_by=year(…), quarter or month."
        query.fault(Code.INCOMPATIBLE_PARAMETERS, "fill", detail)
    if "having" in query.given:
        detail = "fill=zero and having exclude each other: what having leaves out is not zero."
        query.fault(Code.INCOMPATIBLE_PARAMETERS, "fill", detail)
    return True


def _made(query: Query, name: str, make: Any) -> list[Any]:
    """The words of a list parameter, in their order, each made into what it names."""
    words = [word for text_ in query.given.get(name, ()) for word in text_.split(",")]
    if "" in words:
        query.fault(Code.EMPTY_VALUE, name, f"Empty value; leave {name} out for the default.")
    made = [make(word) for word in dict.fromkeys(words) if word]
    faults = [found for found in made if hasattr(found, "code")]
    query.blame(faults)
    return [found for found in made if not hasattr(found, "code")]


def _sort(query: Query, asked: Aggregation) -> tuple[str, ...]:
    known = [key.name for key in asked.keys] + [metric.name for metric in asked.metrics]
    terms = [term for text_ in query.given.get("sort", ()) for term in text_.split(",")]
    for term in terms:
        query.known("sort", term.removeprefix("-"), known)
    return tuple(term for term in terms if term.removeprefix("-") in known)


def _place(cursor: str | None, asked: str) -> tuple[int, str | None]:
    if cursor is None:
        return 0, None
    try:
        found = cursors.decode(cursor)
    except cursors.InvalidCursor:
        raise ServiceError(
            Code.CURSOR_INVALID, "The cursor was not given by this service."
        ) from None
    if found.query != asked:
        raise ServiceError(Code.CURSOR_MISMATCH, "The cursor belongs to another query.")
    return int(found.after[0] or 0), f"rev:{found.revision}"


def _next(request: Request[Any, Any, Any], cursor: str | None) -> str | None:
    if cursor is None:
        return None
    given = [(k, v) for k, values in Query(request).given.items() for v in values if k != "cursor"]
    return f"{request.url.path}?{urlencode([*given, ('cursor', cursor)])}"


def _body(
    snapshot: Snapshot,
    asked: Aggregation,
    found: Aggregated,
    shown: list[dict[str, Any]],
    as_of: str | None,
) -> dict[str, Any]:
    return {
        "object": "aggregate",
        "group_by": [key.name for key in asked.keys],
        "metrics": [metric.name for metric in asked.metrics],
        "data": shown,
        "total_groups": {"value": len(found.groups), "relation": "eq"},
        "meta": {
            "revision": snapshot.revision,
            "as_of": as_of,
            "on": asked.query.on,
            "lang": asked.query.lang,
            "applied": {
                "filter": text(asked.filter),
                "sort": list(asked.sort or [key.name for key in asked.keys]),
                "date_match": lists.DATE_MATCHES[asked.query.is_possible],
                "q": asked.words,
            },
            "date_undecided": found.undecided,
            "date_unbucketed": found.unbucketed,
            "warnings": warnings(found, asked.keys, asked.query.lang),
            "resolved": found.resolution.resolved,
        },
    }


HANDLERS = [handler(collection) for collection in COLLECTIONS]
