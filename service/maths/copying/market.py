"""The market's typical speed: `pooled_time_to_copy` (metrics.md, 13)."""

import math
from datetime import date
from typing import Annotated

import msgspec
import numpy as np
from msgspec import UNSET, Meta, UnsetType
from scipy.stats import gamma
from scipy.stats import t as student

from service.maths.copying.cohort import Field, fields
from service.maths.copying.exclusivity import exclusivity
from service.maths.copying.exposure import MIN_FEATURES, Pool
from service.maths.copying.selection import recorded_before_first_copy, uncopied_share
from service.maths.kernels.frailty import AGE_BANDS, KAPPA, AgeBands, Bands, PriorCopies, fit
from service.maths.kernels.kaplan_meier import (
    Rows,
    conditioning_start,
    first_at_most_half,
    kaplan_meier,
    median,
)
from service.maths.panel.panel import Panel
from service.maths.parameters import SURVEY_VALID_DAYS, Days, Unknown, known_for

Reasons = dict[str, str]


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


YEAR = 365.25
Window = Annotated[int, Meta(ge=0, le=3650)]
Confidence = Annotated[float, Meta(gt=0, lt=1)]
Horizons = Annotated[tuple[Days, ...], Meta(min_length=1, max_length=50)]
_SHRUNK = ("speed_ci_low", "speed_ci_high", "shrunk_median_days", "shrunk_ci_low", "shrunk_ci_high")


def pooled_time_to_copy(
    panel: Panel,
    on: int,
    market: str | None = None,
    markets: tuple[str, ...] | None = None,
    as_of: str | None = None,
    simultaneity_days: Window = 7,
    confidence: Confidence = 0.95,
    horizons_days: Horizons = (30, 90, 180, 365),
    age_bands_days: AgeBands = AGE_BANDS,
    band_prior_copies: PriorCopies = KAPPA,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
) -> PooledTimeToCopy:
    """All of section 13 on day `on` (an ordinal); `unknown=exclude` as in section 18a."""
    panel = panel.seen(on)
    looked = known_for(unknown, survey_valid_days)
    races = fields(panel, market, markets, on, simultaneity_days, looked)
    pool = Pool(races, Bands.of(age_bands_days, band_prior_copies))
    rows = races.rows
    found_fields: dict[str, object] = {
        "market": market,
        "markets": sorted(set(markets)) if markets else UNSET,
        "on": date.fromordinal(on).isoformat(),
        "as_of": as_of,
        "unit": "vendor",
        "stage_min": panel.stage_min,
        "simultaneity_days": simultaneity_days,
        "n_features": len(pool.features),
        "n_features_before_coverage": races.n_before_coverage,
        "n_rows": len(rows),
        "n_copies": int(rows.event.sum()),
        "rival_days": int((rows.exit - rows.entry).sum()),
        "quality": _quality(pool),
        "warnings": panel.warnings,
    }
    reasons: Reasons = {}
    for found, more in (
        _typical(pool, confidence, horizons_days),
        _plain(pool),
        _first_copy(races, confidence),
        uncopied_share(races),
        recorded_before_first_copy(races),
    ):
        found_fields, reasons = found_fields | found, reasons | more
    return PooledTimeToCopy(**found_fields, reasons=dict(sorted(reasons.items())))  # type: ignore[arg-type]


def _typical(
    pool: Pool, confidence: float, horizons: tuple[int, ...]
) -> tuple[dict[str, object], Reasons]:
    """13.2: everything that follows from the fit."""
    names = ("typical_feature_median_days", "typical_ci_low", "typical_ci_high", "frailty_shape")
    if (code := pool.missing) is not None:
        none: dict[str, float | None] = {str(h): None for h in horizons}
        paths = [*names, *(f"typical_share_copied.{h}" for h in horizons)]
        empty: dict[str, object] = {"typical_share_copied": none, "hazard_bands": [],
                                    "features": []}  # fmt: skip
        return {**empty, **dict.fromkeys(names)}, dict.fromkeys(paths, code)
    found = pool.fit
    reasons: Reasons = {}
    days = found.median_age(found.shape, found.shape, pool.oldest)
    low, high, code = _limits(pool, days, confidence)
    if days is None:
        reasons["typical_feature_median_days"] = "beyond_observed"
    if code:
        reasons |= {"typical_ci_low": code, "typical_ci_high": code}
    if found.is_pooled:
        reasons["frailty_shape"] = "no_overdispersion"
    features = [_feature(pool, n, confidence) for n in range(len(pool.features))]
    reasons |= _row_reasons(features, pool)
    shares = {str(h): _share(pool, h) for h in horizons}
    reasons |= {
        f"typical_share_copied.{h}": "beyond_observed" for h, s in shares.items() if s is None
    }
    return {
        **dict(zip(names, (days, low, high, None if found.is_pooled else found.shape),
                   strict=True)),
        "typical_share_copied": shares,
        "hazard_bands": _bands(pool),
        "features": features,
    }, reasons  # fmt: skip


def _row_reasons(features: list[FeatureSpeed], pool: Pool) -> Reasons:
    """Of the nulls in the rows of features and of bands."""
    speeds = "no_overdispersion" if pool.fit.is_pooled else "beyond_observed"
    found = {
        f"features.{row.feature}.{name}": "beyond_observed"
        if name == "shrunk_median_days"
        else speeds
        for row in features
        for name in _SHRUNK
        if getattr(row, name) is None
    }
    empty = np.flatnonzero(pool.exposure.days.sum(axis=0) == 0).tolist()
    edges = pool.bands.edges
    return found | {f"hazard_bands.{edges[k]}.rate_per_day": "nobody_at_risk" for k in empty}


