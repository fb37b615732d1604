"""Who was first, and how sure that is (metrics.md, 10.2); how long the feature stayed theirs (10.7)
and the exposure clock (10.8)."""

import math
from datetime import date
from typing import Literal, NamedTuple

import msgspec
import numpy as np

from service.maths.copying.diffusion import BORN_WITH, Diffusion
from service.maths.copying.risk_set import Copies, RiskSet, among, first_days
from service.maths.kernels.kaplan_meier import Rows, first_at_most_half, kaplan_meier
from service.maths.panel.lifetimes import NEVER
from service.maths.parameters import DateDraws
from service.maths.results import Absent, Figures, Reason, absent

_FIRST_COPY = ("time_to_first_copy_days", "time_to_first_copy_low", "time_to_first_copy_high")


def origin(risk_set: RiskSet, spread: Diffusion, copies: Copies, draws: DateDraws) -> Figures:
    """When the feature began, with whom, and how long until the next vendor followed."""
    first, began = spread.first, spread.origin
    others = risk_set.vendor_of_unit != risk_set.vendor_of_unit[first[0]]
    follow = int(spread.copy[others].min(initial=NEVER))
    is_shared = len(first) > 1
    follow_days = Absent("never_followed") if follow == NEVER else follow - began
    lead = int(spread.copy[first[1]]) - began if is_shared else Absent("sole_first_mover")
    earlier = possible_earlier(risk_set, spread, copies)
    return {
        "origin_date": _iso(began),
        "origin_low": _iso(int(copies.lo.min())),
        "origin_high": _iso(int(copies.hi.min())),
        "imported": is_imported(risk_set, spread),
        "launch_pattern": "simultaneous" if is_shared else "sole",
        "first_movers": [risk_set.unit_ids[u] for u in first],
        "n_co_innovators": len(first),
        "lead_days": lead,
        "possible_earlier": earlier,
        "origin_is_bound": origin_is_bound(risk_set, spread),
        "first_mover_certain": _is_certain(risk_set, spread, copies, earlier),
        "first_mover_probability": probabilities(risk_set, spread.feature, copies, draws),
        "time_to_first_follow_days": follow_days,
    }


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


class PossiblyEarlier(msgspec.Struct, frozen=True, kw_only=True):
    """A unit that is known to have had the feature by a day only, and may have had it since."""

    unit: str
    since: str


def possible_earlier(risk_set: RiskSet, spread: Diffusion, copies: Copies) -> list[PossiblyEarlier]:
    """Units of other vendors than the first movers with an open bound, whose product was there
    when the feature was first proven: no first movers on record, but with better dates maybe."""
    spells, unit = risk_set.spells(spread.feature)
    led = risk_set.vendor_of_unit[spread.first]
    launch = risk_set.panel.lives.launch_lo[spells.product]
    able = spells.is_bound & ~np.isin(risk_set.vendor_of_unit[unit], led)
    able &= launch <= copies.hi.min()
    since: dict[str, int] = {}
    for place in np.flatnonzero(able).tolist():
        name = risk_set.unit_ids[unit[place]]
        since[name] = min(since.get(name, NEVER), int(launch[place]))
    ordered = sorted(since.items(), key=lambda each: (each[1], each[0]))
    return [PossiblyEarlier(unit=name, since=_iso(day)) for name, day in ordered]


def origin_is_bound(risk_set: RiskSet, spread: Diffusion) -> bool:
    """Whether nothing but open bounds starts on the origin: all ages are at least what they are."""
    spells, _ = risk_set.spells(spread.feature)
    return bool(spells.is_bound[spells.start == spread.origin].all())


def _is_certain(
    risk_set: RiskSet, spread: Diffusion, copies: Copies, earlier: list[PossiblyEarlier]
) -> bool:
    """Whether the earliest vendor's whole interval lies before every other vendor's, and nobody may
    be earlier with better dates."""
    if risk_set.race.dates == "spread" and earlier:
        return False
    first = spread.first[0]
    others = np.delete(copies.lo, first)
    return bool(copies.hi[first] < others.min(initial=NEVER))


def probabilities(
    risk_set: RiskSet, feature: int, copies: Copies, draws: DateDraws
) -> dict[str, float]:
    """Share of the draws with an adopter in which each unit is first, equal days split; by id.

    One unit whose interval may begin by the earliest end of all has 1. Units that never win are
    left out.
    """
    able = np.flatnonzero(copies.lo <= copies.hi.min())
    if len(able) == 1:
        return {risk_set.unit_ids[able[0]]: 1.0}
    spells = risk_set.possible_spells(feature)
    spells = spells.take(spells.start <= risk_set.on)
    unit = risk_set.units_of(spells)
    start, end = risk_set.panel.spell_draws(spells, draws.date_draws, draws.seed)
    days = first_days(unit, np.where(end > start, start, NEVER), len(risk_set))
    days = days[:, days.min(axis=0) < NEVER]
    wins = days == days.min(axis=0)
    shares = wins / wins.sum(axis=0)
    n_draws = max(1, days.shape[1])
    means = [math.fsum(shares[u].tolist()) / n_draws for u in range(len(days))]
    return {risk_set.unit_ids[u]: share for u, share in enumerate(means) if share > 0}


def is_imported(risk_set: RiskSet, spread: Diffusion) -> bool | Absent:
    """Whether a product outside this market had the feature before."""
    if risk_set.market is None:
        return Absent("all_markets")
    spells = risk_set.panel.within(None).adoptions
    outside = ~risk_set.panel.in_market(risk_set.market)[spells.product]
    same = (spells.item == spread.feature) & (spells.start < spread.origin)
    return bool((outside & same).any())


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
    last_end = int(spells.end[among(unit, spread.first, len(risk_set))].max())
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
