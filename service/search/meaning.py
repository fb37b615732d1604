"""Who is meant by people who do not know the name: records weighed by what their texts are about.

Okapi BM25 over fields, one saturation for all of them (Robertson, Zaragoza and Taylor 2004, "Simple
BM25 extension to multiple weighted fields"), on words and concepts instead of words alone.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from service.query.registry import FEATURES
from service.search.concepts import terms
from service.search.documents import Document

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


class Meaning:
    """The records that have a definition, by what they are about."""

    def __init__(self, documents: Sequence[Document]) -> None:
        of_kind = [1.0 if d.type == FEATURES.kind else OF_OTHERS for d in documents]
        self._of_kind = np.array(of_kind)
        about = {n: _about(d) for n, d in enumerate(documents) if _is_defined(d)}
        lengths = {n: sum(found.values()) for n, found in about.items()}
        mean = sum(lengths.values()) / max(len(lengths), 1)
        frequency = Counter(term for found in about.values() for term in found)
        postings: dict[str, list[tuple[int, float]]] = {}
        for n, found in about.items():
            damping = SATURATION * (1 - OF_LENGTH + OF_LENGTH * lengths[n] / mean)
            for term, weight in found.items():
                rarity = np.log1p((len(about) - frequency[term] + 0.5) / (frequency[term] + 0.5))
                gained = float(rarity) * weight / (weight + damping)
                postings.setdefault(term, []).append((n, gained))
        self._postings = {
            term: (np.array([n for n, _ in of]), np.array([gained for _, gained in of]))
            for term, of in postings.items()
        }

    def find(self, text: str) -> NDArray[np.float64]:
        """For every document its share of the best one's weight, 0 for all but the likeliest."""
        weights = np.zeros(len(self._of_kind))
        for term, weight in terms(text).items():
            if term in self._postings:
                owners, gained = self._postings[term]
                weights[owners] += min(weight, 1.0) * gained
        weights *= self._of_kind
        best = weights.max(initial=0.0)
        if best <= 0:
            return weights
        shares: NDArray[np.float64] = weights / best
        likeliest = np.argsort(-shares, kind="stable")[:FOUND_MAX]
        kept = np.zeros(len(weights))
        kept[likeliest] = np.where(shares[likeliest] >= SHARE_MIN, shares[likeliest], 0.0)
        return kept


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
