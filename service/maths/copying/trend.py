"""Is copying getting faster? `copy_trend` (metrics.md, 11)."""

import math
from datetime import date
from hashlib import sha256
from typing import Annotated

import msgspec
import numpy as np
from msgspec import UNSET, Meta, UnsetType
from scipy.stats import chi2
from scipy.stats import t as student

from service.maths.copying.cohort import Field, fields
from service.maths.copying.selection import recorded_before_first_copy
from service.maths.kernels.cox import cox, logrank
from service.maths.kernels.kaplan_meier import (
    Floats,
    Rows,
    conditioning_start,
    first_at_most_half,
    kaplan_meier,
)
from service.maths.panel.facts import Ints
from service.maths.panel.panel import Panel
from service.maths.parameters import SURVEY_VALID_DAYS, Count, Days, Unknown, known_for

YEAR, FIXED_WINDOW = 365.25, 365
MIN_FEATURES, MIN_COPIES, MIN_WINDOW_COPIES, ALPHA = 5, 10, 5, 0.05
Window = Annotated[int, Meta(ge=0, le=3650)]
Confidence = Annotated[float, Meta(gt=0, lt=1)]
Reasons = dict[str, str]
Found = tuple[dict[str, object], Reasons]
_WIDEST = 600.0  # half the interval of the log ratio; beyond it its ends are no numbers
_MODEL = ("log_hr_per_year", "hazard_ratio_per_year", "hr_ci_low", "hr_ci_high", "se_model",
          "se_robust", "p_value", "direction")  # fmt: skip


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


def copy_trend(
    panel: Panel,
    on: int,
    market: str | None = None,
    markets: tuple[str, ...] | None = None,
    as_of: str | None = None,
    simultaneity_days: Window = 7,
    confidence: Confidence = 0.95,
    permutations: Count = 999,
    seed: int = 0,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
) -> CopyTrend:
    """All of section 11 on day `on` (an ordinal); `unknown=exclude` as in section 18a."""
    panel = panel.seen(on)
    looked = known_for(unknown, survey_valid_days)
    races = fields(panel, market, markets, on, simultaneity_days, looked)
    born = origins(races)
    known: dict[str, object] = {
        "market": market,
        "markets": sorted(set(markets)) if markets else UNSET,
        "on": date.fromordinal(on).isoformat(),
        "as_of": as_of,
        "stage_min": panel.stage_min,
        "simultaneity_days": simultaneity_days,
        "n_features": len(races.with_rows),
        "n_features_before_coverage": races.n_before_coverage,
        "n_rows": len(races.rows),
        "n_copies": int(races.rows.event.sum()),
        "warnings": panel.warnings,
    }
    cohorts = _cohorts(races, born)
    reasons = {f"cohorts.{cohort.year}.median_days": why for cohort, why in cohorts if why}
    known["cohorts"] = [cohort for cohort, _ in cohorts]
    for found, more in (
        model(races, confidence),
        _early_and_late(races, born),
        _permutation(races, born, on, permutations, seed),
        recorded_before_first_copy(races),
    ):
        known, reasons = known | found, reasons | more
    known["quality"] = _quality(known, reasons)
    return CopyTrend(**known, reasons=dict(sorted(reasons.items())))  # type: ignore[arg-type]


def _missing(races: Field, born: Ints) -> str | None:
    if len(born) < MIN_FEATURES:
        return "too_few_features"
    if races.rows.event.sum() < MIN_COPIES:
        return "too_few_copies"
    return "one_cohort" if len(np.unique(born)) == 1 else None


def _cluster(races: Field) -> Ints:
    """The place of each row's feature among the features with rows."""
    return np.searchsorted(np.array(races.with_rows, np.int64), races.race)


def _years(born: Ints) -> Floats:
    """Origins in years from their mean."""
    return np.asarray((born - math.fsum(born.tolist()) / max(len(born), 1)) / YEAR, np.float64)


def origins(races: Field) -> Ints:
    """The origins of the features with rows, in their order."""
    return np.array([races.races[n].origin for n in races.with_rows], np.int64)


