"""Search, suggestions and resolution over an index."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from msgspec import Struct

from service.search.documents import Document, in_language
from service.search.highlighting import highlighted
from service.search.index import Index
from service.search.matching import Match, matches
from service.search.phrases import Typed
from service.search.prefix_array import TooDear
from service.search.resolution import Candidate, Resolved, Verdict, Wanted, resolve
from service.search.retrieval import Found, search, suggest
from service.texts.labels import heading
from service.texts.messages import message

MEANING = "meaning"
# By which filter a record of the kind leads to products; how many of the first hits, and which
# share of the best one's score, a question may be about at once.
OF_PRODUCTS = {
    "feature": "adoptions.feature_id",
    "business_model": "monetizations.business_model_id",
    "market": "market_ids",
    "vendor": "vendor_id",
}
BEST, ALIKE = 3, 0.3
QUICK = 5_000  # places of a word: so many are looked at within a millisecond
Value = TypeVar("Value")
RecordType = Literal["product", "feature", "vendor", "market", "business_model", "group", "source"]


class Hit(Struct, frozen=True, kw_only=True):
    """A record that answers the search, and where it matched.

    `matched_on`: fields whose text matched as it stands, and pinyin, pinyin_initials or typo; the
    best first; meaning where no word stands in its texts. `highlight`: by field, HTML with the
    matched characters in <em>.
    """

    object: Literal["hit"]
    type: RecordType
    id: str
    name: str
    score: float
    matched_on: list[str]
    highlight: dict[str, str]
    href: str


class Suggestion(Struct, frozen=True, kw_only=True):
    """A record that may be meant; `hint` tells it from others of the same name."""

    object: Literal["suggestion"]
    type: RecordType
    id: str
    name: str
    hint: str
    matched_on: str
    href: str


class Related(Struct, frozen=True, kw_only=True):
    """A list that answers a question about facts: who has a feature, who earns by a model."""

    title: str
    href: str


class TypeBucket(Struct, frozen=True, kw_only=True):
    """How many hits are of this sort."""

    key: str
    label: str
    count: int


class TypeFacet(Struct, frozen=True, kw_only=True):
    """Hits by sort, the most frequent first."""

    buckets: list[TypeBucket]
    total_buckets: int


class CandidateShown(Struct, frozen=True, kw_only=True):
    """A record that the name may mean; confirmed: the url leads to its vendor's homepage."""

    type: RecordType
    id: str
    name: str
    score: float
    is_confirmed: bool
    href: str


class Resolution(Struct, frozen=True, kw_only=True):
    """One line of the list. match: it is the first candidate; ambiguous: somebody must look."""

    object: Literal["resolution"]
    name: str
    verdict: Verdict
    candidates: list[CandidateShown]


def hit(document: Document, score: float, asked: Typed, lang: str) -> Hit:
    found = matches(document, asked)
    marked = {m.field.name: highlighted(m.field.text, m.places) for m in reversed(found)}
    return Hit(
        object="hit",
        type=document.type,  # type: ignore[arg-type]  # the searched kinds
        id=document.id,
        name=document.name(lang),
        score=round(score, 4),
        matched_on=list(dict.fromkeys(match.matched_on for match in found)) or [MEANING],
        highlight=dict(reversed(marked.items())),
        href=document.href,
    )


def suggestion(document: Document, asked: Typed, lang: str) -> Suggestion:
    best: Match | None = next(iter(matches(document, asked)), None)
    of_what = in_language(document.hint, lang)
    return Suggestion(
        object="suggestion",
        type=document.type,  # type: ignore[arg-type]  # the searched kinds
        id=document.id,
        name=document.name(lang),
        hint=" · ".join(filter(None, (heading(document.type, lang), of_what))),
        matched_on=best.matched_on if best else MEANING,
        href=document.href,
    )


