"""The curve of one feature, and the fields of time-to-copy that follow from it (10.4 to 10.6)."""

from dataclasses import dataclass
from functools import cached_property

import msgspec

from service.maths.copying.diffusion import Race
from service.maths.kernels.aalen_johansen import Incidence, aalen_johansen
from service.maths.kernels.kaplan_meier import (
    Curve,
    Median,
    Rows,
    conditioning_start,
    kaplan_meier,
    limits,
    median,
    normal_quantile,
    restricted_mean,
    share_limits,
)

Reasons = dict[str, str]


class ShareCopied(msgspec.Struct, frozen=True, kw_only=True):
    """Share of the rivals that copied within h days if none left, with its limits."""

    value: float | None
    ci_low: float | None
    ci_high: float | None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One day on which somebody copied."""

    days: int
    at_risk: int
    copied: int
    survival: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True)
class CopyCurve:
    """The Kaplan-Meier curve of a race, conditional on s0; `start` None: there is no curve."""

    race: Race
    confidence: float

    @cached_property
    def start(self) -> int | None:
        return conditioning_start(self.rows)

    @property
    def rows(self) -> Rows:
        return self.race.rows

    @property
    def missing(self) -> str | None:
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

    @cached_property
    def n_before(self) -> int:
        """Copies at or before s0, which stay out of the curve."""
        early = self.rows.exit <= (self.start or 0)
        return int((self.rows.event & early).sum())

    def is_beyond(self, day: int) -> bool:
        """Whether the follow-up is too short to speak of that day."""
        return day > self.follow_up_days and self.curve.exhausted_at is None

    def steps(self) -> list[Step]:
        low, high = limits(self.curve, self.confidence)
        columns = (self.curve.days, self.curve.at_risk, self.curve.events, self.curve.survival)
        return [
            Step(days=int(d), at_risk=int(y), copied=int(n), survival=float(s),
                 ci_low=float(lo), ci_high=float(hi))
            for d, y, n, s, lo, hi in zip(*columns, low, high, strict=True)
        ]  # fmt: skip

    def share(self, day: int) -> tuple[ShareCopied, Reasons]:
        """`share_copied` within `day` days."""
        path = f"share_copied.{day}"
        if self.is_beyond(day):
            return _NO_SHARE, _share_reasons(path, "follow_up_short")
        assert self.start is not None, "there is a curve"
        value = 1 - self.curve.at(day)
        found = share_limits(self.rows, self.curve, day, self.start, self.confidence)
        if found is None:
            reasons = {f"{path}.ci_low": "nobody_at_risk", f"{path}.ci_high": "nobody_at_risk"}
            return ShareCopied(value=value, ci_low=None, ci_high=None), reasons
        return ShareCopied(value=value, ci_low=found[0], ci_high=found[1]), {}

    @cached_property
    def incidence(self) -> Incidence:
        return aalen_johansen(self.rows, self.race.left, self.start or 0)

    def restricted_mean(self, tau: int) -> tuple[dict[str, object], Reasons]:
        """`rmst_*`: mean uncopied days in the first tau."""
        if self.is_beyond(tau):
            return dict.fromkeys(RMST), dict.fromkeys(RMST, "follow_up_short")
        mean, error = restricted_mean(self.curve, tau)
        width = normal_quantile(self.confidence) * error
        bounds = (max(0.0, mean - width), min(float(tau), mean + width))
        return dict(zip(RMST, (mean, error, *bounds), strict=True)), {}


RMST = ("rmst_days", "rmst_se", "rmst_ci_low", "rmst_ci_high")
_NO_SHARE = ShareCopied(value=None, ci_low=None, ci_high=None)


def _share_reasons(path: str, code: str) -> Reasons:
    return {path: code, **{f"{path}.{part}": code for part in ("value", "ci_low", "ci_high")}}


def no_shares(horizons: tuple[int, ...], code: str) -> tuple[dict[str, ShareCopied], Reasons]:
    """All shares null."""
    reasons: Reasons = {}
    for day in horizons:
        reasons |= _share_reasons(f"share_copied.{day}", code)
    return {str(day): _NO_SHARE for day in horizons}, reasons


Fields = dict[str, object]
_MEDIAN = ("median_time_to_copy_days", "ci_low", "ci_high")


def curve_figures(curve: CopyCurve, horizons: tuple[int, ...], tau: int) -> tuple[Fields, Reasons]:
    """The fields and their reasons; all null where two rivals were never at risk at once."""
    if curve.missing is not None:
        return _no_curve(curve.missing, horizons)
    found = curve.median
    fields: Fields = dict(zip(_MEDIAN, (found.days, found.low, found.high), strict=True))
    reasons: Reasons = {name: "not_reached" for name in _MEDIAN if fields[name] is None}
    fields |= {
        "n_copies_before_conditioning": curve.n_before,
        "conditional_from_days": curve.start,
        "follow_up_days": curve.follow_up_days,
        "median_lower_bound_days": None if found.days is not None else curve.follow_up_days,
        "curve_exhausted_at_days": curve.curve.exhausted_at,
        "curve": curve.steps(),
    }
    if found.days is not None:
        reasons["median_lower_bound_days"] = "median_reached"
    if curve.curve.exhausted_at is None:
        reasons["curve_exhausted_at_days"] = "not_exhausted"
    for part in (_shares(curve, horizons), curve.restricted_mean(tau)):
        fields, reasons = fields | part[0], reasons | part[1]
    return fields, reasons


def _shares(curve: CopyCurve, horizons: tuple[int, ...]) -> tuple[Fields, Reasons]:
    shares: dict[str, ShareCopied] = {}
    copied: dict[str, float | None] = {}
    left: dict[str, float | None] = {}
    reasons: Reasons = {}
    for day in horizons:
        shares[str(day)], more = curve.share(day)
        reasons |= more
        copied[str(day)], left[str(day)] = (
            (None, None) if curve.is_beyond(day) else curve.incidence.at(day)
        )
        if curve.is_beyond(day):
            reasons |= {
                f"{name}.{day}": "follow_up_short"
                for name in ("share_copied_with_exits", "share_exited")
            }
    return {
        "share_copied": shares, "share_copied_with_exits": copied, "share_exited": left,
    }, reasons  # fmt: skip


def _no_curve(code: str, horizons: tuple[int, ...]) -> tuple[Fields, Reasons]:
    shares, reasons = no_shares(horizons, code)
    empty = {str(h): None for h in horizons}
    nulls = (
        *_MEDIAN, *RMST, "n_copies_before_conditioning", "conditional_from_days",
        "follow_up_days", "median_lower_bound_days", "curve_exhausted_at_days",
    )  # fmt: skip
    for part in ("share_copied_with_exits", "share_exited"):
        reasons |= {f"{part}.{h}": code for h in horizons}
    fields: Fields = {
        "share_copied": shares, "share_copied_with_exits": empty, "share_exited": empty,
        "curve": [], **dict.fromkeys(nulls),
    }  # fmt: skip
    return fields, reasons | dict.fromkeys(nulls, code)
