"""Does a vendor cannibalize itself: `vendor_portfolio` (metrics.md, 8)."""

import math
from collections import Counter
from datetime import date

import msgspec
import numpy as np

from service.maths.levels import Reasons
from service.maths.panels import Panel
from service.maths.products import rival_similarity
from service.maths.profiles import Profile, profile
from service.maths.similarity import row_sums


class MarketPresence(msgspec.Struct, frozen=True, kw_only=True):
    """The vendor's live profiled products in one market."""

    market: str
    n_products: int
    similarity_to_rivals: float | None


class VendorPortfolio(msgspec.Struct, frozen=True, kw_only=True):
    """A census of the vendor's live profiled products in all markets."""

    vendor: str
    on: str
    as_of: str | None
    stage_min: str
    internal_similarity: float | None
    effective_products: float | None
    similarity_to_rivals: float | None
    markets: list[MarketPresence]
    market_hhi: float | None
    n_products: int
    n_features: int
    quality: str
    warnings: list[str]
    reasons: Reasons


def vendor_portfolio(
    panel: Panel, vendor: str, on: int, as_of: str | None = None
) -> VendorPortfolio:
    """All of section 8 for one vendor on day `on` (an ordinal)."""
    panel = panel.seen(on)
    everything = profile(panel, None, on)
    own = _rows(everything, vendor)
    markets = _markets(panel, vendor, [everything.units[row] for row in own], on)
    reasons = {
        f"markets.{row.market}.similarity_to_rivals": "no_rivals"
        for row in markets
        if row.similarity_to_rivals is None
    }
    alike = [m.similarity_to_rivals for m in markets if m.similarity_to_rivals is not None]
    listed, hhi = sum(m.n_products for m in markets), None
    if listed:
        hhi = math.fsum((m.n_products / listed) ** 2 for m in markets)
    internal, effective = _internal(everything, own)
    values = {
        "internal_similarity": internal,
        "effective_products": effective,
        "similarity_to_rivals": math.fsum(alike) / len(alike) if alike else None,
        "market_hhi": hhi,
    }
    codes = {"internal_similarity": "single_product", "similarity_to_rivals": "no_rivals"}
    for name, value in values.items():
        if value is None:
            reasons[name] = (
                codes.get(name, "no_eligible_products") if own else "no_profiled_products"
            )
    n_features = int(everything.state.has[own].any(axis=0).sum()) if own else 0
    return VendorPortfolio(
        vendor=vendor,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        markets=markets,
        n_products=len(own),
        n_features=n_features,
        quality=_quality(len(own), everything, own),
        warnings=panel.warnings,
        reasons=dict(sorted(reasons.items())),
        **values,
    )


def _rows(everything: Profile, vendor: str) -> list[int]:
    if vendor not in everything.vendors:
        return []
    place = everything.vendors.index(vendor)
    found: list[int] = np.flatnonzero(everything.state.vendor == place).tolist()
    return found


def _internal(everything: Profile, own: list[int]) -> tuple[float | None, float | None]:
    """Mean J over the own pairs, and n / (1 + (n-1) mean)."""
    n = len(own)
    if n < 2:
        return None, 1.0 if n else None
    mask = np.zeros(len(everything.units), np.bool_)
    mask[own] = True
    internal = row_sums(everything.state.keep(mask)).all_pairs / (n * (n - 1) / 2)
    return internal, n / (1 + (n - 1) * internal)


def _markets(panel: Panel, vendor: str, products: list[str], on: int) -> list[MarketPresence]:
    """Per market, by id: how many products, and their mean similarity to rivals."""
    index = {product: i for i, product in enumerate(panel.product_ids)}
    listings = Counter(
        market for p in products for market in set(panel.facts.product_markets[index[p]])
    )
    found = []
    for market in sorted(listings):
        now = profile(panel, market, on)
        alike = [rival_similarity(now.state, row) for row in _rows(now, vendor)]
        known = [value for value in alike if value is not None]
        found.append(
            MarketPresence(
                market=market,
                n_products=listings[market],
                similarity_to_rivals=math.fsum(known) / len(known) if known else None,
            )
        )
    return found


def _quality(n_products: int, everything: Profile, own: list[int]) -> str:
    """By breadth alone: a census of few products is not uncertain, but may be little recorded."""
    if not n_products:
        return "insufficient"
    median = float(np.median(everything.state.sizes[own]))
    return "thin" if median < 5 else "fair" if median < 10 else "good"
