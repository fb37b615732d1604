"""Do rivals charge the same way: `business_model_homogenization` (metrics.md, 9)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType

from service.maths.homogenization.contributions import FeatureContribution, ProductContribution
from service.maths.homogenization.figures import ProfileFigures, sizes, without_score
from service.maths.homogenization.status import StatusCounts, status_counts
from service.maths.kernels.similarity import score
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, ever_held, profile
from service.maths.parameters import (
    Confidence,
    Interval,
    MeasureParameters,
    Thresholds,
    Unit,
    period,
)
from service.maths.results import Absent, Figures, Reasons, absent


@dataclass(frozen=True, kw_only=True)
class BusinessModelParameters(MeasureParameters, Thresholds):
    """Of one market; `series` asks for the mix through time too."""

    market: str
    unit: Unit = "product"
    confidence: Confidence = 0.95
    series: bool = False
    interval: Interval = "event"


class ModelUse(msgspec.Struct, frozen=True, kw_only=True):
    """How many vendors use a model, and their share of all uses."""

    business_model: str
    n_vendors: int
    share: float


class MixPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The mix on a day on which something changed, or the last such day of a period."""

    date: str
    n_vendors: int
    n_products: int
    n_business_models: int
    score: float | None
    hhi: float | None
    effective_models_q1: float | None
    effective_models_q2: float | None
    models: list[ModelUse]


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
    interval: Interval | UnsetType = UNSET
    series: list[MixPoint] | UnsetType = UNSET
    band: str | None
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(BusinessModelParameters, BusinessModelHomogenization)
def business_model_homogenization(
    panel: Panel, asked: BusinessModelParameters
) -> Iterator[Figures]:
    """All of section 9 for a market on a day."""
    profiled = profile(panel, asked.market, asked.on, asked.unit, models=True)
    yield sizes(profiled) | {
        "market": asked.market,
        "unit": asked.unit,
        "n_business_models": len(profiled.items),
        "n_undated": panel.undated(asked.market, asked.on, monetizations=True),
    }
    if profiled.missing is not None:
        yield without_score(profiled.missing)
    else:
        figures = ProfileFigures(profiled, asked.confidence, asked)
        yield figures.headline()
        yield figures.interval() | figures.secondary() | figures.contributions()
        n_ever = len(ever_held(panel.monetizations, panel.in_market(asked.market), asked.on))
        n_extinct = n_ever - len(profiled.items)
        yield {"status_counts": status_counts(figures.statuses, n_extinct)}
    yield _usage(profiled)
    if asked.series:
        yield {"series": _series(panel, asked), "interval": asked.interval}


def _series(panel: Panel, asked: BusinessModelParameters) -> list[Figures]:
    """A `MixPoint` for the last day of each period on which a product or a monetization of the
    market began or ended."""
    members, lives, spells = panel.members(asked.market), panel.lives, panel.monetizations
    own = spells.take(panel.in_market(asked.market)[spells.product])
    edges = np.concatenate([lives.launch[members], lives.end[members], own.start, own.end])
    days = [date.fromordinal(day) for day in np.unique(edges[edges <= asked.on]).tolist()]
    last = {period(day, asked.interval): day for day in days}
    return [_point(panel, asked, day) for day in last.values()]


def _point(panel: Panel, asked: BusinessModelParameters, day: date) -> Figures:
    profiled = profile(panel, asked.market, day.toordinal(), asked.unit, models=True)
    whole = Absent(profiled.missing) if profiled.missing else score(profiled.state)
    return {
        "date": day.isoformat(),
        "n_vendors": len(profiled.vendors),
        "n_products": len(profiled.units),
        "n_business_models": len(profiled.items),
        "score": whole,
        **_usage(profiled),
    }


def _usage(profiled: Profile) -> Figures:
    """Herfindahl-Hirschman index and Hill numbers of order 1 and 2 over vendor uses."""
    uses = profiled.state.vendors_with.tolist()
    if not uses:
        names = ("hhi", "effective_models_q1", "effective_models_q2")
        return absent(names, profiled.missing or "no_profiled_products") | {"models": []}
    shares = [count / sum(uses) for count in uses]
    hhi = math.fsum(share * share for share in shares)
    return {
        "hhi": hhi,
        "effective_models_q1": math.exp(-math.fsum(s * math.log(s) for s in shares)),
        "effective_models_q2": 1.0 / hhi,
        "models": [
            {"business_model": item, "n_vendors": count, "share": share}
            for item, count, share in zip(profiled.items, uses, shares, strict=True)
        ],
    }
