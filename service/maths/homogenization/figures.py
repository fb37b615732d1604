"""The figures of one profile: score and secondary levels (metrics.md, 4.1 to 4.3), each computed
once; its interval and contributions come from the modules of these names."""

from dataclasses import dataclass, field

import numpy as np

from service.cached import cached_property
from service.maths.homogenization.contributions import (
    feature_contributions,
    product_contributions,
    scores_without_items,
    scores_without_units,
    scores_without_vendors,
)
from service.maths.homogenization.interval import INTERVAL, interval
from service.maths.homogenization.status import Status, statuses
from service.maths.kernels.diversity import baselga, effective_products, pooled
from service.maths.kernels.hypergeometric import expected_score
from service.maths.kernels.similarity import RowSums, mean_over_pairs, row_sums, vendor_sums
from service.maths.panel.profiles import Profile, State
from service.maths.parameters import Thresholds
from service.maths.results import Absent, Figures, Reason, absent

_SATURATED = 1e-12
_BANDS = ((0.2, "distinct"), (0.4, "mixed"), (0.6, "similar"), (0.8, "homogenized"))

SECONDARY = (
    "expected_by_chance",
    "chance_adjusted_score",
    "sorensen_mean",
    "overlap_mean",
    "pooled_jaccard",
    "pooled_sorensen",
    "mean_jaccard_all_pairs",
    "effective_products_q0",
    "effective_products_q1",
    "effective_products_q2",
    "beta_sorensen",
    "beta_sorensen_turnover",
    "beta_sorensen_nestedness",
    "beta_jaccard",
    "beta_jaccard_turnover",
    "beta_jaccard_nestedness",
)


@dataclass(frozen=True)
class ProfileFigures:
    """Of a profile that has a score: two vendors or more."""

    profile: Profile
    confidence: float = 0.95
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def state(self) -> State:
        return self.profile.state

    @cached_property
    def sums(self) -> RowSums:
        return row_sums(self.state)

    @cached_property
    def score(self) -> float:
        return mean_over_pairs(vendor_sums(self.state, self.sums.jaccard))

    @cached_property
    def without_items(self) -> list[float | None]:
        return scores_without_items(self.state, self.score)

    @cached_property
    def without_units(self) -> list[float | None]:
        return scores_without_units(self.state, self.sums.jaccard)

    @cached_property
    def statuses(self) -> list[Status]:
        return statuses(self.state, self.thresholds)

    def headline(self) -> Figures:
        return headline(self.profile, self.score)

    def interval(self) -> Figures:
        n_vendors = self.state.n_vendors
        left_out = scores_without_vendors(vendor_sums(self.state, self.sums.jaccard))
        return interval(self.score, left_out, self.without_items, n_vendors, self.confidence)

    def secondary(self) -> Figures:
        """The levels of 4.2 and 4.3."""
        n = len(self.state.sizes)
        by_chance = expected_score(self.state, len(self.profile.items))
        sorensen, jaccard = baselga(self.state)
        values: tuple[object, ...] = (
            *chance_figures(self.score, by_chance).values(),
            mean_over_pairs(vendor_sums(self.state, self.sums.sorensen)),
            mean_over_pairs(vendor_sums(self.state, self.sums.overlap)),
            *pooled(self.state),
            self.sums.all_pairs / (n * (n - 1) / 2),
            *effective_products(self.state, self.sums),
            *sorensen,
            *jaccard,
        )
        return dict(zip(SECONDARY, values, strict=True))

    def contributions(self) -> Figures:
        rows = feature_contributions(self.profile, self.score, self.without_items, self.statuses)
        units = product_contributions(self.profile, self.score, self.without_units)
        return {"feature_contributions": rows, "product_contributions": units}


def chance_figures(score: float, by_chance: float) -> Figures:
    """What chance would give, and the score beyond it (4.3)."""
    saturated = abs(1.0 - by_chance) < _SATURATED
    beyond = Absent("saturated") if saturated else (score - by_chance) / (1.0 - by_chance)
    return {"expected_by_chance": by_chance, "chance_adjusted_score": beyond}


def sizes(profile: Profile) -> Figures:
    """How many stand in the profile, and how many do not."""
    return {
        "n_vendors": profile.state.n_vendors,
        "n_products": len(profile.units),
        "n_eligible_products": profile.n_eligible,
        "n_unprofiled_products": profile.n_unprofiled,
    }


def headline(profile: Profile, score: float) -> Figures:
    """The score with its word, and how much it rests on."""
    return {
        "score": score,
        "band": band(score),
        "quality": quality(profile),
        "median_features_per_product": median_breadth(profile),
    }


def without_score(why: Reason) -> Figures:
    """All figures of this module, of a profile that has no score."""
    names = ("score", "band", "median_features_per_product", "status_counts")
    return absent((*names, *INTERVAL, *SECONDARY), why) | {
        "quality": "insufficient",
        "feature_contributions": [],
        "product_contributions": [],
    }


def median_breadth(profile: Profile) -> float:
    """The median number of items of a unit; 0 without units."""
    return float(np.median(profile.state.sizes)) if profile.units else 0.0


def band(score: float) -> str:
    """The word for a score (4.10, conventions)."""
    return next((word for limit, word in _BANDS if round(score, 12) < limit), "commoditized")


def quality(profile: Profile) -> str:
    """How much the figures of a profile rest on, where there are any (4.10)."""
    n_vendors, breadth = profile.state.n_vendors, median_breadth(profile)
    if n_vendors < 4 or breadth < 5:
        return "thin"
    return "fair" if n_vendors < 8 or breadth < 10 else "good"


def capped(quality: str, width: float) -> str:
    """The quality where draws of unknown cells range over `width` of the score (4.10)."""
    if width > 0.2:
        return "thin"
    return "fair" if width > 0.1 and quality == "good" else quality
