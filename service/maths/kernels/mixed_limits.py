"""Limits of a survival share as a mixture of the confidence distributions of many draws
(metrics.md, 10.5)."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri

from service.cached import cached_property
from service.maths.arrays import Bools, Floats, Ints

_EDGE, _SETTLED, _MOST_STEPS = 1e-12, 1e-13, 60
_SQRT_TAU = float(np.sqrt(2 * np.pi))


@dataclass(frozen=True)
class Mixture:
    """What the draws (rows) hold of S on some days (columns), by eta = ln(-ln x), which falls as x
    rises: that it is at most x with the confidence Phi((place - eta) slope) where 0 < S < 1; where
    it is at an edge, for the lower limit x^count (S = 1, `count` at risk) and 1 (S = 0), for the
    upper one 0 (S = 1) and 1 - (1 - x)^count (S = 0, `count` copies so far).

    Weights are 0 for draws in which nobody has copied and nobody is at risk.
    """

    survival: Floats
    place: Floats
    slope: Floats
    count: Ints
    weights: Floats
    is_low: bool

    def least(self, level: float) -> Floats:
        """Per day, the least x at which the mean confidence reaches a level."""
        fixed = self.survival == (0.0 if self.is_low else 1.0)  # the same for every x
        moving = np.where(fixed, 0.0, self.weights)
        rest = moving.sum(axis=0)
        certain = (self.weights - moving).sum(axis=0) if self.is_low else 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            wanted = (level - certain) / rest
        found = np.where(wanted >= 1 - _EDGE, 1.0, 0.0)
        open_ = np.flatnonzero((wanted > _EDGE) & (wanted < 1 - _EDGE))
        if len(open_):
            weighed = replace(self, weights=moving / np.where(rest > 0, rest, 1.0))
            found[open_] = weighed._of_days(open_)._solved(wanted[open_])
        return found

    def _of_days(self, days: Ints) -> "Mixture":
        return Mixture(
            self.survival[:, days],
            self.place[:, days],
            self.slope[:, days],
            self.count[:, days],
            self.weights[:, days],
            self.is_low,
        )

    def _solved(self, level: Floats) -> Floats:
        """x at a level of its own for each day: Newton's steps in eta, and halving between the
        quantiles of the single draws where a step leads out of what is left."""
        low, high = self._bracket(level)
        eta = (low + high) / 2
        for _ in range(_MOST_STEPS):
            value, slope = self._at(eta)
            is_small = value > level
            low, high = np.where(is_small, eta, low), np.where(is_small, high, eta)
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                new = eta - (value - level) / slope
            new = np.where((new >= low) & (new <= high), new, (low + high) / 2)
            moved, eta = np.abs(new - eta), new
            if (moved <= _SETTLED * np.maximum(np.abs(eta), 1)).all():
                break
        x = np.exp(-np.exp(eta))
        return np.where(x < _EDGE, 0.0, np.where(x > 1 - _EDGE, 1.0, x))

    @cached_property
    def _is_edge(self) -> Bools:
        is_edge: Bools = self.survival == (1.0 if self.is_low else 0.0)
        return is_edge

    @cached_property
    def _edges(self) -> tuple[tuple[Ints, Ints], Ints]:
        """Where they are, and their counts."""
        rows, days = np.nonzero(self._is_edge)
        return (rows, days), self.count[rows, days]

    def _bracket(self, level: Floats) -> tuple[Floats, Floats]:
        """The least and the greatest eta at which a draw by itself reaches the level."""
        count = np.maximum(self.count, 1)
        if self.is_low:
            at_edge = np.log(-np.log(level) / count)
        else:
            at_edge = np.log(-np.log(-np.expm1(np.log1p(-level) / count)))
        each = np.where(self._is_edge, at_edge, self.place - ndtri(level) / self.slope)
        counts = self.weights > 0
        return (
            np.where(counts, each, np.inf).min(axis=0),
            np.where(counts, each, -np.inf).max(axis=0),
        )

    def _at(self, eta: Floats) -> tuple[Floats, Floats]:
        """The weighted confidence at eta and its slope there."""
        normal = (self.place - eta) * self.slope
        density = np.exp(-(normal**2) / 2) * self.slope / _SQRT_TAU
        value = ndtr(normal)
        (rows, days), count = self._edges
        lost = np.exp(eta)[days]  # -ln x
        if self.is_low:
            at_edge = np.exp(-lost * count)
            falls = count * lost * at_edge
        else:
            at_edge = -np.expm1(count * np.log(-np.expm1(-lost)))
            falls = count * (1 - at_edge) / -np.expm1(-lost) * lost * np.exp(-lost)
        value[rows, days], density[rows, days] = at_edge, falls
        return (value * self.weights).sum(axis=0), -(density * self.weights).sum(axis=0)
