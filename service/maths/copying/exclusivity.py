"""How long a feature stayed its maker's own (metrics.md, 10.7) and the exposure clock (10.8)."""

import numpy as np

from service.maths.copying.diffusion import BORN_WITH, Race
from service.maths.copying.risk_set import Arena, Copies
from service.maths.kernels.kaplan_meier import Rows, first_at_most_half, kaplan_meier
from service.maths.panel.lifetimes import NEVER

Figures = dict[str, object]
Reasons = dict[str, str]


def first_copy(race: Race, copies: Copies) -> tuple[Figures, Reasons]:
    """`time_to_first_copy_days` with its bounds from the intervals of origin and copies."""
    names = ("time_to_first_copy_days", "time_to_first_copy_low", "time_to_first_copy_high")
    if race.first_copy is None:
        code = "still_exclusive" if race.is_rival.any() else "no_rivals"
        return dict.fromkeys(names), dict.fromkeys(names, code)
    copied = race.is_rival & (race.copy < NEVER)
    low = int(copies.lo[copied].min()) - int(copies.hi.min())
    high = int(copies.hi[copied].min()) - int(copies.lo.min())
    return dict(zip(names, (race.first_copy - race.origin, max(0, low), high), strict=True)), {}


def exclusivity(arena: Arena, race: Race) -> Figures:
    """Days until the first copy, the first movers' withdrawal or `on`, whichever came first."""
    spells, unit = arena.spells(race.feature)
    last_end = int(spells.end[np.isin(unit, race.first)].max())
    copied = NEVER if race.first_copy is None else race.first_copy
    ended = min(copied, last_end, race.on)
    if ended == copied:
        status = "ended_by_copy"
    else:
        status = "ended_by_withdrawal" if ended == last_end else "ongoing"
    return {
        "exclusivity_days": ended - race.origin,
        "exclusivity_status": status,
        "exclusivity_shared": len(race.first) > 1,
    }


def exposure_median(arena: Arena, race: Race) -> int | None:
    """Kaplan-Meier median on each rival's own days present since max(origin, entry).

    Rivals that entered with the feature are events at 0; no conditioning.
    """
    presence = arena.presence
    taken = race.is_rival[presence.unit] & (presence.end > race.origin)
    unit = presence.unit[taken]
    stop = np.minimum(np.minimum(presence.end[taken], race.copy[unit]), race.on)
    days = np.zeros(len(arena), np.int64)
    spent = np.maximum(stop - np.maximum(presence.start[taken], race.origin), 0)
    np.add.at(days, unit, spent)
    rivals = np.flatnonzero(race.is_rival)
    copied = race.copy[rivals] < NEVER
    days[rivals[race.status[rivals] == BORN_WITH]] = 0
    rows = Rows(np.full(len(rivals), -1, np.int64), days[rivals], copied)
    curve = kaplan_meier(rows)
    return first_at_most_half(curve.days, curve.survival)
