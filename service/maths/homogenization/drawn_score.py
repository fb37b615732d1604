"""The score over draws of the cells of which nobody knows, all draws at once (metrics.md, 18b)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Bools, Floats, Ints
from service.maths.homogenization.contributions import scores_without_items
from service.maths.homogenization.figures import (
    ProfileFigures,
    band,
    capped,
    chance_figures,
    quality,
)
from service.maths.homogenization.interval import error_over_items, interval_of
from service.maths.homogenization.unknown_bounds import UnitCells
from service.maths.kernels.hypergeometric import expected_jaccards
from service.maths.kernels.kaplan_meier import nearest_rank
from service.maths.panel.kept import kept
from service.maths.panel.profiles import State
from service.maths.panel.unknown_cells import MarketCells, drawn_cells
from service.maths.parameters import DateDraws, Unit
from service.maths.results import Absent, Figures

OF_DRAWS = ("score_unknown_low", "score_unknown_high")


_CELLS = 4_000_000  # of pairs of units, in draws computed at once


@dataclass(frozen=True)
class _DrawnScores:
    """`has`: draws x units x features. Every unit and vendor of the state is there in all draws."""

    state: State
    has: Bools

    @cached_property
    def sizes(self) -> Ints:
        return np.asarray(self.has.sum(axis=2), np.int64)

    @cached_property
    def _apart(self) -> Floats:
        """w_p w_q of rows of different vendors, 0 within a vendor."""
        vendor, w = self.state.vendor, self.state.weights
        return np.asarray(np.where(vendor[:, None] != vendor, np.outer(w, w), 0.0), np.float64)

    @property
    def _pairs(self) -> float:
        return self.state.n_vendors * (self.state.n_vendors - 1) / 2

    @cached_property
    def _shared(self) -> tuple[Floats, Floats]:
        """(a, u) of every pair of units, in every draw."""
        bits = self.has.astype(np.float32)
        shared = (bits @ bits.transpose(0, 2, 1)).astype(np.float64)
        return shared, self.sizes[:, :, None] + self.sizes[:, None, :] - shared

    @cached_property
    def vendor_totals(self) -> Floats:
        """R_v in every draw (rows)."""
        shared, union = self._shared
        of_rows = (shared / union * self._apart).sum(axis=2)
        owner = (self.state.vendor[:, None] == np.arange(self.state.n_vendors)).astype(np.float64)
        return np.asarray(of_rows @ owner, np.float64)

    @property
    def scores(self) -> Floats:
        return np.asarray(self.vendor_totals.sum(axis=1) / (2 * self._pairs), np.float64)

    def by_chance(self) -> Floats:
        """The score expected by chance in every draw (4.3)."""
        sizes, place = np.unique(self.sizes, return_inverse=True)
        table = expected_jaccards(tuple(sizes.tolist()), self.has.shape[2])
        place = place.reshape(self.sizes.shape)
        expected = table[place[:, :, None], place[:, None, :]] * self._apart
        return np.asarray(expected.sum(axis=(1, 2)) / (2 * self._pairs), np.float64)

    def vendor_variances(self) -> Floats | Absent:
        """se_vendors squared, by draw."""
        n = self.state.n_vendors
        if n < 3:
            return Absent("too_few_vendors")
        rest = (self._pairs * self.scores[:, None] - self.vendor_totals) / ((n - 1) * (n - 2) / 2)
        return np.asarray((n - 1) * rest.var(axis=1), np.float64)

    def item_variances(self) -> Floats | Absent:
        """se_features squared, by draw."""
        rest = self.scores[:, None] - self._item_effects() / self._pairs
        variances = (rest.shape[1] - 1) * rest.var(axis=1)
        for draw in np.flatnonzero((self.sizes == 1).any(axis=1)).tolist():
            state = State(self.has[draw], self.state.vendor)
            error = error_over_items(scores_without_items(state, float(self.scores[draw])))
            if isinstance(error, Absent):
                return error
            variances[draw] = error**2
        return Absent("too_few_features") if rest.shape[1] < 3 else variances

    def _item_effects(self) -> Floats:
        """As `contributions` has them, in every draw."""
        shared, union = self._shared
        fewer, alike = np.maximum(union - 1, 1), shared / union
        one_sided = self._apart * (alike - shared / fewer)
        mixed = self._apart * (alike - (shared - 1) / fewer) / 2 - one_sided
        exact = self.has.astype(np.float64)
        lone = one_sided.sum(axis=2)
        effects = (exact * (mixed @ exact)).sum(axis=1) + (exact * lone[:, :, None]).sum(axis=1)
        return np.asarray(effects, np.float64)


@dataclass(frozen=True)
class _Sums:
    """Of all draws: scores, those expected by chance, and squared errors."""

    scores: Floats
    by_chance: Floats
    vendors: Floats | Absent
    items: Floats | Absent


def _summed(state: State, has: Bools) -> _Sums:
    size = max(1, _CELLS // len(state.vendor) ** 2)
    blocks = [_DrawnScores(state, has[n : n + size]) for n in range(0, len(has), size)]
    columns = [
        (block.scores, block.by_chance(), block.vendor_variances(), block.item_variances())
        for block in blocks
    ]
    scores, chances, vendors, items = zip(*columns, strict=True)
    return _Sums(np.concatenate(scores), np.concatenate(chances), _whole(vendors), _whole(items))


def _whole(parts: Sequence[Floats | Absent]) -> Floats | Absent:
    for part in parts:
        if isinstance(part, Absent):
            return part
    return np.concatenate([part for part in parts if not isinstance(part, Absent)])


def drawn_score(
    figures: ProfileFigures, cells: UnitCells, model: MarketCells, unit: Unit, draws: DateDraws
) -> Figures:
    """The score as the mean over the draws, with the range of the draws, its interval and what
    chance would give."""
    state = figures.state

    def compute() -> _Sums:
        return _summed(state, state.has | cells.of_units(drawn_cells(model, draws)))

    sums = kept(("drawn_score", model.content, unit, draws), compute)
    score = math.fsum(sums.scores.tolist()) / len(sums.scores)
    by_chance = math.fsum(sums.by_chance.tolist()) / len(sums.by_chance)
    ordered = sorted(sums.scores.tolist())
    low, high = nearest_rank(ordered, 0.025), nearest_rank(ordered, 0.975)
    return {
        "score": score,
        "band": band(score),
        "quality": capped(quality(figures.profile), high - low),
        "score_unknown_low": low,
        "score_unknown_high": high,
        **chance_figures(score, by_chance),
        **_interval(score, sums, figures),
    }


def _interval(score: float, sums: _Sums, figures: ProfileFigures) -> Figures:
    """With the means of the squared errors, and the variance of the scores beside them."""
    n = min(figures.state.n_vendors, len(figures.profile.items))
    of_vendors, of_items = (
        part if isinstance(part, Absent) else math.fsum(part.tolist()) / len(part)
        for part in (sums.vendors, sums.items)
    )
    return interval_of(score, of_vendors, of_items, n, figures.confidence, float(sums.scores.var()))
