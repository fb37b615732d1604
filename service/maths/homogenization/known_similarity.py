"""Likeness over known cells alone, product by product (metrics.md, 18a)."""

from dataclasses import dataclass

import numpy as np

from service.maths.panel.coverage import known_cells
from service.maths.panel.imputation import Floats
from service.maths.panel.lifetimes import Bools
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, State

LEAST_SHARE = 1 / 3  # of the pairs, below which there is no figure
_SLACK = 1e-12


@dataclass(frozen=True)
class KnownLikeness:
    """A product profile with its known cells; pairs with too few joint features are left out."""

    state: State
    known: Bools
    min_joint_features: int

    @classmethod
    def of(
        cls, panel: Panel, now: Profile, on: int, survey_valid_days: int, min_joint_features: int
    ) -> "KnownLikeness":
        """Of the profile of a day (an ordinal)."""
        known = known_cells(panel, now, on, survey_valid_days) | now.state.has
        return cls(now.state, known, min_joint_features)

    def joint(self, row: int, other: int) -> Bools:
        """The features known for both."""
        both: Bools = self.known[row] & self.known[other]
        return both

    def with_all(self, row: int) -> Floats:
        """J of one row with every row over jointly known features; NaN where too few are."""
        has, joint = self.state.has, self.known & self.known[row]
        shared = (has & has[row]).sum(axis=1)
        union = ((has | has[row]) & joint).sum(axis=1)
        usable = (joint.sum(axis=1) >= self.min_joint_features) & (union > 0)
        alike = np.full(len(has), np.nan)
        alike[usable] = shared[usable] / union[usable]
        return alike

    def to_rivals(self, row: int) -> float | None:
        """Mean over other vendors of the mean J of the usable pairs; None with fewer than a third
        of the vendors."""
        alike, vendor = self.with_all(row), self.state.vendor
        others = [v for v in range(self.state.n_vendors) if v != vendor[row]]
        means = [
            float(alike[of].mean())
            for v in others
            if (of := (vendor == v) & ~np.isnan(alike)).any()
        ]
        return _mean(means, len(others))

    def among(self, rows: list[int]) -> float | None:
        """Mean J of the usable pairs among some rows; None with fewer than a third of them."""
        pairs = [
            float(value)
            for n, row in enumerate(rows[:-1])
            for value in self.with_all(row)[rows[n + 1 :]]
        ]
        return _mean([value for value in pairs if not np.isnan(value)], len(pairs))


def _mean(values: list[float], of: int) -> float | None:
    if not values or len(values) < LEAST_SHARE * of - _SLACK:
        return None
    return float(np.mean(values))
