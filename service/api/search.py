"""`/v1/search` and `/v1/suggest`: find records by what people type, Chinese or Latin."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from litestar import Request, Response, get
from msgspec import Struct

from service.api.conditional import Content, respond
from service.api.parameters import Query
from service.api.schemas import PageShown, Total
from service.api.search_requests import (
    CURSOR,
    OF_SEARCH,
    OF_SUGGEST,
    SearchRequest,
    search_request,
    suggest_request,
)
from service.formats.json_records import encode
from service.query import cursors
from service.query.search.ranking import VERSION
from service.store.database import Database, Snapshot
from service.usecases import search
from service.usecases.hits import Facet, Hit, Suggestion
from service.usecases.search import Hits, Indexes


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
