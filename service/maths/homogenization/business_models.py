"""Do rivals charge the same way: `business_model_homogenization` (metrics.md, 9)."""

import math
from datetime import date

import msgspec
import numpy as np

from service.maths.homogenization.figures import (
    INTERVAL,
    SECONDARY,
    FeatureContribution,
    Levels,
    ProductContribution,
    Reasons,
    band,
    quality,
)
from service.maths.homogenization.market import Confidence, Share, Unit
from service.maths.homogenization.status import StatusCounts, status_counts
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import ever_held, profile

_USAGE = ("hhi", "effective_models_q1", "effective_models_q2")


class ModelUse(msgspec.Struct, frozen=True, kw_only=True):
    """How many vendors use a model, and their share of all uses."""

    business_model: str
    n_vendors: int
    share: float


class BusinessModelHomogenization(msgspec.Struct, frozen=True, kw_only=True):
    """Sections 4.1 to 4.5 over monetizations, and the concentration of models over vendors.

    The fields are those of `market_homogenization`, a business model standing where a feature
    does.
    """

    market: str
    on: str
    as_of: str | None
    unit: str
    n_vendors: int
    n_products: int
    n_business_models: int
    n_eligible_products: int
    n_unprofiled_products: int
    n_undated: int
    median_features_per_product: float | None
    score: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    se_vendors: float | None
    se_features: float | None
    expected_by_chance: float | None
    chance_adjusted_score: float | None
    sorensen_mean: float | None
    overlap_mean: float | None
    pooled_jaccard: float | None
    pooled_sorensen: float | None
    mean_jaccard_all_pairs: float | None
    effective_products_q0: float | None
    effective_products_q1: float | None
    effective_products_q2: float | None
    beta_sorensen: float | None
    beta_sorensen_turnover: float | None
    beta_sorensen_nestedness: float | None
    beta_jaccard: float | None
    beta_jaccard_turnover: float | None
    beta_jaccard_nestedness: float | None
    hhi: float | None
    effective_models_q1: float | None
    effective_models_q2: float | None
    models: list[ModelUse]
    status_counts: StatusCounts | None
    feature_contributions: list[FeatureContribution]
    product_contributions: list[ProductContribution]
    band: str | None
    quality: str
    warnings: list[str]
    reasons: Reasons


def business_model_homogenization(
    panel: Panel,
    market: str,
    on: int,
    as_of: str | None = None,
    unit: Unit = "product",
    confidence: Confidence = 0.95,
    table_stakes_min: Share = 0.75,
    differentiator_max: Share = 0.25,
) -> BusinessModelHomogenization:
    """All of section 9 for a market on day `on` (an ordinal)."""
    panel = panel.seen(on)
    now = profile(panel, market, on, unit, models=True)
    levels = Levels(now, confidence, table_stakes_min, differentiator_max)
    scored, reasons = _scored(levels)
    used, more = _usage(levels)
    median = float(np.median(now.state.sizes)) if now.units else 0.0
    score = levels.score if now.missing is None else None
    if score is not None:
        n_ever = len(ever_held(panel.monetizations, panel.in_market(market), on))
        scored["status_counts"] = status_counts(levels.statuses, n_ever - len(now.items))
        scored["median_features_per_product"] = median
    fields = scored | used | {
        "market": market,
        "on": date.fromordinal(on).isoformat(),
        "as_of": as_of,
        "unit": unit,
        "n_vendors": now.state.n_vendors,
        "n_products": len(now.units),
        "n_business_models": len(now.items),
        "n_eligible_products": now.n_eligible,
        "n_unprofiled_products": now.n_unprofiled,
        "n_undated": panel.undated(market, on, monetizations=True),
        "score": score,
        "band": None if score is None else band(score),
        "quality": quality(score, now.state.n_vendors, median),
        "warnings": panel.warnings,
        "reasons": dict(sorted((reasons | more).items())),
    }  # fmt: skip
    return msgspec.convert(fields, BusinessModelHomogenization)


def _scored(levels: Levels) -> tuple[dict[str, object], Reasons]:
    if levels.profile.missing is not None:
        names = ("score", "band", "median_features_per_product", "status_counts")
        nulls = dict.fromkeys((*names, *INTERVAL, *SECONDARY), levels.profile.missing)
        lists = ("feature_contributions", "product_contributions")
        empty: dict[str, object] = {name: list[object]() for name in lists}
        return dict.fromkeys(nulls) | empty, nulls
    fields: dict[str, object] = {}
    reasons: Reasons = {}
    for found, more in (levels.interval(), levels.secondary()):
        fields |= found
        reasons |= more
    fields["feature_contributions"], more = levels.feature_contributions()
    reasons |= more
    fields["product_contributions"], more = levels.product_contributions()
    return fields, reasons | more


def _usage(levels: Levels) -> tuple[dict[str, object], Reasons]:
    """Herfindahl-Hirschman index and Hill numbers of order 1 and 2 over vendor uses."""
    now = levels.profile
    uses = now.state.vendors_with.tolist()
    if not uses:
        nulls = dict.fromkeys(_USAGE, now.missing or "no_profiled_products")
        return dict.fromkeys(nulls) | {"models": []}, nulls
    shares = [count / sum(uses) for count in uses]
    hhi = math.fsum(share * share for share in shares)
    return {
        "hhi": hhi,
        "effective_models_q1": math.exp(-math.fsum(s * math.log(s) for s in shares)),
        "effective_models_q2": 1.0 / hhi,
        "models": [
            ModelUse(business_model=item, n_vendors=count, share=share)
            for item, count, share in zip(now.items, uses, shares, strict=True)
        ],
    }, {}
