"""The rows of a market summed per feature and band of age: what the pooled fit is fed."""

import math
from dataclasses import dataclass

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Floats
from service.maths.copying.cohort import FeatureCohort
from service.maths.kernels.frailty import Bands, Exposure, Fit, fit
from service.maths.parameters import HazardBands
from service.maths.results import Reason

MIN_FEATURES, MIN_COPIES = 3, 5


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
        return fit(self.exposure, self.bands)

    @cached_property
    def oldest(self) -> int:
        """The highest age under observation."""
        return int(self.cohort.rows.exit.max())

    def mass(self, feature: int) -> float:
        """M_j: copies expected of the feature at the market's rates."""
        days = self.exposure.days[feature]
        used = days > 0
        return math.fsum((days[used] * self.fit.rates[used]).tolist())
