"""Who will copy next: `copy_forecast` (metrics.md, 14)."""

import math
from datetime import date
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta
from scipy.special import digamma, polygamma

from service.maths.copying.cohort import Field, field
from service.maths.copying.diffusion import PENDING, Race
from service.maths.copying.exposure import Pool
from service.maths.copying.unknown_rivals import Pending, known_until
from service.maths.kernels.frailty import AGE_BANDS, KAPPA, AgeBands, Bands, PriorCopies
from service.maths.kernels.kaplan_meier import normal_quantile
from service.maths.panel.panel import Panel
from service.maths.parameters import SURVEY_VALID_DAYS, Days, Unknown, known_for

Window = Annotated[int, Meta(ge=0, le=3650)]
Confidence = Annotated[float, Meta(gt=0, lt=1)]
Horizons = Annotated[tuple[Days, ...], Meta(min_length=1, max_length=20)]
Reasons = dict[str, str]
HORIZONS = (90, 180, 365)


class Chance(msgspec.Struct, frozen=True, kw_only=True):
    """The chance of a copy within the horizon if the rival stays."""

    p_copy: float | None
    ci_low: float | None
    ci_high: float | None
    extrapolated: bool


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


def copy_forecast(
    panel: Panel,
    market: str | None,
    feature: str,
    on: int,
    as_of: str | None = None,
    simultaneity_days: Window = 7,
    confidence: Confidence = 0.95,
    forecast_horizons_days: Horizons = HORIZONS,
    age_bands_days: AgeBands = AGE_BANDS,
    band_prior_copies: PriorCopies = KAPPA,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
) -> CopyForecast:
    """The chances of every rival that has not copied yet on day `on` (an ordinal).

    `unknown=exclude`: of those known not to have copied, at the rates of known days alone.
    """
    panel = panel.seen(on)
    bands = Bands.of(age_bands_days, band_prior_copies)
    looked = known_for(unknown, survey_valid_days)
    races = field(panel, market, on, simultaneity_days, covered=True, known_for=looked)
    pool = Pool(races, bands)
    run = next((r for r in races.races if panel.feature_ids[r.feature] == feature), None)
    pending = _pending(races, run, survey_valid_days)
    units = [p.unit for p in pending if p.confirmed or unknown == "absent"]
    code = _too_old(races, run, feature) or pool.missing or _missing(run, units)
    found: list[RivalForecast] = []
    if code is None and run is not None:
        found = _forecasts(pool, run, units, on, confidence, forecast_horizons_days)
    shape = None if code or pool.fit.is_pooled else pool.fit.shape
    reasons: Reasons = {} if code is None else {"forecasts": code}
    if shape is None:
        reasons["frailty_shape"] = code or "no_overdispersion"
    return CopyForecast(
        market=market,
        feature=feature,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        n_features=len(pool.features),
        n_copies=int(pool.races.rows.event.sum()),
        frailty_shape=shape,
        forecasts=found,
        n_pending_confirmed=sum(p.confirmed for p in pending),
        n_pending_unconfirmed=sum(not p.confirmed for p in pending),
        pending=pending,
        quality="insufficient" if code else "fair",
        warnings=panel.warnings,
        reasons=reasons | _beyond(found),
    )


def _beyond(found: list[RivalForecast]) -> Reasons:
    """The chances that run through a band of ages without rival-days."""
    return {
        f"forecasts.{row.vendor}.horizons.{horizon}.{name}": "beyond_observed"
        for row in found
        for horizon, chance in row.horizons.items()
        if chance.p_copy is None
        for name in ("p_copy", "ci_low", "ci_high")
    }


def _too_old(races: Field, run: Race | None, feature: str) -> str | None:
    is_known = run is None and races.arena.feature_index(feature) is not None
    return "origin_before_coverage" if is_known else None


def _missing(run: Race | None, pending: list[str]) -> str | None:
    if run is None:
        return "never_adopted"
    return None if pending else "no_pending_rivals"


def _pending(races: Field, run: Race | None, survey_valid_days: int) -> list[Pending]:
    """The rivals that have not copied, by id, and whether a survey says so."""
    if run is None:
        return []
    arena = races.arena
    known = known_until(arena, arena.panel.feature_ids[run.feature], survey_valid_days)
    return [
        Pending(unit=arena.unit_ids[u], confirmed=bool(known[u] >= run.on))
        for u in pending_units(run)
    ]


def pending_units(run: Race) -> list[int]:
    return np.flatnonzero(run.is_rival & (run.status == PENDING)).tolist()


def _forecasts(
    pool: Pool,
    run: Race,
    pending: list[str],
    on: int,
    confidence: float,
    horizons: tuple[int, ...],
) -> list[RivalForecast]:
    age = max(on - run.origin, run.window)
    chances = {str(h): chance(pool, run, age, h, confidence) for h in horizons}
    return [RivalForecast(vendor=vendor, age_days=age, horizons=chances) for vendor in pending]


def chance(pool: Pool, run: Race, age: int, horizon: int, confidence: float) -> Chance:
    """p = 1-(B/(B+dL))^A with A = a+n_j, B = a+M_j; 1-exp(-dL) under complete pooling."""
    parts = pool.fit.between(age, age + horizon)
    gain = math.fsum(parts.tolist())
    beyond = age + horizon > pool.oldest
    if math.isnan(gain) or gain <= 0:
        return Chance(p_copy=None, ci_low=None, ci_high=None, extrapolated=beyond)
    p, middle, variance = _posterior(pool, run, gain)
    weights = parts / gain
    variance += math.fsum((weights**2 / (pool.exposure.copies_of_band + pool.bands.kappa)).tolist())
    width = normal_quantile(confidence) * math.sqrt(variance)
    low, high = (-math.expm1(-math.exp(middle + s * width)) for s in (-1, 1))
    return Chance(p_copy=p, ci_low=low, ci_high=high, extrapolated=beyond)


def _posterior(pool: Pool, run: Race, gain: float) -> tuple[float, float, float]:
    """(p, mean and variance of the log cumulative hazard of the horizon)."""
    if pool.fit.is_pooled:
        return -math.expm1(-gain), math.log(gain), 0.0
    place = {pool.races.races[n].feature: k for k, n in enumerate(pool.features)}
    k = place.get(run.feature)
    copies = 0.0 if k is None else float(pool.exposure.copies_of_feature[k])
    shape = pool.fit.shape + copies
    rate = pool.fit.shape + (0.0 if k is None else pool.mass(k))
    p = -math.expm1(-shape * math.log1p(gain / rate))
    middle = float(digamma(shape)) - math.log(rate) + math.log(gain)
    return p, middle, float(polygamma(1, shape))
