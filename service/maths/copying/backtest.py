"""How far to trust forecasts of copying: `forecast_backtest`, and what of a forecast is shown
(metrics.md, 14)."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

import msgspec
from scipy.special import gammaincinv

from service.maths.copying.cohort import FeatureCohort, cohort
from service.maths.copying.diffusion import Diffusion
from service.maths.copying.exposure import PooledExposure
from service.maths.copying.forecast import Chance, CopyForecast, RivalForecast, chance
from service.maths.measure import measure
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel
from service.maths.parameters import (
    ANY_CONFIDENCE,
    FORECAST_HORIZONS,
    Copying,
    Cutoffs,
    Days,
    ForecastHorizons,
    HazardBands,
    MeasureParameters,
)
from service.maths.results import Absent, Figures, Reason, Reasons, ratio

MIN_FORECASTS, MIN_OBSERVED = 30, 5
UNCALIBRATED: Reason = "uncalibrated"
Cohorts = Callable[[int], FeatureCohort]  # by day


@dataclass(frozen=True, kw_only=True)
class ForecastBacktestParameters(MeasureParameters, Copying, HazardBands):
    """Of one market, or of all as one; cutoffs are `backtest_step_days` apart."""

    market: str | None
    forecast_horizons_days: ForecastHorizons = FORECAST_HORIZONS
    backtest_step_days: Days = 91
    backtest_cutoffs: Cutoffs = 12


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

    chances: list[float] = field(default_factory=list)
    references: list[float] = field(default_factory=list)
    outcomes: list[bool] = field(default_factory=list)
    n_cutoffs: int = 0
    n_dropped: int = 0

    def add(self, chance: float, reference: float, outcome: bool | None) -> None:
        """One forecast, that of a constant rate, and what came; None: the rival had left."""
        if outcome is None:
            self.n_dropped += 1
            return
        self.chances.append(chance)
        self.references.append(reference)
        self.outcomes.append(outcome)


@measure(ForecastBacktestParameters, ForecastBacktest)
def forecast_backtest(panel: Panel, asked: ForecastBacktestParameters) -> Iterator[Figures]:
    """Fit at past cutoffs, forecast every pending rival, compare with what happened by the day."""
    key = ("backtest", replace(asked, as_of=None, confidence=ANY_CONFIDENCE))
    tallies = panel.kept(asked.market, key, lambda: _tallies(panel, asked))
    horizons = {name: _scored(tally, asked.confidence) for name, tally in tallies.items()}
    statuses = [str(figures["status"]) for figures in horizons.values()]
    yield {"market": asked.market, "horizons": horizons, "status": _overall(statuses)}


def _tallies(panel: Panel, asked: ForecastBacktestParameters) -> dict[str, Tally]:
    """Of each horizon; all end on the same days."""

    @cache
    def covered(day: int) -> FeatureCohort:
        return cohort(panel, asked.market, day, asked.race, covered=True)

    return {
        str(horizon): _tally(covered, asked, horizon) for horizon in asked.forecast_horizons_days
    }


def _tally(covered: Cohorts, asked: ForecastBacktestParameters, horizon: int) -> Tally:
    tally = Tally()
    for i in range(asked.backtest_cutoffs):
        cutoff = asked.on - horizon - asked.backtest_step_days * i
        if cutoff > 0:
            _score_cutoff(covered, asked, cutoff, horizon, tally)
    return tally


def _score_cutoff(
    covered: Cohorts, asked: ForecastBacktestParameters, cutoff: int, horizon: int, tally: Tally
) -> None:
    """Forecasts made on the cutoff day, held against what came within the horizon."""
    pool = PooledExposure.of(covered(cutoff), asked)
    if pool.missing is not None:
        return
    later = covered(cutoff + horizon)
    then = {spread.feature: spread for spread in later.diffusions}
    reference = -math.expm1(-pool.cohort.n_copies / pool.cohort.rival_days * horizon)
    tally.n_cutoffs += 1
    for spread in pool.cohort.diffusions:
        age = max(cutoff - spread.origin, spread.window)
        p = chance(pool, spread, age, horizon, 0.95)["p_copy"] if len(spread.pending) else None
        if isinstance(p, float) and spread.feature in then:
            for outcome in _outcomes(pool.cohort, spread, later, then[spread.feature]):
                tally.add(p, reference, outcome)


def _outcomes(
    before: FeatureCohort, spread: Diffusion, later: FeatureCohort, then: Diffusion
) -> Iterator[bool | None]:
    """Whether each pending rival had copied by the later day; None where it left in between. Units
    that turned out co-innovators are passed over."""
    place = {unit: n for n, unit in enumerate(later.risk_set.unit_ids)}
    for unit in spread.pending.tolist():
        same = place[before.risk_set.unit_ids[unit]]
        if same in then.first or not then.is_rival[same]:
            continue
        has_copied = bool(then.copy[same] < NEVER)
        has_left = not has_copied and bool(then.last_end[same] <= then.on)
        yield None if has_left else has_copied


def _scored(tally: Tally, confidence: float) -> Figures:
    """A `HorizonBacktest`."""
    n, observed, expected = len(tally.chances), sum(tally.outcomes), math.fsum(tally.chances)
    why: Reason = "no_variance" if n else "no_forecasts"
    low, high = _poisson(observed, confidence)
    brier = _brier(tally.chances, tally.outcomes)
    reference = _brier(tally.references, tally.outcomes)
    calibration = ratio(observed, expected, why)
    skill = 1 - brier / reference if brier is not None and reference else Absent(why)
    return {
        "n_forecasts": n,
        "n_cutoffs": tally.n_cutoffs,
        "n_dropped_exit": tally.n_dropped,
        "observed": observed,
        "expected": expected,
        "calibration_ratio": calibration,
        "calibration_ci_low": ratio(low, expected, why),
        "calibration_ci_high": ratio(high, expected, why),
        "brier": Absent(why) if brier is None else brier,
        "brier_reference": Absent(why) if reference is None else reference,
        "brier_skill": skill,
        "status": "calibrated" if _is_good(n, observed, calibration, skill) else UNCALIBRATED,
    }


def _is_good(n: int, observed: int, calibration: float | Absent, skill: float | Absent) -> bool:
    if isinstance(calibration, Absent) or isinstance(skill, Absent):
        return False
    is_enough = n >= MIN_FORECASTS and observed >= MIN_OBSERVED
    return is_enough and 2 / 3 <= calibration <= 1.5 and skill > 0


def _poisson(observed: int, confidence: float) -> tuple[float, float]:
    """Exact limits of a Poisson mean (Garwood 1936)."""
    tail = (1 - confidence) / 2
    low = float(gammaincinv(observed, tail)) if observed else 0.0
    return low, float(gammaincinv(observed + 1, 1 - tail))


def _brier(chances: list[float], outcomes: list[bool]) -> float | None:
    if not chances:
        return None
    return math.fsum((p - o) ** 2 for p, o in zip(chances, outcomes, strict=True)) / len(chances)


def _overall(statuses: list[str]) -> str:
    good = statuses.count("calibrated")
    if good == len(statuses):
        return "calibrated"
    return "partly_calibrated" if good else UNCALIBRATED


def shown(forecast: CopyForecast, backtest: ForecastBacktest) -> CopyForecast:
    """The forecast with the chances of uncalibrated horizons left null, and why."""
    hidden = {h for h, result in backtest.horizons.items() if result.status != "calibrated"}
    reasons = {
        f"forecasts.{row.vendor}.horizons.{h}": UNCALIBRATED
        for row in forecast.forecasts
        for h in row.horizons
        if h in hidden
    }
    return msgspec.structs.replace(
        forecast,
        forecasts=[_of_rival(row, hidden) for row in forecast.forecasts],
        reasons=dict(sorted((forecast.reasons | reasons).items())),
    )


def _of_rival(row: RivalForecast, hidden: set[str]) -> RivalForecast:
    horizons = {h: _null(c) if h in hidden else c for h, c in row.horizons.items()}
    return msgspec.structs.replace(row, horizons=horizons)


def _null(chance: Chance) -> Chance:
    return msgspec.structs.replace(chance, p_copy=None, ci_low=None, ci_high=None)
