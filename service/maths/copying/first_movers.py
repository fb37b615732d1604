"""Who was first, and how sure that is (metrics.md, 10.2)."""

import math
from datetime import date

import msgspec
import numpy as np

from service.maths.copying.diffusion import Diffusion
from service.maths.copying.risk_set import Copies, RiskSet, first_days
from service.maths.panel.lifetimes import NEVER
from service.maths.parameters import DateDraws
from service.maths.results import Absent, Figures


def origin(risk_set: RiskSet, spread: Diffusion, copies: Copies, draws: DateDraws) -> Figures:
    """When the feature began, with whom, and how long until the next vendor followed."""
    first, began = spread.first, spread.origin
    others = risk_set.vendor_of_unit != risk_set.vendor_of_unit[first[0]]
    follow = int(spread.copy[others].min(initial=NEVER))
    is_shared = len(first) > 1
    follow_days = Absent("never_followed") if follow == NEVER else follow - began
    lead = int(spread.copy[first[1]]) - began if is_shared else Absent("sole_first_mover")
    return {
        "origin_date": _iso(began),
        "origin_low": _iso(int(copies.lo.min())),
        "origin_high": _iso(int(copies.hi.min())),
        "imported": is_imported(risk_set, spread),
        "launch_pattern": "simultaneous" if is_shared else "sole",
        "first_movers": [risk_set.unit_ids[u] for u in first],
        "n_co_innovators": len(first),
        "lead_days": lead,
        "possible_earlier": possible_earlier(risk_set, spread, copies),
        "origin_is_bound": origin_is_bound(risk_set, spread),
        "first_mover_certain": is_certain(risk_set, spread, copies),
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


def is_certain(risk_set: RiskSet, spread: Diffusion, copies: Copies) -> bool:
    """Whether the earliest vendor's whole interval lies before every other vendor's, and nobody may
    be earlier with better dates."""
    if risk_set.race.dates == "spread" and possible_earlier(risk_set, spread, copies):
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
