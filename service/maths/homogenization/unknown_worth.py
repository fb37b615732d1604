"""What it would bring to settle an unknown cell: how much the bounds of the score draw together."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from service.maths.arrays import Bools, Floats
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import State
from service.maths.panel.unknown_cells import unknown_cells

_BLOCK = 512


class CellWorth(NamedTuple):
    """An unknown cell, and by how much less the bounds lie apart if it proves present, or absent;
    None where there is no score."""

    product: str
    feature: str
    if_present: float | None
    if_absent: float | None

    @property
    def mean(self) -> float | None:
        """Of both."""
        if self.if_present is None or self.if_absent is None:
            return None
        return (self.if_present + self.if_absent) / 2


def unknown_worth(
    panel: Panel, market: str, on: int, survey_valid_days: int
) -> Sequence[CellWorth]:
    """The unknown cells of a market on a day (an ordinal), what brings most first, then by id; kept
    with the panel."""
    panel = panel.within(market)

    def compute() -> Sequence[CellWorth]:
        cells = unknown_cells(panel, market, on, survey_valid_days)
        units, items = cells.profile.units, cells.profile.items
        rows, columns = np.nonzero(~cells.known)
        named = [(units[r], items[c]) for r, c in zip(rows, columns, strict=True)]
        if cells.profile.missing is not None:
            return [CellWorth(product, feature, None, None) for product, feature in named]
        present, absent = narrowings(cells.profile.state, cells.known)
        each = zip(named, present[rows, columns], absent[rows, columns], strict=True)
        worth = [CellWorth(*name, float(p), float(a)) for name, p, a in each]
        return sorted(worth, key=lambda cell: (-round(cell.mean or 0.0, 12), *cell[:2]))

    return panel.kept(market, ("unknown_worth", on, survey_valid_days), compute)


def narrowings(state: State, known: Bools) -> tuple[Floats, Floats]:
    """By how much highest less lowest (metrics.md, 18b) falls if a cell that is unknown is settled
    as present, and as absent: products x features, 0 where the cell is known.

    One cell moves only the pairs of its product p, and each of these by what the rival q is known
    of the feature. With a, u the features of the least J and their union, b, o those of the
    greatest and the one-sided ones: present, q has it: a rises by 1; q lacks it: o rises by 1.
    Absent, q lacks it: u falls by 1; q has it: b falls and o rises by 1; q unknown: b falls by 1.
    """
    has = state.has.astype(np.float64)
    may = (state.has | ~known).astype(np.float64)
    lacks, open_ = 1 - may, may - has
    n_vendors = state.n_vendors
    present, absent = np.zeros_like(has), np.zeros_like(has)
    for low in range(0, len(has), _BLOCK):
        p = slice(low, low + _BLOCK)
        apart = state.vendor[p, None] != state.vendor
        weight = np.where(apart, state.weights[p, None] * state.weights, 0.0)
        a, b = has[p] @ has.T, may[p] @ may.T
        u = may[p].sum(axis=1)[:, None] + may.sum(axis=1) - b
        all_ = np.maximum(b + has[p] @ lacks.T + lacks[p] @ has.T, 1.0)
        less = np.maximum(all_ - 1, 1.0)
        present[p] = (weight / u) @ has + (weight * (b / all_ - b / (all_ + 1))) @ lacks
        absent[p] = (weight * (a / np.maximum(u - 1, 1.0) - a / u)) @ lacks
        absent[p] += (weight / all_) @ has + (weight * (b / all_ - (b - 1) / less)) @ open_
    scale = 2.0 / (n_vendors * (n_vendors - 1)) * ~known
    return present * scale, absent * scale
