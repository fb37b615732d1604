"""Is copying getting faster? `copy_trend` (metrics.md, 11)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType
from numpy.typing import NDArray
from scipy.special import chdtrc, stdtr, stdtrit

from service.maths.arrays import Floats, Ints
from service.maths.copying.cohort import FeatureCohort, pooled_cohort, recorded_before_first_copy
from service.maths.copying.curve import median_of
from service.maths.kernels.cox import CoxFit, cox, logrank
from service.maths.kernels.kaplan_meier import Rows
from service.maths.measure import measure
from service.maths.panel.kept import kept
from service.maths.panel.panel import Panel
from service.maths.parameters import ANY_CONFIDENCE, Copying, Count, MeasureParameters, UnknownCells
from service.maths.results import Absent, Figures, Reason, Reasons, absent

YEAR, FIXED_WINDOW = 365.25, 365
MIN_FEATURES, MIN_COPIES, MIN_WINDOW_COPIES, ALPHA = 5, 10, 5, 0.05
_WIDEST = 600.0  # half the interval of the log ratio; beyond it its ends are no numbers
_ROUNDING = 1e-12  # of a sum, in sizes of what is summed: more than there can be
_MODEL = (
    "log_hr_per_year",
    "hazard_ratio_per_year",
    "hr_ci_low",
    "hr_ci_high",
    "se_model",
    "se_robust",
    "p_value",
    "direction",
)


@dataclass(frozen=True, kw_only=True)
class CopyTrendParameters(MeasureParameters, Copying, UnknownCells):
    """Of one market, of several pooled, or of all as one; `unknown=exclude` as in section 18a."""

    market: str | None = None
    markets: tuple[str, ...] | None = None
    permutations: Count = 999
    seed: int = 0


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """Features born in one year."""

    year: int
    n_features: int
    n_rows: int
    n_copies: int
    median_days: int | None


class CopyTrend(msgspec.Struct, frozen=True, kw_only=True):
    """Section 11, field by field."""

    market: str | None
    markets: list[str] | UnsetType = UNSET
    on: str
    as_of: str | None
    stage_min: str
    simultaneity_days: int
    n_features: int
    n_features_before_coverage: int
    n_rows: int
    n_copies: int
    log_hr_per_year: float | None
    hazard_ratio_per_year: float | None
    hr_ci_low: float | None
    hr_ci_high: float | None
    se_model: float | None
    se_robust: float | None
    p_value: float | None
    direction: str | None
    logrank_chi2: float | None
    logrank_p_value: float | None
    split_date: str | None
    p_value_permutation: float | None
    n_features_fixed_window: int
    recorded_before_first_copy_share: float | None
    cohorts: list[Cohort]
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(CopyTrendParameters, CopyTrend)
def copy_trend(panel: Panel, asked: CopyTrendParameters) -> Iterator[Figures]:
    """All of section 11 on a day."""
    market, markets, race = asked.market, asked.markets, asked.race
    births = _Births(pooled_cohort(panel, market, markets, asked.on, race, asked.known_for))
    cohort = births.cohort
    yield {
        "market": market,
        "markets": sorted(set(markets)) if markets else UNSET,
        "simultaneity_days": race.window,
    }
    place = tuple(sorted(set(markets))) if markets else market
    whatever = replace(asked, as_of=None, market=None, confidence=ANY_CONFIDENCE)
    fitted = panel.kept(place, ("cox", whatever), lambda: _fitted(births))
    yield _model(births, fitted, asked.confidence)
    yield {
        "n_features": len(cohort.with_rows),
        "n_features_before_coverage": cohort.n_before_coverage,
        "n_rows": len(cohort.rows),
        "n_copies": cohort.n_copies,
        "cohorts": _by_year(births),
    }
    key = ("permutation", whatever)
    yield panel.kept(place, key, lambda: _early_and_late(births) | _permutation(births, asked))
    yield {"recorded_before_first_copy_share": recorded_before_first_copy(cohort)}


class _Births:
    """A cohort with the origins of its features with rows, in their order: `days` (ordinals) and
    `years` from their mean; `of_row` is the place of each row's feature among these."""

    def __init__(self, cohort: FeatureCohort) -> None:
        self.cohort = cohort
        members = cohort.with_rows
        self.days: Ints = np.array([cohort.diffusions[n].origin for n in members], np.int64)
        mean = math.fsum(self.days.tolist()) / max(len(members), 1)
        self.years: Floats = np.asarray((self.days - mean) / YEAR, np.float64)
        self.of_row: Ints = np.searchsorted(np.array(members, np.int64), cohort.member)

    @property
    def missing(self) -> Reason | None:
        """Why there is no trend."""
        if len(self.days) < MIN_FEATURES:
            return "too_few_features"
        if self.cohort.n_copies < MIN_COPIES:
            return "too_few_copies"
        return "one_cohort" if len(np.unique(self.days)) == 1 else None


def _fitted(births: _Births) -> CoxFit | None:
    """The Cox model of the origins, where there is one."""
    if births.missing is not None:
        return None
    return cox(births.cohort.rows, births.years[births.of_row], births.of_row)


def _model(births: _Births, fitted: CoxFit | None, confidence: float) -> Figures:
    """What the Cox model says, and `quality`."""
    if births.missing is not None:
        return absent(_MODEL, births.missing) | {"quality": "insufficient"}
    freedom = len(births.days) - 1
    scale = float(stdtrit(freedom, 0.5 + confidence / 2))
    if fitted is None or not 0 < scale * fitted.se_robust < _WIDEST:
        return absent(_MODEL, "not_estimable") | {"quality": "insufficient"}
    figures = _estimates(fitted, scale * fitted.se_robust, freedom)
    return figures | {"quality": _quality(births.cohort)}


