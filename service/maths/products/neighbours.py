"""The products most like one product: `similar_products` (metrics.md, 6 and 7)."""

from datetime import date
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta

from service.maths.homogenization.figures import Reasons
from service.maths.homogenization.product import absence
from service.maths.kernels.hypergeometric import overlap_p_value
from service.maths.kernels.similarity import jaccards
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile

Limit = Annotated[int, Meta(ge=1, le=200)]


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


def similar_products(
    panel: Panel, market: str, product: str, on: int, as_of: str | None = None, limit: Limit = 10
) -> SimilarProducts:
    """The `limit` nearest profiled products of the market on day `on` (an ordinal)."""
    panel = panel.seen(on)
    now = profile(panel, market, on)
    is_there = product in now.units
    return SimilarProducts(
        market=market,
        product=product,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        neighbours=_nearest(now, now.units.index(product), limit) if is_there else [],
        n_products=len(now.units),
        n_features=len(now.items),
        warnings=panel.warnings,
        reasons=_reasons(panel, now, market, product, on),
    )


def _reasons(panel: Panel, now: Profile, market: str, product: str, on: int) -> Reasons:
    if product not in now.units:
        return {"neighbours": absence(panel, market, product, on)}
    return {"neighbours": "single_product"} if len(now.units) == 1 else {}


def _nearest(now: Profile, row: int, limit: int) -> list[SimilarProduct]:
    alike = jaccards(now.state, row).round(12)
    others = [other for other in range(len(now.units)) if other != row]
    others.sort(key=lambda other: (-alike[other], now.units[other]))
    return [_neighbour(now, row, other) for other in others[:limit]]


def _neighbour(now: Profile, row: int, other: int) -> SimilarProduct:
    has, state = now.state.has, now.state
    shared = has[row] & has[other]
    n_shared, size, size_other = int(shared.sum()), int(state.sizes[row]), int(state.sizes[other])
    return SimilarProduct(
        product=now.units[other],
        vendor=now.vendors[state.vendor[other]],
        is_sibling=bool(state.vendor[row] == state.vendor[other]),
        jaccard=n_shared / (size + size_other - n_shared),
        sorensen=2 * n_shared / (size + size_other),
        overlap_p_value=overlap_p_value(n_shared, size, size_other, len(now.items)),
        shared=_names(now, shared),
        only_this=_names(now, has[row] & ~has[other]),
        only_that=_names(now, has[other] & ~has[row]),
    )


def _names(now: Profile, mask: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[str]:
    return [now.items[column] for column in np.flatnonzero(mask)]
