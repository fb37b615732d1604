"""What imprecise dates do to the curve of a feature (metrics.md, 10.9)."""

from math import inf, isinf

import msgspec
import numpy as np

from service.maths.copying.diffusion import Diffusion
from service.maths.copying.risk_set import Copies, RiskSet
from service.maths.kernels.drawn_curves import DrawnCurves, DrawnRows
from service.maths.kernels.kaplan_meier import nearest_rank
from service.maths.kernels.turnbull import FOREVER, turnbull
from service.maths.panel.kept import kept
from service.maths.results import Absent, Figures, ratio

LOW, HIGH = 0.025, 0.975


class DateSensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """Over the draws with a defined curve; null: not reached there."""

    n_draws: int
    share_reached: float | None
    median_low: int | None
    median_high: int | None
    ci_low: int | None
    ci_high: int | None


class IntervalCensored(msgspec.Struct, frozen=True, kw_only=True):
    """Turnbull's NPMLE given the origin at its representative day: [[l, r or null, mass]]."""

    intervals: list[tuple[int, int | None, float]]
    median_low: int | None
    median_high: int | None
    origin_shift_low: int
    origin_shift_high: int


def has_imprecise_dates(risk_set: RiskSet, feature: int) -> bool:
    """Whether a copy date or a product launch of the market that may lie by `on` is not known to
    the day."""
    spells, products = risk_set.possible_spells(feature), risk_set.possible.products
    lives = risk_set.panel.lives
    launches = lives.launch_lo[products] < lives.launch_hi[products]
    return bool((spells.lo < spells.hi).any() or launches.any())


def own_curves(rows: DrawnRows) -> DrawnCurves | None:
    """The curve of every draw that has one, each with its own start."""
    starts = rows.starts()
    has = starts >= 0
    return DrawnCurves(rows.of_draws(has), starts[has]).whole() if has.any() else None


def date_sensitivity(curves: DrawnCurves, confidence: float) -> Figures:
    """Medians and limits of the curves of all draws, by nearest rank."""
    each = curves.medians(confidence)
    medians, lows, highs = (
        [inf if day is None else float(day) for day in days]
        for days in zip(*((half.days, half.low, half.high) for half in each), strict=True)
    )
    n_reached = sum(not isinf(day) for day in medians)
    return {
        "n_draws": len(medians),
        "share_reached": ratio(n_reached, len(medians), "not_reached"),
        "median_low": _rank(medians, LOW),
        "median_high": _rank(medians, HIGH),
        "ci_low": _rank(lows, LOW),
        "ci_high": _rank(highs, HIGH),
    }


def _rank(values: list[float], share: float) -> int | Absent:
    day = nearest_rank(sorted(values), share)
    return Absent("not_reached") if isinf(day) else int(day)


def interval_censored(spread: Diffusion, copies: Copies) -> Figures:
    """Closed integer intervals: copied [max(lo-o, e+1), hi-o], others [exit+1, inf), T > e."""
    rows, of_row = spread.rows, spread.row_unit
    units = np.unique(of_row)
    entry = np.array([rows.entry[of_row == u].min() for u in units])
    last = np.array([rows.exit[of_row == u].max() for u in units])
    copied = np.array([rows.event[of_row == u].any() for u in units])
    low = np.where(copied, np.maximum(copies.lo[units] - spread.origin, entry + 1), last + 1)
    high = np.where(copied, np.maximum(copies.hi[units] - spread.origin, low), FOREVER)
    key = ("turnbull", low.tobytes(), high.tobytes(), entry.tobytes())
    estimate = kept(key, lambda: turnbull(low, high, entry))
    half = np.searchsorted(np.cumsum(estimate.mass), 0.5 - 1e-12)
    inside = half < len(estimate.mass) and estimate.high[half] < FOREVER
    return {
        "intervals": [
            (int(lo), None if hi >= FOREVER else int(hi), float(mass))
            for lo, hi, mass in zip(estimate.low, estimate.high, estimate.mass, strict=True)
        ],
        "median_low": int(estimate.low[half]) if inside else Absent("not_reached"),
        "median_high": int(estimate.high[half]) if inside else Absent("not_reached"),
        "origin_shift_low": spread.origin - int(copies.hi.min()),
        "origin_shift_high": spread.origin - int(copies.lo.min()),
    }
