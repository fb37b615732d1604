"""The score over known cells alone, with its interval and contributions (metrics.md, 18a)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from service.maths.arrays import Bools
from service.maths.homogenization.contributions import feature_contributions
from service.maths.homogenization.date_band import DATE_BAND
from service.maths.homogenization.figures import SECONDARY, headline, median_breadth
from service.maths.homogenization.interval import INTERVAL, interval
from service.maths.homogenization.known_pairs import KnownPairs, known_pairs
from service.maths.homogenization.status import Status
from service.maths.panel.profiles import Profile
from service.maths.results import Figures, absent

_WORK = 2e11  # rows^2 x features^2 up to which every feature is left out in turn
# What needs whole feature sets.
NEEDS_ABSENCES = (*DATE_BAND, "status_counts", *SECONDARY)


@dataclass(frozen=True)
class KnownFigures:
    """Of a profile with its known cells; pairs of units with too few joint items are left out."""

    profile: Profile
    known: Bools
    min_joint_features: int

    @cached_property
    def pairs(self) -> KnownPairs:
        return known_pairs(self.profile.state, self.known, self.min_joint_features)

    def headline(self) -> Figures:
        score = self.pairs.score
        if score is not None:
            return headline(self.profile, score)
        unknown = absent(("score", "band"), "mostly_unknown")
        breadth = {"median_features_per_product": median_breadth(self.profile)}
        return unknown | breadth | {"quality": "insufficient"}

    def rest(self, confidence: float, statuses: list[Status]) -> Figures:
        """Interval and contributions; what needs whole feature sets is absent."""
        figures = absent(NEEDS_ABSENCES, "unknown_excluded") | {"product_contributions": []}
        score = self.pairs.score
        if score is None:
            return figures | absent(INTERVAL, "mostly_unknown") | {"feature_contributions": []}
        left_out, without_items = self.pairs.without_vendors, self._without_items()
        n_vendors = len(self.pairs.totals)
        rows = feature_contributions(self.profile, score, without_items, statuses)
        limits = interval(score, left_out, without_items, n_vendors, confidence)
        return figures | limits | {"feature_contributions": rows}

    def _without_items(self) -> list[float | None]:
        """The score with each item deleted; all None where that is too much."""
        n, n_items = self.profile.state.has.shape
        if float(n) ** 2 * float(n_items) ** 2 > _WORK:
            return [None] * n_items
        return [self._without(item) for item in range(n_items)]

    def _without(self, item: int) -> float | None:
        state = self.profile.state
        rows = np.asarray(np.delete(state.has, item, axis=1).any(axis=1))
        cells = np.delete(self.known, item, axis=1)[rows]
        return known_pairs(state.without(item), cells, self.min_joint_features).score
