"""The figures of one state: score, uncertainty, secondary levels, contributions (4.1 to 4.5)."""

import math
from dataclasses import dataclass
from functools import cached_property

import msgspec
import numpy as np
from scipy.stats import t as student

from service.maths.homogenization.contributions import (
    jackknife_error,
    scores_without_items,
    scores_without_units,
    scores_without_vendors,
)
from service.maths.homogenization.status import status
from service.maths.kernels.diversity import baselga, effective_products, pooled
from service.maths.kernels.hypergeometric import expected_score
from service.maths.kernels.similarity import RowSums, mean_over_pairs, row_sums, vendor_sums
from service.maths.panel.profiles import Profile, State

_SATURATED = 1e-12
_BANDS = ((0.2, "distinct"), (0.4, "mixed"), (0.6, "similar"), (0.8, "homogenized"))

SECONDARY = (
    "expected_by_chance", "chance_adjusted_score", "sorensen_mean", "overlap_mean",
    "pooled_jaccard", "pooled_sorensen", "mean_jaccard_all_pairs", "effective_products_q0",
    "effective_products_q1", "effective_products_q2", "beta_sorensen", "beta_sorensen_turnover",
    "beta_sorensen_nestedness", "beta_jaccard", "beta_jaccard_turnover", "beta_jaccard_nestedness",
)  # fmt: skip
INTERVAL = ("score_ci_low", "score_ci_high", "se_vendors", "se_features")

Figures = dict[str, float | None]
Reasons = dict[str, str]


class FeatureContribution(msgspec.Struct, frozen=True, kw_only=True):
    """Score minus the score with this feature deleted; null if the rest has no score."""

    feature: str
    contribution: float | None
    penetration: float
    status: str


class ProductContribution(msgspec.Struct, frozen=True, kw_only=True):
    """Score minus the score without this product (vendor under unit=vendor)."""

    product: str
    contribution: float | None


@dataclass(frozen=True)
class Levels:
    """All figures of a profile that has a score; each is computed once, when asked for."""

    profile: Profile
    confidence: float = 0.95
    table_stakes_min: float = 0.75
    differentiator_max: float = 0.25

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

    @property
    def statuses(self) -> list[str]:
        """The status of every alive item, in order."""
        return [
            status(
                with_it,
                self.state.n_vendors,
                table_stakes_min=self.table_stakes_min,
                differentiator_max=self.differentiator_max,
            )
            for with_it in self.state.vendors_with.tolist()
        ]

    def interval(self) -> tuple[Figures, Reasons]:
        """Jackknife over vendors and items, both variances added (Owen 2007), t limits."""
        left_out = vendor_sums(self.state, self.sums.jaccard)
        return interval(
            self.score,
            scores_without_vendors(left_out) if self.state.n_vendors > 2 else None,
            self.without_items,
            self.state.n_vendors,
            self.confidence,
        )

    def secondary(self) -> tuple[Figures, Reasons]:
        """The levels of 4.2 and 4.3."""
        n = len(self.state.sizes)
        mean = pooled(self.state)
        q0, q1, q2 = effective_products(self.state, self.sums)
        sorensen, jaccard = baselga(self.state)
        by_chance = expected_score(self.state, len(self.profile.items))
        saturated = abs(1.0 - by_chance) < _SATURATED
        values = (
            by_chance,
            None if saturated else (self.score - by_chance) / (1.0 - by_chance),
            mean_over_pairs(vendor_sums(self.state, self.sums.sorensen)),
            mean_over_pairs(vendor_sums(self.state, self.sums.overlap)),
            *mean,
            self.sums.all_pairs / (n * (n - 1) / 2),
            q0, q1, q2, *sorensen, *jaccard,
        )  # fmt: skip
        reasons = {"chance_adjusted_score": "saturated"} if saturated else {}
        return dict(zip(SECONDARY, values, strict=True)), reasons

    def feature_contributions(self) -> tuple[list[FeatureContribution], Reasons]:
        """By contribution, descending, nulls last, then id."""
        vendors_with = self.state.vendors_with.tolist()
        found = [
            FeatureContribution(
                feature=item,
                contribution=None if rest is None else self.score - rest,
                penetration=with_it / self.state.n_vendors,
                status=word,
            )
            for item, rest, with_it, word in zip(
                self.profile.items, self.without_items, vendors_with, self.statuses, strict=True
            )
        ]
        reasons = {
            f"feature_contributions.{row.feature}.contribution": "undefined_without_feature"
            for row in found
            if row.contribution is None
        }
        return sorted(found, key=by_contribution), reasons

    def product_contributions(self) -> tuple[list[ProductContribution], Reasons]:
        """In id order."""
        found = [
            ProductContribution(product=u, contribution=None if r is None else self.score - r)
            for u, r in zip(self.profile.units, self.without_units, strict=True)
        ]
        reasons = {
            f"product_contributions.{row.product}.contribution": "single_vendor"
            for row in found
            if row.contribution is None
        }
        return found, reasons


def interval(
    score: float,
    without_vendors: np.ndarray[tuple[int], np.dtype[np.float64]] | None,
    without_items: list[float | None],
    n_vendors: int,
    confidence: float,
) -> tuple[Figures, Reasons]:
    """score ± t_{min(V,F)-1} sqrt(se_vendors^2 + se_features^2), clipped to [0, 1]."""
    figures: Figures = dict.fromkeys(INTERVAL)
    reasons: Reasons = {}
    n_items = len(without_items)
    defined = [rest for rest in without_items if rest is not None]
    if without_vendors is None:
        reasons["se_vendors"] = "too_few_vendors"
    else:
        figures["se_vendors"] = jackknife_error(without_vendors)
    if n_items < 3:
        reasons["se_features"] = "too_few_features"
    elif len(defined) < n_items:
        reasons["se_features"] = "jackknife_undefined"
    else:
        figures["se_features"] = jackknife_error(np.array(defined))
    if figures["se_vendors"] is None or figures["se_features"] is None:
        code = reasons.get("se_vendors") or reasons["se_features"]
        return figures, reasons | {"score_ci_low": code, "score_ci_high": code}
    t = float(student.ppf((1 + confidence) / 2, min(n_vendors, n_items) - 1))
    half = t * math.hypot(figures["se_vendors"], figures["se_features"])
    figures["score_ci_low"] = min(1.0, max(0.0, score - half))
    figures["score_ci_high"] = max(0.0, min(1.0, score + half))
    return figures, reasons


def band(score: float) -> str:
    """The word for a score (4.10, conventions)."""
    return next((word for limit, word in _BANDS if round(score, 12) < limit), "commoditized")


def quality(score: float | None, n_vendors: int, median_items: float) -> str:
    """How much the figures rest on (4.10)."""
    if score is None:
        return "insufficient"
    if n_vendors < 4 or median_items < 5:
        return "thin"
    return "fair" if n_vendors < 8 or median_items < 10 else "good"


def by_contribution(row: FeatureContribution) -> tuple[bool, float, str]:
    """Sort key: descending as rounded to 12 decimals, nulls last, then id."""
    missing = row.contribution is None
    return missing, -round(row.contribution or 0.0, 12), row.feature
