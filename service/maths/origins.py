"""Who was first, how surely, and for how long alone (10.2, 10.7)."""

from datetime import date

import numpy as np

from service.maths.arenas import Arena, Copies, first_days
from service.maths.facts import Ints
from service.maths.lives import NEVER
from service.maths.races import Race

Fields = tuple[dict[str, object], dict[str, str]]


def iso(day: int) -> str:
    """An ordinal as an ISO date."""
    return date.fromordinal(day).isoformat()


def origin_fields(arena: Arena, race: Race, copies: Copies) -> Fields:
    """Origin, first movers, lead and whether the feature came from another market."""
    first, copy = race.first, race.copy
    leader = int(first[0])
    others = copy[(copy < NEVER) & (arena.vendor_of_unit != arena.vendor_of_unit[leader])]
    follow = int(others.min(initial=NEVER)) - race.origin
    has = copies.lo < NEVER
    rest = has.copy()
    rest[leader] = False
    fields: dict[str, object] = {
        "origin_date": iso(race.origin),
        "origin_low": iso(int(copies.lo[has].min())),
        "origin_high": iso(int(copies.hi[has].min())),
        "launch_pattern": "simultaneous" if len(first) > 1 else "sole",
        "first_movers": [arena.unit_ids[u] for u in first],
        "first_mover_certain": bool((copies.hi[leader] < copies.lo[rest]).all()),
        "n_co_innovators": len(first),
        "lead_days": int(copy[first[1]]) - race.origin if len(first) > 1 else None,
        "time_to_first_follow_days": follow if len(others) else None,
        "imported": _imported(arena, race),
    }
    reasons = {
        "lead_days": "sole_first_mover",
        "time_to_first_follow_days": "never_followed",
        "imported": "all_markets",
    }
    return fields, reasons


def _imported(arena: Arena, race: Race) -> bool | None:
    """Whether a product outside this market had it before the origin."""
    if arena.market is None:
        return None
    spells = arena.panel.adoptions
    outside = ~arena.panel.in_market(arena.market)[spells.product]
    return bool((outside & (spells.item == race.feature) & (spells.start < race.origin)).any())


def first_mover_probability(
    arena: Arena, race: Race, copies: Copies, draws: int, seed: int
) -> dict[str, float]:
    """Chance of each unit to be first: certain from the intervals, or by draws, ties split."""
    soonest = int(copies.hi.min())
    candidates = np.flatnonzero(copies.lo <= soonest)
    if len(candidates) == 1:
        return {arena.unit_ids[int(candidates[0])]: 1.0}
    days = drawn_copies(arena, race.feature, draws, seed)
    earliest = days.min(axis=0)
    wins = (days == earliest) & (earliest < NEVER)
    decided = wins.any(axis=0)
    shares = (wins[:, decided] / wins[:, decided].sum(axis=0)).sum(axis=1)
    return {
        arena.unit_ids[u]: float(shares[u] / decided.sum())
        for u in sorted(np.flatnonzero(shares).tolist(), key=lambda u: arena.unit_ids[u])
    }


def drawn_copies(arena: Arena, feature: int, draws: int, seed: int) -> Ints:
    """Copy day per unit and draw, whatever `on`; NEVER where every spell is empty."""
    spells, unit = arena.spells(feature, possible=True)
    start, end = arena.panel.spell_draws(spells, draws, seed)
    return first_days(unit, np.where(end > start, start, NEVER), len(arena))


def first_copy_fields(arena: Arena, race: Race, copies: Copies) -> Fields:
    """Time to the first copy and the exclusivity of the first movers (10.7)."""
    has = race.is_rival & (race.copy < NEVER)
    names = ("time_to_first_copy_days", "time_to_first_copy_low", "time_to_first_copy_high")
    fields: dict[str, object] = dict.fromkeys(names)
    if race.first_copy is not None:
        known = copies.lo < NEVER
        origin_low, origin_high = int(copies.lo[known].min()), int(copies.hi[known].min())
        low = max(0, int(copies.lo[has].min()) - origin_high)
        values = race.first_copy - race.origin, low, int(copies.hi[has].min()) - origin_low
        fields = dict(zip(names, values, strict=True))
    day, status = exclusivity(arena, race)
    fields["exclusivity_days"] = day - race.origin
    fields["exclusivity_status"] = status
    fields["exclusivity_shared"] = len(race.first) > 1
    why = "still_exclusive" if len(race.rivals) else "no_rivals"
    return fields, dict.fromkeys(names, why)


def exclusivity(arena: Arena, race: Race) -> tuple[int, str]:
    """The day the first movers stopped being alone with it (or `on`), and why."""
    spells, unit = arena.spells(race.feature)
    withdrawn = int(spells.end[np.isin(unit, race.first)].max())
    copied = NEVER if race.first_copy is None else race.first_copy
    if copied <= min(withdrawn, race.on):
        return copied, "ended_by_copy"
    if withdrawn <= race.on:
        return withdrawn, "ended_by_withdrawal"
    return race.on, "ongoing"
