"""How long a feature stayed its maker's own (metrics.md, 10.7) and the exposure clock (10.8)."""

from typing import Literal, NamedTuple

import numpy as np

from service.maths.copying.diffusion import BORN_WITH, Diffusion
from service.maths.copying.risk_set import Copies, RiskSet
from service.maths.kernels.kaplan_meier import Rows, first_at_most_half, kaplan_meier
from service.maths.panel.lifetimes import NEVER
from service.maths.results import Absent, Figures, Reason, absent

_FIRST_COPY = ("time_to_first_copy_days", "time_to_first_copy_low", "time_to_first_copy_high")


def first_copy(spread: Diffusion, copies: Copies) -> Figures:
    """`time_to_first_copy_days` with its bounds from the intervals of origin and copies."""
    if spread.first_copy is None:
        why: Reason = "still_exclusive" if spread.is_rival.any() else "no_rivals"
        return absent(_FIRST_COPY, why)
    copied = spread.is_rival & (spread.copy < NEVER)
    low = int(copies.lo[copied].min()) - int(copies.hi.min())
    high = int(copies.hi[copied].min()) - int(copies.lo.min())
    days = spread.first_copy - spread.origin
    return dict(zip(_FIRST_COPY, (days, max(0, low), high), strict=True))


class Exclusivity(NamedTuple):
    """Days until the first copy, the first movers' withdrawal or `on`, whichever came first."""

    days: int
    status: Literal["ended_by_copy", "ended_by_withdrawal", "ongoing"]


def exclusivity(risk_set: RiskSet, spread: Diffusion) -> Exclusivity:
    """How long the first movers had the feature for themselves."""
    spells, unit = risk_set.spells(spread.feature)
    last_end = int(spells.end[np.isin(unit, spread.first)].max())
    copied = NEVER if spread.first_copy is None else spread.first_copy
    ended = min(copied, last_end, spread.on)
    days = ended - spread.origin
    if ended == copied:
        return Exclusivity(days, "ended_by_copy")
    return Exclusivity(days, "ended_by_withdrawal" if ended == last_end else "ongoing")


def exposure_median(risk_set: RiskSet, spread: Diffusion) -> int | Absent:
    """Kaplan-Meier median on each rival's own days present since max(origin, entry).

    Rivals that entered with the feature are events at 0; no conditioning.
    """
    presence = risk_set.presence
    taken = spread.is_rival[presence.unit] & (presence.end > spread.origin)
    unit = presence.unit[taken]
    stop = np.minimum(np.minimum(presence.end[taken], spread.copy[unit]), spread.on)
    days = np.zeros(len(risk_set), np.int64)
    spent = np.maximum(stop - np.maximum(presence.start[taken], spread.origin), 0)
    np.add.at(days, unit, spent)
    rivals = np.flatnonzero(spread.is_rival)
    copied = spread.copy[rivals] < NEVER
    days[rivals[spread.status[rivals] == BORN_WITH]] = 0
    rows = Rows(np.full(len(rivals), -1, np.int64), days[rivals], copied)
    curve = kaplan_meier(rows)
    median = first_at_most_half(curve.days, curve.survival)
    if median is not None:
        return median
    return Absent("not_reached" if len(rivals) else "no_rivals")
