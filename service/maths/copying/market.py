"""The market's typical speed: `pooled_time_to_copy` (metrics.md, 13)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType
from scipy.special import gammaincinv

from service.maths.copying.cohort import (
    FeatureCohort,
    pooled_cohort,
    recorded_before_first_copy,
    uncopied_share,
)
from service.maths.copying.curve import median_of
from service.maths.copying.exposure import (
    MIN_FEATURES,
    PooledExposure,
    log_medians,
    median_age,
    typical,
    typical_limits,
)
from service.maths.copying.first_movers import exclusivity
from service.maths.kernels.kaplan_meier import Rows, kaplan_meier, median
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.parameters import (
    ANY_CONFIDENCE,
    Copying,
    HazardBands,
    Horizons,
    MeasureParameters,
    UnknownCells,
)
from service.maths.results import Absent, Figures, Reasons, absent

YEAR = 365.25
_SHRUNK = ("speed_ci_low", "speed_ci_high", "shrunk_median_days", "shrunk_ci_low", "shrunk_ci_high")


@dataclass(frozen=True, kw_only=True)
class PooledTimeToCopyParameters(MeasureParameters, Copying, HazardBands, UnknownCells):
    """Of one market, of several pooled, or of all as one; `unknown=exclude` as in section 18a."""

    market: str | None = None
    markets: tuple[str, ...] | None = None
    horizons_days: Horizons = (30, 90, 180, 365)


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """One band of feature age; the rate is null without rival-days."""

    from_days: float
    to_days: float | None
    copies: int
    rival_days: float
    rate_per_day: float | None


class FeatureSpeed(msgspec.Struct, frozen=True, kw_only=True):
    """One feature with partial pooling; speed 1 is the market's."""

    feature: str
    copies: int
    rival_days: float
    expected_copies: float
    speed: float
    speed_ci_low: float | None
    speed_ci_high: float | None
    shrunk_median_days: float | None
    shrunk_ci_low: float | None
    shrunk_ci_high: float | None


class PooledTimeToCopy(msgspec.Struct, frozen=True, kw_only=True):
    """Section 13, field by field."""

    market: str | None
    markets: list[str] | UnsetType = UNSET
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    simultaneity_days: int
    n_features: int
    n_features_before_coverage: int
    n_rows: int
    n_copies: int
    rival_days: int
    typical_feature_median_days: float | None
    typical_ci_low: float | None
    typical_ci_high: float | None
    typical_share_copied: dict[str, float | None]
    frailty_shape: float | None
    max_observed_age_days: int | None
    crude_copies_per_rival_year: float | None
    pooled_km_median_days: int | None
    first_copy_median_days: int | None
    first_copy_ci_low: int | None
    first_copy_ci_high: int | None
    uncopied_feature_share: float | None
    recorded_before_first_copy_share: float | None
    hazard_bands: list[Band]
    features: list[FeatureSpeed]
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(PooledTimeToCopyParameters, PooledTimeToCopy)
def pooled_time_to_copy(panel: Panel, asked: PooledTimeToCopyParameters) -> Iterator[Figures]:
    """All of section 13 on a day."""
    market, markets, race = asked.market, asked.markets, asked.race
    cohort = pooled_cohort(panel, market, markets, asked.on, race, asked.known_for)
    pool = PooledExposure.of(cohort, asked)
    yield {
        "market": market,
        "markets": sorted(set(markets)) if markets else UNSET,
        "unit": "vendor",
        "simultaneity_days": race.window,
    }
    yield typical(pool)
    place = tuple(sorted(set(markets))) if markets else market
    key = ("log_medians", replace(asked, as_of=None, market=None, confidence=ANY_CONFIDENCE))
    yield typical_limits(panel.kept(place, key, lambda: log_medians(pool)), asked.confidence)
    yield _fitted(pool, asked)
    yield {
        "n_features": len(pool.features),
        "n_features_before_coverage": cohort.n_before_coverage,
        "n_rows": len(cohort.rows),
        "n_copies": cohort.n_copies,
        "rival_days": cohort.rival_days,
        "quality": _quality(pool),
    }
    yield _without_fit(pool)
    yield first_copy_figures(cohort, asked.confidence)
    yield {
        "uncopied_feature_share": uncopied_share(cohort),
        "recorded_before_first_copy_share": recorded_before_first_copy(cohort),
    }


def _fitted(pool: PooledExposure, asked: PooledTimeToCopyParameters) -> Figures:
    """What else follows from the fit (13.2)."""
    horizons = [str(h) for h in asked.horizons_days]
    if pool.missing is not None:
        return {
            "frailty_shape": Absent(pool.missing),
            "typical_share_copied": absent(horizons, pool.missing),
            "hazard_bands": [],
            "features": [],
        }
    is_pooled, n_features = pool.fit.is_pooled, len(pool.features)
    return {
        "frailty_shape": Absent("no_overdispersion") if is_pooled else pool.fit.shape,
        "typical_share_copied": {str(h): _share(pool, h) for h in asked.horizons_days},
        "hazard_bands": _bands(pool),
        "features": [_feature(pool, n, asked.confidence) for n in range(n_features)],
    }


