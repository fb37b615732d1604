"""The score when what is not known is left out instead of read as absent (18a)."""

from dataclasses import dataclass

import msgspec
import numpy as np

from service.maths.kernels.similarity import score
from service.maths.panel.coverage import known_cells
from service.maths.panel.imputation import Floats
from service.maths.panel.lifetimes import Bools
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, State, profile

_BLOCK = 1024


class Readings(msgspec.Struct, frozen=True, kw_only=True):
    """The headline read both ways; a null has its reason."""

    unknown_absent: float | None
    unknown_excluded: float | None
    reasons: dict[str, str]

    @classmethod
    def missing(cls, code: str) -> "Readings":
        """Neither can be had, for one reason."""
        codes = dict.fromkeys(("unknown_absent", "unknown_excluded"), code)
        return cls(unknown_absent=None, unknown_excluded=None, reasons=codes)

    @classmethod
    def of(
        cls, absent: float | None, excluded: float | None, why: str = "mostly_unknown"
    ) -> "Readings":
        """Both, with one reason for what is null."""
        found = {"unknown_absent": absent, "unknown_excluded": excluded}
        codes = {name: why for name, value in found.items() if value is None}
        return cls(unknown_absent=absent, unknown_excluded=excluded, reasons=codes)


@dataclass(frozen=True)
class KnownPairs:
    """Per vendor v: the sum over w of h_vw, and the number of w with at least one usable pair."""

    totals: Floats
    counts: Floats

    @property
    def score(self) -> float | None:
        """Mean of the h_vw that remain; None with fewer than a third of the vendor pairs."""
        n, left = len(self.totals), float(self.counts.sum())
        return float(self.totals.sum()) / left if n > 1 and 3 * left >= n * (n - 1) else None

    @property
    def without_vendors(self) -> Floats | None:
        """The score without each vendor; None below three or where nothing would remain."""
        left: Floats = self.counts.sum() / 2 - self.counts
        if len(left) < 3 or not (left > 0).all():
            return None
        scores: Floats = (self.totals.sum() / 2 - self.totals) / left
        return scores


def readings(
    panel: Panel,
    market: str,
    on: int,
    unit: str = "product",
    survey_valid_days: int = 365,
    min_joint_features: int = 3,
) -> Readings:
    """The market's score on day `on`, missing facts read as absent and left out."""
    panel = panel.seen(on)
    now = profile(panel, market, on, unit)
    if now.missing is not None:
        return Readings.missing(now.missing)
    known = unit_cells(panel, market, on, now, unit, survey_valid_days)
    return Readings.of(score(now.state), known_pairs(now.state, known, min_joint_features).score)


def unit_cells(
    panel: Panel, market: str, on: int, now: Profile, unit: str, survey_valid_days: int
) -> Bools:
    """Known cells of the units: a vendor's is known if present, or known for all its products."""
    if unit == "product":
        return known_cells(panel, now, on, survey_valid_days)
    products = profile(panel, market, on)
    known = known_cells(panel, products, on, survey_valid_days)
    unknown = np.zeros_like(now.state.has)
    rows, items = np.nonzero(~known)
    unknown[products.state.vendor[rows], items] = True
    return now.state.has | ~unknown


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
