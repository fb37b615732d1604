"""What imprecise dates do to the median: draws, and the interval-censored NPMLE (10.9)."""

from collections.abc import Callable
from math import inf, isfinite

import msgspec
import numpy as np

from service.maths.arenas import Arena, Copies, Presence, merged
from service.maths.copy_curves import conditioned
from service.maths.facts import Ints
from service.maths.lives import NEVER
from service.maths.origins import drawn_copies
from service.maths.races import COPIED, Race, run
from service.maths.survival import HALF, nearest_rank
from service.maths.turnbull import FOREVER, turnbull


class DateSensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """The median over draws of the imprecise dates; null is not reached."""

    n_draws: int
    share_reached: float | None
    median_low: int | None
    median_high: int | None
    ci_low: int | None
    ci_high: int | None


class IntervalCensored(msgspec.Struct, frozen=True, kw_only=True):
    """Masses [first day, last day or null, mass] and the interval of the median."""

    intervals: list[tuple[int, int | None, float]]
    median_low: int | None
    median_high: int | None
    origin_shift_low: int
    origin_shift_high: int


def any_imprecise(arena: Arena, copies: Copies) -> bool:
    """Whether a copy date or a product launch of the market is not known to the day."""
    lives = arena.panel.lives
    launches = lives.launch_lo[arena.products] < lives.launch_hi[arena.products]
    return bool((copies.lo < copies.hi).any() or launches.any())


def date_sensitivity(
    arena: Arena,
    race: Race,
    draws: int,
    seed: int,
    confidence: float,
    read: Callable[[Race], Race],
) -> DateSensitivity:
    """The race run again in every draw; `read` makes of it the rows of the chosen reading."""
    copies = drawn_copies(arena, race.feature, draws, seed)
    copies = np.where(copies <= arena.on, copies, NEVER)
    medians, lows, highs = list[float](), list[float](), list[float]()
    for presence, copy in zip(drawn_presence(arena, draws, seed), copies.T, strict=True):
        if copy.min(initial=NEVER) == NEVER:
            continue
        found = conditioned(read(run(arena, presence, race.feature, copy, race.window)), confidence)
        if found is not None:
            middle = found.median
            medians.append(inf if middle.days is None else middle.days)
            lows.append(inf if middle.low is None else middle.low)
            highs.append(inf if middle.high is None else middle.high)
    n = len(medians)
    return DateSensitivity(
        n_draws=n,
        share_reached=sum(map(isfinite, medians)) / n if n else None,
        median_low=_rank(medians, 0.025),
        median_high=_rank(medians, 0.975),
        ci_low=_rank(lows, 0.025),
        ci_high=_rank(highs, 0.975),
    )


def _rank(values: list[float], share: float) -> int | None:
    value = nearest_rank(sorted(values), share)
    return int(value) if isfinite(value) else None


def drawn_presence(arena: Arena, draws: int, seed: int) -> list[Presence]:
    """Presence per draw; an end that lies after `on` is not seen, a launch after it is none."""
    launch, end = arena.panel.life_draws(arena.products, draws, seed)
    unseen = arena.panel.lives.end[arena.products] > arena.on
    end = np.where(unseen[:, None], NEVER, end)
    found = []
    for launches, ends in zip(launch.T, end.T, strict=True):
        there = launches <= arena.on
        found.append(merged(arena.unit_of_row[there], launches[there], ends[there]))
    return found


def copy_dates_imprecise(race: Race, copies: Copies) -> bool:
    """Whether the date of a copy in the rows is not known to the day."""
    copied = race.is_rival & (race.status == COPIED)
    return bool((copies.lo < copies.hi)[copied].any())


def interval_censored(race: Race, copies: Copies) -> IntervalCensored:
    """Turnbull's NPMLE given the origin at its representative day."""
    masses = turnbull(*_intervals(race, copies))
    triples = zip(masses.low.tolist(), masses.high.tolist(), masses.mass.tolist(), strict=True)
    intervals = [(low, None if high >= FOREVER else high, mass) for low, high, mass in triples]
    half = np.flatnonzero(1 - np.cumsum(masses.mass) <= HALF)[0]
    known = copies.lo < NEVER
    return IntervalCensored(
        intervals=intervals,
        median_low=intervals[half][0],
        median_high=intervals[half][1],
        origin_shift_low=race.origin - int(copies.hi[known].min()),
        origin_shift_high=race.origin - int(copies.lo[known].min()),
    )


def _intervals(race: Race, copies: Copies) -> tuple[Ints, Ints, Ints]:
    """Per rival at risk: copied [max(lo-o, e+1), hi-o], others [exit+1, inf); truncation e."""
    units, place = np.unique(race.row_unit, return_inverse=True)
    truncation = np.full(len(units), NEVER, np.int64)
    last = np.zeros(len(units), np.int64)
    np.minimum.at(truncation, place, race.rows.entry)
    np.maximum.at(last, place, race.rows.exit)
    copied = race.status[units] == COPIED
    earliest = np.maximum(copies.lo[units] - race.origin, truncation + 1)
    low = np.where(copied, earliest, last + 1)
    high = np.where(copied, copies.hi[units] - race.origin, FOREVER)
    return low, np.maximum(low, high), truncation
