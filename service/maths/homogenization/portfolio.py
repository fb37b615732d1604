"""Does a vendor cannibalize itself: `vendor_portfolio` (metrics.md, 8)."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from service.maths.homogenization.known_pairs import KnownLikeness
from service.maths.homogenization.product import rival_similarity
from service.maths.kernels.similarity import row_sums
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import JointlyKnown, MeasureParameters
from service.maths.results import Absent, Figures, Reason, Reasons, absent


@dataclass(frozen=True, kw_only=True)
class VendorPortfolioParameters(MeasureParameters, JointlyKnown):
    """Of one vendor in all markets. `unknown=exclude`: likeness over jointly known features."""

    vendor: str


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


@dataclass(frozen=True)
class _Likeness:
    """Over whole feature sets, or over jointly known features."""

    panel: Panel
    asked: VendorPortfolioParameters

    def to_rivals(self, market: str, profiled: Profile, rows: list[int]) -> float | Absent:
        """The mean over some rows of the likeness to other vendors."""
        if profiled.state.n_vendors < 2:
            return Absent("no_rivals")
        if self.asked.unknown == "exclude":
            known = KnownLikeness.of(
                self.panel.within(market), market, profiled, self.asked.on, self.asked
            )
            each = [known.to_rivals(row) for row in rows]
        else:
            each = [rival_similarity(profiled.state, row) for row in rows]
        return _mean([value for value in each if value is not None], "mostly_unknown")

    def among(self, profiled: Profile, rows: list[int]) -> float | Absent:
        """The mean likeness of some rows to each other."""
        if len(rows) < 2:
            return Absent("single_product")
        if self.asked.unknown == "exclude":
            known = KnownLikeness.of(self.panel, None, profiled, self.asked.on, self.asked)
            value = known.among(rows)
            return Absent("mostly_unknown") if value is None else value
        mask = np.zeros(len(profiled.units), np.bool_)
        mask[rows] = True
        return row_sums(profiled.state.keep(mask)).all_pairs / math.comb(len(rows), 2)


@measure(VendorPortfolioParameters, VendorPortfolio)
def vendor_portfolio(panel: Panel, asked: VendorPortfolioParameters) -> Iterator[Figures]:
    """All of section 8 for one vendor on a day."""
    panel = panel.within(None)
    likeness = _Likeness(panel, asked)
    everything = profile(panel, None, asked.on)
    rows = _rows(everything, asked.vendor)
    n_features = int(everything.state.has[rows].any(axis=0).sum()) if rows else 0
    yield {
        "vendor": asked.vendor,
        "n_products": len(rows),
        "n_features": n_features,
        "quality": _quality(everything, rows),
    }
    if not rows:
        names = ("internal_similarity", "effective_products", "similarity_to_rivals", "market_hhi")
        yield absent(names, "no_profiled_products") | {"markets": []}
        return
    internal = likeness.among(everything, rows)
    yield {"internal_similarity": internal, "effective_products": _effective(len(rows), internal)}
    yield _markets(likeness, [everything.units[row] for row in rows])


def _effective(n: int, internal: float | Absent) -> float | Absent:
    """n / (1 + (n-1) mean J)."""
    if n == 1:
        return 1.0
    return internal if isinstance(internal, Absent) else n / (1 + (n - 1) * internal)


def _mean(values: list[float], otherwise: Reason) -> float | Absent:
    return math.fsum(values) / len(values) if values else Absent(otherwise)


def _rows(profiled: Profile, vendor: str) -> list[int]:
    if vendor not in profiled.vendors:
        return []
    place = profiled.vendors.index(vendor)
    rows: list[int] = np.flatnonzero(profiled.state.vendor == place).tolist()
    return rows


def _markets(likeness: _Likeness, products: list[str]) -> Figures:
    """Per market, by id: how many products, and their mean similarity to rivals; and the
    concentration of the listings over markets."""
    listings = _listings(likeness.panel, products)
    alike: dict[str, float | Absent] = {}
    for market in sorted(listings):
        profiled = profile(likeness.panel.within(market), market, likeness.asked.on)
        alike[market] = likeness.to_rivals(market, profiled, _rows(profiled, likeness.asked.vendor))
    values = [value for value in alike.values() if not isinstance(value, Absent)]
    is_unknown = Absent("mostly_unknown") in alike.values()
    n, shares = sum(listings.values()), listings.values()
    hhi = math.fsum((count / n) ** 2 for count in shares) if n else None
    return {
        "markets": [
            {"market": market, "n_products": listings[market], "similarity_to_rivals": value}
            for market, value in alike.items()
        ],
        "similarity_to_rivals": _mean(values, "mostly_unknown" if is_unknown else "no_rivals"),
        "market_hhi": Absent("no_eligible_products") if hhi is None else hhi,
    }


def _listings(panel: Panel, products: list[str]) -> Counter[str]:
    """How many of the products are in each market."""
    index = {product: i for i, product in enumerate(panel.product_ids)}
    markets = panel.facts.product_markets
    return Counter(market for product in products for market in set(markets[index[product]]))


def _quality(profiled: Profile, rows: list[int]) -> str:
    """By breadth alone: a census of few products is not uncertain, but may be little recorded."""
    if not rows:
        return "insufficient"
    median = float(np.median(profiled.state.sizes[rows]))
    return "thin" if median < 5 else "fair" if median < 10 else "good"
