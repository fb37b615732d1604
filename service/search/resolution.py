"""Somebody else's list against ours: which record a name means, if any can be told."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from service.model.external_ids import ExternalId, of_address, read
from service.query.registry import SOURCE
from service.search.documents import Document, host_of
from service.search.index import Index
from service.search.phrases import Typed, has_han, typed
from service.search.ranking import BANDS
from service.search.retrieval import Find, called
from service.search.scored import NONE, Scored, best, evenly

CANDIDATES_MAX = 5
LEAST = BANDS["typo"][0]
SURE = BANDS["exact"][0]
OF_OTHER_COUNTRY = 0.5
PIECES_OF = 40  # letters of a name that is taken apart
LEGAL_FORMS = frozenset(
    (
        "ag",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "inc",
        "incorporated",
        "kk",
        "limited",
        "llc",
        "ltd",
        "nv",
        "plc",
        "pte",
        "sa",
        "sas",
        "sarl",
    )
)
EXAMPLE = "月之暗面"
LEGAL_ENDINGS = ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "公司", "集团")
Verdict = Literal["match", "ambiguous", "none"]


class Wanted(NamedTuple):
    """One line of the list; the last three narrow it down."""

    name: str
    url: str | None = None
    type: str | None = None
    country: str | None = None


class Candidate(NamedTuple):
    """`is_confirmed`: an id or the url is its own, or its vendor's homepage has the url's host."""

    document: Document
    score: float
    is_confirmed: bool


class Resolved(NamedTuple):
    verdict: Verdict
    candidates: tuple[Candidate, ...]


def resolve(index: Index, wanted: Wanted) -> Resolved:
    """The likeliest records, the best first.

    match: exactly one is called so (or, of several, exactly one is confirmed); ambiguous: there
    are candidates; none: there are not. Raises TooManyWords.
    """
    named = _identified(wanted.name)
    found = NONE if named else _named(index, wanted.name)
    found = found.only(found.scores >= LEAST)
    scores = dict(zip(found.places.tolist(), found.scores.tolist(), strict=True))
    given = {*map(str, named), *map(str, of_address(wanted.url or ""))}
    hosts = [one.value for one in named if one.scheme == "domain"] or [host_of(wanted.url)]
    order = {*scores, *index.at_home(hosts[0])}
    order |= {n for one in given for n in index.identified(one)}
    candidates = [
        _candidate(index.documents[n], scores.get(n, 0.0), hosts[0], given, wanted.country)
        for n in _without_sources(index, order, scores, wanted.type)
        if wanted.type in (None, index.documents[n].type)
    ]
    likeliest = sorted(candidates, key=lambda c: (-c.score, not c.is_confirmed))[:CANDIDATES_MAX]
    return Resolved(_verdict(likeliest), tuple(likeliest))


def _without_sources(
    index: Index, found: set[int], scores: Mapping[int, float], wanted_type: str | None
) -> list[int]:
    """In order. What is called so is meant, not the pages of that title or publisher, unless they
    are asked for."""
    order = index.in_order(found)
    others = [n for n in order if index.documents[n].type != SOURCE.kind]
    is_called_so = any(scores.get(n, 0.0) >= SURE for n in others)
    return others if is_called_so and wanted_type is None else order


def _identified(name: str) -> list[ExternalId]:
    """The ids that a name is instead: `wikidata:Q95`, or what an address stands for."""
    if name.startswith(("https://", "http://")):
        return of_address(name)
    try:
        found = read(name)
    except ValueError:
        return []
    return [found] if found else []


def _named(index: Index, name: str) -> Scored:
    """By the whole name, else by the longest part of it that names something, else loosely."""
    asked = typed(name)
    short = _without_legal_form(asked)
    if strict := best([called(index, way, _strict(index))[0] for way in (asked, short)]):
        return strict
    for pieces in _pieces(short):
        if named := best([index.named(piece) for piece in pieces]):
            low, high = BANDS["inside"]
            share = len(pieces[0]) / len(short.phrase)
            return evenly(named.places.tolist(), low + (high - low) * share)
    return called(index, short, index.find)[0]


def _strict(index: Index) -> Find:
    return lambda text: index.find(text, is_strict=True)


def _without_legal_form(asked: Typed) -> Typed:
    """Without `Inc.` and 有限公司 at the end, if something is left."""
    words = list(asked.words)
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    last = words[-1] if words else ""
    ending = next((e for e in LEGAL_ENDINGS if last.endswith(e) and last != e), "")
    if ending:
        words[-1] = last.removesuffix(ending)
    if tuple(words) == asked.words:
        return asked
    return Typed("".join(words), tuple(words))


def _pieces(asked: Typed) -> Iterator[list[str]]:
    """Parts of a name that could name something by themselves, the longest first."""
    runs = {run for run, _ in asked.runs}
    for word in asked.words:
        if has_han(word) and len(word) <= PIECES_OF:
            runs |= {word[a:b] for a in range(len(word)) for b in range(a + 2, len(word) + 1)}
    for size in sorted({len(run) for run in runs}, reverse=True):
        yield sorted(run for run in runs if len(run) == size)


def _candidate(
    document: Document, score: float, host: str, given: set[str], country: str | None
) -> Candidate:
    is_it = not given.isdisjoint(document.external_ids)
    is_confirmed = is_it or (bool(host) and document.home == host)
    is_sure = is_it or (is_confirmed and document.type == "vendor")
    value = max(score, SURE if is_sure else 0.0)
    if country and document.country and document.country != country:
        value *= OF_OTHER_COUNTRY
    return Candidate(document, value, is_confirmed)


def _verdict(best: list[Candidate]) -> Verdict:
    if not best:
        return "none"
    sure = [candidate for candidate in best if candidate.score >= SURE]
    confirmed = [candidate for candidate in sure if candidate.is_confirmed]
    return "match" if len(confirmed or sure) == 1 else "ambiguous"
