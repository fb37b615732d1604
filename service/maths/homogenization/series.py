"""The score through time, one point per day on which something changes (metrics.md, 4.9)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec
import numpy as np

from service.maths.arrays import Floats, Ints
from service.maths.homogenization.contributions import scores_without_items, scores_without_vendors
from service.maths.homogenization.interval import Errors, errors_of
from service.maths.kernels.diversity import pooled
from service.maths.kernels.incremental_similarity import RunningScore
from service.maths.kernels.similarity import jaccard_sums, mean_over_pairs, vendor_sums
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import State, StateOn, state_on
from service.maths.parameters import Unit
from service.maths.results import Absent, Figures

_RECOMPUTE = 20_000_000  # events x units^2 below which every point is computed from nothing
_WITH_INTERVALS = 100_000_000  # events x units^2 x features up to which points have intervals
_LIMITS = ("score_ci_low", "score_ci_high")


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One day; constant until the next. Nulls as in 4.1: fewer than two profiled vendors; the
    limits as in 4.5, and in large markets."""

    date: str
    score: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    n_vendors: int
    n_products: int
    n_features: int
    pooled_jaccard: float | None


class _Measured(NamedTuple):
    """A day's point, and what its limits come from, or why it has none."""

    point: Figures
    errors: Errors | Absent

    def with_limits(self, confidence: float) -> Figures:
        """The limits of the score as it was (4.5)."""
        if isinstance(self.errors, Absent):
            return self.point | dict.fromkeys(_LIMITS, self.errors)
        figures = self.errors.interval(confidence)
        return self.point | {name: figures[name] for name in _LIMITS}


def series(
    panel: Panel, market: str | None, on: int, unit: Unit = "product", confidence: float = 0.95
) -> list[Figures]:
    """A `Point` for each day up to `on` (an ordinal): computed afresh in small markets, folded
    event by event in large ones. What a day's point comes from is kept, whatever `on` is."""
    days, n_units = _days(panel, market, on), len(panel.members(market))
    has_intervals = len(days) * n_units**2 * len(panel.feature_ids) <= _WITH_INTERVALS
    if len(days) * n_units**2 <= _RECOMPUTE:
        measured = [_kept_point(panel, market, day, unit, has_intervals) for day in days]
    else:
        key = ("series", on, unit, has_intervals)
        measured = panel.kept(market, key, lambda: _large(panel, market, days, unit, has_intervals))
    return [one.with_limits(confidence) for one in measured]


def _kept_point(
    panel: Panel, market: str | None, day: int, unit: Unit, has_intervals: bool
) -> _Measured:
    def compute() -> _Measured:
        now = state_on(panel, market, day, unit)
        sums = _sums(now.state)
        return _Measured(_point(day, now, sums), _errors(now, sums, has_intervals))

    return panel.kept(market, ("series_point", day, unit, has_intervals), compute)


def _large(
    panel: Panel, market: str | None, days: list[int], unit: Unit, has_intervals: bool
) -> list[_Measured]:
    points = list(_folded(panel, market, days, unit))
    if not has_intervals:
        return [_Measured(point, Absent("not_computed")) for point in points]
    states = [state_on(panel, market, day, unit) for day in days]
    errors = [_errors(now, _sums(now.state), has_intervals) for now in states]
    return [_Measured(*one) for one in zip(points, errors, strict=True)]


def _errors(now: StateOn, sums: Floats | None, has_intervals: bool) -> Errors | Absent:
    if not has_intervals:
        return Absent("not_computed")
    if now.missing is not None:
        return Absent(now.missing)
    assert sums is not None, "nothing is missing"
    whole, state = mean_over_pairs(sums), now.state
    without_items = scores_without_items(state, whole)
    return errors_of(whole, scores_without_vendors(sums), without_items, state.n_vendors)


def _sums(state: State) -> Floats | None:
    """By vendor, of its likeness to the others; None below two vendors."""
    return vendor_sums(state, jaccard_sums(state)) if state.n_vendors >= 2 else None


def _days(panel: Panel, market: str | None, on: int) -> list[int]:
    members, lives = panel.members(market), panel.lives
    own = panel.adoptions.take(panel.in_market(market)[panel.adoptions.product])
    edges = np.concatenate([lives.launch[members], lives.end[members], own.start, own.end])
    days: list[int] = np.unique(edges[edges <= on]).tolist()
    return days


def _point(day: int, now: StateOn, sums: Floats | None) -> Figures:
    state, whole = now.state, None if sums is None else mean_over_pairs(sums)
    return {
        "date": date.fromordinal(day).isoformat(),
        "score": _missing(state.n_vendors) if whole is None else whole,
        "n_vendors": state.n_vendors,
        "n_products": len(state.sizes),
        "n_features": int(state.has.any(axis=0).sum()),
        "pooled_jaccard": _missing(state.n_vendors) if whole is None else pooled(state).jaccard,
    }


def _missing(n_vendors: int) -> Absent:
    return Absent("single_vendor" if n_vendors else "no_profiled_products")


def _folded(panel: Panel, market: str | None, days: list[int], unit: Unit) -> Iterator[Figures]:
    own = panel.adoptions.take(panel.in_market(market)[panel.adoptions.product])
    by_vendor = unit == "vendor"
    unit_of = panel.vendor if by_vendor else np.arange(len(panel.product_ids))
    units, row = np.unique(unit_of[own.product], return_inverse=True)
    items, column = np.unique(own.item, return_inverse=True)
    owner = units if by_vendor else panel.vendor[units]
    running = RunningScore(np.unique(owner, return_inverse=True)[1], len(items))
    cell, step, edge = _edges(row * max(1, len(items)) + column, own.start, own.end)
    n_spells: dict[int, int] = {}
    for day in days:
        low, high = np.searchsorted(edge, [day, day + 1]).tolist()
        touched = dict.fromkeys(cell[low:high].tolist())
        for c, by in zip(cell[low:high].tolist(), step[low:high].tolist(), strict=True):
            n_spells[c] = n_spells.get(c, 0) + by
        running.update((c // len(items), c % len(items), n_spells[c] > 0) for c in touched)
        yield _running_point(day, running)


def _running_point(day: int, running: RunningScore) -> Figures:
    whole, pooled_ratios = running.score, running.pooled
    missing = _missing(running.n_vendors)
    return {
        "date": date.fromordinal(day).isoformat(),
        "score": missing if whole is None else whole,
        "n_vendors": running.n_vendors,
        "n_products": running.n_units,
        "n_features": running.n_items,
        "pooled_jaccard": pooled_ratios.jaccard if pooled_ratios else missing,
    }


def _edges(cell: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """(cell, +1 or -1, day) of all starts and ends, by day and cell."""
    day = np.concatenate([start, end])
    cells = np.concatenate([cell, cell])
    step = np.repeat(np.array([1, -1], np.int64), len(start))
    order = np.lexsort((cells, day))
    return cells[order], step[order], day[order]
