"""Homogenization as change: incumbents converging, entries and exits (metrics.md, 4.7)."""

from datetime import date

import msgspec
import numpy as np

from service.maths.kernels.similarity import score
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import Unit
from service.maths.results import Absent, Figures, absent

_PARTS = ("within", "entry", "exit")


class ScoreChange(msgspec.Struct, frozen=True, kw_only=True):
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
    unit: Unit,
    from_day: int,
    profiled: Profile,
    score_now: float | Absent,
) -> Figures:
    """The change from a day (an ordinal) to that of the profile.

    With C the units profiled at both dates: within = H1(C) - H0(C), entry = H1 - H1(C),
    exit = H0(C) - H0.
    """
    then = profile(panel, market, from_day, unit)
    score_then = score(then.state)
    figures: Figures = {
        "from_date": date.fromordinal(from_day).isoformat(),
        "from_score": Absent("no_score_at_start") if score_then is None else score_then,
    }
    if score_then is None:
        return figures | absent(("change", *_PARTS), "no_score_at_start")
    if isinstance(score_now, Absent):
        return figures | dict.fromkeys(("change", *_PARTS), score_now)
    figures["change"] = score_now - score_then
    common = set(profiled.units) & set(then.units)
    common_now = _score_of(profiled, common, score_now)
    common_then = _score_of(then, common, score_then)
    if common_now is None or common_then is None:
        return figures | absent(_PARTS, "no_common_rivals")
    parts = (common_now - common_then, score_now - common_now, common_then - score_then)
    return figures | dict(zip(_PARTS, parts, strict=True))


def _score_of(profiled: Profile, units: set[str], whole: float) -> float | None:
    """The score of these units alone."""
    if len(units) == len(profiled.units):
        return whole
    mask = np.array([unit in units for unit in profiled.units], np.bool_)
    return score(profiled.state.keep(mask)) if mask.any() else None
