"""A random sample of the unknown cells of a market, and what those of it that were settled since
say of the others (double sampling)."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec
import numpy as np

from service.maths.kernels.wilson import wilson
from service.maths.panel.coverage import last_survey
from service.maths.panel.imputation import uniforms
from service.maths.panel.panel import Panel
from service.maths.panel.unknown_cells import MarketCells
from service.maths.results import Reasons

CellState = Literal["unknown", "present", "absent"]
Quality = Literal["insufficient", "thin", "fair", "good"]
THIN, FAIR, GOOD = 5, 20, 100
MOSTLY_SETTLED = 0.8


class SampledCell(NamedTuple):
    """A product and a feature, by id."""

    product: str
    feature: str


class SampleEstimate(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the cells that were unknown when the sample was drawn are present.

    `n_unknown` of them there were, `n_drawn` were drawn, `n_settled` of these are known by now;
    `present_share` is of the settled, with its 95 % interval by Wilson.
    """

    n_unknown: int
    n_drawn: int
    n_settled: int
    n_present: int
    present_share: float | None
    ci_low: float | None
    ci_high: float | None
    quality: Quality
    reasons: Reasons


def drawn(cells: MarketCells, size: int, seed: int) -> list[SampledCell]:
    """So many of the unknown cells: those of the least u of "{seed}:0:sample:{product}:{feature}"
    (metrics.md, 2.2), in that order. A further unknown cell displaces one at most."""
    units, items = cells.profile.units, cells.profile.items
    unknown = [SampledCell(units[r], items[c]) for r, c in np.argwhere(~cells.known).tolist()]

    def place(cell: SampledCell) -> tuple[float, SampledCell]:
        return float(uniforms(f"sample:{cell.product}:{cell.feature}", seed, 1)[0]), cell

    return sorted(unknown, key=place)[:size]


def state(
    panel: Panel, market: str, cell: SampledCell, on: int, survey_valid_days: int
) -> CellState:
    """What is known of a cell on a day (metrics.md, 18a), at most the last one of the product."""
    panel = panel.within(market)
    if cell.product not in panel.product_ids or cell.feature not in panel.feature_ids:
        return "unknown"
    product = panel.product_ids.index(cell.product)
    feature = panel.feature_ids.index(cell.feature)
    day, spells = min(on, int(panel.lives.end[product]) - 1), panel.adoptions
    own = (spells.product == product) & (spells.item == feature)
    if own.any():
        held = own & (spells.start <= day) & (day < spells.end)
        return "present" if held.any() else "absent"
    looked = last_survey(panel, market, cell.product, cell.feature, day, survey_valid_days)
    return "unknown" if looked is None else "absent"


def estimate(n_unknown: int, states: Sequence[CellState]) -> SampleEstimate:
    """From the states of the cells that were drawn out of so many."""
    n_present, n_absent = states.count("present"), states.count("absent")
    settled = n_present + n_absent
    share, limits = (n_present / settled, wilson(n_present, settled)) if settled else (None, None)
    low, high = limits or (None, None)
    nulls = ("present_share", "ci_low", "ci_high") if settled == 0 else ()
    return SampleEstimate(
        n_unknown=n_unknown,
        n_drawn=len(states),
        n_settled=settled,
        n_present=n_present,
        present_share=share,
        ci_low=low,
        ci_high=high,
        quality=_quality(settled, len(states)),
        reasons=dict.fromkeys(nulls, "all_known" if not states else "none_settled"),
    )


def _quality(settled: int, drawn: int) -> Quality:
    """Thin as long as a fifth of the sample is open: what is easy to settle is settled first."""
    if settled < THIN:
        return "insufficient"
    if settled < FAIR or settled < MOSTLY_SETTLED * drawn:
        return "thin"
    return "fair" if settled < GOOD else "good"
