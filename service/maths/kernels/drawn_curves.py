"""Kaplan-Meier curves of many draws at once, and one interval from all of them (metrics.md, 10.4
to 10.6): sampling and what the draws differ in, as a mixture of confidence distributions."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from service.cached import cached_property
from service.maths.arrays import Bools, Floats, Ints
from service.maths.kernels.kaplan_meier import HALF, Median, pointwise
from service.maths.kernels.mixed_limits import Mixture

SLACK = 1e-9  # what a mean of draws may miss a bound by
_NEVER = 2**40  # later than any day
_LN_LN_2 = float(np.log(np.log(2)))


@dataclass(frozen=True)
class DrawnRows:
    """Subjects under observation in (entry, exit] of each draw 0..n_draws-1; `event` tells whether
    they ended by it, `left` whether by leaving."""

    unit: Ints
    draw: Ints
    entry: Ints
    exit: Ints
    event: Bools
    left: Bools
    n_draws: int

    def taken(self, rows: Bools | Ints) -> "DrawnRows":
        """These rows, of the same draws, in this order."""
        return DrawnRows(
            self.unit[rows],
            self.draw[rows],
            self.entry[rows],
            self.exit[rows],
            self.event[rows],
            self.left[rows],
            self.n_draws,
        )

    def of_draws(self, draws: Bools) -> "DrawnRows":
        """The rows of these draws, numbered anew."""
        rows = self.taken(draws[self.draw])
        number = np.cumsum(draws) - 1
        return replace(rows, draw=number[rows.draw], n_draws=int(draws.sum()))

    def starts(self) -> Ints:
        """Per draw, the first entry at which two rows are at risk at once; -1 where none is."""
        days = np.unique(np.concatenate([self.entry, self.exit]))
        shape = self.n_draws, len(days) + 1
        change = np.zeros(shape, np.int64)
        np.add.at(change, (self.draw, np.searchsorted(days, self.entry)), 1)
        np.add.at(change, (self.draw, np.searchsorted(days, self.exit)), -1)
        twice = np.cumsum(change, axis=1) >= 2
        found: Ints = np.where(twice.any(axis=1), np.append(days, -1)[twice.argmax(axis=1)], -1)
        return found


class DrawnCurves:
    """The curves of some draws (rows), step by step (columns): the days later than `after` (one
    day, or one per draw) on which a subject of the draw ends, by the event or by leaving. In front
    stands a step on which nothing has happened yet; short rows are filled up with days that never
    come."""

    def __init__(self, rows: DrawnRows, after: Ints | int) -> None:
        self.rows, self.n_draws = rows, rows.n_draws
        self.after = np.broadcast_to(np.asarray(after, np.int64), (rows.n_draws,))
        ends = (rows.event | rows.left) & (rows.exit > self.after[rows.draw])
        cells, place = np.unique(rows.draw[ends] * _NEVER + rows.exit[ends], return_inverse=True)
        draw, day = cells // _NEVER, cells % _NEVER
        step = 1 + np.arange(len(cells)) - np.searchsorted(draw, np.arange(self.n_draws))[draw]
        shape = self.n_draws, int(step.max(initial=0)) + 1
        self.days = np.full(shape, _NEVER - 1, np.int64)
        self.days[:, 0], self.days[draw, step] = -1, day
        self.copies, self.exits = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for counts, mask in ((self.copies, rows.event), (self.exits, rows.left)):
            counts[draw, step] = np.bincount(place, mask[ends], len(cells))
        self.at_risk = np.ones(shape, np.int64)
        self.at_risk[draw, step] = self._at_risk(cells)
        self.survival = self._survival(self.copies)
        over = np.zeros(shape, np.bool_)
        over[:, 1:] = self.survival[:, :-1] == 0
        self.events = np.where(over, 0, self.copies)

    def whole(self) -> "DrawnCurves":
        """Itself with all that no question decides worked out, to be kept."""
        _ = self.mean, self.shape, self.so_far, self._ordered
        return self

    def _at_risk(self, cells: Ints) -> Ints:
        """#{entry < t <= exit} among the rows of a draw, for draw and day in one number."""
        entered, gone = (np.searchsorted(column, cells) for column in self._ordered)
        return np.asarray(entered - gone, np.int64)

    @cached_property
    def _ordered(self) -> tuple[Ints, Ints]:
        """Entries and exits as such numbers, sorted: those of earlier draws cancel out."""
        first, last = self.rows.entry, self.rows.exit
        of_draw = self.rows.draw * _NEVER
        return np.sort(of_draw + first), np.sort(of_draw + last)

    def _survival(self, ends: Ints) -> Floats:
        """The product-limit estimate where so many end on each day."""
        return np.cumprod(1 - ends / self.at_risk, axis=1, dtype=np.float64)

    @cached_property
    def _terms(self) -> Floats:
        """d/(Y(Y-d)), 0 where all at risk copied."""
        left = self.at_risk - self.events
        terms = np.zeros(self.events.shape)
        np.divide(self.events, self.at_risk * left, out=terms, where=(left > 0) & (self.events > 0))
        return terms

    @cached_property
    def shape(self) -> tuple[Floats, Floats]:
        """Of 0 < S < 1: ln(-ln S), and |ln S|/sqrt(G)."""
        inner = (self.survival > 0) & (self.survival < 1)
        log = np.log(np.where(inner, self.survival, 0.5))
        error = np.sqrt(np.where(inner, np.cumsum(self._terms, axis=1), 1.0))
        return np.log(-log), -log / error

    @cached_property
    def so_far(self) -> Ints:
        """k: copies up to and including each day."""
        return np.cumsum(self.events, axis=1)

    def _steps(self, days: Ints) -> Ints:
        """The step that holds on each of these days: draws x days."""
        each = np.arange(self.n_draws)[:, None]
        cells = (each * _NEVER + self.days).ravel()
        place = np.searchsorted(cells, each * _NEVER + days, "right") - 1
        return np.asarray(place - each * self.days.shape[1], np.int64)

    def mean_on(self, days: Ints) -> Floats:
        """S on these days, the mean over the draws."""
        return self._mean_on(self.survival, days)

    def _mean_on(self, values: Floats, days: Ints) -> Floats:
        each = values[np.arange(self.n_draws)[:, None], self._steps(days)]
        return np.asarray(each.mean(axis=0), np.float64)

    @cached_property
    def mean(self) -> tuple[Ints, Floats]:
        """The days on which anything happens in any draw, and the mean S on each; it never
        rises."""
        days, fallen = self._summed(self.survival)
        return days, np.minimum.accumulate(1 + fallen)

    def _summed(self, values: Floats) -> tuple[Ints, Floats]:
        """The days on which anything happens in any draw, and on each how much the mean over the
        draws has changed by then."""
        days, place = np.unique(self.days[:, 1:], return_inverse=True)
        changes = np.bincount(place.ravel(), np.diff(values, axis=1).ravel(), len(days))
        return days, np.cumsum(changes) / self.n_draws

    def median(self, confidence: float, until: int) -> Median:
        """First day with a mean S of at most one half; limits by the mean of the draws'
        confidence distributions, up to the day `until`."""
        alpha = 1 - confidence
        place, slope = self.shape
        spread = np.where(self.survival == 1, 0.0, ndtr((place - _LN_LN_2) * slope))
        spread = np.where(self.survival == 0, 1 - 0.5**self.so_far, spread)
        days, reached = self._summed(spread)
        half = self.first_at_most(0.5, until)
        low, high = (
            _first(days, reached >= level - SLACK, until) for level in (alpha / 2, 1 - alpha / 2)
        )
        return Median(half, low, high)

    def first_at_most(self, level: float, until: int) -> int | None:
        """The first day up to `until` with a mean S of at most a level."""
        days, mean = self.mean
        return _first(days, mean <= level + SLACK, until)

    def days_of(self, levels: Floats, until: int) -> Ints:
        """As `first_at_most` of each level, in their order; levels that are not reached have no
        day."""
        days, mean = self.mean
        place = np.searchsorted(-mean, -(levels + SLACK))
        place = place[place < len(days)]
        return days[place][days[place] <= until]

    def medians(self, confidence: float) -> list[Median]:
        """The median of each draw by itself, with its log-log limits."""
        low, high, begun = self.survival.copy(), self.survival.copy(), self.survival < 1
        greenwood = np.cumsum(self._terms, axis=1)
        low[begun], high[begun] = pointwise(
            self.survival[begun], greenwood[begun], self.so_far[begun], confidence
        )
        crossings = [self._crossing(values) for values in (self.survival, low, high)]
        return [Median(*each) for each in zip(*crossings, strict=True)]

    def _crossing(self, values: Floats) -> list[int | None]:
        reached = values <= HALF
        days = self.days[np.arange(self.n_draws), reached.argmax(axis=1)].tolist()
        is_reached: list[bool] = np.asarray(reached.any(axis=1)).tolist()
        return [day if yes else None for day, yes in zip(days, is_reached, strict=True)]

    def limits(self, days: Ints, confidence: float) -> list[tuple[float, float] | None]:
        """Limits of S on each day; None where nobody has copied and nobody is at risk in any draw.

        They are the least x at which the mean over the draws of the confidence that S is at most x
        reaches alpha/2 and 1 - alpha/2.
        """
        at = np.arange(self.n_draws)[:, None], self._steps(days)
        survival, place, slope = (values[at] for values in (self.survival, *self.shape))
        at_risk = self._at_risk(np.arange(self.n_draws)[:, None] * _NEVER + days)
        usable = (survival < 1) | (at_risk > 0)
        weights = usable / np.maximum(usable.sum(axis=0), 1)
        alpha = 1 - confidence
        low = Mixture(survival, place, slope, at_risk, weights, is_low=True).least(alpha / 2)
        counts = self.so_far[at]
        high = Mixture(survival, place, slope, counts, weights, is_low=False).least(1 - alpha / 2)
        known = usable.any(axis=0) & (days > self.after.min(initial=0))
        limits = zip(low.tolist(), high.tolist(), known.tolist(), strict=True)
        return [(lo, hi) if is_known else None for lo, hi, is_known in limits]

    def incidence(self, days: Ints) -> tuple[Floats, Floats]:
        """Aalen-Johansen (event, exit) by each day, the means over the draws."""
        survival = self._survival(self.copies + self.exits)
        before = np.concatenate([np.ones((self.n_draws, 1)), survival[:, :-1]], axis=1)
        before /= self.at_risk
        copied, left = (
            np.cumsum(before * ends, axis=1, dtype=np.float64) for ends in (self.copies, self.exits)
        )
        return self._mean_on(copied, days), self._mean_on(left, days)

    def restricted_mean(self, tau: int) -> tuple[float, float]:
        """Mean up to tau over the draws; its squared error is the mean of theirs and the variance
        of their means."""
        edges = np.minimum(np.maximum(self.days, 0), tau)
        pieces = self.survival * np.diff(edges, axis=1, append=tau)
        beyond = np.cumsum(pieces[:, ::-1], axis=1)[:, ::-1]
        variances = (beyond**2 * np.where(self.days < tau, self._terms, 0.0)).sum(axis=1)
        means = pieces.sum(axis=1)
        return float(means.mean()), float(np.sqrt(variances.mean() + means.var()))


def _first(days: Ints, reached: Bools, until: int) -> int | None:
    """The first day up to `until` that is reached."""
    found = np.flatnonzero(reached & (days <= until))
    return int(days[found[0]]) if len(found) else None
