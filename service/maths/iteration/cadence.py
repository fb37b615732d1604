"""How often new versions come out, and whether that gets faster: `product_cadence` and
`market_cadence` (metrics.md, 14a)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType
from scipy.special import bdtr

from service.maths.arrays import Ints
from service.maths.iteration.releases import Releases, Run, all_gaps, gap_trend
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.parameters import Confidence, Count, DateDraws, MeasureParameters
from service.maths.results import Absent, Figures, Reasons, absent

MIN_GAPS, ALPHA = 5, 0.05
_GAPS = ("median_gap_days", "gap_p25_days", "gap_p75_days")
_LIMITS = ("median_gap_ci_low", "median_gap_ci_high")
_TREND = ("kendall_tau", "p_value_permutation", "direction")


@dataclass(frozen=True, kw_only=True)
class CadenceParameters(MeasureParameters, DateDraws):
    """How wide intervals are, and how often gaps are shuffled."""

    confidence: Confidence = 0.95
    permutations: Count = 999


@dataclass(frozen=True, kw_only=True)
class ProductCadenceParameters(CadenceParameters):
    """Of one product."""

    product: str


@dataclass(frozen=True, kw_only=True)
class MarketCadenceParameters(CadenceParameters):
    """Of the products of one market."""

    market: str


class YearOfReleases(msgspec.Struct, frozen=True, kw_only=True):
    """What came out in a calendar year; gaps count in the year in which they end."""

    year: int
    n_versions: int
    n_releases: int
    n_gaps: int
    median_gap_days: float | None


class VendorCadence(msgspec.Struct, frozen=True, kw_only=True):
    """A vendor's products in the market."""

    vendor: str
    n_products: int
    n_versions: int
    n_releases: int
    releases_per_year: float | None
    median_gap_days: float | None


class _Cadence(msgspec.Struct, frozen=True, kw_only=True):
    """Section 14a, field by field."""

    on: str
    as_of: str | None
    n_products: int
    n_versions: int
    n_releases: int
    n_gaps: int
    n_undated: int
    n_imprecise: int
    first_release: str | None
    last_release: str | None
    days_since_last: int | None
    years_followed: float
    releases_per_year: float | None
    median_gap_days: float | None
    median_gap_ci_low: float | None
    median_gap_ci_high: float | None
    gap_p25_days: float | None
    gap_p75_days: float | None
    median_gap_date_low: float | None
    median_gap_date_high: float | None
    kendall_tau: float | None
    p_value_permutation: float | None
    direction: str | None
    years: list[YearOfReleases]
    quality: str
    warnings: list[str]
    reasons: Reasons


class ProductCadence(_Cadence, frozen=True, kw_only=True):
    """Of one product."""

    product: str


class MarketCadence(_Cadence, frozen=True, kw_only=True):
    """Of the products of a market, by vendor too."""

    market: str
    vendors: list[VendorCadence] | UnsetType = UNSET


@measure(ProductCadenceParameters, ProductCadence)
def product_cadence(panel: Panel, asked: ProductCadenceParameters) -> Iterator[Figures]:
    """The releases of a product by a day."""
    place = [n for n, product in enumerate(panel.product_ids) if product == asked.product]
    yield {"product": asked.product}
    yield from _cadence(Releases(panel, np.array(place, np.int64), asked.on), asked)


@measure(MarketCadenceParameters, MarketCadence)
def market_cadence(panel: Panel, asked: MarketCadenceParameters) -> Iterator[Figures]:
    """The releases of a market's products by a day."""
    releases = Releases(panel, panel.members(asked.market), asked.on)
    owners = sorted({int(panel.vendor[run.product]) for run in releases.runs})
    yield {"market": asked.market, "vendors": [_vendor(releases, owner) for owner in owners]}
    yield from _cadence(releases, asked)


def _cadence(releases: Releases, asked: CadenceParameters) -> Iterator[Figures]:
    runs = releases.runs
    gaps = all_gaps(runs)
    yield {
        "n_products": len(runs),
        "n_versions": len(releases),
        "n_releases": sum(len(run.days) for run in runs),
        "n_gaps": len(gaps),
        "n_undated": releases.n_undated,
        "n_imprecise": releases.n_imprecise,
        "years_followed": _followed(runs),
        "releases_per_year": _rate(runs),
        "years": _by_year(runs),
        "quality": _quality(len(gaps)),
    }
    yield _span(runs, asked.on)
    yield _typical(gaps) | _interval(gaps, asked.confidence)
    yield _date_range(releases, gaps, asked)
    yield _trend(releases, asked)


