"""Who will copy next: `copy_forecast` (metrics.md, 14)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from scipy.special import digamma, polygamma

from service.maths.arrays import Floats
from service.maths.copying.cohort import FeatureCohort, cohort
from service.maths.copying.diffusion import Diffusion, known_until
from service.maths.copying.exposure import PooledExposure
from service.maths.kernels.kaplan_meier import normal_quantile
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.parameters import (
    FORECAST_HORIZONS,
    Copying,
    ForecastHorizons,
    HazardBands,
    MeasureParameters,
    UnknownCells,
)
from service.maths.results import Absent, Figures, Reason, Reasons, absent


@dataclass(frozen=True, kw_only=True)
class CopyForecastParameters(MeasureParameters, Copying, HazardBands, UnknownCells):
    """Of one feature in a market, or in all as one. `unknown=exclude`: of those known not to have
    copied, at the rates of known days alone."""

    market: str | None
    feature: str
    forecast_horizons_days: ForecastHorizons = FORECAST_HORIZONS


class Chance(msgspec.Struct, frozen=True, kw_only=True):
    """The chance of a copy within the horizon if the rival stays."""

    p_copy: float | None
    ci_low: float | None
    ci_high: float | None
    extrapolated: bool


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A rival without a copy; `confirmed`: a survey says that it lacks the feature."""

    unit: str
    confirmed: bool


class RivalForecast(msgspec.Struct, frozen=True, kw_only=True):
    """One pending rival."""

    vendor: str
    age_days: int
    horizons: dict[str, Chance]


class CopyForecast(msgspec.Struct, frozen=True, kw_only=True):
    """Pending rivals of a feature by vendor id, each with its chances."""

    market: str | None
    feature: str
    on: str
    as_of: str | None
    stage_min: str
    n_features: int
    n_copies: int
    frailty_shape: float | None
    forecasts: list[RivalForecast]
    n_pending_confirmed: int
    n_pending_unconfirmed: int
    pending: list[Pending]
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(CopyForecastParameters, CopyForecast)
def copy_forecast(panel: Panel, asked: CopyForecastParameters) -> Iterator[Figures]:
    """The chances of every rival that has not copied yet on a day."""
    days = asked.known_for
    of = cohort(panel, asked.market, asked.on, asked.race, covered=True, known_for=days)
    pool = PooledExposure.of(of, asked)
    ids = of.risk_set.panel.feature_ids
    spread = next((d for d in of.diffusions if ids[d.feature] == asked.feature), None)
    pending = [] if spread is None else _pending(of, spread, asked.survey_valid_days)
    yield {
        "market": asked.market,
        "feature": asked.feature,
        "n_features": len(pool.features),
        "n_copies": of.n_copies,
        "n_pending_confirmed": sum(rival.confirmed for rival in pending),
        "n_pending_unconfirmed": sum(not rival.confirmed for rival in pending),
        "pending": pending,
    }
    units = [p.unit for p in pending if p.confirmed or asked.unknown == "absent"]
    if spread is None or pool.missing is not None or not units:
        yield _without(_missing(pool, spread, asked.feature))
        return
    shape = Absent("no_overdispersion") if pool.fit.is_pooled else pool.fit.shape
    forecasts = _forecasts(pool, spread, units, asked)
    yield {"frailty_shape": shape, "forecasts": forecasts, "quality": "fair"}


def _missing(pool: PooledExposure, spread: Diffusion | None, feature: str) -> Reason:
    """Why there is no forecast."""
    if spread is None and pool.cohort.risk_set.feature_index(feature) is not None:
        return "origin_before_coverage"
    if pool.missing is not None:
        return pool.missing
    return "never_adopted" if spread is None else "no_pending_rivals"


def _without(why: Reason) -> Figures:
    forecasts = Absent(why, shown=[])
    return {"frailty_shape": Absent(why), "forecasts": forecasts, "quality": "insufficient"}


def _pending(of: FeatureCohort, spread: Diffusion, survey_valid_days: int) -> list[Pending]:
    """The rivals that have not copied, by id, and whether a survey says so."""
    known = known_until(of.risk_set, spread.feature, survey_valid_days)
    return [
        Pending(unit=of.risk_set.unit_ids[u], confirmed=bool(known[u] >= spread.on))
        for u in spread.pending
    ]


def _forecasts(
    pool: PooledExposure, spread: Diffusion, units: list[str], asked: CopyForecastParameters
) -> list[Figures]:
    """A `RivalForecast` per rival."""
    age = max(asked.on - spread.origin, spread.window)
    horizons = asked.forecast_horizons_days
    chances = {str(h): chance(pool, spread, age, h, asked.confidence) for h in horizons}
    return [{"vendor": vendor, "age_days": age, "horizons": chances} for vendor in units]


def chance(
    pool: PooledExposure, spread: Diffusion, age: int, horizon: int, confidence: float
) -> Figures:
    """A `Chance`: p = 1-(B/(B+dL))^A with A = a+n_j, B = a+M_j; 1-exp(-dL) under complete
    pooling."""
    gains = pool.fit.between(age, age + horizon)
    gain = math.fsum(gains.tolist())
    beyond: Figures = {"extrapolated": age + horizon > pool.oldest}
    if math.isnan(gain) or gain <= 0:
        return absent(("p_copy", "ci_low", "ci_high"), "beyond_observed") | beyond
    p, middle, variance = _posterior(pool, spread, gain)
    variance += _rate_variance(pool, gains / gain)
    width = normal_quantile(confidence) * math.sqrt(variance)
    low, high = (-math.expm1(-math.exp(middle + s * width)) for s in (-1, 1))
    return {"p_copy": p, "ci_low": low, "ci_high": high} | beyond


def _rate_variance(pool: PooledExposure, weights: Floats) -> float:
    """Of the log cumulative hazard, for the rates of bands with these weights in it."""
    copies = pool.exposure.copies_of_band + pool.bands.kappa
    return math.fsum((weights**2 / copies).tolist())


def _posterior(pool: PooledExposure, spread: Diffusion, gain: float) -> tuple[float, float, float]:
    """(p, mean and variance of the log cumulative hazard of the horizon)."""
    if pool.fit.is_pooled:
        return -math.expm1(-gain), math.log(gain), 0.0
    place = {pool.cohort.diffusions[n].feature: k for k, n in enumerate(pool.features)}
    k = place.get(spread.feature)
    copies = 0.0 if k is None else float(pool.exposure.copies_of_feature[k])
    shape = pool.fit.shape + copies
    rate = pool.fit.shape + (0.0 if k is None else pool.mass(k))
    p = -math.expm1(-shape * math.log1p(gain / rate))
    middle = float(digamma(shape)) - math.log(rate) + math.log(gain)
    return p, middle, float(polygamma(1, shape))
