"""How interchangeable a product is: `product_homogenization` (metrics.md, 6)."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from service.maths.arrays import Floats, Ints
from service.maths.homogenization.figures import ProfileFigures, quality
from service.maths.homogenization.known_pairs import KnownLikeness
from service.maths.kernels.similarity import jaccards
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, State, profile
from service.maths.parameters import Days, JointlyKnown, MeasureParameters, Thresholds
from service.maths.results import Absent, Figures, Reason, Reasons, absent, ratio

_NEAREST = 5
_LIKENESS = ("similarity_to_rivals", "distinctiveness", "total_similarity", "nearest")
_FEATURES = ("unique_features", "missing_table_stakes", "table_stakes_coverage")
_OF_RIVALS = (*_LIKENESS, *_FEATURES, "contribution", "fluidity")
# What needs whole feature sets.
_NEEDS_ABSENCES = (*_FEATURES, "mean_ubiquity", "contribution", "fluidity")


@dataclass(frozen=True, kw_only=True)
class ProductHomogenizationParameters(MeasureParameters, Thresholds, JointlyKnown):
    """Of one product in one market. `unknown=exclude`: likeness over jointly known features; what
    needs whole feature sets is null."""

    market: str
    product: str
    change_window_days: Days = 365


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """A rival product and its Jaccard similarity."""

    product: str
    vendor: str
    jaccard: float


class ProductHomogenization(msgspec.Struct, frozen=True, kw_only=True):
    """Likeness to the products of other vendors in one market."""

    market: str
    product: str
    on: str
    as_of: str | None
    stage_min: str
    similarity_to_rivals: float | None
    distinctiveness: float | None
    total_similarity: float | None
    nearest: list[Neighbour] | None
    unique_features: list[str] | None
    missing_table_stakes: list[str] | None
    table_stakes_coverage: float | None
    mean_ubiquity: float | None
    contribution: float | None
    fluidity: float | None
    n_features: int | None
    n_vendors: int
    n_products: int
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(ProductHomogenizationParameters, ProductHomogenization)
def product_homogenization(
    panel: Panel, asked: ProductHomogenizationParameters
) -> Iterator[Figures]:
    """All of section 6 for one product on a day."""
    panel = panel.within(asked.market)
    profiled = profile(panel, asked.market, asked.on)
    yield {
        "market": asked.market,
        "product": asked.product,
        "n_vendors": profiled.state.n_vendors,
        "n_products": len(profiled.units),
        "quality": "insufficient",
    }
    if asked.product not in profiled.units:
        yield _unprofiled(absence(panel, asked.market, asked.product, asked.on))
        return
    row = profiled.units.index(asked.product)
    yield _own(profiled, row)
    if profiled.missing is not None:
        yield absent(_OF_RIVALS, profiled.missing)
    elif asked.unknown == "exclude":
        known = KnownLikeness.of(panel, asked.market, profiled, asked.on, asked)
        figures = _over_known(profiled, known, row)
        yield figures | _quality(profiled, figures)
    else:
        yield _likeness(profiled, row) | {"quality": quality(profiled)}
        yield _standing(ProfileFigures(profiled, thresholds=asked), row)
        then = profile(panel, asked.market, max(1, asked.on - asked.change_window_days))
        yield {"fluidity": _fluidity(panel, profiled, then, row)}


def _unprofiled(why: Reason) -> Figures:
    figures = absent((*_OF_RIVALS, "mean_ubiquity", "n_features"), why)
    return figures | ({"n_features": 0} if why == "unprofiled" else {})


def _quality(profiled: Profile, figures: Figures) -> Figures:
    is_there = not isinstance(figures["similarity_to_rivals"], Absent)
    return {"quality": quality(profiled) if is_there else "insufficient"}


def _over_known(profiled: Profile, known: KnownLikeness, row: int) -> Figures:
    """The reading that leaves unknown cells out (18a)."""
    alike, whole = known.with_all(row), known.to_rivals(row)
    needs = absent(_NEEDS_ABSENCES, "unknown_excluded")
    if whole is None:
        return needs | absent(_LIKENESS, "mostly_unknown")
    vendor = profiled.state.vendor
    rivals = np.flatnonzero((vendor != vendor[row]) & ~np.isnan(alike))
    return needs | _of_likeness(profiled, whole, alike, rivals)


def _likeness(profiled: Profile, row: int) -> Figures:
    """Over whole feature sets, where there is a rival."""
    state = profiled.state
    rivals = np.flatnonzero(state.vendor != state.vendor[row])
    whole = rival_similarity(state, row)
    assert whole is not None, "two vendors or more"
    return _of_likeness(profiled, whole, jaccards(state, row), rivals)


def _of_likeness(profiled: Profile, whole: float, alike: Floats, rivals: Ints) -> Figures:
    return {
        "similarity_to_rivals": whole,
        "distinctiveness": 1.0 - whole,
        "total_similarity": float(alike[rivals].sum()),
        "nearest": _nearest(profiled, alike, rivals),
    }


def absence(panel: Panel, market: str | None, product: str, on: int) -> Reason:
    """Why a product is not among the profiled ones."""
    if product not in panel.product_ids:
        return "not_live"
    index = panel.product_ids.index(product)
    eligible = panel.in_market(market)[index] and panel.live(on)[index]
    return "unprofiled" if eligible else "not_live"


def rival_similarity(state: State, row: int) -> float | None:
    """Mean over other vendors of the mean J to their products."""
    if state.n_vendors < 2:
        return None
    rivals = state.vendor != state.vendor[row]
    return float(jaccards(state, row)[rivals] @ state.weights[rivals]) / (state.n_vendors - 1)


def _own(profiled: Profile, row: int) -> Figures:
    state = profiled.state
    return {
        "n_features": int(state.sizes[row]),
        "mean_ubiquity": float(state.vendors_with[state.has[row]].mean()),
    }


def _standing(figures: ProfileFigures, row: int) -> Figures:
    """What only it has, which table stakes it lacks, and what the score would be without it."""
    items, state = figures.profile.items, figures.state
    staples = [i for i, status in enumerate(figures.statuses) if status == "table_stakes"]
    n_held = sum(bool(state.has[row, i]) for i in staples)
    alone = state.has[row] & (state.vendors_with == 1)
    rest = figures.without_units[row]
    return {
        "unique_features": [items[i] for i in np.flatnonzero(alone)],
        "missing_table_stakes": [items[i] for i in staples if not state.has[row, i]],
        "table_stakes_coverage": ratio(n_held, len(staples), "no_table_stakes"),
        "contribution": Absent("single_vendor") if rest is None else figures.score - rest,
    }


def _nearest(profiled: Profile, alike: Floats, rivals: Ints) -> list[Neighbour]:
    order = sorted(rivals.tolist(), key=lambda r: (-round(float(alike[r]), 12), profiled.units[r]))
    vendor = profiled.state.vendor
    return [
        Neighbour(
            product=profiled.units[r],
            vendor=profiled.vendors[vendor[r]],
            jaccard=float(alike[r]),
        )
        for r in order[:_NEAREST]
    ]


def _fluidity(panel: Panel, profiled: Profile, then: Profile, row: int) -> float | Absent:
    """After Hoberg, Phillips & Prabhala 2014: share of the rivals' change at this product's place.

    Sum over its features of |D_f| / (||D|| sqrt(s_p)), D the net change in rival holders.
    """
    vendor = profiled.vendors[profiled.state.vendor[row]]
    moved = _holders(panel, profiled, vendor) - _holders(panel, then, vendor)
    norm = float(np.sqrt(moved @ moved))
    if norm == 0.0:
        return Absent("no_rival_change")
    place = {item: i for i, item in enumerate(panel.feature_ids)}
    own = [place[profiled.items[i]] for i in np.flatnonzero(profiled.state.has[row])]
    return min(1.0, float(np.abs(moved[own]).sum()) / (norm * float(np.sqrt(len(own)))))


def _holders(panel: Panel, profiled: Profile, vendor: str) -> Floats:
    """Products of other vendors that have each feature, over all features of the panel."""
    counts = np.zeros(len(panel.feature_ids))
    place = {item: i for i, item in enumerate(panel.feature_ids)}
    own = profiled.vendors.index(vendor) if vendor in profiled.vendors else -1
    rivals = profiled.state.vendor != own
    held = profiled.state.has[rivals].sum(axis=0)
    counts[[place[item] for item in profiled.items]] = held
    return counts
