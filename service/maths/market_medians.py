"""Each feature's own median time-to-copy, for all features of a market: `market_medians`."""

from datetime import date

import msgspec
import numpy as np

from service.maths.arenas import Arena
from service.maths.lives import NEVER
from service.maths.market_curves import feature_medians
from service.maths.panels import Panel


class FeatureMedian(msgspec.Struct, frozen=True, kw_only=True):
    """As `feature_time_to_copy` gives them, days after the origin; null: not reached, or no curve
    (`has_curve` false)."""

    feature: str
    origin_date: str
    has_curve: bool
    median_time_to_copy_days: int | None
    ci_low: int | None
    ci_high: int | None


class MarketMedians(msgspec.Struct, frozen=True, kw_only=True):
    """The features of a market in id order."""

    features: list[FeatureMedian]
    reasons: dict[str, str]


def market_medians(
    panel: Panel, market: str, on: int, simultaneity_days: int = 7, confidence: float = 0.95
) -> MarketMedians:
    """Medians and limits of all features on day `on` (an ordinal), without pooling (10.4, 10.5)."""
    arena = Arena(panel, market, on, "vendor")
    found = feature_medians(arena, simultaneity_days, confidence)
    days = np.stack([found.median, found.low, found.high], axis=1).tolist()
    rows = zip(
        found.feature.tolist(), found.origin.tolist(), found.start.tolist(), days, strict=True
    )
    shown = [
        _row(arena.panel.feature_ids[feature], origin, start != NEVER, figures)
        for feature, origin, start, figures in rows
    ]
    reasons = {f"features.{row.feature}.{name}": code for row in shown for name, code in _why(row)}
    return MarketMedians(features=shown, reasons=reasons)


def _why(row: FeatureMedian) -> list[tuple[str, str]]:
    """Of the nulls; without a curve there were never two rivals at risk at once."""
    code = "not_reached" if row.has_curve else "too_few_rivals"
    names = ("median_time_to_copy_days", "ci_low", "ci_high")
    return [(name, code) for name in names if getattr(row, name) is None]


def _row(feature: str, origin: int, has_curve: bool, figures: list[int]) -> FeatureMedian:
    median, low, high = (day if has_curve and day != NEVER else None for day in figures)
    return FeatureMedian(
        feature=feature,
        origin_date=date.fromordinal(origin).isoformat(),
        has_curve=has_curve,
        median_time_to_copy_days=median,
        ci_low=low,
        ci_high=high,
    )
