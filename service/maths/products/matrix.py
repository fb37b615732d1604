"""Products against features, dense: `market_matrix`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec
import numpy as np

from service.maths.measure import measure
from service.maths.panel.coverage import known_cells
from service.maths.panel.facts import GA
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import SURVEY_VALID_DAYS, Days, MeasureParameters
from service.maths.results import Absent, Figures, Reasons

Cell = Literal["stage", "date", "lag_days"]
STATES = {"p": "present", "a": "absent", "u": "unknown"}


@dataclass(frozen=True, kw_only=True)
class MarketMatrixParameters(MeasureParameters):
    """Of one market; `cell` says what is told of a feature that a product has."""

    market: str
    cell: Cell = "stage"
    survey_valid_days: Days = SURVEY_VALID_DAYS


class MatrixProduct(msgspec.Struct, frozen=True, kw_only=True):
    """A row: a profiled product."""

    product: str
    vendor: str
    n_features: int


class MatrixFeature(msgspec.Struct, frozen=True, kw_only=True):
    """A column: an alive feature; `penetration` is the share of vendors that have it."""

    feature: str
    penetration: float


class MarketMatrix(msgspec.Struct, frozen=True, kw_only=True):
    """`states[i]` has a letter per column (see `legend`), `cells[i][j]` is null unless present.

    Rows by breadth, columns by penetration, both descending, then by id. A stage is the highest
    in force, a date the first representative day, a lag that day minus the feature's first day
    in the market.
    """

    market: str
    on: str
    as_of: str | None
    stage_min: str
    cell: Cell
    legend: dict[str, str]
    rows: list[MatrixProduct]
    columns: list[MatrixFeature]
    states: list[str]
    cells: list[list[str | int | None]]
    warnings: list[str]
    reasons: Reasons


@measure(MarketMatrixParameters, MarketMatrix)
def market_matrix(panel: Panel, asked: MarketMatrixParameters) -> Iterator[Figures]:
    """The matrix of a market on a day."""
    panel = panel.within(asked.market)
    profiled = profile(panel, asked.market, asked.on)
    state = profiled.state
    rows = sorted(range(len(profiled.units)), key=lambda r: (-state.sizes[r], profiled.units[r]))
    columns = sorted(
        range(len(profiled.items)), key=lambda c: (-state.vendors_with[c], profiled.items[c])
    )
    known = known_cells(panel, asked.market, profiled, asked.on, asked.survey_valid_days)
    letters = np.where(state.has, "p", np.where(known, "a", "u"))
    values = _values(panel, profiled, asked)
    cells = [[values.get((r, c)) for c in columns] for r in rows]
    yield {
        "market": asked.market,
        "cell": asked.cell,
        "legend": STATES,
        "rows": [_product(profiled, r) for r in rows],
        "columns": [_feature(profiled, c) for c in columns],
        "states": ["".join(letters[r, columns]) for r in rows],
        "cells": cells if profiled.missing is None else Absent(profiled.missing, shown=cells),
    }


def _product(profiled: Profile, row: int) -> MatrixProduct:
    return MatrixProduct(
        product=profiled.units[row],
        vendor=profiled.vendors[profiled.state.vendor[row]],
        n_features=int(profiled.state.sizes[row]),
    )


def _feature(profiled: Profile, column: int) -> MatrixFeature:
    share = float(profiled.state.vendors_with[column]) / profiled.state.n_vendors
    return MatrixFeature(feature=profiled.items[column], penetration=share)


def _values(
    panel: Panel, profiled: Profile, asked: MarketMatrixParameters
) -> dict[tuple[int, int], str | int]:
    spells = panel.adoptions
    inside = panel.in_market(asked.market)[spells.product] & (spells.start <= asked.on)
    row = {product: r for r, product in enumerate(profiled.units)}
    column = {item: c for c, item in enumerate(profiled.items)}
    first: dict[tuple[int, int], int] = {}
    stage: dict[tuple[int, int], int] = {}
    origin: dict[int, int] = {}
    for s in np.flatnonzero(inside).tolist():
        c = column.get(panel.feature_ids[int(spells.item[s])])
        r = row.get(panel.product_ids[int(spells.product[s])])
        if c is None:
            continue
        start = int(spells.start[s])
        origin[c] = min(origin.get(c, start), start)
        if r is not None and profiled.state.has[r, c]:
            first[r, c] = min(first.get((r, c), start), start)
            if asked.on < spells.end[s]:
                stage[r, c] = max(stage.get((r, c), 0), int(spells.stage[s]))
    if asked.cell == "stage":
        return {key: "ga" if value == GA else "preview" for key, value in stage.items()}
    if asked.cell == "date":
        return {key: date.fromordinal(day).isoformat() for key, day in first.items()}
    return {key: day - origin[key[1]] for key, day in first.items()}
