"""Likeness over known cells alone: what the reading unknown=exclude rests on (metrics.md, 18a)."""

from dataclasses import dataclass

import numpy as np

from service.maths.arrays import Bools, Floats
from service.maths.panel.coverage import known_cells
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, State
from service.maths.panel.scope import Place
from service.maths.parameters import JointlyKnown
from service.maths.results import Absent

_BLOCK = 1024
_LEAST_SHARE = 1 / 3  # of the pairs, below which there is no figure
_SLACK = 1e-12


@dataclass(frozen=True)
class KnownPairs:
    """Per vendor v: the sum over w of h_vw, and the number of w with at least one usable pair."""

    totals: Floats
    counts: Floats

    @property
    def score(self) -> float | None:
        """Mean of the h_vw that remain; None with fewer than a third of the vendor pairs."""
        n, remaining = len(self.totals), float(self.counts.sum())
        is_enough = n > 1 and 3 * remaining >= n * (n - 1)
        return float(self.totals.sum()) / remaining if is_enough else None

    @property
    def without_vendors(self) -> Floats | Absent:
        """The score without each vendor; absent below three or where nothing would remain."""
        remaining: Floats = self.counts.sum() / 2 - self.counts
        if len(remaining) < 3:
            return Absent("too_few_vendors")
        if not (remaining > 0).all():
            return Absent("jackknife_undefined")
        scores: Floats = (self.totals.sum() / 2 - self.totals) / remaining
        return scores


def known_pairs(state: State, known: Bools, min_joint_features: int) -> KnownPairs:
    """J over the features known for both rows; pairs with too few of them are left out."""
    order = np.argsort(state.vendor, kind="stable")
    vendor = state.vendor[order]
    has, sees = (matrix[order].astype(np.float32) for matrix in (state.has, known | state.has))
    starts = np.searchsorted(vendor, np.arange(state.n_vendors))
    totals, counts = np.zeros(state.n_vendors), np.zeros(state.n_vendors)
    for first, last in _groups(starts, len(vendor)):
        p = slice(int(starts[first]), int(starts[last]) if last < len(starts) else len(vendor))
        shared = (has[p] @ has.T).astype(np.float64)
        union = (has[p] @ sees.T + sees[p] @ has.T).astype(np.float64) - shared
        usable = (sees[p] @ sees.T >= min_joint_features) & (union > 0)
        usable &= vendor[p, None] != vendor[None, :]
        jaccard = np.where(usable, shared / np.maximum(union, 1.0), 0.0)
        inner = starts[first:last] - p.start
        n_pairs = _folded(usable.astype(np.float64), inner, starts)
        means = _folded(jaccard, inner, starts) / np.maximum(n_pairs, 1.0)
        totals[first:last], counts[first:last] = means.sum(axis=1), (n_pairs > 0).sum(axis=1)
    return KnownPairs(totals, counts)


def _groups(
    starts: np.ndarray[tuple[int], np.dtype[np.intp]], n_rows: int
) -> list[tuple[int, int]]:
    """Runs of vendors of about a block of rows each, as [first, last)."""
    block = np.append(starts, n_rows)[:-1] // _BLOCK
    firsts = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist()] if len(starts) else []
    return list(zip(firsts, [*firsts[1:], len(starts)], strict=True))


def _folded(
    matrix: Floats,
    rows: np.ndarray[tuple[int], np.dtype[np.intp]],
    columns: np.ndarray[tuple[int], np.dtype[np.intp]],
) -> Floats:
    """Sums over the rows and columns of each vendor."""
    folded: Floats = np.add.reduceat(np.add.reduceat(matrix, columns, axis=1), rows, axis=0)
    return folded


@dataclass(frozen=True)
class KnownLikeness:
    """A product profile with its known cells; pairs with too few joint features are left out."""

    state: State
    known: Bools
    min_joint_features: int

    @classmethod
    def of(
        cls, panel: Panel, place: Place, profiled: Profile, on: int, asked: JointlyKnown
    ) -> "KnownLikeness":
        """Of the profile of a place on a day (an ordinal)."""
        known = known_cells(panel, place, profiled, on, asked.survey_valid_days)
        return cls(profiled.state, known, asked.min_joint_features)

    def joint(self, row: int, other: int) -> Bools:
        """The features known for both."""
        known: Bools = self.known[row] & self.known[other]
        return known

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
    if not values or len(values) < _LEAST_SHARE * of - _SLACK:
        return None
    return float(np.mean(values))