def _estimates(fitted: CoxFit, width: float, freedom: int) -> Figures:
    p = 2 * float(stdtr(freedom, -abs(fitted.beta) / fitted.se_robust))
    direction = "no_clear_trend"
    if p < ALPHA:
        direction = "faster" if fitted.beta > 0 else "slower"
    low, high = math.exp(fitted.beta - width), math.exp(fitted.beta + width)
    values = (fitted.beta, math.exp(fitted.beta), low, high, fitted.se_model, fitted.se_robust)
    return dict(zip(_MODEL, (*values, p, direction), strict=True))


def _early_and_late(births: _Births) -> Figures:
    """Log-rank of features born by the lower median origin against those born later."""
    tests = ("logrank_chi2", "logrank_p_value")
    if births.missing is not None:
        return absent((*tests, "split_date"), births.missing)
    split = int(np.sort(births.days)[(len(births.days) - 1) // 2])
    late = (births.days > split).astype(np.int64)[births.of_row]
    statistic = logrank(births.cohort.rows, late)
    figures: Figures = {"split_date": date.fromordinal(split).isoformat()}
    if statistic is None:
        return figures | absent(tests, "no_variance")
    values = (statistic, float(chdtrc(1, statistic)))
    return figures | dict(zip(tests, values, strict=True))


def _permutation(births: _Births, asked: CopyTrendParameters) -> Figures:
    """Origins shuffled over features that were followed for the whole fixed window."""
    rows, of_row = births.cohort.rows, births.of_row
    is_old = births.days <= asked.on - FIXED_WINDOW
    inside = is_old[of_row] & (rows.entry < FIXED_WINDOW)
    window = _cut(births.cohort.taken(inside))
    kept = np.unique(of_row[inside])
    if births.missing is not None:
        p: float | Absent = Absent(births.missing)
        return {"n_features_fixed_window": len(kept), "p_value_permutation": p}
    is_short = len(kept) < MIN_FEATURES or window.event.sum() < MIN_WINDOW_COPIES
    if is_short or len(np.unique(births.days[kept])) == 1:
        p = Absent("too_few_features")
    else:
        surplus = _surplus(window, np.searchsorted(kept, of_row[inside]), len(kept))
        ids = [births.cohort.feature_id(births.cohort.with_rows[n]) for n in kept]
        p = _permuted(births.years[kept], surplus, ids, asked)
    return {"n_features_fixed_window": len(kept), "p_value_permutation": p}


def _permuted(years: Floats, surplus: Floats, ids: list[str], asked: CopyTrendParameters) -> float:
    """The share of the permutations, the given one included, at least as far from zero."""
    least = abs(math.fsum((years * surplus).tolist())) - 1e-9
    key = ("permutations", asked.seed, asked.permutations, tuple(ids))
    drawn = years * surplus[kept(key, lambda: _orders(asked.seed, asked.permutations, ids))]
    far = np.abs(drawn.sum(axis=1))
    close = np.abs(far - least) < _ROUNDING * (1.0 + np.abs(drawn).sum(axis=1))
    for row in np.flatnonzero(close).tolist():
        far[row] = abs(math.fsum(drawn[row].tolist()))
    return (1 + int((far >= least).sum())) / (asked.permutations + 1)


def _orders(seed: int, permutations: int, ids: list[str]) -> Ints:
    """Places of the features, a row a permutation: in the order of their digests, of which 64 bits
    tell any two apart."""
    columns = [_digests(seed, permutations, feature) for feature in ids]
    return np.argsort(np.stack(columns, axis=1), axis=1, kind="stable")


def _digests(seed: int, permutations: int, feature: str) -> NDArray[np.uint64]:
    """How those of a feature begin, by permutation: kept, as most days have the same features."""

    def made() -> NDArray[np.uint64]:
        texts = (f"{seed}:perm:{b + 1}:{feature}" for b in range(permutations))
        begun = b"".join(sha256(text.encode()).digest()[:8] for text in texts)
        return np.frombuffer(begun, ">u8").astype(np.uint64)

    return kept(("digests", seed, permutations, feature), made)


def _cut(rows: Rows) -> Rows:
    out = np.minimum(rows.exit, FIXED_WINDOW)
    return Rows(rows.entry, out, rows.event & (rows.exit <= FIXED_WINDOW))


def _surplus(rows: Rows, feature: Ints, n: int) -> Floats:
    """Copies above expectation per feature, at the pooled hazard of the same ages."""
    days, copies = np.unique(rows.exit[rows.event], return_counts=True)
    hazard = np.concatenate([[0.0], np.cumsum(copies / np.maximum(rows.at_risk(days), 1))])
    expected = hazard[np.searchsorted(days, rows.exit, "right")]
    expected = expected - hazard[np.searchsorted(days, rows.entry, "right")]
    return np.bincount(feature, weights=rows.event - expected, minlength=n).astype(np.float64)


def _by_year(births: _Births) -> list[Figures]:
    """A `Cohort` per birth year."""
    years = np.array([date.fromordinal(int(day)).year for day in births.days], np.int64)
    of_row = years[births.of_row] if len(years) else years
    each = []
    for year in np.unique(years).tolist():
        rows = births.cohort.taken(of_row == year)
        each.append(
            {
                "year": year,
                "n_features": int((years == year).sum()),
                "n_rows": len(rows),
                "n_copies": int(rows.event.sum()),
                "median_days": median_of(rows),
            }
        )
    return each


def _quality(cohort: FeatureCohort) -> str:
    n_features, n_copies = len(cohort.with_rows), cohort.n_copies
    if n_features < 10 or n_copies < 20:
        return "thin"
    return "fair" if n_features < 20 or n_copies < 50 else "good"
