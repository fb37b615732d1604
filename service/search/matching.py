"""Where and how one text matches: what the index found, looked at closely for a few documents."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from service.search.documents import EXTERNAL, NOTE, Document, Field
from service.search.folding import END, OPEN, START, Folded, fold, is_han
from service.search.phrases import Typed, has_han, is_latin
from service.search.pinyin import readings
from service.search.ranking import BANDS, WAYS, Way, field_weight, score
from service.search.segments import WITHIN_MIN
from service.search.typos import WORD_MIN, is_near_han, is_one_typo


class Match(NamedTuple):
    """A field that matches: the best way, and the characters of the original that did."""

    field: Field
    way: Way
    score: float
    places: frozenset[int]

    @property
    def matched_on(self) -> str:
        return self.way if self.way in ("pinyin", "pinyin_initials", "typo") else self.field.name


class _Span(NamedTuple):
    """A way of matching, and the folded characters that did."""

    way: Way
    start: int
    end: int
    places: tuple[int, ...] = ()

    @property
    def rank(self) -> tuple[int, int, int]:
        return WAYS.index(self.way), self.start, self.end


def matches(document: Document, asked: Typed) -> list[Match]:
    """The fields that match the phrase or any of the words, the best first."""
    found = [made for field in document.fields if (made := _match(field, asked))]
    return sorted(found, key=lambda match: -match.score)


def _match(field: Field, asked: Typed) -> Match | None:
    if field.name == EXTERNAL:
        return _identified(field, asked)
    folded = fold(field.text)
    told: Way | None = None
    if field.is_told:
        told = "note" if field.name == NOTE else "definition"
    texts = (asked.phrase,) if asked.words == (asked.phrase,) else (asked.phrase, *asked.words)
    found = (_best(folded, text, told=told) for text in texts)
    phrase = next(found)
    spans = [phrase] if phrase else [span for span in found if span]
    if not spans:
        return None
    best = min(spans, key=lambda span: span.rank)
    places = frozenset(place for span in spans for place in _places(folded, span))
    coverage = min(1.0, (best.end - best.start) / len(folded.text))
    value = score(BANDS[best.way], coverage, field_weight(field.name), best.start == 0)
    return Match(field, best.way, value, places)


def _identified(field: Field, asked: Typed) -> Match | None:
    """An id of the outside world, with its scheme or without, as a whole."""
    start = field.text.index(":") + 1
    ways = {fold(field.text).text: 0, fold(field.text[start:]).text: start}
    if asked.phrase not in ways:
        return None
    places = frozenset(range(ways[asked.phrase], len(field.text)))
    return Match(field, "exact", 1.0, places)


def _places(folded: Folded, span: _Span) -> Iterator[int]:
    """Characters of the original; with the spaces between unless the span names its own."""
    if not span.places:
        yield from range(folded.origins[span.start][0], folded.origins[span.end - 1][1])
    for n in span.places:
        yield from range(*folded.origins[n])


def _best(folded: Folded, text: str, *, told: Way | None) -> _Span | None:
    """The best way in which the text matches: each kind of them is better than the next one."""
    if told:
        starts = (n for n in _occurrences(folded, text) if folded.marks[n] & OPEN)
        return next((_Span(told, n, n + len(text)) for n in starts), None)
    for find in (_literal, _typed, _mistyped):
        if found := list(find(folded, text)):
            return min(found, key=lambda span: span.rank)
    return None


def _literal(folded: Folded, text: str) -> Iterator[_Span]:
    is_within = len(text) >= WITHIN_MIN and not has_han(text)
    for start in _occurrences(folded, text):
        if is_within or folded.marks[start] & OPEN:
            end = start + len(text)
            yield _Span(_way(folded, start, end), start, end)


def _occurrences(folded: Folded, text: str) -> Iterator[int]:
    """Where the text begins in the other, from its beginning on."""
    start = folded.text.find(text)
    while start >= 0:
        yield start
        start = folded.text.find(text, start + 1)


def _way(folded: Folded, start: int, end: int) -> Way:
    if start == 0:
        return "exact" if end == len(folded.text) else "prefix"
    is_word = folded.marks[start] & START and folded.marks[end - 1] & END
    return "word" if is_word else "inside"


def _typed(folded: Folded, text: str) -> Iterator[_Span]:
    """In pinyin and by initials; the last syllable may be unfinished."""
    if not has_han(folded.text) or not is_latin(text):
        return
    starts = [n for n, mark in enumerate(folded.marks) if mark & OPEN]
    ways: tuple[tuple[Way, bool], ...] = (("pinyin", False), ("pinyin_initials", True))
    for start in starts[:1] if len(text) == 1 else starts:
        if text[0] not in _initials(folded.text[start]):
            continue
        for way, only_initials in ways:
            end = _spelled_to(folded.text, start, text, only_initials=only_initials)
            if end and has_han(folded.text[start:end]):
                yield _Span(way, start, end)


@lru_cache(10_000)
def _initials(char: str) -> str:
    """The letters with which it may begin as typed."""
    return "".join(said[:1] for said in (readings(char) if is_han(char) else (char,)))


def _spelled_to(text: str, start: int, rest: str, *, only_initials: bool) -> int:
    """The end of the characters from `start` that `rest` spells; 0 if it does not."""
    if not rest:
        return start
    if start == len(text):
        return 0
    said = readings(text[start]) if is_han(text[start]) else (text[start],)
    for way in dict.fromkeys(one[:1] if only_initials else one for one in said):
        if way.startswith(rest):
            return start + 1
        if rest.startswith(way):
            end = _spelled_to(text, start + 1, rest[len(way) :], only_initials=only_initials)
            if end:
                return end
    return 0


def _mistyped(folded: Folded, text: str) -> Iterator[_Span]:
    start = 0
    for word in folded.words if len(text) >= WORD_MIN - 1 else ():
        start = folded.text.index(word, start)
        if is_one_typo(text, word) and not has_han(word):
            yield _Span("typo", start, start + len(word))
        start += len(word)
    if has_han(text) and is_near_han(text, folded.text):
        places = tuple(n for n, char in enumerate(folded.text) if char in text)
        yield _Span("typo", places[0], places[-1] + 1, places)
