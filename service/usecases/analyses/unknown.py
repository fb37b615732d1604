"""The unknown cells of a market: what settling each would bring, and samples of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from service.maths.homogenization.cell_sample import (
    CellState,
    SampledCell,
    SampleEstimate,
    drawn,
    estimate,
    state,
)
from service.maths.homogenization.unknown_bounds import unit_cells, unknown_bounds
from service.maths.homogenization.unknown_worth import CellWorth, unknown_worth
from service.maths.panel.panel import Panel
from service.maths.panel.unknown_cells import unknown_cells
from service.maths.parameters import Evidence, Stage
from service.model.errors import Code, Fault, refused
from service.store.catalogue.fact_scopes import Read, Scope
from service.store.database import Snapshot
from service.store.snapshots import WHOLE_BASE, earlier
from service.texts.sentences import sentence
from service.usecases.analyses.panels import Panels, Selection


@dataclass(frozen=True, kw_only=True)
class CellQuestion:
    """Which cells: of a market on a day, and what counts as known."""

    market: str
    on: date
    evidence: Evidence
    stage_min: Stage
    survey_valid_days: int

    async def selection(self, snapshot: Snapshot, panels: Panels) -> Selection:
        """The facts that it is of."""
        scope, read = Scope(frozenset([self.market])), Read(unsourced=self.evidence == "any")
        return await panels.select(snapshot, scope, read, stage_min=self.stage_min)


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A sample: of how many cells, by which seed; drawn at a revision (None: now) and of a day
    (None: that on which the revision was recorded, at most the day asked about)."""

    size: int
    seed: int
    at: str | None
    on: date | None


@dataclass(frozen=True, kw_only=True)
class Market:
    """How much of a market is unknown, and between which bounds its score lies therefore (None,
    with the reason, where there is no score)."""

    n_products: int
    n_features: int
    n_unknown: int
    known_share: float | None
    bounds: tuple[float, float] | None
    missing: str | None
    worth: Sequence[CellWorth]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """What was drawn, and what is known of it now."""

    revision: int
    on: date
    cells: list[SampledCell]
    states: list[CellState]
    estimate: SampleEstimate


async def unknown(snapshot: Snapshot, panels: Panels, asked: CellQuestion) -> Market:
    """The unknown cells, what brings most first."""
    return await panels.compute(_market, [await asked.selection(snapshot, panels)], asked)


def _market(panel: Panel, asked: CellQuestion) -> Market:
    question = (asked.market, asked.on.toordinal())
    cells = unknown_cells(panel, *question, asked.survey_valid_days)
    missing = cells.profile.missing
    known = cells.known
    bounds = None
    if missing is None:
        units = unit_cells(panel, *question, "product", asked.survey_valid_days)
        bounds = unknown_bounds(cells.profile.state, units)
    return Market(
        n_products=len(cells.profile.units),
        n_features=len(cells.profile.items),
        n_unknown=int((~known).sum()),
        known_share=float(np.mean(known)) if known.size else None,
        bounds=bounds,
        missing=missing,
        worth=unknown_worth(panel, *question, asked.survey_valid_days),
    )


async def sample(snapshot: Snapshot, panels: Panels, asked: CellQuestion, draw: Draw) -> Sample:
    """Draw, or draw again what was drawn at an earlier revision, and say what is known now.

    Raises ServiceError `revision_unknown`, `invalid_value` for a revision or a day that is later
    than those of the question.
    """
    snapshot.note(WHOLE_BASE)  # it says at which revision it was drawn
    then = snapshot if draw.at is None else await earlier(snapshot, draw.at, "drawn_at")
    on = draw.on or min(then.instant.date(), asked.on)
    if on > asked.on:
        detail = sentence("samples.day", drawn_on=on.isoformat(), on=asked.on.isoformat())
        raise refused([Fault(Code.INVALID_VALUE, detail, parameter="drawn_on")])
    before = replace(asked, on=on)
    old, new = await before.selection(then, panels), await asked.selection(snapshot, panels)
    return await panels.compute(_sample, [old, new], before, asked, draw, then.revision)


def _sample(
    old: Panel, new: Panel, before: CellQuestion, asked: CellQuestion, draw: Draw, revision: int
) -> Sample:
    cells = unknown_cells(old, before.market, before.on.toordinal(), before.survey_valid_days)
    chosen = drawn(cells, draw.size, draw.seed)
    valid = asked.survey_valid_days
    states = [state(new, asked.market, cell, asked.on.toordinal(), valid) for cell in chosen]
    return Sample(
        revision=revision,
        on=before.on,
        cells=chosen,
        states=states,
        estimate=estimate(int((~cells.known).sum()), states),
    )
