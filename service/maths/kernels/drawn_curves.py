"""Kaplan-Meier curves of many draws at once, and one interval from all of them (metrics.md, 10.4
to 10.6): sampling and what the draws differ in, as a mixture of confidence distributions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.optimize.elementwise import find_root
from scipy.special import ndtr

from service.maths.arrays import Bools, Floats, Ints
from service.maths.kernels.kaplan_meier import HALF, Median, pointwise

SLACK = 1e-9  # what a mean of draws may miss a bound by
_EDGE = 1e-12
_TOLERANCES = {"xatol": 1e-12, "xrtol": 1e-12}
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
    """The curves of some draws (rows) on the days (columns) on which anything happens in any of
    them, and those asked for; of the events later than `after` (one day, or one per draw)."""

    def __init__(self, rows: DrawnRows, after: Ints | int, asked: Sequence[int] = ()) -> None:
        self.rows, self.n_draws = rows, rows.n_draws
        self.after = np.broadcast_to(np.asarray(after, np.int64), (rows.n_draws,))
        ends = rows.exit[rows.event | rows.left]
        last = rows.exit.max(keepdims=True, initial=0)  # a curve on which nothing happens has one
        self.days: Ints = np.unique(np.concatenate([ends, last, np.array(asked, np.int64)]))
        self.at_risk = self._at_risk()
        self.copies, self.exits = self._counted(rows.event), self._counted(rows.left)
        survival = self._survival(self.copies)
        over = np.zeros(survival.shape, np.bool_)
        over[:, 1:] = survival[:, :-1] == 0
        self.survival, self.events = survival, np.where(over, 0, self.copies)

    def _at_risk(self) -> Ints:
        """#{entry < t <= exit}."""
        change = np.zeros((self.n_draws, len(self.days) + 1), np.int32)
        for column, step in ((self.rows.entry, 1), (self.rows.exit, -1)):
            place = np.searchsorted(self.days, column, "right")
            np.add.at(change, (self.rows.draw, place), step)
        return np.cumsum(change, axis=1)[:, :-1].astype(np.int64)

    def _counted(self, mask: Bools) -> Ints:
        """How many of these rows end on each day, later than the curve begins."""
        counts = np.zeros((self.n_draws, len(self.days)), np.int64)
        late = mask & (self.rows.exit > self.after[self.rows.draw])
        place = np.searchsorted(self.days, self.rows.exit[late])
        np.add.at(counts, (self.rows.draw[late], place), 1)
        return counts

    def _survival(self, ends: Ints) -> Floats:
        """The product-limit estimate where so many end on each day."""
        return np.cumprod(1 - ends / np.maximum(self.at_risk, 1), axis=1, dtype=np.float64)

    @cached_property
    def mean(self) -> Floats:
        """S on each day, the mean over the draws."""
        return np.asarray(self.survival.mean(axis=0), np.float64)

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

    def first(self, values: Floats, least: float) -> int | None:
        """The first day on which values that rise reach `least`."""
        reached = np.flatnonzero(values >= least - SLACK)
        return int(self.days[reached[0]]) if len(reached) else None

    def median(self, confidence: float, until: int) -> Median:
        """First day with a mean S of at most one half; limits by the mean of the draws'
        confidence distributions, up to the day `until`."""
        alpha = 1 - confidence
        place, slope = self.shape
        spread = np.where(self.survival == 1, 0.0, ndtr((place - _LN_LN_2) * slope))
        spread = np.where(self.survival == 0, 1 - 0.5**self.so_far, spread)
        reached = np.where(self.days <= until, spread.mean(axis=0), -np.inf)
        half = self.first(np.where(self.days <= until, 1 - self.mean, -np.inf), 0.5)
        return Median(half, self.first(reached, alpha / 2), self.first(reached, 1 - alpha / 2))

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
        days = self.days[reached.argmax(axis=1)].tolist()
        is_reached: list[bool] = np.asarray(reached.any(axis=1)).tolist()
        return [day if yes else None for day, yes in zip(days, is_reached, strict=True)]

    def column(self, day: int) -> int:
        """The place of the last day up to `day`; `day` lies at or after the first."""
        return int(np.searchsorted(self.days, day, "right")) - 1

    def limits(self, days: Sequence[int], confidence: float) -> list[tuple[float, float] | None]:
        """Limits of S on each day; None where nobody has copied and nobody is at risk in any draw.

        They are the least x at which the mean over the draws of the confidence that S is at most x
        reaches alpha/2 and 1 - alpha/2.
        """
        held = _Held.of(self, np.array([self.column(day) for day in days], np.int64))
        alpha = 1 - confidence
        low = held.least(alpha / 2, is_low=True)
        high = held.least(1 - alpha / 2, is_low=False)
        known = (held.weights.sum(axis=0) > 0) & (np.array(days) > self.after.min(initial=0))
        limits = zip(low.tolist(), high.tolist(), known.tolist(), strict=True)
        return [(lo, hi) if is_known else None for lo, hi, is_known in limits]

    def incidence(self, day: int) -> tuple[float, float]:
        """Aalen-Johansen (event, exit) by the day, the mean over the draws."""
        copied, left = (float(values[self.column(day)]) for values in self._incidences)
        return copied, left

    @cached_property
    def _incidences(self) -> tuple[Floats, Floats]:
        survival = self._survival(self.copies + self.exits)
        before = np.concatenate([np.ones((self.n_draws, 1)), survival[:, :-1]], axis=1)
        before /= np.maximum(self.at_risk, 1)
        copied, left = (np.cumsum(before * ends, axis=1) for ends in (self.copies, self.exits))
        return np.asarray(copied.mean(axis=0)), np.asarray(left.mean(axis=0))

    def restricted_mean(self, tau: int) -> tuple[float, float]:
        """Mean up to tau over the draws; its squared error is the mean of theirs and the variance
        of their means."""
        inside = self.days < tau
        edges = np.concatenate([[0.0], self.days[inside], [float(tau)]])
        survival = np.concatenate([np.ones((self.n_draws, 1)), self.survival[:, inside]], axis=1)
        pieces = survival * np.diff(edges)
        beyond = np.cumsum(pieces[:, ::-1], axis=1)[:, ::-1][:, 1:]
        variances = (beyond**2 * self._terms[:, inside]).sum(axis=1)
        means = pieces.sum(axis=1)
        return float(means.mean()), float(np.sqrt(variances.mean() + means.var()))