def _limits(
    pool: Pool, days: float | None, confidence: float
) -> tuple[float | None, float | None, str]:
    """m exp(-+ t se), se from the delete-one-feature jackknife of ln m."""
    if days is None:
        return None, None, "beyond_observed"
    logs: list[float] = []
    for n in range(len(pool.features)):
        exposure = pool.exposure.without(n, pool.copies[n])
        if not exposure.copies_of_feature.sum():
            return None, None, "jackknife_undefined"
        found = fit(exposure, pool.bands)
        left = found.median_age(found.shape, found.shape, pool.oldest)
        if left is None:
            return None, None, "jackknife_undefined"
        logs.append(math.log(left))
    n = len(logs)
    middle = math.fsum(logs) / n
    error = math.sqrt((n - 1) / n * math.fsum((x - middle) ** 2 for x in logs))
    width = float(student.ppf(0.5 + confidence / 2, n - 1)) * error
    return days * math.exp(-width), days * math.exp(width), ""


def _share(pool: Pool, horizon: int) -> float | None:
    """Share of a new feature's rivals that copy within the horizon."""
    cumulative = pool.fit.cumulative(horizon)
    if horizon > pool.oldest or math.isnan(cumulative):
        return None
    if pool.fit.is_pooled:
        return -math.expm1(-cumulative)
    a = pool.fit.shape
    return -math.expm1(-a * math.log1p(cumulative / a))


def _bands(pool: Pool) -> list[Band]:
    exposure, edges = pool.exposure, pool.bands.edges
    days = exposure.days.sum(axis=0)
    return [
        Band(
            from_days=edges[k],
            to_days=None if math.isinf(edges[k + 1]) else edges[k + 1],
            copies=int(exposure.copies_of_band[k]),
            rival_days=float(days[k]),
            rate_per_day=float(pool.fit.rates[k]) if days[k] else None,
        )
        for k in range(len(days))
    ]


def _feature(pool: Pool, n: int, confidence: float) -> FeatureSpeed:
    found, copies, mass = pool.fit, float(pool.exposure.copies_of_feature[n]), pool.mass(n)
    shrunk: dict[str, float | None] = dict.fromkeys(_SHRUNK)
    if found.is_pooled:
        speed = 1.0
        shrunk["shrunk_median_days"] = found.median_age(found.shape, found.shape, pool.oldest)
    else:
        shape, rate = found.shape + copies, found.shape + mass
        speed, tail = shape / rate, (1 - confidence) / 2
        low, high = gamma.ppf([tail, 1 - tail], shape, scale=1 / rate).tolist()
        ages = (found.median_age(shape, rate, pool.oldest),
                found.age_at(math.log(2) / high, pool.oldest),
                found.age_at(math.log(2) / low, pool.oldest))  # fmt: skip
        shrunk = dict(zip(_SHRUNK, (low, high, *ages), strict=True))
    return FeatureSpeed(
        feature=pool.races.feature_id(pool.features[n]),
        copies=int(copies),
        rival_days=float(pool.exposure.days[n].sum()),
        expected_copies=mass,
        speed=speed,
        **shrunk,
    )


def _plain(pool: Pool) -> tuple[dict[str, object], Reasons]:
    """Figures that need no fit."""
    rows = pool.races.rows
    fields: dict[str, object] = dict.fromkeys(
        ("max_observed_age_days", "crude_copies_per_rival_year", "pooled_km_median_days")
    )
    if not len(rows):
        return fields, dict.fromkeys(fields, "no_rivals")
    days = int((rows.exit - rows.entry).sum())
    fields["max_observed_age_days"] = pool.oldest
    fields["crude_copies_per_rival_year"] = int(rows.event.sum()) / days * YEAR
    start = conditioning_start(rows)
    if start is None:
        return fields, {"pooled_km_median_days": "too_few_rivals"}
    curve = kaplan_meier(rows, start)
    fields["pooled_km_median_days"] = first_at_most_half(curve.days, curve.survival)
    reached = fields["pooled_km_median_days"] is not None
    return fields, {} if reached else {"pooled_km_median_days": "not_reached"}


def _first_copy(races: Field, confidence: float) -> tuple[dict[str, object], Reasons]:
    """13.3: one row per feature, entry W, exit when its exclusivity ended."""
    names = ("first_copy_median_days", "first_copy_ci_low", "first_copy_ci_high")
    spans = [
        (r.window, exclusivity(arena, r))
        for arena, r in zip(races.arenas, races.races, strict=False)
        if r.is_rival.any()
    ]
    kept = [(w, s) for w, s in spans if int(str(s["exclusivity_days"])) > w]
    if len(kept) < MIN_FEATURES:
        return dict.fromkeys(names), dict.fromkeys(names, "too_few_features")
    rows = Rows(
        np.array([w for w, _ in kept]),
        np.array([s["exclusivity_days"] for _, s in kept], np.int64),
        np.array([s["exclusivity_status"] == "ended_by_copy" for _, s in kept]),
    )
    found = median(kaplan_meier(rows), confidence)
    fields = dict(zip(names, (found.days, found.low, found.high), strict=True))
    return dict(fields), {name: "not_reached" for name, day in fields.items() if day is None}


def _quality(pool: Pool) -> str:
    if pool.missing is not None:
        return "insufficient"
    if len(pool.features) < 5 or pool.copies.sum() < 10:
        return "thin"
    return "fair" if len(pool.features) < 10 or pool.copies.sum() < 20 else "good"
