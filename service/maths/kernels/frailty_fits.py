"""Fits of the piecewise-constant hazard with gamma frailty, many at once (metrics.md, 13.1): a
search over the shape of the frailty, for each of which the rates are found by Newton's method."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from service.cached import cached_property
from service.maths.arrays import Floats, Ints
from service.maths.kernels.bounded_search import least
from service.maths.kernels.frailty import Bands, Exposure, Fit

LOW, HIGH = math.log(0.01), math.log(1e5)
AS_GOOD = 1e-6
_SETTLED, _ROUGHLY = 1e-13, 1e-4  # steps in ln lambda; roughly: to tell which shape is the best
_LONGEST = 2.0
GRID = np.linspace(LOW, HIGH, 60)
_LAST = len(GRID) - 1
_APART = 4  # places of the grid that are looked at first


def fit(exposure: Exposure, bands: Bands) -> Fit:
    """Maximise l + kappa sum(ln lambda_k - lambda_k / lambda_0) over bands with rival-days."""
    return fits([exposure], bands)[0]


def fits(exposures: Sequence[Exposure], bands: Bands) -> list[Fit]:
    """The fit of each of several exposures with as many features, all at once."""
    bases = _maxima(_Stack.of([one.merged() for one in exposures]), None, 0.0)
    found: dict[int, Fit] = {}
    used_by = [tuple((one.days.sum(axis=0) > 0).tolist()) for one in exposures]
    for used in dict.fromkeys(used_by):
        members = [n for n, own in enumerate(used_by) if own == used]
        mask = np.array(used)
        stack = _Stack.of([exposures[n].of_bands(mask) for n in members])
        base = np.array([float(bases[n][1][0]) for n in members])
        for n, (shape, best) in zip(members, _maxima(stack, base, bands.kappa), strict=True):
            rates = np.full(len(used), np.nan)
            rates[mask] = best
            found[n] = Fit(shape, rates, bands.edges)
    return [found[n] for n in range(len(exposures))]


@dataclass(frozen=True)
class _Stack:
    """Exposures of one shape, on the first axis: days (exposures x bands x features), copies of
    bands and of features."""

    by_band: Floats
    of_band: Floats
    of_feature: Floats

    @classmethod
    def of(cls, exposures: Sequence[Exposure]) -> "_Stack":
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

    def take(self, members: Ints) -> "_Stack":
        return _Stack(self.by_band[members], self.of_band[members], self.of_feature[members])


@dataclass(frozen=True)
class _Prior:
    """Pseudo-copies per band, and by exposure the reciprocal of the rate at which they came."""

    kappa: float
    inverse: Floats

    def take(self, members: Ints) -> "_Prior":
        return _Prior(self.kappa, self.inverse[members])

    def value(self, stack: _Stack, rates: Floats) -> Floats:
        """What bands say of the rates (exposures x shapes x bands): their copies and the prior."""
        banded = (stack.of_band + self.kappa)[:, None, :] * np.log(rates)
        banded = banded - (self.kappa * self.inverse)[:, None, None] * rates
        return np.asarray(banded.sum(axis=-1), np.float64)


def _maxima(stack: _Stack, base: Floats | None, kappa: float) -> list[tuple[float, Floats]]:
    """The best shape of each and its rates, by bounded search over ln a; complete pooling where it
    is as good."""
    prior = _Prior(kappa, np.zeros(len(stack)) if base is None else 1 / base)
    pooled = stack.of_band + kappa
    pooled = pooled / (stack.days.sum(axis=1) + (kappa * prior.inverse)[:, None])

    def profile(members: Ints, log_shapes: Floats, settled: float = _SETTLED) -> Floats:
        some, of_some = stack.take(members), prior.take(members)
        shapes = np.exp(log_shapes)
        rates = _rates(some, shapes, pooled[members], of_some, settled)
        return -_values(some, shapes, rates, of_some)

    every = np.arange(len(stack))
    best = lowest_places(lambda who, x: profile(who, x, _ROUGHLY), every)
    bounds = [(float(GRID[max(n - 1, 0)]), float(GRID[min(n + 1, _LAST)])) for n in best.tolist()]
    found = least(lambda who, x: profile(who, x[:, None])[:, 0], bounds)
    limits = _pooled_values(stack, pooled, prior)
    is_pooled = np.array([-value for _, value in found]) <= limits + AS_GOOD
    shapes = np.array([math.exp(x) for x, _ in found])
    rates = _rates(stack, shapes[:, None], pooled, prior, _SETTLED)[:, 0]
    return [
        (math.inf, pooled[n]) if is_pooled[n] else (float(shapes[n]), rates[n])
        for n in every.tolist()
    ]


def lowest_places(profile: Callable[[Ints, Floats], Floats], every: Ints) -> Ints:
    """Of each exposure the place of the grid with the least value: looked for around the least of
    a few, or of all where these have several dips."""
    few = np.append(np.arange(0, _LAST, _APART), _LAST)
    values = profile(every, np.tile(GRID[few], (len(every), 1)))
    rises = np.diff(values, axis=1) > 0
    is_simple = ~(rises[:, :-1] & ~rises[:, 1:]).any(axis=1)
    near = few[values.argmin(axis=1)][:, None] + np.arange(1 - _APART, _APART)
    near = np.clip(near, 0, _LAST)
    best = np.zeros(len(every), np.int64)
    for who, places in (
        (every[is_simple], near[is_simple]),
        (every[~is_simple], np.tile(np.arange(len(GRID)), (int((~is_simple).sum()), 1))),
    ):
        if len(who):
            lowest = profile(who, GRID[places]).argmin(axis=1)
            best[who] = places[np.arange(len(who)), lowest]
    return best


def _values(stack: _Stack, shapes: Floats, rates: Floats, prior: _Prior) -> Floats:
    """l and the prior: exposures x shapes."""
    n, mass = stack.of_feature[:, None, :], rates @ stack.by_band
    shape = shapes[:, :, None]
    own = gammaln(shape + n) - gammaln(shape) - n * np.log(shape)
    own = own - (shape + n) * np.log1p(mass / shape)
    return np.asarray(own.sum(axis=2), np.float64) + prior.value(stack, rates)


def _pooled_values(stack: _Stack, rates: Floats, prior: _Prior) -> Floats:
    banded = prior.value(stack, rates[:, None, :])[:, 0]
    sums = [math.fsum((days @ own).tolist()) for days, own in zip(stack.days, rates, strict=True)]
    return np.asarray(banded - np.array(sums), np.float64)


def _rates(stack: _Stack, shapes: Floats, start: Floats, prior: _Prior, settled: float) -> Floats:
    """Newton's method in ln lambda for each shape, until those of an exposure have settled:
    exposures x shapes x bands."""
    log_rates = np.repeat(np.log(start)[:, None, :], shapes.shape[1], axis=1)
    found = log_rates
    likelihood, moving = _Likelihood(stack, shapes, prior), np.arange(len(stack))
    for _ in range(200):
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


@dataclass(frozen=True)
class _Likelihood:
    """Of exposures by shapes, with what does not depend on the rates."""

    stack: _Stack
    shapes: Floats
    prior: _Prior

    @cached_property
    def _weight(self) -> Floats:
        """a + n: exposures x shapes x features x 1."""
        return (self.shapes[:, :, None] + self.stack.of_feature[:, None, :])[:, :, :, None]

    @cached_property
    def _copies(self) -> Floats:
        return self.stack.of_band[:, None, :] + self.prior.kappa

    @cached_property
    def _pull(self) -> Floats:
        return (self.prior.kappa * self.prior.inverse)[:, None, None]

    def step(self, log_rates: Floats) -> Floats:
        """To be taken off ln lambda: the slope by the bend of the likelihood."""
        rates = np.exp(log_rates)
        pulled = self.stack.days[:, None] * rates[:, :, None, :]
        share = pulled / (self.shapes[:, :, None] + np.add.reduce(pulled, axis=3))[:, :, :, None]
        weighted = self._weight * share
        expected = np.add.reduce(weighted, axis=2) + self._pull * rates
        bend = weighted.transpose(0, 1, 3, 2) @ share
        n_bands = rates.shape[2]
        bend.reshape(*bend.shape[:2], -1)[:, :, :: n_bands + 1] -= expected
        slope = self._copies - expected
        if n_bands == 1:  # no system to solve
            return np.asarray(slope / bend[:, :, 0], np.float64)
        return np.asarray(np.linalg.solve(bend, slope[:, :, :, None])[:, :, :, 0], np.float64)
