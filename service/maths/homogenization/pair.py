"""How alike two products are, and who led: `pair_similarity` (metrics.md, 7)."""

import statistics
from datetime import date

import msgspec
import numpy as np

from service.maths.homogenization.figures import Reasons, quality
from service.maths.homogenization.known_similarity import KnownLikeness
from service.maths.homogenization.product import absence
from service.maths.homogenization.readings import Readings
from service.maths.kernels.hypergeometric import expected_jaccard, overlap_p_value
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import (
    MIN_JOINT_FEATURES,
    SURVEY_VALID_DAYS,
    Count,
    Days,
    Unknown,
)

_FIGURES = (
    "jaccard", "sorensen", "overlap", "turnover", "nestedness", "shared", "only_a", "only_b",
    "expected_jaccard", "overlap_p_value", "a_led", "b_led", "tied", "median_lead_days",
)  # fmt: skip


class PairSimilarity(msgspec.Struct, frozen=True, kw_only=True):
    """Symmetric but for the lead fields; a positive `median_lead_days` means A was ahead."""

    market: str
    product_a: str
    product_b: str
    on: str
    as_of: str | None
    stage_min: str
    jaccard: float | None
    sorensen: float | None
    overlap: float | None
    turnover: float | None
    nestedness: float | None
    shared: list[str] | None
    only_a: list[str] | None
    only_b: list[str] | None
    expected_jaccard: float | None
    overlap_p_value: float | None
    a_led: int | None
    b_led: int | None
    tied: int | None
    median_lead_days: float | None
    n_features: int
    quality: str
    warnings: list[str]
    reasons: Reasons


def pair_similarity(
    panel: Panel,
    market: str,
    product_a: str,
    product_b: str,
    on: int,
    as_of: str | None = None,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
    min_joint_features: Count = MIN_JOINT_FEATURES,
) -> PairSimilarity:
    """All of section 7 for two products of one market on day `on` (an ordinal).

    `unknown=exclude`: over the features known for both; with too few all is null.
    """
    panel = panel.seen(on)
    now = profile(panel, market, on)
    absent = [p for p in (product_a, product_b) if p not in now.units]
    figures: dict[str, object] = dict.fromkeys(_FIGURES)
    if absent:
        reasons = dict.fromkeys(_FIGURES, absence(panel, market, absent[0], on))
    else:
        a, b = (
            set(np.flatnonzero(now.state.has[now.units.index(p)]).tolist())
            for p in (product_a, product_b)
        )
        leads = _leads(panel, now, (product_a, product_b), sorted(a & b), on)
        figures |= _likeness(a, b, now) | _led(leads)
        reasons = {} if leads else {"median_lead_days": "nothing_shared"}
        if unknown == "exclude":
            known = KnownLikeness.of(panel, now, on, survey_valid_days, min_joint_features)
            found, more = _over_known(now, known, product_a, product_b)
            figures, reasons = figures | found, reasons | more
    median = float(np.median(now.state.sizes)) if now.units else 0.0
    fields = figures | {
        "market": market,
        "product_a": product_a,
        "product_b": product_b,
        "on": date.fromordinal(on).isoformat(),
        "as_of": as_of,
        "stage_min": panel.stage_min,
        "n_features": len(now.items),
        "quality": quality(None if absent else 1.0, now.state.n_vendors, median),
        "warnings": panel.warnings,
        "reasons": dict(sorted(reasons.items())),
    }
    return msgspec.convert(fields, PairSimilarity)


_CHANCE = ("expected_jaccard", "overlap_p_value")
_BY_SETS = (
    "jaccard", "sorensen", "overlap", "turnover", "nestedness", "shared", "only_a", "only_b",
)  # fmt: skip


def _over_known(
    now: Profile, known: KnownLikeness, product_a: str, product_b: str
) -> tuple[dict[str, object], Reasons]:
    """The likeness over jointly known features (18a); chance needs whole feature sets."""
    row, other = (now.units.index(p) for p in (product_a, product_b))
    chance: dict[str, object] = dict.fromkeys(_CHANCE)
    reasons = dict.fromkeys(_CHANCE, "unknown_excluded")
    joint = known.joint(row, other)
    a, b = (set(np.flatnonzero(now.state.has[r] & joint).tolist()) for r in (row, other))
    if int(joint.sum()) < known.min_joint_features or not a | b:
        return chance | dict.fromkeys(_BY_SETS), reasons | dict.fromkeys(_BY_SETS, "mostly_unknown")
    found = _likeness(a, b, now)
    empty = not a or not b
    codes = {"overlap": "nothing_shared"} if empty else {}
    return {name: found[name] for name in _BY_SETS} | chance, reasons | codes


def pair_readings(
    panel: Panel,
    market: str,
    product_a: str,
    product_b: str,
    on: int,
    survey_valid_days: int = SURVEY_VALID_DAYS,
    min_joint_features: int = MIN_JOINT_FEATURES,
) -> Readings:
    """`jaccard` on day `on` (an ordinal), read both ways."""
    asked = panel, market, product_a, product_b, on, None
    absent = pair_similarity(*asked)
    if absent.jaccard is None:
        return Readings.missing(absent.reasons["jaccard"])
    known = pair_similarity(*asked, "exclude", survey_valid_days, min_joint_features)
    return Readings.of(absent.jaccard, known.jaccard)


def _likeness(a: set[int], b: set[int], now: Profile) -> dict[str, object]:
    shared, only_a, only_b = a & b, a - b, b - a
    jaccard = len(shared) / len(a | b)
    least = min(len(only_a), len(only_b))
    turnover = 2 * least / (len(shared) + 2 * least) if shared or least else 0.0
    names = {
        name: [now.items[i] for i in sorted(items)]
        for name, items in (("shared", shared), ("only_a", only_a), ("only_b", only_b))
    }
    pool = len(now.items)
    return {
        "jaccard": jaccard,
        "sorensen": 2 * len(shared) / (len(a) + len(b)),
        "overlap": len(shared) / min(len(a), len(b)) if a and b else None,
        "turnover": turnover,
        "nestedness": (1 - jaccard) - turnover,
        "expected_jaccard": expected_jaccard(len(a), len(b), pool),
        "overlap_p_value": overlap_p_value(len(shared), len(a), len(b), pool),
        **names,
    }


def _leads(
    panel: Panel, now: Profile, products: tuple[str, str], shared: list[int], on: int
) -> list[int]:
    """b's first day minus a's, in days, per shared feature."""
    spells = panel.adoptions
    started = spells.start <= on
    of = [started & (spells.product == panel.product_ids.index(p)) for p in products]
    found = []
    for column in shared:
        item = panel.feature_ids.index(now.items[column])
        a, b = (int(spells.start[mask & (spells.item == item)].min()) for mask in of)
        found.append(b - a)
    return found


def _led(leads: list[int]) -> dict[str, object]:
    return {
        "a_led": sum(lead > 0 for lead in leads),
        "b_led": sum(lead < 0 for lead in leads),
        "tied": leads.count(0),
        "median_lead_days": float(statistics.median(leads)) if leads else None,
    }
