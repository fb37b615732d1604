"""Scores of the documents that match; every other document has none."""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Figures = NDArray[np.float64]


class Scored(NamedTuple):
    """Documents by their place, ascending and none twice, each with its score above 0."""

    places: Places
    scores: Figures

    def __bool__(self) -> bool:
        return len(self.places) > 0

    def at(self, places: Places) -> Figures:
        """The scores at these places, 0 where there is none."""
        if places is self.places:
            return self.scores
        if not len(self.places):
            return np.zeros(len(places))
        near = self.places.searchsorted(places)
        near[near == len(self.places)] = 0
        return np.where(self.places[near] == places, self.scores[near], 0.0)

    def only(self, chosen: NDArray[np.bool_]) -> "Scored":
        return Scored(self.places[chosen], self.scores[chosen])

    def without(self, places: Places) -> "Scored":
        """The same but for these places, which ascend."""
        if not len(places) or not self:
            return self
        near = np.minimum(np.searchsorted(self.places, places), len(self.places) - 1)
        left_out = near[self.places[near] == places]
        return Scored(np.delete(self.places, left_out), np.delete(self.scores, left_out))

    def turned(self, change: Callable[[Figures], Figures]) -> "Scored":
        """The same documents with other scores."""
        return Scored(self.places, change(self.scores))


NONE = Scored(np.zeros(0, np.int64), np.zeros(0))


def evenly(places: Sequence[int], score: float) -> Scored:
    """These documents, all with one score."""
    if not places:
        return NONE
    return Scored(np.unique(np.array(places, np.int64)), np.full(len(set(places)), score))


def highest(places: Places, scores: Figures) -> Scored:
    """The best score of each place, in whatever order and however often it is given."""
    if len(places) > 1 and not (places[1:] > places[:-1]).all():
        order = np.argsort(places, kind="stable")
        places, scores = places[order], scores[order]
        first = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]]))
        places, scores = places[first], np.maximum.reduceat(scores, first)
    return Scored(places, scores)


def best(found: Iterable[Scored]) -> Scored:
    """Whoever is in any of them, with the best of its scores."""
    some = [one for one in found if len(one.places)]
    if len(some) < 2:
        return some[0] if some else NONE
    return highest(
        np.concatenate([one.places for one in some]), np.concatenate([one.scores for one in some])
    )


def common(found: Sequence[Scored]) -> tuple[Places, list[Figures]]:
    """The places that all of them have, and the scores there of each, in the order given."""
    places = min(found, key=lambda one: len(one.places)).places
    for one in found:
        places = places[one.at(places) > 0]
    return places, [one.at(places) for one in found]


def total(figures: Sequence[Figures]) -> Figures:
    """Added up one after the other, so that it is the same whatever stands beside."""
    return reduce(np.add, figures)
