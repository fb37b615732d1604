"""The rows of a market summed per feature and band of age: what the pooled fit is fed."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from service.maths.copying.cohort import Field
from service.maths.kernels.frailty import BANDS, Bands, Exposure, Fit, fit
from service.maths.kernels.kaplan_meier import Floats

MIN_FEATURES, MIN_COPIES = 3, 5


@dataclass(frozen=True)
class Pool:
    """The rows of a field, summed per feature and band."""

    races: Field
    bands: Bands = BANDS

    @cached_property
    def features(self) -> list[int]:
        """Races with rival-days, in feature id order."""
        return self.races.with_rows

    @cached_property
    def _days(self) -> Floats:
        rows = self.races.rows
        return self.bands.spread(rows.entry.astype(np.float64), rows.exit.astype(np.float64))

    @cached_property
    def _copies(self) -> Floats:
        """Copies per row and band."""
        rows = self.races.rows
        inside = self.bands.holding(rows.exit.astype(np.float64)) & rows.event[:, None]
        return inside.astype(np.float64)

    def _by_feature(self, values: Floats) -> Floats:
        summed = [values[self.races.race == n].sum(axis=0) for n in self.features]
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
    def missing(self) -> str | None:
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
        return int(self.races.rows.exit.max())

    def mass(self, feature: int) -> float:
        """M_j: copies expected of the feature at the market's rates."""
        days = self.exposure.days[feature]
        used = days > 0
        return math.fsum((days[used] * self.fit.rates[used]).tolist())
