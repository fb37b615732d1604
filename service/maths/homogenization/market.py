"""How alike the products of a market are: `market_homogenization` (metrics.md, 4)."""

from datetime import date
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import UNSET, Meta, UnsetType

from service.maths.homogenization.date_band import date_band
from service.maths.homogenization.decomposition import Change, change
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
from service.maths.homogenization.known_cells import contributions, excluded
from service.maths.homogenization.null_model import structure
from service.maths.homogenization.readings import unit_cells
from service.maths.homogenization.series import Point, series, series_reasons
from service.maths.homogenization.status import StatusCounts, status_counts
from service.maths.panel.lifetimes import Bools
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, ever_held, profile

Unit = Literal["product", "vendor"]
Unknown = Literal["absent", "exclude"]
Share = Annotated[float, Meta(ge=0, le=1)]
Confidence = Annotated[float, Meta(gt=0, lt=1)]
Count = Annotated[int, Meta(ge=1, le=10_000)]
Days = Annotated[int, Meta(ge=1, le=36_500)]


class MarketHomogenization(msgspec.Struct, frozen=True, kw_only=True):
    """Section 4.11, field by field; `series` and `structure_*` only when asked for.

    The coverage and readings of 18a are in `coverage.py`, so that this stays as published.
    """

    market: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    n_vendors: int
    n_products: int
    n_features: int
    n_eligible_products: int
    n_unprofiled_products: int
    n_undated: int
    median_features_per_product: float | None
    score: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    se_vendors: float | None
    se_features: float | None
    score_date_low: float | None
    score_date_high: float | None
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
    change: Change
    status_counts: StatusCounts | None
    feature_contributions: list[FeatureContribution]
    product_contributions: list[ProductContribution]
    structure_ses: float | UnsetType | None = UNSET
    structure_null_mean: float | UnsetType | None = UNSET
    structure_null_sd: float | UnsetType | None = UNSET
    structure_p_value: float | UnsetType | None = UNSET
    series: list[Point] | UnsetType = UNSET
    band: str | None
    quality: str
    warnings: list[str]
    reasons: Reasons


def market_homogenization(
    panel: Panel,
    market: str,
    on: int,
    as_of: str | None = None,
    unit: Unit = "product",
    series: bool = False,
    include_structure: bool = False,
    confidence: Confidence = 0.95,
    date_draws: Count = 200,
    seed: int = 0,
    change_window_days: Days = 365,
    table_stakes_min: Share = 0.75,
    differentiator_max: Share = 0.25,
    null_draws: Count = 999,
    unknown: Unknown = "absent",
    survey_valid_days: Days = 365,
    min_joint_features: Count = 3,
) -> MarketHomogenization:
    """All of section 4 for a market on day `on` (an ordinal); `as_of` is only given back."""
    panel = panel.seen(on)
    now = profile(panel, market, on, unit)
    levels = Levels(now, confidence, table_stakes_min, differentiator_max)
    fields, reasons = _figures(levels)
    if now.missing is None:
        low, high = date_band(
            panel, market, on, levels.score, unit=unit, date_draws=date_draws, seed=seed
        )
        fields |= {"score_date_low": low, "score_date_high": high}
        n_ever = len(ever_held(panel.adoptions, panel.in_market(market), on))
        fields["status_counts"] = status_counts(levels.statuses, n_ever - len(now.items))
    score = levels.score if now.missing is None else None
    fields["change"], more = change(
        panel, market, on, now, score, unit=unit, change_window_days=change_window_days
    )
    reasons |= more
    if unknown == "exclude" and now.missing is None:
        known = unit_cells(panel, market, on, now, unit, survey_valid_days)
        found, reasons = _excluded(levels, known, fields, reasons, min_joint_features)
        fields |= found
    if include_structure:
        found, more = _structure(now, score, null_draws, seed)
        fields, reasons = fields | found, reasons | more
    if series:
        points = _series(panel, market, on, unit)
        fields["series"], reasons = points, reasons | series_reasons(points)
    fields |= {
        "market": market,
        "on": date.fromordinal(on).isoformat(),
        "as_of": as_of,
        "unit": unit,
        "stage_min": panel.stage_min,
        "n_features": len(now.items),
        "n_undated": panel.undated(market, on),
        "warnings": panel.warnings,
        "reasons": dict(sorted(reasons.items())),
    }
    return msgspec.convert(fields, MarketHomogenization)


_series = series


def _figures(levels: Levels) -> tuple[dict[str, object], Reasons]:
    """Everything that follows from the profile alone."""
    now, state = levels.profile, levels.state
    median = float(np.median(state.sizes)) if len(state.sizes) else 0.0
    score = levels.score if now.missing is None else None
    fields: dict[str, object] = {
        "n_vendors": state.n_vendors,
        "n_products": len(now.units),
        "n_eligible_products": now.n_eligible,
        "n_unprofiled_products": now.n_unprofiled,
        "score": score,
        "band": None if score is None else band(score),
        "quality": quality(score, state.n_vendors, median),
    }
    if now.missing is not None:
        dated = ("score_date_low", "score_date_high")
        nulls = ("score", "band", "median_features_per_product", "status_counts")
        empty = dict.fromkeys((*nulls, *dated, *INTERVAL, *SECONDARY), now.missing)
        lists = {"feature_contributions": list[object](), "product_contributions": list[object]()}
        return fields | dict.fromkeys(empty) | lists, empty
    fields["median_features_per_product"] = median
    reasons: Reasons = {}
    for found, more in (levels.interval(), levels.secondary()):
        fields |= found
        reasons |= more
    fields["feature_contributions"], more = levels.feature_contributions()
    reasons |= more
    fields["product_contributions"], more = levels.product_contributions()
    return fields, reasons | more


def _excluded(
    levels: Levels, known: Bools, fields: dict[str, object], reasons: Reasons, least: int
) -> tuple[dict[str, object], Reasons]:
    """The fields of the reading over known cells, and all reasons."""
    now, before = levels.profile, fields["change"]
    if not isinstance(before, Change):
        raise TypeError("the change is computed first")
    found, why = excluded(
        now, known, before, min_joint_features=least, confidence=levels.confidence
    )
    stale = ("se_", "score_ci", "feature_contributions", "product_contributions")
    reasons = {name: code for name, code in reasons.items() if not name.startswith(stale)}
    if found["score"] is not None:
        rows, more = contributions(levels.feature_contributions()[0], now, known, least)
        found["feature_contributions"], why = rows, why | more
    return found, reasons | why


def _structure(
    now: Profile, score: float | None, null_draws: int, seed: int
) -> tuple[dict[str, object], Reasons]:
    names = ("structure_ses", "structure_null_mean", "structure_null_sd", "structure_p_value")
    if score is None:
        return dict.fromkeys(names), dict.fromkeys(names, now.missing or "no_profiled_products")
    found = structure(now.state, score, null_draws=null_draws, seed=seed)
    fields = dict(zip(names, found, strict=True))
    return dict(fields), {n: "zero_null_variance" for n, v in fields.items() if v is None}
