"""What imprecise dates do to the curve of a feature (metrics.md, 10.9)."""

from math import inf, isinf

import msgspec
import numpy as np

from service.maths.copying.diffusion import Race, run
from service.maths.copying.risk_set import Arena, Copies, first_days, merged
from service.maths.kernels.kaplan_meier import (
    conditioning_start,
    kaplan_meier,
    median,
    nearest_rank,
)
from service.maths.kernels.turnbull import FOREVER, turnbull
from service.maths.panel.lifetimes import NEVER

LOW, HIGH = 0.025, 0.975


class DateSensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """Over the draws with a defined curve; null: not reached there."""

    n_draws: int
    share_reached: float | None
    median_low: int | None
    median_high: int | None
    ci_low: int | None
    ci_high: int | None


class IntervalCensored(msgspec.Struct, frozen=True, kw_only=True):
    """Turnbull's NPMLE given the origin at its representative day: [[l, r or null, mass]]."""

    intervals: list[tuple[int, int | None, float]]
    median_low: int | None
    median_high: int | None
    origin_shift_low: int
    origin_shift_high: int


def has_imprecise_dates(arena: Arena, feature: int) -> bool:
    """Whether a copy date or a product launch of the market is not known to the day."""
    spells, _ = arena.spells(feature)
    lives = arena.panel.lives
    launches = lives.launch_lo[arena.products] < lives.launch_hi[arena.products]
    return bool((spells.lo < spells.hi).any() or launches.any())


def date_sensitivity(
    arena: Arena, race: Race, confidence: float, date_draws: int, seed: int
) -> DateSensitivity:
    """Medians and limits of the curve in every draw, by nearest rank."""
    medians: list[float] = []
    lows: list[float] = []
    highs: list[float] = []
    for drawn in _draws(arena, race, date_draws, seed):
        start = conditioning_start(drawn.rows)
        if start is None:
            continue
        found = median(kaplan_meier(drawn.rows, start), confidence)
        for values, day in ((medians, found.days), (lows, found.low), (highs, found.high)):
            values.append(inf if day is None else float(day))
    reached = [day for day in medians if not isinf(day)]
    return DateSensitivity(
        n_draws=len(medians),
        share_reached=len(reached) / len(medians) if medians else None,
        median_low=_rank(medians, LOW),
        median_high=_rank(medians, HIGH),
        ci_low=_rank(lows, LOW),
        ci_high=_rank(highs, HIGH),
    )


def _rank(values: list[float], share: float) -> int | None:
    day = nearest_rank(sorted(values), share)
    return None if isinf(day) else int(day)


def _draws(arena: Arena, race: Race, date_draws: int, seed: int) -> list[Race]:
    panel = arena.panel
    spells, unit = arena.spells(race.feature, possible=True)
    start, end = panel.spell_draws(spells, date_draws, seed)
    start = np.where((end > start) & (start <= arena.on), start, NEVER)
    copies = first_days(unit, start, len(arena))
    launch, life_end = panel.life_draws(arena.products, date_draws, seed)
    found: list[Race] = []
    for m in np.flatnonzero(copies.min(axis=0) < NEVER).tolist():
        presence = merged(arena.unit_of_row, launch[:, m], life_end[:, m])
        found.append(run(arena, presence, race.feature, copies[:, m], race.window))
    return found


def interval_censored(race: Race, copies: Copies) -> IntervalCensored:
    """Closed integer intervals: copied [max(lo-o, e+1), hi-o], others [exit+1, inf), T > e."""
    units = np.unique(race.row_unit)
    entry = np.array([race.rows.entry[race.row_unit == u].min() for u in units])
    last = np.array([race.rows.exit[race.row_unit == u].max() for u in units])
    copied = np.array([race.rows.event[race.row_unit == u].any() for u in units])
    low = np.where(copied, np.maximum(copies.lo[units] - race.origin, entry + 1), last + 1)
    high = np.where(copied, np.maximum(copies.hi[units] - race.origin, low), FOREVER)
    found = turnbull(low, high, entry)
    half = np.searchsorted(np.cumsum(found.mass), 0.5 - 1e-12)
    inside = half < len(found.mass) and found.high[half] < FOREVER
    return IntervalCensored(
        intervals=[
            (int(lo), None if hi >= FOREVER else int(hi), float(mass))
            for lo, hi, mass in zip(found.low, found.high, found.mass, strict=True)
        ],
        median_low=int(found.low[half]) if inside else None,
        median_high=int(found.high[half]) if inside else None,
        origin_shift_low=race.origin - int(copies.hi.min()),
        origin_shift_high=race.origin - int(copies.lo.min()),
    )
