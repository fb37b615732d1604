"""Piecewise-constant hazard with gamma frailty: the fit of the pooled figures (metrics.md, 13.1).

Hazard at feature age t of feature j: theta_j lambda_k, theta_j ~ Gamma(a, a). Gaver &
O'Muircheartaigh 1987 for the model.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.special import gammaln

from service.maths.arrays import Bools, Floats, Ints
from service.maths.kernels.bounded_search import least

LOW, HIGH = math.log(0.01), math.log(1e5)
AS_GOOD = 1e-6
_SETTLED, _ROUGHLY = 1e-13, 1e-9  # steps in ln lambda; roughly: to tell which shape is the best


@dataclass(frozen=True)
class Bands:
    """Bands of feature age, (edge, next edge], and pseudo-copies of the prior on their rates."""

    edges: tuple[float, ...]
    kappa: float

    @classmethod
    def of(cls, age_bands_days: tuple[int, ...], prior_copies: float) -> "Bands":
        """Between these ages, before the first and after the last."""
        return cls(
            (0.0, *(float(day) for day in sorted(set(age_bands_days))), math.inf), prior_copies
        )

    def __len__(self) -> int:
        return len(self.edges) - 1

    def spread(self, entry: Floats, out: Floats) -> Floats:
        """Days of (entry, exit] in each band, one row per row."""
        lows, highs = np.array(self.edges[:-1]), np.array(self.edges[1:])
        inside: Floats = np.minimum(out[:, None], highs) - np.maximum(entry[:, None], lows)
        return np.asarray(np.maximum(inside, 0.0), np.float64)

    def holding(self, age: Floats) -> Bools:
        """Membership of each age in the bands, one row per age."""
        lows, highs = np.array(self.edges[:-1]), np.array(self.edges[1:])
        return (lows < age[:, None]) & (age[:, None] <= highs)


@dataclass(frozen=True)
class Exposure:
    """Per feature j and band k: rival-days; copies per band and per feature."""

    days: Floats
    copies_of_band: Floats
    copies_of_feature: Floats

    def without(self, feature: int, own: Floats) -> "Exposure":
        """The data without one feature, whose copies per band are `own`."""
        return Exposure(
            np.delete(self.days, feature, axis=0),
            self.copies_of_band - own,
            np.delete(self.copies_of_feature, feature),
        )

    def of_bands(self, used: Bools) -> "Exposure":
        """The data of some bands."""
        return replace(self, days=self.days[:, used], copies_of_band=self.copies_of_band[used])

    def merged(self) -> "Exposure":
        """All bands as one."""
        return Exposure(
            self.days.sum(axis=1, keepdims=True),
            self.copies_of_band.sum(keepdims=True),
            self.copies_of_feature,
        )


@dataclass(frozen=True)
class Fit:
    """`shape` infinite: complete pooling. `rates` per band and day; NaN without rival-days."""

    shape: float
    rates: Floats
    edges: tuple[float, ...]

    @property
    def is_pooled(self) -> bool:
        return math.isinf(self.shape)

    def cumulative(self, age: float) -> float:
        """Lambda(age); NaN if it runs through a band without rival-days."""
        spent = [min(max(age - a, 0.0), b - a) for a, b in pairwise(self.edges)]
        return math.fsum(
            days * rate for days, rate in zip(spent, self.rates.tolist(), strict=True) if days
        )

    def between(self, start: float, stop: float) -> Floats:
        """The part of each band in Lambda(stop) - Lambda(start)."""
        spent = [max(min(stop, b) - max(start, a), 0.0) for a, b in pairwise(self.edges)]
        return np.array([d * r if d else 0.0 for d, r in zip(spent, self.rates, strict=True)])

    def age_at(self, target: float, most: float) -> float | None:
        """The age at which Lambda reaches the target, on the piecewise linear Lambda; None
        beyond `most`."""
        reached = 0.0
        for (start, stop), rate in zip(pairwise(self.edges), self.rates.tolist(), strict=True):
            if math.isnan(rate):
                return None
            if reached + rate * (stop - start) >= target:
                age = start + (target - reached) / rate
                return age if age <= most else None
            reached += rate * (stop - start)
        return None

    def median_age(self, shape: float, mass: float, most: float) -> float | None:
        """Where Lambda = mass (2^(1/shape) - 1); ln 2 under complete pooling."""
        target = math.log(2) if self.is_pooled else mass * math.expm1(math.log(2) / shape)
        return self.age_at(target, most)


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
    grid = np.linspace(LOW, HIGH, 60)
    best = profile(every, np.tile(grid, (len(stack), 1)), _ROUGHLY).argmin(axis=1)
    bounds = [
        (float(grid[max(n - 1, 0)]), float(grid[min(n + 1, len(grid) - 1)])) for n in best.tolist()
    ]
    found = least(lambda who, x: profile(who, x[:, None])[:, 0], bounds)
    limits = _pooled_values(stack, pooled, prior)
    is_pooled = np.array([-value for _, value in found]) <= limits + AS_GOOD
    shapes = np.array([math.exp(x) for x, _ in found])
    rates = _rates(stack, shapes[:, None], pooled, prior, _SETTLED)[:, 0]
    return [
        (math.inf, pooled[n]) if is_pooled[n] else (float(shapes[n]), rates[n])
        for n in every.tolist()
    ]


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
    moving = np.arange(len(stack))
    for _ in range(200):
        some = stack if len(moving) == len(stack) else stack.take(moving)
        step = _step(some, shapes[moving], log_rates[moving], prior.take(moving))
        log_rates[moving] -= np.clip(step, -2.0, 2.0)
        moving = moving[np.abs(step).max(axis=(1, 2)) >= settled]
        if not len(moving):
            break
    return np.asarray(np.exp(log_rates), np.float64)


def _step(stack: _Stack, shapes: Floats, log_rates: Floats, prior: _Prior) -> Floats:
    """To be taken off ln lambda: the slope by the bend of the likelihood."""
    rates = np.exp(log_rates)
    pulled = stack.days[:, None] * rates[:, :, None, :]
    share = pulled / (shapes[:, :, None] + pulled.sum(axis=3))[:, :, :, None]
    weighted = (shapes[:, :, None] + stack.of_feature[:, None, :])[:, :, :, None] * share
    drawn = (prior.kappa * prior.inverse)[:, None, None] * rates
    expected = weighted.sum(axis=2) + drawn
    bend = weighted.transpose(0, 1, 3, 2) @ share
    bands = np.arange(rates.shape[2])
    bend[:, :, bands, bands] -= expected
    slope = stack.of_band[:, None, :] + prior.kappa - expected
    return np.asarray(np.linalg.solve(bend, slope[:, :, :, None])[:, :, :, 0], np.float64)
