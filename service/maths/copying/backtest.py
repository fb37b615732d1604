"""How far to trust forecasts of copying: `forecast_backtest` (metrics.md, 14)."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta
from scipy.stats import chi2

from service.maths.copying.cohort import field
from service.maths.copying.exposure import Pool
from service.maths.copying.forecast import (
    HORIZONS,
    Confidence,
    Horizons,
    Reasons,
    Window,
    chance,
    pending_units,
)
from service.maths.kernels.frailty import AGE_BANDS, KAPPA, AgeBands, Bands, PriorCopies
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel
from service.maths.parameters import Days

Cutoffs = Annotated[int, Meta(ge=1, le=60)]
MIN_FORECASTS, MIN_OBSERVED = 30, 5


class HorizonBacktest(msgspec.Struct, frozen=True, kw_only=True):
    """How forecasts of one horizon, made at past cutoffs, came out."""

    n_forecasts: int
    n_cutoffs: int
    n_dropped_exit: int
    observed: int
    expected: float
    calibration_ratio: float | None
    calibration_ci_low: float | None
    calibration_ci_high: float | None
    brier: float | None
    brier_reference: float | None
    brier_skill: float | None
    status: str


class ForecastBacktest(msgspec.Struct, frozen=True, kw_only=True):
    """Forecasts may be shown for calibrated horizons only. Hindsight: what was recorded later is
    used with the same `as_of` at every cutoff."""

    market: str | None
    on: str
    as_of: str | None
    stage_min: str
    horizons: dict[str, HorizonBacktest]
    status: str
    warnings: list[str]
    reasons: Reasons


@dataclass
class Tally:
    """Forecasts of one horizon and what became of them."""

    chances: list[float]
    references: list[float]
    outcomes: list[bool]
    n_cutoffs: int = 0
    n_dropped: int = 0


def forecast_backtest(
    panel: Panel,
    market: str | None,
    on: int,
    as_of: str | None = None,
    simultaneity_days: Window = 7,
    confidence: Confidence = 0.95,
    forecast_horizons_days: Horizons = HORIZONS,
    backtest_step_days: Days = 91,
    backtest_cutoffs: Cutoffs = 12,
    age_bands_days: AgeBands = AGE_BANDS,
    band_prior_copies: PriorCopies = KAPPA,
) -> ForecastBacktest:
    """Fit at past cutoffs, forecast every pending rival, compare with what happened by `on`."""
    found: dict[str, HorizonBacktest] = {}
    bands = Bands.of(age_bands_days, band_prior_copies)
    for horizon in forecast_horizons_days:
        tally = Tally([], [], [])
        for i in range(backtest_cutoffs):
            cutoff = on - horizon - backtest_step_days * i
            if cutoff > 0:
                _score_cutoff(panel, market, cutoff, horizon, simultaneity_days, bands, tally)
        found[str(horizon)] = _scored(tally, confidence)
    reasons: Reasons = {}
    for horizon_text, result in found.items():
        code = "no_variance" if result.n_forecasts else "no_forecasts"
        values = msgspec.structs.asdict(result)
        reasons |= {f"horizons.{horizon_text}.{n}": code for n, v in values.items() if v is None}
    return ForecastBacktest(
        market=market,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        horizons=found,
        status=_overall([result.status for result in found.values()]),
        warnings=panel.seen(on).warnings,
        reasons=reasons,
    )


def _score_cutoff(
    panel: Panel,
    market: str | None,
    cutoff: int,
    horizon: int,
    window: int,
    bands: Bands,
    tally: Tally,
) -> None:
    """Forecasts made on the cutoff day; rivals that left in between are dropped, as are units
    that turned out co-innovators."""
    pool = Pool(field(panel.seen(cutoff), market, cutoff, window, covered=True), bands)
    if pool.missing is not None:
        return
    later = field(panel.seen(cutoff + horizon), market, cutoff + horizon, window, covered=True)
    races = {r.feature: r for r in later.races}
    place = {unit: n for n, unit in enumerate(later.arena.unit_ids)}
    rows = pool.races.rows
    rate = float(rows.event.sum()) / float((rows.exit - rows.entry).sum())
    reference = -math.expm1(-rate * horizon)
    tally.n_cutoffs += 1
    for run in pool.races.races:
        age = max(cutoff - run.origin, run.window)
        pending = pending_units(run)
        p = chance(pool, run, age, horizon, 0.95).p_copy if pending else None
        if p is None or run.feature not in races:
            continue
        then = races[run.feature]
        for unit in pending:
            now = place[pool.races.arena.unit_ids[unit]]
            if now in then.first or not then.is_rival[now]:
                continue
            has_copied = bool(then.copy[now] < NEVER)
            if not has_copied and then.last_end[now] <= cutoff + horizon:
                tally.n_dropped += 1
                continue
            tally.chances.append(p)
            tally.references.append(reference)
            tally.outcomes.append(has_copied)


def _scored(tally: Tally, confidence: float) -> HorizonBacktest:
    observed, expected = sum(tally.outcomes), math.fsum(tally.chances)
    n = len(tally.chances)
    ratio = observed / expected if expected else None
    low, high = _poisson(observed, confidence)
    brier = _brier(tally.chances, tally.outcomes)
    reference = _brier(tally.references, tally.outcomes)
    skill = 1 - brier / reference if brier is not None and reference else None
    calibrated = (
        n >= MIN_FORECASTS
        and observed >= MIN_OBSERVED
        and ratio is not None
        and 2 / 3 <= ratio <= 1.5
        and skill is not None
        and skill > 0
    )
    return HorizonBacktest(
        n_forecasts=n,
        n_cutoffs=tally.n_cutoffs,
        n_dropped_exit=tally.n_dropped,
        observed=observed,
        expected=expected,
        calibration_ratio=ratio,
        calibration_ci_low=low / expected if expected else None,
        calibration_ci_high=high / expected if expected else None,
        brier=brier,
        brier_reference=reference,
        brier_skill=skill,
        status="calibrated" if calibrated else "uncalibrated",
    )


def _poisson(observed: int, confidence: float) -> tuple[float, float]:
    """Exact limits of a Poisson mean (Garwood 1936)."""
    tail = (1 - confidence) / 2
    low = float(chi2.ppf(tail, 2 * observed)) / 2 if observed else 0.0
    return low, float(chi2.ppf(1 - tail, 2 * observed + 2)) / 2


def _brier(chances: list[float], outcomes: list[bool]) -> float | None:
    if not chances:
        return None
    return math.fsum((p - o) ** 2 for p, o in zip(chances, outcomes, strict=True)) / len(chances)


def _overall(statuses: list[str]) -> str:
    good = statuses.count("calibrated")
    if good == len(statuses):
        return "calibrated"
    return "partly_calibrated" if good else "uncalibrated"
