"""Homogenization as change: incumbents converging, entries and exits (metrics.md, 4.7)."""

from datetime import date

import msgspec
import numpy as np

from service.maths.kernels.similarity import score
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """The score against `from_date`; within + entry + exit = change."""

    from_date: str
    from_score: float | None
    change: float | None
    within: float | None
    entry: float | None
    exit: float | None


def change(
    panel: Panel,
    market: str | None,
    on: int,
    now: Profile,
    score_now: float | None,
    *,
    unit: str,
    change_window_days: int,
    models: bool = False,
) -> tuple[Change, dict[str, str]]:
    """The change over the window and, per null, its reason.

    With C the units profiled at both dates: within = H1(C) - H0(C), entry = H1 - H1(C),
    exit = H0(C) - H0.
    """
    from_day = max(1, on - change_window_days)
    then = profile(panel, market, from_day, unit, models=models)
    score_then = score(then.state)
    from_date = date.fromordinal(from_day).isoformat()
    reasons = {"change.from_score": "no_score_at_start"} if score_then is None else {}
    if score_now is None or score_then is None:
        code = "no_score_at_start" if score_now is not None else now.missing or "no_features"
        reasons |= {f"change.{field}": code for field in ("change", "within", "entry", "exit")}
        return _empty(from_date, score_then, None), reasons
    common = set(now.units) & set(then.units)
    now_common, then_common = (
        _score_of(p, common, s) for p, s in ((now, score_now), (then, score_then))
    )
    whole = score_now - score_then
    if now_common is None or then_common is None:
        reasons |= {f"change.{field}": "no_common_rivals" for field in ("within", "entry", "exit")}
        return _empty(from_date, score_then, whole), reasons
    return Change(
        from_date=from_date,
        from_score=score_then,
        change=whole,
        within=now_common - then_common,
        entry=score_now - now_common,
        exit=then_common - score_then,
    ), reasons


def _score_of(profiled: Profile, units: set[str], whole: float) -> float | None:
    """The score of these units alone."""
    if len(units) == len(profiled.units):
        return whole
    mask = np.array([unit in units for unit in profiled.units], np.bool_)
    return score(profiled.state.keep(mask)) if mask.any() else None


def _empty(from_date: str, from_score: float | None, whole: float | None) -> Change:
    return Change(
        from_date=from_date, from_score=from_score, change=whole, within=None, entry=None, exit=None
    )
