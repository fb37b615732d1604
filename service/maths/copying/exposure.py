"""The rows of a market summed per feature and band of age, which the pooled fit is fed; and what
follows from the fit for a new feature, with limits by a jackknife over features (metrics.md, 13.2).
"""

import math
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from service.cached import cached_property
from service.maths.arrays import Floats
from service.maths.copying.cohort import FeatureCohort
from service.maths.kernels.frailty import Bands, Exposure, Fit
from service.maths.kernels.frailty_fits import fit, fits
from service.maths.panel.kept import kept
from service.maths.parameters import HazardBands
from service.maths.results import Absent, Figures, Reason

MIN_FEATURES, MIN_COPIES = 3, 5
_LIMITS = ("typical_ci_low", "typical_ci_high")


@dataclass(frozen=True)
class PooledExposure:
    """The rows of a cohort, summed per feature and band."""

    cohort: FeatureCohort
    bands: Bands

    @classmethod
    def of(cls, cohort: FeatureCohort, asked: HazardBands) -> "PooledExposure":
        return cls(cohort, Bands.of(asked.age_bands_days, asked.band_prior_copies))

    @cached_property
    def features(self) -> list[int]:
        """Diffusions with rival-days, in feature id order."""
        return self.cohort.with_rows

    @cached_property
    def _days(self) -> Floats:
        rows = self.cohort.rows
        return self.bands.spread(rows.entry.astype(np.float64), rows.exit.astype(np.float64))

    @cached_property
    def _copies(self) -> Floats:
        """Copies per row and band."""
        rows = self.cohort.rows
        inside = self.bands.holding(rows.exit.astype(np.float64)) & rows.event[:, None]
        return inside.astype(np.float64)

    def _by_feature(self, values: Floats) -> Floats:
        summed = [values[self.cohort.member == n].sum(axis=0) for n in self.features]
        return np.array(summed).reshape(len(self.features), len(self.bands))

    @cached_property
    def copies(self) -> Floats:
        """Copies per feature and band."""
        return self._by_feature(self._copies)

    @cached_property
    def exposure(self) -> Exposure:
        days = self._by_feature(self._days)
        return Exposure(days, self.copies.sum(axis=0), self.copies.sum(axis=1))

    @property
    def missing(self) -> Reason | None:
        """Why there is no fit."""
        if len(self.features) < MIN_FEATURES:
            return "too_few_features"
        return "too_few_copies" if self.copies.sum() < MIN_COPIES else None

    @cached_property
    def fit(self) -> Fit:
        """Kept by what it is fed: most days of the past are as they were, whatever is written."""
        fed = blake2b(digest_size=16)
        for column in (self.exposure.days, self.copies):
            fed.update(np.ascontiguousarray(column).tobytes())
        return kept(("fit", fed.digest(), self.bands), lambda: fit(self.exposure, self.bands))

    @cached_property
    def oldest(self) -> int:
        """The highest age under observation."""
        return int(self.cohort.rows.exit.max())

    def mass(self, feature: int) -> float:
        """M_j: copies expected of the feature at the market's rates."""
        days = self.exposure.days[feature]
        used = days > 0
        return math.fsum((days[used] * self.fit.rates[used]).tolist())


def typical(pool: PooledExposure) -> Figures:
    """The headline: the median of a new feature (13.2)."""
    days = None if pool.missing else median_age(pool)
    why: Reason = pool.missing or "beyond_observed"
    return {"typical_feature_median_days": Absent(why) if days is None else days}


def median_age(pool: PooledExposure) -> float | None:
    """Days until half of the rivals of a new feature have copied it; None beyond what was seen."""
    return pool.fit.median_age(pool.fit.shape, pool.fit.shape, pool.oldest)


class LogMedians(NamedTuple):
    """The median of a new feature in days, and ln of it without each feature."""

    days: float
    without: list[float]


def log_medians(pool: PooledExposure) -> LogMedians | Absent:
    """Whatever the confidence; why there are none: the first reason that holds."""
    if pool.missing is not None:
        return Absent(pool.missing)
    days = median_age(pool)
    if days is None:
        return Absent("beyond_observed")
    each = range(len(pool.features))
    rest = [pool.exposure.without(feature, pool.copies[feature]) for feature in each]
    if not all(_is_enough(exposure) for exposure in rest):
        return Absent("jackknife_undefined")
    ages = [one.median_age(one.shape, one.shape, pool.oldest) for one in fits(rest, pool.bands)]
    logs = [math.log(age) for age in ages if age is not None]
    return LogMedians(days, logs) if len(logs) == len(ages) else Absent("jackknife_undefined")


def typical_limits(medians: LogMedians | Absent, confidence: float) -> Figures:
    """m exp(-+ t se), se from the delete-one-feature jackknife of ln m."""
    if isinstance(medians, Absent):
        return dict.fromkeys(_LIMITS, medians)
    days, logs = medians
    n = len(logs)
    middle = math.fsum(logs) / n
    error = math.sqrt((n - 1) / n * math.fsum((x - middle) ** 2 for x in logs))
    width = float(stdtrit(n - 1, 0.5 + confidence / 2)) * error
    return dict(zip(_LIMITS, (days * math.exp(-width), days * math.exp(width)), strict=True))


def _is_enough(exposure: Exposure) -> bool:
    n_features, n_copies = len(exposure.copies_of_feature), exposure.copies_of_feature.sum()
    return bool(n_features >= MIN_FEATURES and n_copies >= MIN_COPIES)
