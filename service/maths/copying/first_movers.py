"""Who was first, and how sure that is (metrics.md, 10.2)."""

import math

import numpy as np

from service.maths.copying.diffusion import Race
from service.maths.copying.risk_set import Arena, Copies, first_days
from service.maths.panel.lifetimes import NEVER


def is_certain(race: Race, copies: Copies) -> bool:
    """Whether the earliest unit's whole interval lies before every other's."""
    first = race.first[0]
    others = np.delete(copies.lo, first)
    return bool(copies.hi[first] < others.min(initial=NEVER))


def probabilities(
    arena: Arena, feature: int, copies: Copies, date_draws: int, seed: int
) -> dict[str, float]:
    """Share of the draws with an adopter in which each unit is first, equal days split; by id.

    One unit whose interval may begin by the earliest end of all has 1. Units that never win are
    left out.
    """
    able = np.flatnonzero(copies.lo <= copies.hi.min())
    if len(able) == 1:
        return {arena.unit_ids[able[0]]: 1.0}
    spells, unit = arena.spells(feature, possible=True)
    start, end = arena.panel.spell_draws(spells, date_draws, seed)
    days = first_days(unit, np.where(end > start, start, NEVER), len(arena))
    days = days[:, days.min(axis=0) < NEVER]
    wins = days == days.min(axis=0)
    shares = wins / wins.sum(axis=0)
    n_draws = max(1, days.shape[1])
    found = {arena.unit_ids[u]: math.fsum(shares[u].tolist()) / n_draws for u in range(len(days))}
    return {unit_id: share for unit_id, share in found.items() if share > 0}


def is_imported(arena: Arena, race: Race) -> bool | None:
    """Whether a product outside this market had the feature before; None over all markets."""
    if arena.market is None:
        return None
    spells = arena.panel.adoptions
    outside = arena.units_of(spells) < 0
    outside &= ~arena.panel.in_market(arena.market)[spells.product]
    same = (spells.item == race.feature) & (spells.start < race.origin)
    return bool((outside & same).any())
