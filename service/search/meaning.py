"""Who is meant by people who do not know the name: records weighed by what their texts are about.

Okapi BM25 over fields, one saturation for all of them (Robertson, Zaragoza and Taylor 2004, "Simple
BM25 extension to multiple weighted fields"), on words and concepts instead of words alone.
"""

from collections.abc import Sequence
from math import log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.query.registry import FEATURES
from service.search.concepts import terms
from service.search.documents import Document
from service.search.scored import NONE, Scored

WEIGHTS = {
    "names": 1.0,
    "aliases": 0.5,
    "definition": 1.0,
    "definitions": 1.0,
    "note": 0.3,
    "category": 1.0,
    "market": 0.6,
}
OF_OTHERS = 0.85  # what is no feature: who asks so looks for what a product can do
SATURATION, OF_LENGTH = 4.0, 0.4  # k1 and b of BM25
SHARE_MIN, FOUND_MAX = 0.5, 10  # of the best record's weight; records


class Subjects:
    """What the documents that have a definition are about: by term who, and how much of it."""

    def __init__(self, documents: Sequence[Document]) -> None:
        about = {n: _about(d) for n, d in enumerate(documents) if _is_defined(d)}
        self.places = np.array(list(about), np.int64)
        kinds = [1.0 if documents[n].type == FEATURES.kind else OF_OTHERS for n in about]
        self.of_kind = np.array(kinds)
        self.lengths = np.array([_exact(sum(found.values())) for found in about.values()])
        postings: dict[str, list[tuple[int, float]]] = {}
        for n, found in enumerate(about.values()):
            for term, weight in found.items():
                postings.setdefault(term, []).append((n, weight))
        self._postings = {
            term: (np.array([n for n, _ in of], np.int32), np.array([w for _, w in of]))
            for term, of in postings.items()
        }

    @property
    def nbytes(self) -> int:
        """About: an array is 112 bytes besides its numbers, a term as much again."""
        numbers = sum(n.nbytes + w.nbytes for n, w in self._postings.values())
        return numbers + 336 * len(self._postings) + 3 * self.places.nbytes

    def of(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Numbers in `places`, and the weight of the term in each."""
        return self._postings.get(term, _NOBODY)


_NOBODY = (np.zeros(0, np.int32), np.zeros(0))


class Living(NamedTuple):
    """Of a piece of the index what is still true: `is_alive` of each of `subjects.places`, and the
    place of its first document in the whole."""

    subjects: Subjects
    is_alive: NDArray[np.bool_]
    offset: int


def meant(pieces: Sequence[Living], text: str) -> Scored:
    """Who the text may be about: of each the share of the best one's weight."""
    count = sum(int(piece.is_alive.sum()) for piece in pieces)
    if not count:
        return NONE
    length = sum(float(p.subjects.lengths[p.is_alive].sum()) for p in pieces)
    weights = [np.zeros(len(piece.is_alive)) for piece in pieces]
    for term, weight in terms(text).items():
        found = [piece.subjects.of(term) for piece in pieces]
        known = sum(int(p.is_alive[n].sum()) for p, (n, _) in zip(pieces, found, strict=True))
        rarity = log1p((count - known + 0.5) / (known + 0.5))
        for piece, gained, (n, of) in zip(pieces, weights, found, strict=True):
            damped = 1 - OF_LENGTH + OF_LENGTH * piece.subjects.lengths[n] / (length / count)
            gained[n] += min(weight, 1.0) * (rarity * of / (of + SATURATION * damped))
    shares = [
        np.where(piece.is_alive, gained * piece.subjects.of_kind, 0.0)
        for piece, gained in zip(pieces, weights, strict=True)
    ]
    best = max((found.max(initial=0.0) for found in shares), default=0.0)
    places = [piece.subjects.places + piece.offset for piece in pieces]
    whole = Scored(np.concatenate(places), np.concatenate(shares))
    whole = whole.only(whole.scores > 0)
    shared = whole.turned(lambda found: found / best)
    return shared.only(shared.scores >= SHARE_MIN)


def _exact(length: float) -> float:
    """To 32 binary places, so that lengths add up to the same in every order."""
    return round(length * 2**32) / 2**32


def _is_defined(document: Document) -> bool:
    return any(field.name.startswith("definition") for field in document.fields)


def _about(document: Document) -> dict[str, float]:
    """The terms of its texts, weighted by field; its markets share one weight."""
    found: dict[str, float] = {}
    n_markets = sum(field.name == "market" for field in document.about)
    for field in (*document.fields, *document.about):
        weight = WEIGHTS.get(field.name.partition(".")[0], 0.0)
        if field.name == "market":
            weight /= n_markets
        for term, share in terms(field.text).items() if weight else ():
            found[term] = found.get(term, 0.0) + weight * share
    return found
