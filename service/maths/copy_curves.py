"""What is read off the rows of a race: curve, median, shares, mean (10.4 to 10.6, 10.8)."""

from dataclasses import dataclass

import msgspec
import numpy as np

from service.maths.arenas import Arena
from service.maths.competing_risks import aalen_johansen
from service.maths.lives import NEVER
from service.maths.races import BORN_WITH, COPIED, Race
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


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the copy curve."""

    days: int
    at_risk: int
    copied: int
    survival: float
    ci_low: float
    ci_high: float


class ShareCopied(msgspec.Struct, frozen=True, kw_only=True):
    """Share of rivals that copied within so many days, if none left."""

    value: float | None
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True)
class Conditioned:
    """The curve of a race from `start` on, with its median."""

    start: int
    curve: Curve
    median: Median


def conditioned(race: Race, confidence: float) -> Conditioned | None:
    """The curve from the first day on which two rivals are at risk at once (10.3)."""
    start = conditioning_start(race.rows)
    if start is None:
        return None
    curve = kaplan_meier(race.rows, start)
    return Conditioned(start, curve, median(curve, confidence))


def steps(curve: Curve, confidence: float) -> list[Step]:
    """The curve with its limits, as rows."""
    low, high = limits(curve, confidence)
    columns = (curve.days, curve.at_risk, curve.events, curve.survival, low, high)
    return [
        Step(days=days, at_risk=y, copied=d, survival=s, ci_low=lo, ci_high=hi)
        for days, y, d, s, lo, hi in zip(*(c.tolist() for c in columns), strict=True)
    ]


def curve_figures(
    race: Race, found: Conditioned, horizons: tuple[int, ...], tau: int, confidence: float
) -> tuple[dict[str, object], dict[str, str]]:
    """The fields that need a curve, and reasons of their nulls."""
    curve, middle = found.curve, found.median
    follow_up = int(race.rows.exit.max())
    reached = middle.days is not None
    fields: dict[str, object] = {
        "median_time_to_copy_days": middle.days,
        "ci_low": middle.low,
        "ci_high": middle.high,
        "median_lower_bound_days": None if reached else follow_up,
        "follow_up_days": follow_up,
        "conditional_from_days": found.start,
        "n_copies_before_conditioning": int(
            (race.rows.event & (race.rows.exit <= found.start)).sum()
        ),
        "curve_exhausted_at_days": curve.exhausted_at,
        "curve": steps(curve, confidence),
    }
    reasons = dict.fromkeys(("median_time_to_copy_days", "ci_low", "ci_high"), "not_reached")
    reasons["median_lower_bound_days"] = "median_reached"
    reasons["curve_exhausted_at_days"] = "not_exhausted"
    for more, why in (
        _mean(curve, follow_up, tau, confidence),
        _shares(race, found, follow_up, horizons, confidence),
    ):
        fields |= more
        reasons |= why
    return fields, reasons


def _mean(
    curve: Curve, follow_up: int, tau: int, confidence: float
) -> tuple[dict[str, object], dict[str, str]]:
    names = "rmst_days", "rmst_se", "rmst_ci_low", "rmst_ci_high"
    if tau > follow_up and curve.exhausted_at is None:
        return dict.fromkeys(names), dict.fromkeys(names, "follow_up_short")
    mean, se = restricted_mean(curve, tau)
    width = normal_quantile(confidence) * se
    values = mean, se, max(0.0, mean - width), min(float(tau), mean + width)
    return dict(zip(names, values, strict=True)), {}


def _shares(
    race: Race, found: Conditioned, follow_up: int, horizons: tuple[int, ...], confidence: float
) -> tuple[dict[str, object], dict[str, str]]:
    incidence = aalen_johansen(race.rows, race.left, found.start)
    copied: dict[str, ShareCopied] = {}
    with_exits: dict[str, float | None] = {}
    exited: dict[str, float | None] = {}
    reasons: dict[str, str] = {}
    for h in horizons:
        key, value = str(h), 1 - found.curve.at(h)
        if h > follow_up and value < 1:
            copied[key] = ShareCopied(value=None, ci_low=None, ci_high=None)
            with_exits[key] = exited[key] = None
            for name in ("share_copied", "share_copied_with_exits", "share_exited"):
                reasons[f"{name}.{key}"] = "follow_up_short"
            continue
        bounds = share_limits(race.rows, found.curve, h, found.start, confidence)
        if bounds is None:
            reasons |= dict.fromkeys(
                (f"share_copied.{key}.ci_low", f"share_copied.{key}.ci_high"), "nobody_at_risk"
            )
        low, high = bounds or (None, None)
        copied[key] = ShareCopied(value=value, ci_low=low, ci_high=high)
        with_exits[key], exited[key] = incidence.at(h)
    fields: dict[str, object] = {
        "share_copied": copied,
        "share_copied_with_exits": with_exits,
        "share_exited": exited,
    }
    return fields, reasons


def exposure_median(arena: Arena, race: Race, confidence: float) -> int | None:
    """Median on each rival's own days present since the origin; born_with count as 0 (10.8)."""
    present = arena.presence
    mine = race.is_rival[present.unit] & (present.end > race.origin)
    unit = present.unit[mine]
    begin = np.maximum(present.start[mine], race.origin)
    end = np.minimum(np.minimum(present.end[mine], race.copy[unit]), race.on)
    days = np.zeros(len(arena), np.int64)
    np.add.at(days, unit, np.maximum(end - begin, 0))
    days[race.status == BORN_WITH] = 0
    rivals = np.flatnonzero(race.is_rival)
    event = race.copy[rivals] < NEVER
    assert (race.status[rivals[event]] <= COPIED + BORN_WITH).all(), "copies have these statuses"
    rows = Rows(np.full(len(rivals), -1, np.int64), days[rivals], event)
    return median(kaplan_meier(rows), confidence).days
