"""What is known of one market in detail: by product and by feature (metrics.md, 18a, 18b)."""

from datetime import date
from typing import Any

import msgspec

from service.maths.panel.coverage import looks
from service.maths.panel.panel import Panel
from service.maths.panel.unknown_cells import MarketCells, unknown_cells


class ProductCells(msgspec.Struct, frozen=True, kw_only=True):
    """Of one product: its cells by state, whether it counts as audited, and the day of the last
    survey that speaks of the market (null: never surveyed)."""

    product: str
    known_share: float
    n_present: int
    n_absent: int
    n_unknown: int
    is_audited: bool
    last_surveyed: str | None


class FeatureCells(msgspec.Struct, frozen=True, kw_only=True):
    """Of one feature: its cells by state."""

    feature: str
    known_share: float
    n_present: int
    n_absent: int
    n_unknown: int


class CellTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Of the market: its cells by state, and what a model of the unknown ones would rest on."""

    n_present: int
    n_absent: int
    n_unknown: int
    n_audited: int
    n_known_absent: int


class MarketDetail(msgspec.Struct, frozen=True, kw_only=True):
    """The least known first, then by id."""

    totals: CellTotals
    products: list[ProductCells]
    features: list[FeatureCells]


def market_detail(panel: Panel, market: str, on: int, survey_valid_days: int = 365) -> MarketDetail:
    """The cells of profiled products and alive features on a day (an ordinal)."""
    panel = panel.within(market)
    cells = unknown_cells(panel, market, on, survey_valid_days)
    last = _last_looks(panel, market, on)
    products = [
        ProductCells(
            product=product,
            is_audited=bool(cells.audited[row]),
            last_surveyed=last.get(product),
            **_counts(cells, (row, slice(None))),
        )
        for row, product in enumerate(cells.profile.units)
    ]
    features = [
        FeatureCells(feature=feature, **_counts(cells, (slice(None), column)))
        for column, feature in enumerate(cells.profile.items)
    ]
    whole = _counts(cells, (slice(None), slice(None)))
    del whole["known_share"]
    return MarketDetail(
        totals=CellTotals(
            n_audited=int(cells.audited.sum()), n_known_absent=cells.n_known_absent, **whole
        ),
        products=sorted(products, key=lambda one: (one.known_share, one.product)),
        features=sorted(features, key=lambda one: (one.known_share, one.feature)),
    )


def _counts(cells: MarketCells, part: tuple[int | slice, int | slice]) -> dict[str, Any]:
    """Of a row, a column or all."""
    has, known = cells.has[part], cells.known[part]
    return {
        "known_share": float(known.mean()) if known.size else 0.0,
        "n_present": int(has.sum()),
        "n_absent": int((known & ~has).sum()),
        "n_unknown": int((~known).sum()),
    }


def _last_looks(panel: Panel, market: str, on: int) -> dict[str, str]:
    """The day of the last survey up to `on` that speaks of the market, by product."""
    days: dict[str, int] = {}
    for look in looks(panel, market):
        product = panel.product_ids[look.product]
        if look.day <= on:
            days[product] = max(days.get(product, look.day), look.day)
    return {product: date.fromordinal(day).isoformat() for product, day in days.items()}
