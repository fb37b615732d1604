"""The curve of one feature, and the fields of time-to-copy that follow from it (10.4 to 10.6); how
fast that is in a word, how much it rests on, and what to mind (10.10)."""

from dataclasses import dataclass

import msgspec
from msgspec import UNSET, UnsetType

from service.cached import cached_property
from service.maths.copying.diffusion import BORN_WITH, Diffusion
from service.maths.copying.risk_set import RiskSet
from service.maths.kernels.aalen_johansen import Incidence, aalen_johansen
from service.maths.kernels.kaplan_meier import (
    Curve,
    Median,
    Rows,
    conditioning_start,
    first_at_most_half,
    kaplan_meier,
    limits,
    median,
    normal_quantile,
    restricted_mean,
    share_limits,
)
from service.maths.results import Absent, Figures, Reason, absent

_MEDIAN = ("median_time_to_copy_days", "ci_low", "ci_high")
_RMST = ("rmst_days", "rmst_se", "rmst_ci_low", "rmst_ci_high")
_BANDS = ((30, "immediate"), (90, "fast"), (180, "moderate"), (365, "slow"))
_SHARES = ("share_copied", "share_copied_with_exits", "share_exited")


class ShareCopied(msgspec.Struct, frozen=True, kw_only=True):
    """Share of the rivals that copied within h days if none left, with its limits."""

    value: float | None
    ci_low: float | None
    ci_high: float | None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One day on which somebody copied; of many draws, one on which the mean curve falls to or
    below a further hundredth, without counts."""

    days: int
    at_risk: int | UnsetType = UNSET
    copied: int | UnsetType = UNSET
    survival: float
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True)
class CopyCurve:
    """The Kaplan-Meier curve of a diffusion, conditional on s0; `start` None: there is none."""

    diffusion: Diffusion
    confidence: float

    @cached_property
    def start(self) -> int | None:
        return conditioning_start(self.rows)

    @property
    def rows(self) -> Rows:
        return self.diffusion.rows

    @property
    def missing(self) -> Reason | None:
        """Why there is no curve."""
        if self.start is not None:
            return None
        return "too_few_rivals" if len(self.rows) else "no_rivals"

    @cached_property
    def curve(self) -> Curve:
        return kaplan_meier(self.rows, self.start)

    @cached_property
    def median(self) -> Median:
        return median(self.curve, self.confidence)

    @cached_property
    def follow_up_days(self) -> int:
        return int(self.rows.exit.max())

    @property
    def exhausted_at(self) -> int | None:
        """The day on which everybody has copied."""
        return self.curve.exhausted_at

    @cached_property
    def n_before(self) -> int:
        """Copies at or before s0, which stay out of the curve."""
        early = self.rows.exit <= (self.start or 0)
        return int((self.rows.event & early).sum())

    def median_reading(self) -> Figures:
        """The median with its limits, or why there is none."""
        names = ("median_days", "ci_low", "ci_high")
        if self.missing is not None:
            return absent(names, self.missing)
        half = (self.median.days, self.median.low, self.median.high)
        days = (Absent("not_reached") if day is None else day for day in half)
        return dict(zip(names, days, strict=True))

    def is_beyond(self, day: int) -> bool:
        """Whether the follow-up is too short to speak of that day."""
        return day > self.follow_up_days and self.exhausted_at is None

    def steps(self) -> list[Step]:
        low, high = limits(self.curve, self.confidence)
        columns = (self.curve.days, self.curve.at_risk, self.curve.events, self.curve.survival)
        return [
            Step(
                days=int(d),
                at_risk=int(y),
                copied=int(n),
                survival=float(s),
                ci_low=float(lo),
                ci_high=float(hi),
            )
            for d, y, n, s, lo, hi in zip(*columns, low, high, strict=True)
        ]

    def share(self, day: int) -> Figures:
        """`share_copied` within `day` days of follow-up."""
        assert self.start is not None, "there is a curve"
        limits = share_limits(self.rows, self.curve, day, self.start, self.confidence)
        return share_figures(1 - self.curve.at(day), limits)

    def shares(self, day: int) -> tuple[object, object, object]:
        """`share_copied`, and with leaving as the other cause, `share_copied_with_exits` and
        `share_exited`."""
        if self.is_beyond(day):
            short: Reason = "follow_up_short"
            return _no_share(short), Absent(short), Absent(short)
        return self.share(day), *self.incidence_at(day)

    def incidence_at(self, day: int) -> tuple[float, float]:
        """The shares that copied and that left by a day."""
        return self.incidence.at(day)

    @cached_property
    def incidence(self) -> Incidence:
        return aalen_johansen(self.rows, self.diffusion.left, self.start or 0)

    def restricted_mean(self, tau: int) -> Figures:
        """`rmst_*`: mean uncopied days in the first tau."""
        if self.is_beyond(tau):
            return absent(_RMST, "follow_up_short")
        mean, error = self.mean_and_error(tau)
        width = normal_quantile(self.confidence) * error
        limits = (max(0.0, mean - width), min(float(tau), mean + width))
        return dict(zip(_RMST, (mean, error, *limits), strict=True))

    def mean_and_error(self, tau: int) -> tuple[float, float]:
        """Of the uncopied days in the first tau."""
        return restricted_mean(self.curve, tau)


def share_figures(value: float, limits: tuple[float, float] | None) -> Figures:
    """A `ShareCopied`; without limits where nobody is at risk."""
    bounds = dict.fromkeys(("ci_low", "ci_high"), Absent("nobody_at_risk"))
    known = {} if limits is None else {"ci_low": limits[0], "ci_high": limits[1]}
    return {"value": value, **bounds, **known}


def _no_share(why: Reason) -> Absent:
    return Absent(why, shown=absent(("value", "ci_low", "ci_high"), why))


def median_figures(curve: CopyCurve) -> Figures:
    """The headline with its limits and what it is conditional on; all absent where two rivals
    were never at risk at once."""
    if curve.missing is not None:
        return no_median(curve.missing)
    half = curve.median
    limits = (Absent("not_reached") if d is None else d for d in (half.days, half.low, half.high))
    is_reached, exhausted = half.days is not None, curve.exhausted_at
    return dict(zip(_MEDIAN, limits, strict=True)) | {
        "n_copies_before_conditioning": curve.n_before,
        "conditional_from_days": curve.start,
        "follow_up_days": curve.follow_up_days,
        "median_lower_bound_days": Absent("median_reached") if is_reached else curve.follow_up_days,
        "curve_exhausted_at_days": Absent("not_exhausted") if exhausted is None else exhausted,
    }


def no_median(why: Reason) -> Figures:
    """All figures of `median_figures`, for one reason."""
    names = (
        "n_copies_before_conditioning",
        "conditional_from_days",
        "follow_up_days",
        "median_lower_bound_days",
        "curve_exhausted_at_days",
    )
    return absent((*_MEDIAN, *names), why)


def curve_figures(curve: CopyCurve, horizons: tuple[int, ...], tau: int) -> Figures:
    """Steps, shares copied within each horizon, and the restricted mean up to `tau` days."""
    if curve.missing is not None:
        return no_curve(curve.missing, horizons)
    shares = {str(day): curve.shares(day) for day in horizons}
    by_kind = {name: {day: of[n] for day, of in shares.items()} for n, name in enumerate(_SHARES)}
    return by_kind | {"curve": curve.steps()} | curve.restricted_mean(tau)


def no_curve(why: Reason, horizons: tuple[int, ...]) -> Figures:
    """All figures of `curve_figures`, for one reason."""
    days = [str(day) for day in horizons]
    copied, with_exits, exited = _SHARES
    return absent(_RMST, why) | {
        copied: dict.fromkeys(days, _no_share(why)),
        with_exits: absent(days, why),
        exited: absent(days, why),
        "curve": [],
    }


def median_of(rows: Rows) -> int | Absent:
    """The median of the curve over rows, conditional on its start (10.3 and 10.4)."""
    start = conditioning_start(rows)
    if start is None:
        return Absent("too_few_rivals")
    curve = kaplan_meier(rows, start)
    days = first_at_most_half(curve.days, curve.survival)
    return Absent("not_reached") if days is None else days


def verdict(risk_set: RiskSet, curve: CopyCurve, first: Figures, *, is_absent: bool) -> Figures:
    """`flags`, `band` and `quality`, given the figures of the `first` movers; `is_absent`: cells
    count as absent of which nobody knows, for want of a model."""
    if curve.missing is not None:
        return {"flags": [], "band": Absent(curve.missing), "quality": "insufficient"}
    quality = _quality(curve.diffusion.n_at_risk, int(curve.curve.events.sum()))
    is_bound = risk_set.race.dates == "spread" and bool(first["origin_is_bound"])
    return {
        "flags": _flags(risk_set, curve, first, is_bound=is_bound, is_absent=is_absent),
        "band": _band(curve),
        "quality": "thin" if is_bound else quality,
    }


def _band(curve: CopyCurve) -> str | Absent:
    """Of the median, or of its lower bound where that alone says enough."""
    if curve.median.days is not None:
        return band_of_days(curve.median.days)
    return "durable" if curve.follow_up_days > _BANDS[-1][0] else Absent("not_reached")


def band_of_days(days: float) -> str:
    """The word for a median (10.10)."""
    return next((name for most, name in _BANDS if days <= most), "durable")


def _quality(n_at_risk: int, n_copies: int) -> str:
    if n_at_risk < 5 or n_copies < 3:
        return "thin"
    return "fair" if n_at_risk < 10 or n_copies < 5 else "good"


def _flags(
    risk_set: RiskSet, curve: CopyCurve, first: Figures, *, is_bound: bool, is_absent: bool
) -> list[str]:
    spread, exhausted, since = curve.diffusion, curve.exhausted_at, risk_set.tracked_since
    holds = {
        "late_entrants_after_exhaustion": exhausted is not None
        and bool((spread.rows.exit > exhausted).any()),
        "conditional_curve": curve.start is not None and curve.start > spread.window,
        "first_mover_uncertain": not first["first_mover_certain"],
        "mostly_born_with": 2 * spread.count(BORN_WITH) > int(spread.is_rival.sum()),
        "origin_before_coverage": since is not None and spread.origin < since,
        "origin_is_bound": is_bound,
        "unknown_as_absent": is_absent,
    }
    return [flag for flag, is_raised in holds.items() if is_raised]
