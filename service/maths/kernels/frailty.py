"""Piecewise-constant hazard with gamma frailty: the model of the pooled figures (metrics.md, 13.1).

Hazard at feature age t of feature j: theta_j lambda_k, theta_j ~ Gamma(a, a). Gaver &
O'Muircheartaigh 1987 for the model.
"""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from service.maths.arrays import Bools, Floats


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
