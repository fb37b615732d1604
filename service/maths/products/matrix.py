"""Products against features, dense: `market_matrix`."""

from datetime import date
from typing import Literal

import msgspec
import numpy as np

from service.maths.panel.coverage import known_cells
from service.maths.panel.facts import GA
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile

Cell = Literal["stage", "date", "lag_days"]
STATES = {"p": "present", "a": "absent", "u": "unknown"}


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
    reasons: dict[str, str]


def market_matrix(
    panel: Panel,
    market: str,
    on: int,
    as_of: str | None = None,
    cell: Cell = "stage",
    survey_valid_days: int = 365,
) -> MarketMatrix:
    """The matrix of a market on day `on` (an ordinal)."""
    panel = panel.seen(on)
    now = profile(panel, market, on)
    state = now.state
    rows = sorted(range(len(now.units)), key=lambda r: (-state.sizes[r], now.units[r]))
    columns = sorted(range(len(now.items)), key=lambda c: (-state.vendors_with[c], now.items[c]))
    known = known_cells(panel, now, on, survey_valid_days)
    values = _values(panel, now, market, on, cell)
    letters = np.where(state.has, "p", np.where(known, "a", "u"))
    return MarketMatrix(
        market=market,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        cell=cell,
        legend=STATES,
        rows=[
            MatrixProduct(product=now.units[r], vendor=now.vendors[state.vendor[r]],
                          n_features=int(state.sizes[r]))
            for r in rows
        ],
        columns=[
            MatrixFeature(feature=now.items[c],
                          penetration=float(state.vendors_with[c]) / state.n_vendors)
            for c in columns
        ],
        states=["".join(letters[r, columns]) for r in rows],
        cells=[[values.get((r, c)) for c in columns] for r in rows],
        warnings=panel.warnings,
        reasons={} if now.missing is None else {"cells": now.missing},
    )  # fmt: skip


def _values(
    panel: Panel, now: Profile, market: str, on: int, cell: Cell
) -> dict[tuple[int, int], str | int]:
    spells = panel.adoptions
    inside = panel.in_market(market)[spells.product] & (spells.start <= on)
    row = {product: r for r, product in enumerate(now.units)}
    column = {item: c for c, item in enumerate(now.items)}
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
        if r is not None and now.state.has[r, c]:
            first[r, c] = min(first.get((r, c), start), start)
            if on < spells.end[s]:
                stage[r, c] = max(stage.get((r, c), 0), int(spells.stage[s]))
    if cell == "stage":
        return {key: "ga" if value == GA else "preview" for key, value in stage.items()}
    if cell == "date":
        return {key: date.fromordinal(day).isoformat() for key, day in first.items()}
    return {key: day - origin[key[1]] for key, day in first.items()}
