"""The score through time, one point per day on which something changes (metrics.md, 4.9)."""

from collections.abc import Iterator
from datetime import date

import msgspec
import numpy as np

from service.maths.kernels.diversity import pooled
from service.maths.kernels.incremental_similarity import RunningScore
from service.maths.kernels.similarity import score
from service.maths.panel.facts import Ints
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import State, profile

_NOBODY = "no_profiled_products"
_RECOMPUTE = 20_000_000  # events x units^2 below which every point is computed from nothing


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One day; constant until the next. Nulls as in 4.1: fewer than two profiled vendors."""

    date: str
    score: float | None
    n_vendors: int
    n_products: int
    n_features: int
    pooled_jaccard: float | None


def series(
    panel: Panel, market: str | None, on: int, unit: str = "product", *, models: bool = False
) -> list[Point]:
    """All points up to `on`: recomputed in small markets, folded event by event in large ones."""
    days, n_units = _days(panel, market, on, models=models), len(panel.members(market))
    if len(days) * n_units**2 <= _RECOMPUTE:
        states = (profile(panel, market, day, unit, models=models).state for day in days)
        return [_point(day, state) for day, state in zip(days, states, strict=True)]
    return list(_folded(panel, market, days, unit, models=models))


def series_reasons(points: list[Point]) -> dict[str, str]:
    """Why points have no score."""
    return {
        f"series.{point.date}.{name}": "single_vendor" if point.n_vendors else _NOBODY
        for point in points
        if point.score is None
        for name in ("score", "pooled_jaccard")
    }


def _days(panel: Panel, market: str | None, on: int, *, models: bool) -> list[int]:
    members, lives = panel.members(market), panel.lives
    spells = panel.monetizations if models else panel.adoptions
    own = spells.take(panel.in_market(market)[spells.product])
    edges = np.concatenate([lives.launch[members], lives.end[members], own.start, own.end])
    found: list[int] = np.unique(edges[edges <= on]).tolist()
    return found


def _point(day: int, state: State) -> Point:
    whole = score(state)
    return Point(
        date=date.fromordinal(day).isoformat(),
        score=whole,
        n_vendors=state.n_vendors,
        n_products=len(state.sizes),
        n_features=int(state.has.any(axis=0).sum()),
        pooled_jaccard=None if whole is None else pooled(state).jaccard,
    )


def _folded(
    panel: Panel, market: str | None, days: list[int], unit: str, *, models: bool
) -> Iterator[Point]:
    spells = panel.monetizations if models else panel.adoptions
    own = spells.take(panel.in_market(market)[spells.product])
    by_vendor = unit == "vendor"
    unit_of = panel.vendor if by_vendor else np.arange(len(panel.product_ids))
    units, row = np.unique(unit_of[own.product], return_inverse=True)
    items, column = np.unique(own.item, return_inverse=True)
    owner = units if by_vendor else panel.vendor[units]
    running = RunningScore(np.unique(owner, return_inverse=True)[1], len(items))
    place, step, edge = _edges(row * max(1, len(items)) + column, own.start, own.end)
    held: dict[int, int] = {}
    for day in days:
        low, high = np.searchsorted(edge, [day, day + 1]).tolist()
        touched = dict.fromkeys(place[low:high].tolist())
        for cell, by in zip(place[low:high].tolist(), step[low:high].tolist(), strict=True):
            held[cell] = held.get(cell, 0) + by
        running.update((c // len(items), c % len(items), held[c] > 0) for c in touched)
        mean = running.pooled
        yield Point(
            date=date.fromordinal(day).isoformat(),
            score=running.score,
            n_vendors=running.n_vendors,
            n_products=running.n_units,
            n_features=running.n_items,
            pooled_jaccard=mean.jaccard if mean else None,
        )


def _edges(cell: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """(cell, +1 or -1, day) of all starts and ends, by day and cell."""
    day = np.concatenate([start, end])
    both = np.concatenate([cell, cell])
    step = np.repeat(np.array([1, -1], np.int64), len(start))
    order = np.lexsort((both, day))
    return both[order], step[order], day[order]
