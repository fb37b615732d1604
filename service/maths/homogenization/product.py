"""How interchangeable a product is: `product_homogenization` (metrics.md, 6)."""

from datetime import date

import msgspec
import numpy as np

from service.maths.homogenization.figures import Levels, Reasons, quality
from service.maths.homogenization.known_similarity import KnownLikeness
from service.maths.homogenization.market import Share
from service.maths.homogenization.readings import Readings
from service.maths.kernels.similarity import jaccards
from service.maths.panel.facts import Ints
from service.maths.panel.imputation import Floats
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, State, profile
from service.maths.parameters import (
    MIN_JOINT_FEATURES,
    SURVEY_VALID_DAYS,
    Count,
    Days,
    Unknown,
)

_NEAREST = 5
_RIVAL_FIGURES = (
    "similarity_to_rivals", "distinctiveness", "total_similarity", "nearest",
    "unique_features", "missing_table_stakes", "table_stakes_coverage", "contribution", "fluidity",
)  # fmt: skip


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


def product_homogenization(
    panel: Panel,
    market: str,
    product: str,
    on: int,
    as_of: str | None = None,
    change_window_days: Days = 365,
    table_stakes_min: Share = 0.75,
    differentiator_max: Share = 0.25,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
    min_joint_features: Count = MIN_JOINT_FEATURES,
) -> ProductHomogenization:
    """All of section 6 for one product on day `on` (an ordinal).

    `unknown=exclude`: likeness over jointly known features; what needs whole feature sets is null.
    """
    panel = panel.seen(on)
    now = profile(panel, market, on)
    levels = Levels(now, table_stakes_min=table_stakes_min, differentiator_max=differentiator_max)
    figures = dict.fromkeys((*_RIVAL_FIGURES, "mean_ubiquity", "n_features"))
    reasons: Reasons = {}
    if product not in now.units:
        code = absence(panel, market, product, on)
        reasons = dict.fromkeys(figures, code)
        if code == "unprofiled":
            figures["n_features"] = 0
            del reasons["n_features"]
    else:
        row = now.units.index(product)
        figures |= _own(now, row)
        if now.missing is not None:
            reasons = dict.fromkeys(_RIVAL_FIGURES, now.missing)
        else:
            then = profile(panel, market, max(1, on - change_window_days))
            found = _rivalry(levels, row) | {"fluidity": _fluidity(panel, now, then, row)}
            figures |= found
            codes = {
                "table_stakes_coverage": "no_table_stakes",
                "contribution": "single_vendor",
                "fluidity": "no_rival_change",
            }
            reasons = {name: codes[name] for name, value in found.items() if value is None}
            if unknown == "exclude":
                known = KnownLikeness.of(panel, now, on, survey_valid_days, min_joint_features)
                found, reasons = _over_known(now, known, row)
                figures |= found
    median = float(np.median(now.state.sizes)) if now.units else 0.0
    fields = figures | {
        "market": market,
        "product": product,
        "on": date.fromordinal(on).isoformat(),
        "as_of": as_of,
        "stage_min": panel.stage_min,
        "n_vendors": now.state.n_vendors,
        "n_products": len(now.units),
        "quality": quality(figures["similarity_to_rivals"], now.state.n_vendors, median),
        "warnings": panel.warnings,
        "reasons": dict(sorted(reasons.items())),
    }
    return msgspec.convert(fields, ProductHomogenization)


_NEEDS_ABSENCES = (
    "unique_features", "missing_table_stakes", "table_stakes_coverage", "mean_ubiquity",
    "contribution", "fluidity",
)  # fmt: skip


