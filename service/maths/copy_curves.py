"""The figures that follow from a race's rows alone (metrics.md, 10.4 to 10.6)."""

from dataclasses import dataclass
from functools import cached_property

import msgspec

from service.maths.competing_risks import Incidence, aalen_johansen
from service.maths.races import Race
from service.maths.survival import (
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