def related(index: Index, found: Found, lang: str) -> list[Related]:
    """The products that the best hits are about: by all that are named, and by the first alone."""
    best: dict[str, Document] = {}
    first = found.order[: BEST if found.is_named else 1].tolist()
    for n, score in zip(first, found.scores.tolist(), strict=False):
        document = index.documents[n]
        if document.type in OF_PRODUCTS and score >= ALIKE * found.scores[0]:
            best.setdefault(document.type, document)
    meant = list(best.values())
    lists = [meant, meant[:1]] if len(meant) > 1 else [meant] * bool(meant)
    return [_products(some, lang) for some in lists]


def _products(meant: Sequence[Document], lang: str) -> Related:
    query = "&".join(f"{OF_PRODUCTS[document.type]}={document.id}" for document in meant)
    names = message("lists.comma", lang).join(document.name(lang) for document in meant)
    title = message("related.products", lang, names=names)
    return Related(title=title, href=f"/v1/products?{query}")


def by_type(found: Found, lang: str) -> TypeFacet:
    counted = sorted(((-n, kind) for kind, n in found.counts.items() if n), key=lambda c: c[0])
    buckets = [TypeBucket(key=kind, label=heading(kind, lang), count=-n) for n, kind in counted]
    return TypeFacet(buckets=buckets, total_buckets=len(buckets))


def resolution(wanted: Wanted, resolved: Resolved, lang: str) -> Resolution:
    return Resolution(
        object="resolution",
        name=wanted.name,
        verdict=resolved.verdict,
        candidates=[_shown(candidate, lang) for candidate in resolved.candidates],
    )


def _shown(candidate: Candidate, lang: str) -> CandidateShown:
    document = candidate.document
    return CandidateShown(
        type=document.type,  # type: ignore[arg-type]  # the searched kinds
        id=document.id,
        name=document.name(lang),
        score=round(candidate.score, 4),
        is_confirmed=candidate.is_confirmed,
        href=document.href,
    )


class Wish(NamedTuple):
    """What a search asks for, checked; `start` is the number of hits already seen."""

    q: str
    types: tuple[str, ...]
    lang: str
    limit: int
    start: int = 0
    on: date | None = None


class Hits(NamedTuple):
    """A page of hits; `total` of all pages, `by_type` whatever types were asked for, `related` to
    the best hits of all."""

    page: list[Hit]
    total: int
    by_type: TypeFacet
    related: list[Related]


async def hits(index: Index, wish: Wish) -> Hits:
    return await _asked(lambda some: _hits(some, wish), index)


async def ids(index: Index, q: str, kind: str) -> tuple[str, ...]:
    """The ids of all records of a kind that answer `q`. Raises TooManyWords."""
    found = await _asked(lambda some: search(some, q, types=(kind,)), index)
    return tuple(sorted(index.documents[n].id for n in found.order.tolist()))


async def suggestions(index: Index, wish: Wish) -> list[Suggestion]:
    return await _asked(lambda some: _suggestions(some, wish), index)


async def _asked(answer: Callable[[Index], Value], index: Index) -> Value:
    """In a thread, unless it is done before one has begun."""
    try:
        return answer(index.limited(QUICK))
    except TooDear:
        return await asyncio.to_thread(answer, index)


async def resolutions(index: Index, wanted: Sequence[Wanted], lang: str) -> list[Resolution]:
    """In the order asked."""
    return await asyncio.to_thread(
        lambda: [resolution(one, resolve(index, one), lang) for one in wanted]
    )


def _hits(index: Index, wish: Wish) -> Hits:
    on = wish.on.toordinal() if wish.on else None
    shown = slice(wish.start, wish.start + wish.limit)
    found = search(index, wish.q, types=wish.types, on=on, most=max(shown.stop, BEST))
    page = [
        hit(index.documents[n], score, found.asked, wish.lang)
        for n, score in zip(found.order[shown].tolist(), found.scores[shown].tolist(), strict=True)
    ]
    return Hits(page, found.total, by_type(found, wish.lang), related(index, found, wish.lang))


def _suggestions(index: Index, wish: Wish) -> list[Suggestion]:
    found = suggest(index, wish.q, types=wish.types, limit=wish.limit)
    return [suggestion(index.documents[n], found.asked, wish.lang) for n in found.order.tolist()]