def _over_known(now: Profile, known: KnownLikeness, row: int) -> tuple[dict[str, object], Reasons]:
    """The reading that leaves unknown cells out (18a)."""
    alike, whole = known.with_all(row), known.to_rivals(row)
    fields: dict[str, object] = dict.fromkeys(_NEEDS_ABSENCES)
    reasons = dict.fromkeys(_NEEDS_ABSENCES, "unknown_excluded")
    if whole is None:
        names = ("similarity_to_rivals", "distinctiveness", "total_similarity", "nearest")
        return fields | dict.fromkeys(names), reasons | dict.fromkeys(names, "mostly_unknown")
    usable = (now.state.vendor != now.state.vendor[row]) & ~np.isnan(alike)
    rivals = np.flatnonzero(usable)
    return fields | {
        "similarity_to_rivals": whole,
        "distinctiveness": 1.0 - whole,
        "total_similarity": float(alike[rivals].sum()),
        "nearest": _nearest(now, alike, rivals),
    }, reasons


def product_readings(
    panel: Panel,
    market: str,
    product: str,
    on: int,
    survey_valid_days: int = SURVEY_VALID_DAYS,
    min_joint_features: int = MIN_JOINT_FEATURES,
) -> Readings:
    """`similarity_to_rivals` on day `on` (an ordinal), read both ways."""
    panel = panel.seen(on)
    now = profile(panel, market, on)
    if product not in now.units:
        return Readings.missing(absence(panel, market, product, on))
    if now.missing is not None:
        return Readings.missing(now.missing)
    row = now.units.index(product)
    known = KnownLikeness.of(panel, now, on, survey_valid_days, min_joint_features)
    return Readings.of(rival_similarity(now.state, row), known.to_rivals(row))


def absence(panel: Panel, market: str | None, product: str, on: int) -> str:
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


def _own(now: Profile, row: int) -> dict[str, object]:
    state = now.state
    return {
        "n_features": int(state.sizes[row]),
        "mean_ubiquity": float(state.vendors_with[state.has[row]].mean()),
    }


def _rivalry(levels: Levels, row: int) -> dict[str, object]:
    now, state = levels.profile, levels.state
    alike = rival_similarity(state, row)
    rivals = np.flatnonzero(state.vendor != state.vendor[row])
    to_rivals = jaccards(state, row)[rivals]
    staples = [i for i, word in enumerate(levels.statuses) if word == "table_stakes"]
    held = [i for i in staples if state.has[row, i]]
    alone = state.has[row] & (state.vendors_with == 1)
    rest = levels.without_units[row]
    return {
        "similarity_to_rivals": alike,
        "distinctiveness": None if alike is None else 1.0 - alike,
        "total_similarity": float(to_rivals.sum()),
        "nearest": _nearest(now, jaccards(state, row), rivals),
        "unique_features": [now.items[i] for i in np.flatnonzero(alone)],
        "missing_table_stakes": [now.items[i] for i in staples if not state.has[row, i]],
        "table_stakes_coverage": len(held) / len(staples) if staples else None,
        "contribution": None if rest is None else levels.score - rest,
    }


def _nearest(now: Profile, alike: Floats, rivals: Ints) -> list[Neighbour]:
    order = sorted(rivals.tolist(), key=lambda r: (-round(float(alike[r]), 12), now.units[r]))
    return [
        Neighbour(
            product=now.units[r], vendor=now.vendors[now.state.vendor[r]], jaccard=float(alike[r])
        )
        for r in order[:_NEAREST]
    ]


def _fluidity(panel: Panel, now: Profile, then: Profile, row: int) -> float | None:
    """After Hoberg, Phillips & Prabhala 2014: share of the rivals' change at this product's place.

    Sum over its features of |D_f| / (||D|| sqrt(s_p)), D the net change in rival holders.
    """
    vendor = now.vendors[now.state.vendor[row]]
    moved = _holders(panel, now, vendor) - _holders(panel, then, vendor)
    norm = float(np.sqrt(moved @ moved))
    if norm == 0.0:
        return None
    place = {item: i for i, item in enumerate(panel.feature_ids)}
    own = [place[now.items[i]] for i in np.flatnonzero(now.state.has[row])]
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