def _share(pool: PooledExposure, horizon: int) -> float | Absent:
    """Share of a new feature's rivals that copy within the horizon."""
    cumulative = pool.fit.cumulative(horizon)
    if horizon > pool.oldest or math.isnan(cumulative):
        return Absent("beyond_observed")
    if pool.fit.is_pooled:
        return -math.expm1(-cumulative)
    a = pool.fit.shape
    return -math.expm1(-a * math.log1p(cumulative / a))


def _bands(pool: PooledExposure) -> list[Figures]:
    """A `Band` per band of age."""
    exposure, edges = pool.exposure, pool.bands.edges
    days = exposure.days.sum(axis=0)
    return [
        {
            "from_days": edges[k],
            "to_days": None if math.isinf(edges[k + 1]) else edges[k + 1],
            "copies": int(exposure.copies_of_band[k]),
            "rival_days": float(days[k]),
            "rate_per_day": float(pool.fit.rates[k]) if days[k] else Absent("nobody_at_risk"),
        }
        for k in range(len(days))
    ]


def _feature(pool: PooledExposure, n: int, confidence: float) -> Figures:
    """A `FeatureSpeed`."""
    copies, mass = float(pool.exposure.copies_of_feature[n]), pool.mass(n)
    return {
        "feature": pool.cohort.feature_id(pool.features[n]),
        "copies": int(copies),
        "rival_days": float(pool.exposure.days[n].sum()),
        "expected_copies": mass,
        **_shrunk(pool, copies, mass, confidence),
    }


def _shrunk(pool: PooledExposure, copies: float, mass: float, confidence: float) -> Figures:
    """Speed and median of a feature with that many copies and that many expected, drawn to those
    of the market; Gamma limits."""
    fitted = pool.fit
    if fitted.is_pooled:
        days = _or_beyond(median_age(pool))
        return absent(_SHRUNK, "no_overdispersion") | {"speed": 1.0, "shrunk_median_days": days}
    shape, rate = fitted.shape + copies, fitted.shape + mass
    tail = (1 - confidence) / 2
    low, high = (gammaincinv(shape, [tail, 1 - tail]) / rate).tolist()
    ages = (
        fitted.median_age(shape, rate, pool.oldest),
        fitted.age_at(math.log(2) / high, pool.oldest),
        fitted.age_at(math.log(2) / low, pool.oldest),
    )
    shrunk = (low, high, *(_or_beyond(age) for age in ages))
    return {"speed": shape / rate, **dict(zip(_SHRUNK, shrunk, strict=True))}


def _or_beyond(age: float | None) -> float | Absent:
    return Absent("beyond_observed") if age is None else age


def _without_fit(pool: PooledExposure) -> Figures:
    """Figures that need no fit."""
    rows = pool.cohort.rows
    if not len(rows):
        names = ("max_observed_age_days", "crude_copies_per_rival_year", "pooled_km_median_days")
        return absent(names, "no_rivals")
    return {
        "max_observed_age_days": pool.oldest,
        "crude_copies_per_rival_year": pool.cohort.n_copies / pool.cohort.rival_days * YEAR,
        "pooled_km_median_days": median_of(rows),
    }


def first_copy_figures(cohort: FeatureCohort, confidence: float) -> Figures:
    """13.3: one row per feature, with rivals yet or not; entry W, exit when its exclusivity
    ended."""
    names = ("first_copy_median_days", "first_copy_ci_low", "first_copy_ci_high")
    spans = [
        (d.window, exclusivity(risk_set, d))
        for risk_set, d in zip(cohort.risk_sets, cohort.diffusions, strict=False)
    ]
    spans = [(window, span) for window, span in spans if span.days > window]
    if len(spans) < MIN_FEATURES:
        return absent(names, "too_few_features")
    rows = Rows(
        np.array([window for window, _ in spans]),
        np.array([span.days for _, span in spans], np.int64),
        np.array([span.status == "ended_by_copy" for _, span in spans]),
    )
    half = median(kaplan_meier(rows), confidence)
    days = (half.days, half.low, half.high)
    return dict(zip(names, (Absent("not_reached") if d is None else d for d in days), strict=True))


def _quality(pool: PooledExposure) -> str:
    n_features, n_copies = len(pool.features), pool.cohort.n_copies
    if pool.missing is not None:
        return "insufficient"
    if n_features < 5 or n_copies < 10:
        return "thin"
    return "fair" if n_features < 10 or n_copies < 20 else "good"
