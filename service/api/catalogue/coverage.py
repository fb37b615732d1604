"""`/v1/coverage`: how much is known, sourced and exactly dated."""

import asyncio
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from service.api.catalogue.record_schemas import RevisionMeta
from service.api.http.operation import Reading
from service.api.http.parameters import Moment
from service.maths.panel.coverage import Coverage, coverage
from service.maths.panel.coverage_detail import (
    CellTotals,
    FeatureCells,
    ProductCells,
    market_detail,
)
from service.maths.panel.panel import Panel
from service.query.registry import COLLECTIONS, MARKETS
from service.store.catalogue import coverage as knowledge
from service.store.catalogue.fact_scopes import Read, Scope, markets_with_products
from service.store.database import Snapshot
from service.usecases.analyses.names import NamesByKind
from service.usecases.analyses.panels import Panels
from service.usecases.catalogue.merged_ids import now

SOURCED = Read(unsourced=False)


class FieldCoverage(Struct):
    """How often a field is filled in, or the record states why it is not; `day_precision_share` is
    of the known dates."""

    field: str
    known_share: float | None
    day_precision_share: float | None


class CollectionCoverage(Struct):
    """Of one collection."""

    collection: str
    count: int
    sourced_share: float | None
    fields: list[FieldCoverage]


class MarketCoverage(Struct):
    """Of one market, as every analysis of it says."""

    market_id: str
    coverage: Coverage


class CoverageParameters(Moment, frozen=True, kw_only=True):
    """Of all markets, or of one in detail."""

    market: Annotated[
        str | None,
        Meta(
            description="Only this market, by product and by feature.", examples=["chat-assistants"]
        ),
    ] = None


class ProductCoverage(Struct, kw_only=True):
    """Of one product: its cells by state; `is_audited`: somebody went through it."""

    product_id: str
    product_name: str
    known_share: float
    n_present: int
    n_absent: int
    n_unknown: int
    is_audited: bool
    last_surveyed: str | None


class FeatureCoverage(Struct, kw_only=True):
    """Of one feature: its cells by state."""

    feature_id: str
    feature_name: str
    known_share: float
    n_present: int
    n_absent: int
    n_unknown: int


class CoverageAnswer(Struct):
    """Shares are null where there is nothing. Of one market there are `totals` of its cells,
    `products` and `features`, the least known first, in place of `collections`."""

    object: Literal["coverage"]
    on: str
    collections: list[CollectionCoverage]
    markets: list[MarketCoverage]
    totals: CellTotals | None
    products: list[ProductCoverage]
    features: list[FeatureCoverage]
    meta: RevisionMeta


async def get_coverage(reading: Reading[CoverageParameters]) -> CoverageAnswer:
    """How much is known.

    By collection and field: known, sourced, exact to the day; by market: cells. Of one market
    (`market`): its cells by product and by feature.
    """
    on, market = reading.on, reading.parameters.market
    assert on is not None, "coverage is of some day"
    answer = CoverageAnswer(
        object="coverage",
        on=on.isoformat(),
        collections=[],
        markets=[],
        totals=None,
        products=[],
        features=[],
        meta=RevisionMeta(reading.snapshot.revision, reading.lang),
    )
    day = on.toordinal()
    if market is None:
        for one in await markets_with_products(reading.snapshot, SOURCED):
            answer.markets.append(await _market(reading, one, day))
        answer.collections = await _collections(reading.snapshot)
        return answer
    market = await now(reading.snapshot, MARKETS, market, "market")
    answer.markets = [await _market(reading, market, day)]
    detail = await asyncio.to_thread(market_detail, await _panel(reading, market), market, day)
    names = await reading.state.panels.names(reading.snapshot, reading.lang)
    answer.totals = detail.totals
    answer.products = [_product(one, names) for one in detail.products]
    answer.features = [_feature(one, names) for one in detail.features]
    return answer


async def _panel(reading: Reading[CoverageParameters], market: str) -> Panel:
    panels: Panels = reading.state.panels
    scope = Scope(frozenset([market]))
    selected = await panels.select(reading.snapshot, scope, SOURCED, stage_min="preview")
    return await panels.panel(selected)


async def _market(reading: Reading[CoverageParameters], market: str, day: int) -> MarketCoverage:
    panel = await _panel(reading, market)
    return MarketCoverage(market, await asyncio.to_thread(coverage, panel, market, day))


def _product(cells: ProductCells, names: NamesByKind) -> ProductCoverage:
    figures = structs.asdict(cells)
    product = figures.pop("product")
    return ProductCoverage(
        product_id=product, product_name=names["product"].get(product, product), **figures
    )


def _feature(cells: FeatureCells, names: NamesByKind) -> FeatureCoverage:
    figures = structs.asdict(cells)
    feature = figures.pop("feature")
    return FeatureCoverage(
        feature_id=feature, feature_name=names["feature"].get(feature, feature), **figures
    )


async def _collections(snapshot: Snapshot) -> list[CollectionCoverage]:
    found = []
    for collection in COLLECTIONS:
        counts = await knowledge.filled(snapshot, collection)
        total, dates = counts["count"], counts["dates"]
        fields = [
            FieldCoverage(
                name,
                _share(known, total),
                _share(dates[name]["day"], known) if name in dates else None,
            )
            for name, known in counts["fields"].items()
        ]
        sourced = counts["sourced"]
        share = None if sourced is None else _share(sourced, total)
        found.append(CollectionCoverage(collection.name, total, share, fields))
    return found


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
