"""The range of the score over imputation draws of imprecise dates (metrics.md, 4.6)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.maths.arrays import Bools, Floats, Ints
from service.maths.kernels.similarity import jaccard_sums, score, vendor_sums
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import State, state_of
from service.maths.panel.spells import Spells
from service.maths.parameters import DateDraws, Unit
from service.maths.results import Figures

DATE_BAND = ("score_date_low", "score_date_high")

_BLOCK = 512
_RECOMPUTE = 20_000_000  # draws x products^2 up to which draws are scored from nothing
_CELLS = 2_000_000  # of pairs of units and of their items, in draws looked at at once
_FEW = 8  # draws that are scored without looking which are outermost
_ROUNDING = 1e-5  # of a score in single precision: more than there can be


def date_band(
    panel: Panel, market: str | None, on: int, unit: Unit, point: float, draws: DateDraws
) -> Figures:
    """`score_date_low` and `_high`: least and largest score over the draws and the point estimate.

    Only facts whose interval has lo <= on < hi can differ between draws: they alone are drawn,
    and equal states are scored once; in small markets afresh those that may be the least and the
    largest, in large ones by what differs.
    """
    own = panel.possible_adoptions
    own = own.take(panel.in_market(market)[own.product])
    drawn = _open_lives(panel, market, on)[own.product] | _straddles(own.lo, own.hi, on)
    drawn |= _straddles(own.end_lo, own.end_hi, on)
    fixed, loose = own.take(~drawn), own.take(drawn)
    fixed = fixed.take((fixed.start <= on) & (on < fixed.end))
    in_force = _states(panel, loose, on, draws) if len(loose) else np.zeros((0, 0), np.bool_)
    is_small = len(in_force) * len(panel.members(market)) ** 2 <= _RECOMPUTE
    if is_small and len(in_force) > _FEW:
        in_force = in_force[_outermost(panel, fixed, loose, in_force, unit)]
    scores_of = _afresh if is_small else _by_difference
    scores = [point, *scores_of(panel, fixed, loose, in_force, unit)]
    return dict(zip(DATE_BAND, (min(scores), max(scores)), strict=True))


def _outermost(panel: Panel, fixed: Spells, loose: Spells, in_force: Bools, unit: Unit) -> Ints:
    """The draws whose score may be the least or the largest."""
    unit_of = panel.vendor if unit == "vendor" else np.arange(len(panel.product_ids))
    owner = np.arange(len(panel.vendor_ids)) if unit == "vendor" else panel.vendor
    units, row = np.unique(
        unit_of[np.concatenate([fixed.product, loose.product])], return_inverse=True
    )
    items, column = np.unique(np.concatenate([fixed.item, loose.item]), return_inverse=True)
    place, n_fixed = row * len(items) + column, len(fixed)
    size = max(1, _CELLS // (len(units) * max(len(units), len(items))))
    parts = []
    for drawn in (in_force[low : low + size] for low in range(0, len(in_force), size)):
        has = np.zeros((len(drawn), len(units) * len(items)), np.bool_)
        has[:, place[:n_fixed]] = True
        draw, spell = np.nonzero(drawn)
        has[draw, place[n_fixed + spell]] = True
        cells = has.reshape(len(drawn), len(units), len(items))
        parts.append(_rough_scores(cells, _numbered(owner[units])))
    scores = np.concatenate(parts)
    low, high = np.nanmin(scores, initial=2.0), np.nanmax(scores, initial=-1.0)
    return np.flatnonzero((scores < low + _ROUNDING) | (scores > high - _ROUNDING))


def _rough_scores(has: Bools, vendor: Ints) -> NDArray[np.float32]:
    """Of draws x units x items, in single precision: units without an item are not there; NaN below
    two vendors."""
    bits = has.astype(np.float32)
    sizes = bits.sum(axis=2)
    shared = bits @ bits.transpose(0, 2, 1)
    alike = shared / np.maximum(sizes[:, :, None] + sizes[:, None, :] - shared, 1.0)
    alike *= vendor[:, None] != vendor
    of_vendor = (vendor[:, None] == np.arange(vendor.max(initial=-1) + 1)).astype(np.float32)
    there = (sizes > 0).astype(np.float32)
    counts = there @ of_vendor
    weights = there / np.maximum(counts, 1.0)[:, vendor]
    totals = ((alike @ weights[:, :, None])[:, :, 0] * weights).sum(axis=1)
    n = (counts > 0).sum(axis=1)
    scores = np.where(n > 1, totals / np.maximum(n * (n - 1), 1), np.nan)
    return np.asarray(scores, np.float32)


def _afresh(
    panel: Panel, fixed: Spells, loose: Spells, in_force: Bools, unit: Unit
) -> Iterator[float]:
    """The scores of the draws that have one."""
    for drawn in in_force:
        product = np.concatenate([fixed.product, loose.product[drawn]])
        item = np.concatenate([fixed.item, loose.item[drawn]])
        drawn_score = score(state_of(panel, product, item, unit)[0])
        if drawn_score is not None:
            yield drawn_score


def _by_difference(
    panel: Panel, fixed: Spells, loose: Spells, in_force: Bools, unit: Unit
) -> list[float]:
    """The same, by sums over pairs: between vendors whose units are in every draw the same they
    are summed once; the units of the others, each with every content that a draw gives it, are
    compared once and weighed in every draw."""
    unit_of = panel.vendor if unit == "vendor" else np.arange(len(panel.product_ids))
    owner = np.arange(len(panel.vendor_ids)) if unit == "vendor" else panel.vendor
    held = _Held(unit_of[fixed.product], fixed.item, unit_of[loose.product], loose.item)
    is_moving = np.isin(owner[held.fixed_unit], owner[held.loose_unit])
    still_units, row = np.unique(held.fixed_unit[~is_moving], return_inverse=True)
    still = np.zeros((len(still_units), held.n_items), np.bool_)
    still[row, held.fixed_item[~is_moving]] = True
    state = State(still, _numbered(owner[still_units]))
    moving = held.moving(np.unique(held.fixed_unit[is_moving]), in_force)
    weights, n_moving = moving.weights(owner)
    n_vendors = state.n_vendors + n_moving
    totals = weights @ _alike(moving.has, state.has) @ state.weights
    totals += math.fsum(vendor_sums(state, jaccard_sums(state))) / 2
    totals += _between(moving.has, owner[moving.unit], weights)
    return [float(t / (n * (n - 1) / 2)) for t, n in zip(totals, n_vendors, strict=True) if n > 1]


@dataclass(frozen=True)
class _Moving:
    """Units of vendors that draws change: a row for each content of a unit, and per draw which
    rows are there (draws x rows)."""

    unit: Ints
    has: Bools
    chosen: Bools

    def weights(self, owner: Ints) -> tuple[Floats, Ints]:
        """w_p of every row in every draw, 0 of rows that are not there; and how many vendors have
        a row, by draw."""
        vendor = _numbered(owner[self.unit])
        of_vendor = (vendor[:, None] == np.arange(vendor.max(initial=-1) + 1)).astype(np.float64)
        counts = self.chosen @ of_vendor
        weights = self.chosen / np.maximum(counts, 1.0)[:, vendor]
        return weights, np.asarray((counts > 0).sum(axis=1), np.int64)


@dataclass(frozen=True)
class _Held:
    """Which units have which items, in every draw (fixed) or in some (loose)."""

    fixed_unit: Ints
    fixed_item: Ints
    loose_unit: Ints
    loose_item: Ints

    @property
    def n_items(self) -> int:
        return int(max(self.fixed_item.max(initial=-1), self.loose_item.max(initial=-1))) + 1

    def moving(self, constant: Ints, in_force: Bools) -> _Moving:
        """The contents of the units with loose items and of those that are `constant` beside
        them."""
        units = np.union1d(constant, self.loose_unit)
        own = np.zeros((len(units), self.n_items), np.bool_)
        inside = np.isin(self.fixed_unit, units)
        own[np.searchsorted(units, self.fixed_unit[inside]), self.fixed_item[inside]] = True
        found = [
            (unit, held, in_draws)
            for unit, always in zip(units.tolist(), own, strict=True)
            for held, in_draws in self._contents(unit, always, in_force)
            if held.any()
        ]
        unit_of, has, there = zip(*found, strict=True) if found else ((), (), ())
        return _Moving(
            np.array(unit_of, np.int64),
            np.array(has, np.bool_).reshape(len(found), self.n_items),
            np.array(there, np.bool_).reshape(len(found), len(in_force)).T,
        )

    def _contents(self, unit: int, always: Bools, in_force: Bools) -> Iterator[tuple[Bools, Bools]]:
        """What the unit has in some draw, and in which ones it does."""
        loose = np.flatnonzero(self.loose_unit == unit)
        if not len(loose):
            yield always, np.ones(len(in_force), np.bool_)
            return
        contents, content = np.unique(in_force[:, loose], axis=0, return_inverse=True)
        for n, drawn in enumerate(contents):
            held = always.copy()
            held[self.loose_item[loose[drawn]]] = True
            yield held, content.ravel() == n


def _between(has: Bools, owner: Ints, weights: Floats) -> Floats:
    """By draw: the sum over pairs of rows of different owners of w_p w_q J."""
    totals = np.zeros(len(weights))
    for low in range(0, len(has), _BLOCK):
        p = slice(low, low + _BLOCK)
        alike = _alike(has[p], has)
        alike[owner[p, None] == owner] = 0.0
        totals += (weights[:, p] * (weights @ alike.T)).sum(axis=1) / 2
    return totals


def _alike(rows: Bools, others: Bools) -> Floats:
    """J of rows with others; none is empty."""
    shared = (rows.astype(np.float32) @ others.T.astype(np.float32)).astype(np.float64)
    jaccard: Floats = shared / (rows.sum(axis=1)[:, None] + others.sum(axis=1) - shared)
    return jaccard


def _numbered(owners: Ints) -> Ints:
    return np.asarray(np.unique(owners, return_inverse=True)[1], np.int64)


def _straddles(lo: Ints, hi: Ints, on: int) -> Bools:
    inside: Bools = (lo <= on) & (on < hi)
    return inside


def _open_lives(panel: Panel, market: str | None, on: int) -> Bools:
    """Products of the market whose being live on the day depends on the draw."""
    lives = panel.lives
    loose = _straddles(lives.launch_lo, lives.launch_hi, on)
    loose |= _straddles(lives.end_lo, lives.end_hi, on)
    return loose & lives.counts & panel.in_market(market)


def _states(panel: Panel, loose: Spells, on: int, draws: DateDraws) -> Bools:
    """The distinct masks of spells in force on the day over the draws, a row each."""
    start, end = panel.spell_draws(loose, draws.date_draws, draws.seed)
    in_force = (start <= on) & (on < end)
    return np.unique(in_force, axis=1).T
