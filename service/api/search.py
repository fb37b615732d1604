"""`/v1/search` and `/v1/suggest`: find records by what people type, Chinese or Latin."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from litestar import Request, Response, get
from msgspec import Struct

from service import limits
from service.api.catalogue import lists
from service.api.catalogue.record_schemas import PageShown, Total
from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import AS_OF, LANG, ON, Parameter, Query
from service.formats.json_records import encode
from service.model.errors import Code, Fault, ServiceError
from service.model.suggestions import nearest
from service.query import cursors
from service.search.documents import TYPES
from service.search.phrases import EXAMPLE, TooManyWords, typed
from service.search.ranking import VERSION
from service.store.database import Database, Snapshot
from service.usecases import search
from service.usecases.search import Facet, Hit, Hits, Indexes, Suggestion, Wish

SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX = 10, 50
Q = Parameter(
    name="q",
    doc="Words in Chinese (either script variant), pinyin, pinyin initials, or any other language.",
    example=EXAMPLE,
)
TYPE = Parameter(
    name="type", doc="Any of these sorts of record.",
    schema={"type": "array", "items": {"type": "string", "enum": list(TYPES)}},
)  # fmt: skip
FACETS = Parameter(name="facets", doc="type: also count the hits of each type.",
                   schema={"type": "string", "enum": ["type"]})  # fmt: skip


def limit(default: int, most: int) -> Parameter:
    bounds = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter(name=lists.LIMIT, doc="Records at most.", schema=bounds)


CURSOR = Parameter(name=lists.CURSOR, doc="`page.next_cursor` of the page before.")
OF_SEARCH = [
    Q, TYPE, LANG, limit(limits.PAGE_DEFAULT, limits.PAGE_MAX), CURSOR, ON, AS_OF, FACETS,
]  # fmt: skip
OF_SUGGEST = [Q, TYPE, LANG, limit(SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX), AS_OF]


@dataclass(frozen=True)
class SearchRequest:
    """A checked request; `hash` is what its cursors stand for."""

    wish: Wish
    as_of: str | None
    has_facets: bool = False
    hash: str = ""


def search_request(request: Request[Any, Any, Any]) -> SearchRequest:
    """Raises ServiceError with every fault of the query string, or of the cursor."""
    asked = _read(request, OF_SEARCH, limits.PAGE_DEFAULT, limits.PAGE_MAX)
    wish = asked.wish
    on = wish.on and wish.on.isoformat()
    asked = replace(asked, hash=cursors.query_hash(["search", wish.q, wish.types, wish.lang, on]))
    text = Query(request).one(lists.CURSOR)
    return _continued(asked, text) if text else asked


def suggest_request(request: Request[Any, Any, Any]) -> SearchRequest:
    """Raises ServiceError with every fault of the query string."""
    return _read(request, OF_SUGGEST, SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX)


def _read(
    request: Request[Any, Any, Any], parameters: list[Parameter], default: int, most: int
) -> SearchRequest:
    query = Query(request)
    wish = Wish(
        q=_q(query),
        types=_types(query),
        lang=query.lang() or language(request)[0],
        limit=query.integer(lists.LIMIT, default, 1, most),
        on=query.day("on", lists.today()),
    )
    has_facets = query.choice("facets", ("type",), "") == "type"
    as_of, _ = query.one("as_of"), query.one(lists.CURSOR)
    query.finish(p.name for p in parameters)
    return SearchRequest(wish, as_of, has_facets)


def _continued(asked: SearchRequest, text: str) -> SearchRequest:
    try:
        cursor = cursors.decode(text)
        start = int(cursor.after[0] or "")
    except (cursors.InvalidCursor, ValueError, IndexError):
        raise ServiceError(
            Code.CURSOR_INVALID, "The cursor was not given by this service."
        ) from None
    if cursor.query != asked.hash or start < 0:
        raise ServiceError(Code.CURSOR_MISMATCH, "The cursor belongs to another query.")
    return replace(asked, wish=asked.wish._replace(start=start), as_of=f"rev:{cursor.revision}")


def _q(query: Query) -> str:
    q = query.one(Q.name)
    if q is None and Q.name not in query.given:
        query.fault(Code.INVALID_VALUE, Q.name, "Say what to look for: q=kimi.")
    elif q is not None and not q.strip():
        query.fault(Code.EMPTY_VALUE, Q.name, "Say what to look for: q=kimi.")
    try:
        typed(q or "")
    except TooManyWords as error:
        query.fault(Code.INVALID_VALUE, Q.name, str(error))
    return q or ""


def _types(query: Query) -> tuple[str, ...]:
    if TYPE.name not in query.given:
        return ()
    values = sorted({part for text in query.given[TYPE.name] for part in text.split(",")})
    if "" in values:
        query.fault(Code.EMPTY_VALUE, TYPE.name, "Empty value; leave type out for all.")
    query.faults += [
        Fault(
            Code.UNKNOWN_VALUE,
            f'"{value[:60]}" is no type.',
            parameter=TYPE.name,
            allowed=TYPES,
            did_you_mean=tuple(nearest(value, TYPES)),
        )
        for value in values
        if value and value not in TYPES
    ]
    return tuple(values)


class SearchMeta(Struct):
    """At which revision, in which language."""

    revision: int
    as_of: str | None
    on: date | None
    lang: str


class HitList(Struct):
    """A page of hits, the best first."""

    object: Literal["list"]
    data: list[Hit]
    page: PageShown
    total: Total
    facets: dict[str, Facet]
    meta: SearchMeta


class SuggestionList(Struct):
    """Records that may be meant, the likeliest first."""

    object: Literal["list"]
    data: list[Suggestion]
    meta: SearchMeta


@get("/v1/search", operation_id="search_records", summary="Search all records by what they are "
     "called", tags=["Search"], opt={"parameters": OF_SEARCH})  # fmt: skip
async def search_records(request: Request[Any, Any, Any]) -> Response[HitList]:
    """Names in all languages, aliases, ids and definitions; titles and publishers of sources.

    Chinese of one character or more, in simplified or traditional script, in pinyin or by
    initials; one typing error in Latin words of five letters or more. Hits by exact name come
    first, then prefix, whole word, inside, pinyin, initials, typing error, definition. All words
    must match; records that some of the words name exactly follow, and for a word that no hit
    accounts for the records that match it.
    """
    asked = search_request(request)

    async def shown(snapshot: Snapshot, indexes: Indexes) -> Content:
        found = await search.hits(await indexes.get(snapshot), asked.wish)
        return _hit_list(request, snapshot, asked, found)

    return await _answer(request, asked, shown)


@get("/v1/suggest", operation_id="suggest_records", summary="Suggest records as one types",
     tags=["Search"], opt={"parameters": OF_SUGGEST})  # fmt: skip
async def suggest_records(request: Request[Any, Any, Any]) -> Response[SuggestionList]:
    """As search, but only where a name, a word of it, its pinyin or its initials begin with what
    is typed; inner matches and typing errors only when there is nothing else."""
    asked = suggest_request(request)

    async def shown(snapshot: Snapshot, indexes: Indexes) -> Content:
        found = await search.suggestions(await indexes.get(snapshot), asked.wish)
        return Content(encode(SuggestionList("list", found, _meta(snapshot, asked))), {})

    return await _answer(request, asked, shown)


async def _answer(
    request: Request[Any, Any, Any],
    asked: SearchRequest,
    shown: Callable[[Snapshot, Indexes], Awaitable[Content]],
) -> Response[Any]:
    database: Database = request.app.state.database
    async with database.read(asked.as_of) as snapshot:
        return await respond(
            request,
            revision=snapshot.revision,
            question=[VERSION, asked.wish, asked.as_of, asked.has_facets],
            lang=asked.wish.lang,
            is_pinned=False,  # the order of hits grows better with the service
            content=lambda: shown(snapshot, request.app.state.indexes),
            memento=snapshot.instant if asked.as_of else None,
        )


def _hit_list(
    request: Request[Any, Any, Any], snapshot: Snapshot, asked: SearchRequest, found: Hits
) -> Content:
    seen = asked.wish.start + len(found.page)
    cursor = following = None
    if seen < found.total and found.page:
        cursor = cursors.encode(cursors.Cursor(snapshot.revision, asked.hash, [str(seen)]))
        given = [(k, v) for k, vs in Query(request).given.items() for v in vs if k != CURSOR.name]
        following = f"{request.url.path}?{urlencode([*given, (CURSOR.name, cursor)])}"
    shown = HitList(
        object="list",
        data=found.page,
        page=PageShown(asked.wish.limit, cursor, following),
        total=Total(found.total, "eq"),
        facets={"type": found.by_type} if asked.has_facets else {},
        meta=_meta(snapshot, asked),
    )
    return Content(encode(shown), {"link": f'<{following}>; rel="next"'} if following else {})


def _meta(snapshot: Snapshot, asked: SearchRequest) -> SearchMeta:
    return SearchMeta(snapshot.revision, asked.as_of, asked.wish.on, asked.wish.lang)


HANDLERS = [search_records, suggest_records]