def _span(runs: list[Run], on: int) -> Figures:
    if not runs:
        return absent(("first_release", "last_release", "days_since_last"), "no_versions")
    first, last = min(int(run.days[0]) for run in runs), max(int(run.days[-1]) for run in runs)
    first_day, last_day = (date.fromordinal(day).isoformat() for day in (first, last))
    return {"first_release": first_day, "last_release": last_day, "days_since_last": on - last}


def _followed(runs: list[Run]) -> float:
    return math.fsum(run.years for run in runs)


def _rate(runs: list[Run]) -> float | Absent:
    """Releases after the first of each product, per year in which it was followed: the time since
    the last release counts."""
    if not runs:
        return Absent("no_versions")
    years = _followed(runs)
    return sum(len(run.gaps) for run in runs) / years if years else Absent("follow_up_short")


def _typical(gaps: Ints) -> Figures:
    """Median and quartiles, linear between the ranks."""
    if not len(gaps):
        return absent(_GAPS, "too_few_versions")
    shares = np.quantile(gaps, (0.5, 0.25, 0.75)).tolist()
    return dict(zip(_GAPS, shares, strict=True))


def _interval(gaps: Ints, confidence: float) -> Figures:
    """Order statistics r and n+1-r, the largest r with P(Bin(n, 1/2) < r) <= (1-confidence)/2;
    none where even the extremes do not cover so much (Conover 1999, 3.2)."""
    n, tail = len(gaps), (1 - confidence) / 2
    r = int(np.count_nonzero(bdtr(np.arange(n), n, 0.5) <= tail)) if n else 0
    if r == 0:
        return absent(_LIMITS, "too_few_versions")
    ordered = np.sort(gaps)
    return dict(zip(_LIMITS, (float(ordered[r - 1]), float(ordered[n - r])), strict=True))


def _date_range(releases: Releases, gaps: Ints, asked: CadenceParameters) -> Figures:
    names = ("median_gap_date_low", "median_gap_date_high")
    if not len(gaps):
        return absent(names, "too_few_versions")
    if not releases.n_imprecise:
        return absent(names, "all_dates_exact")
    every = [*releases.medians_drawn(asked.draws), float(np.median(gaps))]
    return dict(zip(names, (min(every), max(every)), strict=True))


def _trend(releases: Releases, asked: CadenceParameters) -> Figures:
    """Whether gaps get shorter within products."""
    followed = [run for run in releases.runs if len(run.gaps) > 1]
    if sum(len(run.gaps) for run in followed) < MIN_GAPS:
        return absent(_TREND, "too_few_versions")
    ids = releases.panel.product_ids
    found = gap_trend(followed, ids, asked.permutations, asked.seed)
    if found is None:
        return absent(_TREND, "no_variance")
    way = "no_clear_trend"
    if found.p < ALPHA:
        way = "faster" if found.tau < 0 else "slower"
    return dict(zip(_TREND, (found.tau, found.p, way), strict=True))


def _by_year(runs: list[Run]) -> list[Figures]:
    """A `YearOfReleases` each, those without a release left out."""
    days = np.concatenate([np.zeros(0, np.int64), *(run.days for run in runs)])
    counts = np.concatenate([np.zeros(0, np.int64), *(run.counts for run in runs)])
    ends = np.concatenate([np.zeros(0, np.int64), *(run.days[1:] for run in runs)])
    gaps, year, ended = all_gaps(runs), _years(days), _years(ends)
    return [
        {
            "year": one,
            "n_versions": int(counts[year == one].sum()),
            "n_releases": int((year == one).sum()),
            "n_gaps": int((ended == one).sum()),
            "median_gap_days": _median(gaps[ended == one]),
        }
        for one in np.unique(year).tolist()
    ]


def _years(days: Ints) -> Ints:
    return np.array([date.fromordinal(day).year for day in days.tolist()], np.int64)


def _median(gaps: Ints) -> float | Absent:
    return float(np.median(gaps)) if len(gaps) else Absent("too_few_versions")


def _vendor(releases: Releases, owner: int) -> Figures:
    """A `VendorCadence`."""
    panel = releases.panel
    runs = [run for run in releases.runs if panel.vendor[run.product] == owner]
    return {
        "vendor": panel.vendor_ids[owner],
        "n_products": len(runs),
        "n_versions": sum(int(run.counts.sum()) for run in runs),
        "n_releases": sum(len(run.days) for run in runs),
        "releases_per_year": _rate(runs),
        "median_gap_days": _median(all_gaps(runs)),
    }


def _quality(n_gaps: int) -> str:
    reached: list[tuple[int, str]] = [(30, "good"), (10, "fair"), (MIN_GAPS, "thin")]
    return next((word for least, word in reached if n_gaps >= least), "insufficient")
