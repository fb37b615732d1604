"""The index of one revision: who matches a piece of text, and how well."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from service.query.registry import VENDORS
from service.search.documents import EXTERNAL, NOTE, TYPES, Document, Field
from service.search.folding import fold
from service.search.meaning import Meaning
from service.search.phrases import has_han, is_latin
from service.search.pinyin import Spelling, Spellings, spellings
from service.search.prefix_array import Lines, Matches
from service.search.ranking import Way, field_weight, score
from service.search.typos import HAN_MIN, WORD_MIN, Vocabulary, is_near_han

Scores = NDArray[np.float64]
WITHIN_MIN = 3  # letters of a match that begins within a Latin word


class Token(NamedTuple):
    """A text made ready for the index."""

    literal: tuple[Spelling, ...]  # one; none for a text without letters
    words: tuple[str, ...]
    spellings: Spellings


Row: TypeAlias = tuple[int, Field, Token]  # the place of the document first


class Tokens:
    """Remembers texts from one build to the next, as long as they are in use."""

    def __init__(self) -> None:
        self._known: dict[str, Token] = {}

    def of(self, texts: Iterable[str]) -> dict[str, Token]:
        """The tokens of these texts; those not seen before are made."""
        known = self._known
        used = {text: known.get(text) or _token(text) for text in texts}
        merged = known | used
        self._known = merged if len(merged) <= 2 * len(used) else used
        return used


def _token(text: str) -> Token:
    folded = fold(text)
    words = tuple(word for word in folded.words if len(word) >= WORD_MIN and not has_han(word))
    literal = (Spelling(folded.text, folded.marks),) if folded.text else ()
    return Token(literal, words, spellings(folded))


class Index:
    """All documents of a revision, in the order in which equal hits are shown."""

    def __init__(self, documents: Iterable[Document], tokens: Tokens) -> None:
        place = {kind: n for n, kind in enumerate(TYPES)}
        self.documents = sorted(documents, key=lambda d: (place[d.type], d.id))
        self.kinds = np.array([place[d.type] for d in self.documents], np.int64)
        self.homes: dict[str, list[int]] = {}
        for n, document in enumerate(self.documents):
            if document.home and document.type == VENDORS.kind:
                self.homes.setdefault(document.home, []).append(n)
        self._external: dict[str, list[int]] = {}
        for n, document in enumerate(self.documents):
            for text in document.external_ids:
                for way in (text, text.partition(":")[2]):
                    self._external.setdefault(fold(way).text, []).append(n)
        fields = [
            (n, f) for n, d in enumerate(self.documents) for f in d.fields if f.name != EXTERNAL
        ]
        made = tokens.of(f.text for _, f in fields)
        rows = [(n, f, made[f.text]) for n, f in fields]
        called = [row for row in rows if not row[1].is_told]
        self._names = _Texts(called, lambda t: t.literal)
        self._full = _Texts(called, lambda t: t.spellings.full)
        self._initials = _Texts(called, lambda t: t.spellings.initials)
        defined = [row for row in rows if row[1].is_told and row[1].name != NOTE]
        self._definitions = _Texts(defined, lambda t: t.literal)
        self._notes = _Texts([row for row in rows if row[1].name == NOTE], lambda t: t.literal)
        self.meaning = Meaning(self.documents)
        self._words = Vocabulary(word for _, _, token in called for word in token.words)

    def identified(self, text: str) -> list[int]:
        """The places of the documents with this id of the outside world, its scheme before it
        or not."""
        return self._external.get(fold(text).text, [])

    def named(self, text: str) -> Scores:
        """Score of every document: 0 but for those that are called exactly so."""
        scores = self._none()
        self._names.add(scores, text, self._names.lines.opening(text), only_whole=True)
        return scores

    def noted(self, text: str) -> Scores:
        """Score of every document: 0 but for those whose note has the text."""
        scores = self._none()
        self._notes.add_as(scores, "note", len(text), self._notes.lines.opening(text))
        return scores

    def find(self, text: str, *, is_strict: bool = False) -> Scores:
        """Score of every document, 0 where nothing matches.

        Strict: only matches that begin at a word or a Chinese character of a name, or in pinyin.
        """
        scores = self._none()
        self._names.add(scores, text, self._names.lines.opening(text))
        if is_latin(text):
            self._add_pinyin(scores, text)
        if is_strict:
            return scores
        if len(text) >= WITHIN_MIN and not has_han(text):
            self._names.add(scores, text, self._names.lines.anywhere(text))
            for word in self._words.meant(text):
                self._names.add_as(scores, "typo", len(word), self._words_of(word))
        self._definitions.add_as(
            scores, "definition", len(text), self._definitions.lines.opening(text)
        )
        if not scores.any() and has_han(text):
            self._add_near(scores, text)
        return scores

    def _none(self) -> Scores:
        return np.zeros(len(self.documents))

    def _words_of(self, word: str) -> Matches:
        found = self._names.lines.opening(word)
        return found.only(found.is_word)

    def _add_pinyin(self, scores: Scores, text: str) -> None:
        ways: tuple[tuple[_Texts, Way], ...] = (
            (self._full, "pinyin"),
            (self._initials, "pinyin_initials"),
        )
        for texts, way in ways:
            found = texts.lines.opening(text, leading=len(text) == 1)
            texts.add_as(scores, way, len(text), found)

    def _add_near(self, scores: Scores, text: str) -> None:
        """Chinese words with one wrong character, among the lines that share two of them."""
        if len(text) < HAN_MIN:
            return
        shared = np.zeros(len(self._names.texts), np.int64)
        for char in sorted(set(text)):
            shared[np.unique(self._names.lines.opening(char).lines)] += 1
        candidates = np.flatnonzero(shared >= min(len(set(text)), len(text) - 1))
        near = [n for n in candidates.tolist() if is_near_han(text, self._names.texts[n])]
        lines = np.array(near, np.int32)
        whole = np.zeros(len(lines), np.bool_)
        self._names.add_as(scores, "typo", len(text) - 1, Matches(lines, whole, whole, whole))


class _Texts:
    """Lines, and to which document and field each belongs."""

    def __init__(self, rows: Iterable[Row], spelled: Callable[[Token], Iterable[Spelling]]) -> None:
        self.texts: list[str] = []
        marks: list[bytes] = []
        owners: list[int] = []
        weights: list[float] = []
        for owner, field, token in rows:
            for way in spelled(token):
                self.texts.append(way.text)
                marks.append(way.marks)
                owners.append(owner)
                weights.append(field_weight(field.name))
        self.lines = Lines(self.texts, marks)
        self._owners = np.array(owners, np.int64)
        self._weights = np.array(weights)
        self._lengths = np.fromiter(map(len, self.texts), np.int64, len(self.texts))

    def add(self, scores: Scores, text: str, found: Matches, *, only_whole: bool = False) -> None:
        """Raise the scores of the documents of these matches, each by the best way it matched."""
        rest = ~found.is_whole
        self.add_as(scores, "exact", len(text), found.only(found.is_whole))
        if only_whole:
            return
        prefix = rest & found.leads
        word = rest & ~prefix & found.is_word
        inside = rest & ~prefix & ~word
        ways: tuple[tuple[Way, NDArray[np.bool_]], ...] = (
            ("prefix", prefix),
            ("word", word),
            ("inside", inside),
        )
        for way, chosen in ways:
            self.add_as(scores, way, len(text), found.only(chosen))

    def add_as(self, scores: Scores, way: Way, length: int, found: Matches) -> None:
        """Raise the scores of the documents of these matches."""
        lines = found.lines
        coverage = np.minimum(1.0, length / self._lengths[lines])
        gained = score(way, coverage, self._weights[lines], found.leads)
        np.maximum.at(scores, self._owners[lines], gained)