@dataclass(frozen=True)
class _Held:
    """What the draws (rows) hold of S on some days (columns): `weights` are 0 for draws in which
    nobody has copied and nobody is at risk."""

    survival: Floats
    place: Floats
    slope: Floats
    at_risk: Ints
    so_far: Ints
    weights: Floats

    @classmethod
    def of(cls, curves: DrawnCurves, columns: Ints) -> "_Held":
        place, slope = curves.shape
        survival, at_risk = curves.survival[:, columns], curves.at_risk[:, columns]
        usable = (survival < 1) | (at_risk > 0)
        return cls(
            survival,
            place[:, columns],
            slope[:, columns],
            at_risk,
            curves.so_far[:, columns],
            usable / np.maximum(usable.sum(axis=0), 1),
        )

    def least(self, level: float, *, is_low: bool) -> Floats:
        """Per day, the least x at which the mean confidence that S is at most x reaches a level."""
        columns = np.arange(self.survival.shape[1])

        def excess(x: Floats, at: Ints) -> Floats:
            return self._below(x, at, is_low=is_low) - level

        low, high = (np.full(len(columns), edge) for edge in (_EDGE, 1 - _EDGE))
        is_zero, is_one = excess(low, columns) >= 0, excess(high, columns) < 0
        found = np.where(is_zero, 0.0, 1.0)
        rest = np.flatnonzero(~is_zero & ~is_one)
        if len(rest):
            bracket = low[rest], high[rest]
            found[rest] = find_root(excess, bracket, args=(rest,), tolerances=_TOLERANCES).x
        return found

    def _below(self, x: Floats, at: Ints, *, is_low: bool) -> Floats:
        """The mean confidence that S is at most x, for its lower or its upper limit."""
        survival = self.survival[:, at]
        inner = ndtr((self.place[:, at] - np.log(-np.log(x))) * self.slope[:, at])
        nothing = x ** self.at_risk[:, at] if is_low else np.zeros(inner.shape)
        everything = np.ones(inner.shape) if is_low else 1 - (1 - x) ** self.so_far[:, at]
        held = np.where(survival == 1, nothing, inner)
        held = np.where(survival == 0, everything, held)
        return np.asarray((held * self.weights[:, at]).sum(axis=0), np.float64)
