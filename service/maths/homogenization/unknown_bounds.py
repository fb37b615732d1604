"""Between which bounds the score lies, whatever the cells hold of which nobody knows (18b)."""

from dataclasses import dataclass

import numpy as np

from service.maths.arrays import Bools, Floats
from service.maths.kernels.similarity import mean_over_pairs, vendor_sums
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import State
from service.maths.panel.unknown_cells import unknown_cells
from service.maths.parameters import Unit

_BLOCK = 512


@dataclass(frozen=True)
class UnitCells:
    """Cells of units by alive features: known ones, and per product its unit's row."""

    known: Bools
    unit_of_product: np.ndarray[tuple[int], np.dtype[np.int64]]

    def of_units(self, products: Bools) -> Bools:
        """Whether any product of a unit has it: `products` is (draws x) products x features."""
        if len(self.known) == len(self.unit_of_product):
            return products
        order = np.argsort(self.unit_of_product, kind="stable")
        starts = np.searchsorted(self.unit_of_product[order], np.arange(len(self.known)))
        held: Bools = np.logical_or.reduceat(products[..., order, :], starts, axis=-2)
        return held


def unit_cells(panel: Panel, market: str, on: int, unit: Unit, survey_valid_days: int) -> UnitCells:
    """A vendor's cell is known if it is present, or known for all its profiled products."""
    cells = unknown_cells(panel, market, on, survey_valid_days)
    state = cells.profile.state
    if unit == "product":
        return UnitCells(cells.known, np.arange(len(cells.known)))
    unknown = np.zeros_like(state.vendor_has)
    rows, items = np.nonzero(~cells.known)
    unknown[state.vendor[rows], items] = True
    return UnitCells(state.vendor_has | ~unknown, state.vendor)


def unknown_bounds(state: State, cells: UnitCells) -> tuple[float, float]:
    """The score with the least, and with the greatest J of each pair that its unknown cells allow.

    Least: a/(features one of them has or may have), a = features both have. Greatest:
    b/(b + features one has and the other is known to lack), b = features each has or may have.
    """
    has, may = (matrix.astype(np.float32) for matrix in (state.has, state.has | ~cells.known))
    lacks = 1 - may
    least, most = np.zeros(len(has)), np.zeros(len(has))
    for low in range(0, len(has), _BLOCK):
        p = slice(low, low + _BLOCK)
        apart = state.vendor[p, None] != state.vendor
        shared = (has[p] @ has.T).astype(np.float64)
        sizes = may.sum(axis=1, dtype=np.float64)
        both = (may[p] @ may.T).astype(np.float64)
        one_sided = (has[p] @ lacks.T + lacks[p] @ has.T).astype(np.float64)
        least[p] = _weighted(shared / (sizes[p, None] + sizes - both), apart, state)
        most[p] = _weighted(both / np.maximum(both + one_sided, 1.0), apart, state)
    return mean_over_pairs(vendor_sums(state, least)), mean_over_pairs(vendor_sums(state, most))


def _weighted(alike: Floats, apart: Bools, state: State) -> Floats:
    """Sums over the rows of other vendors, weighted by w_q."""
    return np.asarray(np.where(apart, alike, 0.0) @ state.weights, np.float64)
