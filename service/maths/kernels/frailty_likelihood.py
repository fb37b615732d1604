"""The likelihood of the piecewise-constant hazard with gamma frailty (metrics.md, 13.1) of several
exposures at once, and Newton's method on it: for the rates of given shapes, or for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import gammaln

from service.cached import cached_property
from service.maths.arrays import Bools, Floats, Ints
from service.maths.kernels.frailty import Exposure

_LONGEST = 2.0  # step in ln lambda or ln a
_MOST, _MOST_OF_BOTH = 200, 20
_CLOSE = 1e-8  # of both: what is left after a step so short is about its square


@dataclass(frozen=True)
class Stack:
    """Exposures of one shape, on the first axis: days (exposures x bands x features), copies of
    bands and of features."""

    by_band: Floats
    of_band: Floats
    of_feature: Floats

    @classmethod
    def of(cls, exposures: Sequence[Exposure]) -> "Stack":
        return cls(
            np.stack([one.days.T for one in exposures]),
            np.stack([one.copies_of_band for one in exposures]),
            np.stack([one.copies_of_feature for one in exposures]),
        )

    def __len__(self) -> int:
        return len(self.by_band)

    @property
    def days(self) -> Floats:
        """Exposures x features x bands."""
        return self.by_band.transpose(0, 2, 1)

    @cached_property
    def with_more(self) -> Floats:
        """How many features have more than 0, 1, ... copies: exposures x the most copies."""
        copies = np.arange(self.of_feature.max(initial=0.0))
        more = self.of_feature[:, :, None] > copies
        return np.asarray(more.sum(axis=1), np.float64)

    @cached_property
    def pairs(self) -> Floats:
        """Days in one band by days in another: exposures x features x pairs of bands."""
        days = self.days
        return (days[:, :, :, None] * days[:, :, None, :]).reshape(*days.shape[:2], -1)

    def take(self, members: Ints) -> "Stack":
        return Stack(self.by_band[members], self.of_band[members], self.of_feature[members])


@dataclass(frozen=True)
class Prior:
    """Pseudo-copies per band, and by exposure the reciprocal of the rate at which they came."""

    kappa: float
    inverse: Floats

    def take(self, members: Ints) -> "Prior":
        return Prior(self.kappa, self.inverse[members])

    def value(self, stack: Stack, rates: Floats) -> Floats:
        """What bands say of the rates (exposures x shapes x bands): their copies and the prior."""
        banded = (stack.of_band + self.kappa)[:, None, :] * np.log(rates)
        banded = banded - (self.kappa * self.inverse)[:, None, None] * rates
        return np.asarray(banded.sum(axis=-1), np.float64)


def values(stack: Stack, shapes: Floats, rates: Floats, prior: Prior) -> Floats:
    """l and the prior: exposures x shapes."""
    n, mass = stack.of_feature[:, None, :], rates @ stack.by_band
    shape = shapes[:, :, None]
    own = gammaln(shape + n) - gammaln(shape) - n * np.log(shape)
    own = own - (shape + n) * np.log1p(mass / shape)
    return np.asarray(own.sum(axis=2), np.float64) + prior.value(stack, rates)


class _Sums(NamedTuple):
    """At some rates: 1 / (a + M_j) of features and M_j (exposures x shapes x features); the slope
    of the likelihood in ln lambda and its bend (bands x bands)."""

    scale: Floats
    mass: Floats
    slope: Floats
    bend: Floats


@dataclass(frozen=True)
class _Likelihood:
    """Of exposures by shapes, with what does not depend on the rates."""

    stack: Stack
    shapes: Floats
    prior: Prior

    @cached_property
    def _weight(self) -> Floats:
        """a + n: exposures x shapes x features."""
        return self.shapes[:, :, None] + self.stack.of_feature[:, None, :]

    @cached_property
    def _copies(self) -> Floats:
        return self.stack.of_band[:, None, :] + self.prior.kappa

    @cached_property
    def _pull(self) -> Floats:
        return (self.prior.kappa * self.prior.inverse)[:, None, None]

    def sums(self, log_rates: Floats) -> _Sums:
        rates = np.exp(log_rates)
        mass = rates @ self.stack.by_band
        scale = 1 / (self.shapes[:, :, None] + mass)
        weighted = self._weight * scale
        expected = rates * (weighted @ self.stack.days + self._pull)
        bend = ((weighted * scale) @ self.stack.pairs).reshape(*rates.shape, -1)
        bend *= rates[:, :, :, None] * rates[:, :, None, :]
        bend.reshape(*bend.shape[:2], -1)[:, :, :: rates.shape[2] + 1] -= expected
        return _Sums(scale, mass, self._copies - expected, bend)

    def step(self, log_rates: Floats) -> Floats:
        """To be taken off ln lambda: the slope by the bend of the likelihood."""
        _, _, slope, bend = self.sums(log_rates)
        return _solved(bend, slope[:, :, :, None])[:, :, :, 0]

    def step_of_both(self, log_rates: Floats) -> tuple[Floats, Floats]:
        """To be taken off ln lambda and ln a, the last column (exposures x one more than bands),
        of one shape each; and the bend in ln a where ln lambda follows."""
        scale, mass, slope, bend = self.sums(log_rates)
        over = (mass - self.stack.of_feature[:, None, :]) * scale
        cross = np.exp(log_rates) * ((over * scale) @ self.stack.days)
        cross = -self.shapes * cross[:, 0]
        slope_of_shape, bend_of_shape = self._by_shape(mass[:, 0], over[:, 0], scale[:, 0])
        solved = _solved(bend[:, 0], np.stack([slope[:, 0], cross], axis=2))
        bend_of_shape -= np.add.reduce(cross * solved[:, :, 1], axis=1)
        slope_of_shape -= np.add.reduce(cross * solved[:, :, 0], axis=1)
        step = np.zeros(len(slope_of_shape))
        np.divide(slope_of_shape, bend_of_shape, out=step, where=bend_of_shape < 0)
        own = solved[:, :, 0] - solved[:, :, 1] * step[:, None]
        return np.concatenate([own, step[:, None]], axis=1), bend_of_shape

    def _by_shape(self, mass: Floats, over: Floats, scale: Floats) -> tuple[Floats, Floats]:
        """Slope and bend in ln a at fixed rates; psi(a + n) - psi(a) is the sum of 1 / (a + i)."""
        shape, more = self.shapes, self.stack.with_more
        parts = 1 / (shape + np.arange(more.shape[1]))
        slope = _in_order(more * parts) + np.add.reduce(over - np.log1p(mass / shape), axis=1)
        bend = np.add.reduce((mass / shape - over) * scale, axis=1)
        bend -= _in_order(more * parts**2)
        slope *= shape[:, 0]
        return slope, shape[:, 0] ** 2 * bend + slope


def _in_order(columns: Floats) -> Floats:
    """Sums over the last axis, one after the other: zeros at its end change no bit."""
    return np.asarray(np.add.accumulate(columns, axis=1)[:, -1:].sum(axis=1), np.float64)


def _solved(bend: Floats, columns: Floats) -> Floats:
    if bend.shape[-1] == 1:  # no system to solve
        return np.asarray(columns / bend, np.float64)
    return np.asarray(np.linalg.solve(bend, columns), np.float64)


def rates_of(stack: Stack, shapes: Floats, start: Floats, prior: Prior, settled: float) -> Floats:
    """Newton's method in ln lambda for each shape, until those of an exposure have settled:
    exposures x shapes x bands."""
    log_rates = np.repeat(np.log(start)[:, None, :], shapes.shape[1], axis=1)
    found = log_rates
    likelihood, moving = _Likelihood(stack, shapes, prior), np.arange(len(stack))
    for _ in range(_MOST):
        step = likelihood.step(log_rates)
        size = np.maximum.reduce(np.abs(step), axis=(1, 2))
        if (size > _LONGEST).any():
            step = np.clip(step, -_LONGEST, _LONGEST)
        log_rates = log_rates - step
        goes_on = size >= settled
        if goes_on.all():
            continue
        found[moving] = log_rates
        moving, log_rates = moving[goes_on], log_rates[goes_on]
        if not len(moving):
            break
        likelihood = _Likelihood(stack.take(moving), shapes[moving], prior.take(moving))
    else:
        found[moving] = log_rates
    return np.asarray(np.exp(found), np.float64)


class Maxima(NamedTuple):
    """Of exposures: shape and rates, and where they were found."""

    shapes: Floats
    rates: Floats
    is_found: Bools


def maxima(
    stack: Stack, start: tuple[Floats, Floats], prior: Prior, between: tuple[Floats, Floats]
) -> Maxima:
    """Newton's method in ln a and ln lambda together, from shapes and rates near a maximum;
    not found where it bends the wrong way or leaves the bounds of ln a on the way."""
    shapes, rates = start
    at = np.concatenate([np.log(rates), np.log(shapes)[:, None]], axis=1)
    moves, is_found = np.ones(len(stack), np.bool_), np.zeros(len(stack), np.bool_)
    for _ in range(_MOST_OF_BOTH):
        likelihood = _Likelihood(stack, np.exp(at[:, -1:]), prior)
        step, bend = likelihood.step_of_both(at[:, None, :-1])
        moves &= bend < 0
        at = np.where(moves[:, None], at - np.clip(step, -_LONGEST, _LONGEST), at)
        moves &= (between[0] <= at[:, -1]) & (at[:, -1] <= between[1])
        is_close = np.maximum.reduce(np.abs(step), axis=1) < _CLOSE
        is_found |= moves & is_close
        moves &= ~is_close
        if not moves.any():
            break
    return Maxima(np.exp(at[:, -1]), np.exp(at[:, :-1]), is_found)
