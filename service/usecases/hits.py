"""What search answers: hits, suggestions, facets, resolutions."""

from typing import Literal

from msgspec import Struct

from service.query.search.documents import Document, in_language
from service.query.search.finding import Found
from service.query.search.highlighting import highlighted
from service.query.search.matching import Match, matches
from service.query.search.questions import Typed
from service.query.search.resolving import Candidate, Resolved, Verdict, Wanted

LABELS = {
    "product": {"en": "Product", "zh": "产品"},
    "feature": {"en": "Feature", "zh": "功能"},
    "vendor": {"en": "Vendor", "zh": "厂商"},
    "market": {"en": "Market", "zh": "市场"},
    "business_model": {"en": "Business model", "zh": "商业模式"},
    "source": {"en": "Source", "zh": "来源"},
}
RecordType = Literal["product", "feature", "vendor", "market", "business_model", "source"]


class Hit(Struct, frozen=True, kw_only=True):
    """A record that answers the search, and where it matched.

    `matched_on`: fields whose text matched as it stands, and pinyin, pinyin_initials or typo;
    the best first. `highlight`: by field, HTML with the matched characters in <em>.
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


class Bucket(Struct, frozen=True, kw_only=True):
    """How many hits are of this sort."""

    key: str
    label: str
    count: int


class Facet(Struct, frozen=True, kw_only=True):
    """Hits by sort, the most frequent first."""

    buckets: list[Bucket]
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
        matched_on=list(dict.fromkeys(match.matched_on for match in found)),
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
        hint=" · ".join(filter(None, (LABELS[document.type][lang], of_what))),
        matched_on=best.matched_on if best else "",
        href=document.href,
    )


def by_type(found: Found, lang: str) -> Facet:
    counted = sorted(((-n, kind) for kind, n in found.counts.items() if n), key=lambda c: c[0])
    buckets = [Bucket(key=kind, label=LABELS[kind][lang], count=-n) for n, kind in counted]
    return Facet(buckets=buckets, total_buckets=len(buckets))


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