def model(races: Field, confidence: float) -> Found:
    """The Cox model of the origins, or why there is none."""
    born = origins(races)
    code = _missing(races, born)
    cluster = _cluster(races)
    fitted = None if code else cox(races.rows, _years(born)[cluster], cluster)
    freedom = len(born) - 1
    width = 0.0
    if fitted is not None:
        width = float(student.ppf(0.5 + confidence / 2, freedom)) * fitted.se_robust
    if fitted is None or not 0 < width < _WIDEST:
        return dict.fromkeys(_MODEL), dict.fromkeys(_MODEL, code or "not_estimable")
    p = 2 * float(student.sf(abs(fitted.beta) / fitted.se_robust, freedom))
    direction = "no_clear_trend"
    if p < ALPHA:
        direction = "faster" if fitted.beta > 0 else "slower"
    values = (
        fitted.beta, math.exp(fitted.beta), math.exp(fitted.beta - width),
        math.exp(fitted.beta + width), fitted.se_model, fitted.se_robust, p, direction,
    )  # fmt: skip
    return dict(zip(_MODEL, values, strict=True)), {}


def _early_and_late(races: Field, born: Ints) -> Found:
    """Log-rank of features born by the lower median origin against those born later."""
    names = ("logrank_chi2", "logrank_p_value", "split_date")
    if (code := _missing(races, born)) is not None:
        return dict.fromkeys(names), dict.fromkeys(names, code)
    split = int(np.sort(born)[(len(born) - 1) // 2])
    late = (born > split).astype(np.int64)[_cluster(races)]
    statistic = logrank(races.rows, late)
    fields: dict[str, object] = {"split_date": date.fromordinal(split).isoformat()}
    if statistic is None:
        return fields | dict.fromkeys(names[:2]), dict.fromkeys(names[:2], "no_variance")
    return fields | {"logrank_chi2": statistic,
                     "logrank_p_value": float(chi2.sf(statistic, 1))}, {}  # fmt: skip


def _permutation(races: Field, born: Ints, on: int, permutations: int, seed: int) -> Found:
    """Origins shuffled over features that were followed for the whole fixed window."""
    cluster = _cluster(races)
    old = born <= on - FIXED_WINDOW
    inside = old[cluster] & (races.rows.entry < FIXED_WINDOW)
    window = _cut(races.taken(inside))
    kept = np.unique(cluster[inside])
    fields: dict[str, object] = {"n_features_fixed_window": len(kept), "p_value_permutation": None}
    is_short = len(kept) < MIN_FEATURES or window.event.sum() < MIN_WINDOW_COPIES
    if is_short or len(np.unique(born[kept])) == 1:
        return fields, {"p_value_permutation": "too_few_features"}
    surplus = _surplus(window, np.searchsorted(kept, cluster[inside]), len(kept))
    years = _years(born)[kept]
    ids = [races.feature_id(races.with_rows[n]) for n in kept]
    observed = abs(math.fsum((years * surplus).tolist()))
    beaten = 0
    for b in range(1, permutations + 1):
        keys = [sha256(f"{seed}:perm:{b}:{feature}".encode()).hexdigest() for feature in ids]
        order = sorted(range(len(ids)), key=keys.__getitem__)
        drawn = abs(math.fsum((years * surplus[order]).tolist()))
        beaten += drawn >= observed - 1e-9
    fields["p_value_permutation"] = (1 + beaten) / (permutations + 1)
    return fields, {}


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


def _cohorts(races: Field, born: Ints) -> list[tuple[Cohort, str]]:
    """Per birth year, with the reason for a null median."""
    years = np.array([date.fromordinal(int(day)).year for day in born], np.int64)
    of_row = years[_cluster(races)] if len(years) else years
    found: list[tuple[Cohort, str]] = []
    for year in np.unique(years).tolist():
        rows = races.taken(of_row == year)
        start = conditioning_start(rows)
        curve = None if start is None else kaplan_meier(rows, start)
        days = None if curve is None else first_at_most_half(curve.days, curve.survival)
        cohort = Cohort(
            year=year,
            n_features=int((years == year).sum()),
            n_rows=len(rows),
            n_copies=int(rows.event.sum()),
            median_days=days,
        )
        why = "too_few_rivals" if curve is None else "not_reached" if days is None else ""
        found.append((cohort, why))
    return found


def _quality(fields: dict[str, object], reasons: Reasons) -> str:
    if "hazard_ratio_per_year" in reasons:
        return "insufficient"
    n_features, n_copies = (int(str(fields[name])) for name in ("n_features", "n_copies"))
    if n_features < 10 or n_copies < 20:
        return "thin"
    return "fair" if n_features < 20 or n_copies < 50 else "good"
