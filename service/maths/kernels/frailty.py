"""Piecewise-constant hazard with gamma frailty: the fit of the pooled figures (metrics.md, 13.1).

Hazard at feature age t of feature j: theta_j lambda_k, theta_j ~ Gamma(a, a). Gaver &
O'Muircheartaigh 1987 for the model.
"""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.special import gammaln

from service.maths.arrays import Bools, Floats

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
    base = float(_maximum(exposure.merged(), None, 0.0)[1][0])
    used = exposure.days.sum(axis=0) > 0
    some = replace(
        exposure, days=exposure.days[:, used], copies_of_band=exposure.copies_of_band[used]
    )
    shape, found = _maximum(some, base, bands.kappa)
    rates = np.full(len(used), np.nan)
    rates[used] = found
    return Fit(shape, rates, bands.edges)


def _maximum(exposure: Exposure, base: float | None, kappa: float) -> tuple[float, Floats]:
    """The best shape by bounded search over ln a; complete pooling where it is as good."""
    prior = _Prior(kappa, 0.0 if base is None else 1 / base)
    pooled = (exposure.copies_of_band + kappa) / (exposure.days.sum(axis=0) + kappa * prior.inverse)

    def profile(log_shapes: Floats, settled: float = _SETTLED) -> Floats:
        shapes = np.exp(log_shapes)
        rates = _rates(exposure, shapes, pooled, prior, settled)
        return -_values(exposure, shapes, rates, prior)

    grid = np.linspace(LOW, HIGH, 60)
    best = int(np.argmin(profile(grid, _ROUGHLY)))
    bounds = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)]))
    from scipy.optimize import minimize_scalar  # half a second to load, and seldom needed

    found = minimize_scalar(
        lambda x: float(profile(np.array([x]))[0]),
        bounds=bounds,
        method="bounded",
        options={"xatol": 1e-10},
    )
    limit = _pooled_value(exposure, pooled, prior)
    if -float(found.fun) <= limit + AS_GOOD:
        return math.inf, pooled
    shape = math.exp(float(found.x))
    return shape, _rates(exposure, np.array([shape]), pooled, prior, _SETTLED)[0]


@dataclass(frozen=True)
class _Prior:
    """Pseudo-copies per band, and the reciprocal of the rate at which they came."""

    kappa: float
    inverse: float

    def value(self, exposure: Exposure, rates: Floats) -> Floats:
        """What bands say of the rates, on the last axis: their copies and the prior."""
        banded = (exposure.copies_of_band + self.kappa) * np.log(rates)
        return np.asarray((banded - self.kappa * self.inverse * rates).sum(axis=-1), np.float64)


def _values(exposure: Exposure, shapes: Floats, rates: Floats, prior: _Prior) -> Floats:
    """l and the prior for each shape and its rates (a row)."""
    n, mass, shape = exposure.copies_of_feature, rates @ exposure.days.T, shapes[:, None]
    own = gammaln(shape + n) - gammaln(shape) - n * np.log(shape)
    own = own - (shape + n) * np.log1p(mass / shape)
    return np.asarray(own.sum(axis=1), np.float64) + prior.value(exposure, rates)


def _pooled_value(exposure: Exposure, rates: Floats, prior: _Prior) -> float:
    return float(prior.value(exposure, rates)) - math.fsum((exposure.days @ rates).tolist())


def _rates(
    exposure: Exposure, shapes: Floats, start: Floats, prior: _Prior, settled: float
) -> Floats:
    """Newton's method in ln lambda for each shape: shapes x bands."""
    log_rates = np.tile(np.log(start), (len(shapes), 1))
    weight = shapes[:, None] + exposure.copies_of_feature
    bands = np.arange(len(start))
    for _ in range(200):
        rates = np.exp(log_rates)
        pulled = exposure.days * rates[:, None, :]
        share = pulled / (shapes[:, None] + pulled.sum(axis=2))[:, :, None]
        weighted = weight[:, :, None] * share
        expected = weighted.sum(axis=1) + prior.kappa * prior.inverse * rates
        bend = weighted.transpose(0, 2, 1) @ share
        bend[:, bands, bands] -= expected
        slope = exposure.copies_of_band + prior.kappa - expected
        step = np.linalg.solve(bend, slope[:, :, None])[:, :, 0]
        log_rates = log_rates - np.clip(step, -2.0, 2.0)
        if float(np.abs(step).max()) < settled:
            break
    return np.asarray(np.exp(log_rates), np.float64)
