"""`/v1/search` and `/v1/suggest`: find records by what people type, Chinese or Latin."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from service.api.catalogue.list_parameters import read_words
from service.api.catalogue.record_schemas import Total
from service.api.http.operation import Reading
from service.api.http.paging import Listing, PagedMoment, PageShown, limited
from service.api.http.parameters import AsOf, Language
from service.search.documents import TYPES
from service.search.phrases import EXAMPLE
from service.usecases import search
from service.usecases.search import Hit, Related, Suggestion, TypeFacet, Wish

SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX = 10, 50
Typed = Annotated[
    str,
    Meta(
        description="Words in Chinese (either script variant), pinyin, pinyin initials, or any"
        " other language.",
        examples=[EXAMPLE],
        extra={"reader": read_words},
    ),
]
Types = Annotated[
    tuple[Literal[TYPES], ...],  # type: ignore[valid-type]
    Meta(description="Any of these sorts of record.", examples=[["feature"]]),
]


class SearchParameters(PagedMoment, frozen=True, kw_only=True):
    """What a search takes."""

    q: Typed
    type: Types = ()
    facets: Annotated[
        tuple[Literal["type"], ...],
        Meta(description="type: also count the hits of each type.", examples=[["type"]]),
    ] = ()


class SuggestParameters(Language, frozen=True, kw_only=True):
    """What a suggestion takes."""

    q: Typed
    type: Types = ()
    as_of: AsOf = None


LimitedSuggestParameters = limited(SuggestParameters, SUGGESTIONS_DEFAULT, SUGGESTIONS_MAX)


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
    page: PageShown | None
    total: Total
    facets: dict[str, TypeFacet]
    related: list[Related]
    meta: SearchMeta


class SuggestionList(Struct):
    """Records that may be meant, the likeliest first."""

    object: Literal["list"]
    data: list[Suggestion]
    meta: SearchMeta


async def search_records(reading: Reading[SearchParameters]) -> Listing[HitList]:
    """Search all records by what they are called, and features by what they are for.

    Names in all languages, aliases, ids and definitions; titles and publishers of sources. Chinese
    of one character or more, in simplified or traditional script, in pinyin or by initials; one
    typing error in Latin words of five letters or more. Hits by exact name come first, then prefix,
    whole word, inside, pinyin, initials, typing error, definition. All words must match; records
    that some of the words name exactly follow, and for a word that no hit accounts for the records
    that match it. Where names do not account for every word, records that are meant come as well
    (`matched_on: meaning`), and those whose note has the words. `related`: the lists of products
    that the best hits are about.
    """
    start = int((reading.window.after or ("0",))[0] or 0)
    wish = _wish(reading, reading.window.limit)._replace(on=reading.on, start=start)
    found = await search.hits(await reading.state.indexes.get(reading.snapshot), wish)
    seen = start + len(found.page)
    answer = HitList(
        object="list",
        data=found.page,
        page=None,
        total=Total(found.total, "eq"),
        facets={"type": found.by_type} if reading.parameters.facets else {},
        related=found.related,
        meta=_meta(reading),
    )
    return Listing(answer, [str(seen)] if seen < found.total and found.page else None)


async def suggest_records(reading: Reading[Any]) -> SuggestionList:
    """Suggest records as one types.

    As search, but only where a name, a word of it, its pinyin or its initials begin with what is
    typed; inner matches and typing errors only when there is nothing else.
    """
    wish = _wish(reading, reading.window.limit)
    found = await search.suggestions(await reading.state.indexes.get(reading.snapshot), wish)
    return SuggestionList("list", found, _meta(reading))


def _wish(reading: Reading[Any], limit: int) -> Wish:
    parameters = reading.parameters
    return Wish(
        q=parameters.q,
        types=tuple(sorted(parameters.type)),
        lang=reading.lang,
        limit=limit,
        on=reading.on,
    )


def _meta(reading: Reading[Any]) -> SearchMeta:
    return SearchMeta(reading.snapshot.revision, reading.as_of, reading.on, reading.lang)
