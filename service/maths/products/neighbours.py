"""The products most like one product: `similar_products` (metrics.md, 6 and 7)."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from service.maths.arrays import Bools
from service.maths.homogenization.product import absence
from service.maths.kernels.hypergeometric import overlap_p_value
from service.maths.kernels.similarity import jaccards
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import MeasureParameters, NeighbourLimit
from service.maths.results import Absent, Figures, Reasons


@dataclass(frozen=True, kw_only=True)
class SimilarProductsParameters(MeasureParameters):
    """Of one product in a market."""

    market: str
    product: str
    limit: NeighbourLimit = 10


class SimilarProduct(msgspec.Struct, frozen=True, kw_only=True):
    """A neighbour; `only_this` has the asked product alone, `only_that` the neighbour alone."""

    product: str
    vendor: str
    is_sibling: bool
    jaccard: float
    sorensen: float
    overlap_p_value: float
    shared: list[str]
    only_this: list[str]
    only_that: list[str]


class SimilarProducts(msgspec.Struct, frozen=True, kw_only=True):
    """Neighbours by Jaccard similarity, descending, then id; siblings are of the same vendor."""

    market: str
    product: str
    on: str
    as_of: str | None
    stage_min: str
    neighbours: list[SimilarProduct]
    n_products: int
    n_features: int
    warnings: list[str]
    reasons: Reasons


@measure(SimilarProductsParameters, SimilarProducts)
def similar_products(panel: Panel, asked: SimilarProductsParameters) -> Iterator[Figures]:
    """The `limit` nearest profiled products of the market on a day."""
    panel = panel.within(asked.market)
    profiled = profile(panel, asked.market, asked.on)
    yield {
        "market": asked.market,
        "product": asked.product,
        "neighbours": _neighbours(panel, profiled, asked),
        "n_products": len(profiled.units),
        "n_features": len(profiled.items),
    }


def _neighbours(
    panel: Panel, profiled: Profile, asked: SimilarProductsParameters
) -> list[SimilarProduct] | Absent:
    if asked.product not in profiled.units:
        return Absent(absence(panel, asked.market, asked.product, asked.on), shown=[])
    if len(profiled.units) == 1:
        return Absent("single_product", shown=[])
    return _nearest(profiled, profiled.units.index(asked.product), asked.limit)


def _nearest(profiled: Profile, row: int, limit: int) -> list[SimilarProduct]:
    alike = jaccards(profiled.state, row).round(12)
    others = [other for other in range(len(profiled.units)) if other != row]
    others.sort(key=lambda other: (-alike[other], profiled.units[other]))
    return [_neighbour(profiled, row, other) for other in others[:limit]]


def _neighbour(profiled: Profile, row: int, other: int) -> SimilarProduct:
    has, state = profiled.state.has, profiled.state
    shared = has[row] & has[other]
    n_shared, size, size_other = int(shared.sum()), int(state.sizes[row]), int(state.sizes[other])
    return SimilarProduct(
        product=profiled.units[other],
        vendor=profiled.vendors[state.vendor[other]],
        is_sibling=bool(state.vendor[row] == state.vendor[other]),
        jaccard=n_shared / (size + size_other - n_shared),
        sorensen=2 * n_shared / (size + size_other),
        overlap_p_value=overlap_p_value(n_shared, size, size_other, len(profiled.items)),
        shared=_names(profiled, shared),
        only_this=_names(profiled, has[row] & ~has[other]),
        only_that=_names(profiled, has[other] & ~has[row]),
    )


def _names(profiled: Profile, mask: Bools) -> list[str]:
    return [profiled.items[column] for column in np.flatnonzero(mask)]
