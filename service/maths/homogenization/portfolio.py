"""Does a vendor cannibalize itself: `vendor_portfolio` (metrics.md, 8)."""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np

from service.maths.homogenization.figures import Reasons
from service.maths.homogenization.known_similarity import KnownLikeness
from service.maths.homogenization.product import rival_similarity
from service.maths.homogenization.readings import Readings
from service.maths.kernels.similarity import row_sums
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import (
    MIN_JOINT_FEATURES,
    SURVEY_VALID_DAYS,
    Count,
    Days,
    Unknown,
)


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
class _Reading:
    """Likeness over whole feature sets, or over known cells: (survey days, least joint)."""

    panel: Panel
    on: int
    known: tuple[int, int] | None

    def to_rivals(self, now: Profile, rows: list[int]) -> list[float | None]:
        """Of each row, the mean likeness to other vendors."""
        if self.known is None or now.state.n_vendors < 2:
            return [rival_similarity(now.state, row) for row in rows]
        likeness = KnownLikeness.of(self.panel, now, self.on, *self.known)
        return [likeness.to_rivals(row) for row in rows]

    def among(self, now: Profile, rows: list[int]) -> float | None:
        """The mean likeness of two or more rows to each other."""
        if self.known is not None:
            return KnownLikeness.of(self.panel, now, self.on, *self.known).among(rows)
        mask = np.zeros(len(now.units), np.bool_)
        mask[rows] = True
        return row_sums(now.state.keep(mask)).all_pairs / math.comb(len(rows), 2)


def vendor_portfolio(
    panel: Panel,
    vendor: str,
    on: int,
    as_of: str | None = None,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
    min_joint_features: Count = MIN_JOINT_FEATURES,
) -> VendorPortfolio:
    """All of section 8 for one vendor on day `on` (an ordinal).

    `unknown=exclude`: likeness over jointly known features.
    """
    panel = panel.seen(on)
    known = (survey_valid_days, min_joint_features) if unknown == "exclude" else None
    reading = _Reading(panel, on, known)
    everything = profile(panel, None, on)
    own = _rows(everything, vendor)
    markets, reasons = _markets(reading, vendor, [everything.units[row] for row in own])
    alike = [m.similarity_to_rivals for m in markets if m.similarity_to_rivals is not None]
    listed, hhi = sum(m.n_products for m in markets), None
    if listed:
        hhi = math.fsum((m.n_products / listed) ** 2 for m in markets)
    n = len(own)
    internal = reading.among(everything, own) if n > 1 else None
    values = {
        "internal_similarity": internal,
        "effective_products": _effective(n, internal),
        "similarity_to_rivals": math.fsum(alike) / len(alike) if alike else None,
        "market_hhi": hhi,
    }
    lonely = "mostly_unknown" if n > 1 else "single_product"
    rivals = "mostly_unknown" if "mostly_unknown" in reasons.values() else "no_rivals"
    codes = {"internal_similarity": lonely, "effective_products": lonely,
             "similarity_to_rivals": rivals, "market_hhi": "no_eligible_products"}  # fmt: skip
    reasons |= {
        name: codes[name] if own else "no_profiled_products"
        for name, value in values.items()
        if value is None
    }
    n_features = int(everything.state.has[own].any(axis=0).sum()) if own else 0
    return VendorPortfolio(
        vendor=vendor,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        markets=markets,
        n_products=n,
        n_features=n_features,
        quality=_quality(n, everything, own),
        warnings=panel.warnings,
        reasons=dict(sorted(reasons.items())),
        **values,
    )


def vendor_readings(
    panel: Panel,
    vendor: str,
    on: int,
    survey_valid_days: int = SURVEY_VALID_DAYS,
    min_joint_features: int = MIN_JOINT_FEATURES,
) -> Readings:
    """`internal_similarity` on day `on` (an ordinal), read both ways."""
    absent = vendor_portfolio(panel, vendor, on)
    if absent.internal_similarity is None:
        return Readings.missing(absent.reasons["internal_similarity"])
    known = vendor_portfolio(
        panel, vendor, on, None, "exclude", survey_valid_days, min_joint_features
    )
    return Readings.of(absent.internal_similarity, known.internal_similarity)


def _effective(n: int, internal: float | None) -> float | None:
    """n / (1 + (n-1) mean J)."""
    if internal is None:
        return 1.0 if n == 1 else None
    return n / (1 + (n - 1) * internal)


def _rows(everything: Profile, vendor: str) -> list[int]:
    if vendor not in everything.vendors:
        return []
    place = everything.vendors.index(vendor)
    found: list[int] = np.flatnonzero(everything.state.vendor == place).tolist()
    return found


def _markets(
    reading: _Reading, vendor: str, products: list[str]
) -> tuple[list[MarketPresence], Reasons]:
    """Per market, by id: how many products, and their mean similarity to rivals."""
    panel = reading.panel
    index = {product: i for i, product in enumerate(panel.product_ids)}
    listings = Counter(
        market for p in products for market in set(panel.facts.product_markets[index[p]])
    )
    found, reasons = list[MarketPresence](), Reasons()
    for market in sorted(listings):
        now = profile(panel, market, reading.on)
        alike = reading.to_rivals(now, _rows(now, vendor))
        known = [value for value in alike if value is not None]
        if not known:
            code = "no_rivals" if now.state.n_vendors < 2 else "mostly_unknown"
            reasons[f"markets.{market}.similarity_to_rivals"] = code
        found.append(
            MarketPresence(
                market=market,
                n_products=listings[market],
                similarity_to_rivals=math.fsum(known) / len(known) if known else None,
            )
        )
    return found, reasons


def _quality(n_products: int, everything: Profile, own: list[int]) -> str:
    """By breadth alone: a census of few products is not uncertain, but may be little recorded."""
    if not n_products:
        return "insufficient"
    median = float(np.median(everything.state.sizes[own]))
    return "thin" if median < 5 else "fair" if median < 10 else "good"
