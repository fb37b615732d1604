"""The texts of one field after another, with whose they are: who is found by a piece of one."""

from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from service.search.documents import Field
from service.search.folding import fold
from service.search.phrases import has_han
from service.search.pinyin import Spelling, Spellings, spellings
from service.search.prefix_array import Lines, Matches
from service.search.ranking import BANDS, WAYS, Way, field_weight, score
from service.search.scored import NONE, Scored, highest
from service.search.typos import HAN_MIN, WORD_MIN, is_near_han

_LOWS, _HIGHS = np.array(list(BANDS.values())).T
_EXACT, _PREFIX, _WORD, _INSIDE = map(WAYS.index, ("exact", "prefix", "word", "inside"))


class Token(NamedTuple):
    """A text made ready for the index."""

    literal: tuple[Spelling, ...]  # one; none for a text without letters
    words: tuple[str, ...]
    spellings: Spellings


def token(text: str) -> Token:
    folded = fold(text)
    words = tuple(word for word in folded.words if len(word) >= WORD_MIN and not has_han(word))
    literal = (Spelling(folded.text, folded.marks),) if folded.text else ()
    return Token(literal, words, spellings(folded))


class Texts:
    """Lines, and to which document and field each belongs; `has_inside` as `Lines` has it."""

    def __init__(self, *, has_inside: bool = False) -> None:
        self._has_inside = has_inside
        self._written: list[Spelling] = []
        self._owned, self._weighed = array("q"), array("d")

    def put(self, owner: int, field: Field, ways: Iterable[Spelling]) -> None:
        """All that is to be found, before `end`; the owner is the place of the document."""
        for way in ways:
            self._written.append(way)
            self._owned.append(owner)
            self._weighed.append(field_weight(field.name))

    def end(self) -> None:
        """Nothing is put in any more."""
        texts, marks = [way.text for way in self._written], [way.marks for way in self._written]
        self._written = []
        self.lines = Lines(texts, marks, has_inside=self._has_inside)
        self.owners = np.array(self._owned, np.int64)
        self._weights = np.array(self._weighed)
        self._owned, self._weighed = array("q"), array("d")
        self._lengths = self.lines.lengths

    @property
    def nbytes(self) -> int:
        own = self.owners.nbytes + self._weights.nbytes + self._lengths.nbytes
        return self.lines.nbytes + own

    def called(self, text: str, found: Matches) -> Scored:
        """The documents of these matches, each by the best way it matched."""
        if not len(found.lines):
            return NONE
        ways = np.where(found.is_word, _WORD, _INSIDE)
        ways[found.leads] = _PREFIX
        ways[found.is_whole] = _EXACT
        return self._scored((_LOWS[ways], _HIGHS[ways]), len(text), found)

    def named(self, text: str) -> Scored:
        """The documents that are called exactly so; only with `has_inside`."""
        lines = self.lines.whole(text).astype(np.int32)
        if not len(lines):
            return NONE
        whole = np.ones(len(lines), np.bool_)
        return self.matched("exact", len(text), Matches(lines, whole, whole, whole))

    def matched(self, way: Way, length: int, found: Matches) -> Scored:
        """The documents of these matches."""
        return self._scored(BANDS[way], length, found) if len(found.lines) else NONE

    def _scored(self, band: tuple[Any, Any], length: int, found: Matches) -> Scored:
        lines = found.lines
        coverage = np.minimum(1.0, length / self._lengths[lines])
        scores = score(band, coverage, self._weights[lines], found.leads)
        return highest(self.owners[lines], scores)

    def near(self, text: str) -> Scored:
        """Chinese words with one wrong character, among the lines that share two of them."""
        if len(text) < HAN_MIN:
            return NONE
        shared = np.zeros(len(self._lengths), np.int64)
        for char in sorted(set(text)):
            shared += np.bincount(np.unique(self.lines.opening(char).lines), minlength=len(shared))
        candidates = np.flatnonzero(shared >= min(len(set(text)), len(text) - 1))
        near = [n for n in candidates.tolist() if is_near_han(text, self.lines.text(n))]
        lines = np.array(near, np.int32)
        whole = np.zeros(len(lines), np.bool_)
        return self.matched("typo", len(text) - 1, Matches(lines, whole, whole, whole))
