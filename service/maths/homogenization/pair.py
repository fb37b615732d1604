"""How alike two products are, and who led: `pair_similarity` (metrics.md, 7)."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from service.maths.arrays import Bools
from service.maths.homogenization.figures import quality
from service.maths.homogenization.known_pairs import KnownLikeness
from service.maths.homogenization.product import absence
from service.maths.kernels.hypergeometric import expected_jaccard, overlap_p_value
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import JointlyKnown, MeasureParameters
from service.maths.results import Absent, Figures, Reasons, absent

_BY_SETS = (
    "jaccard",
    "sorensen",
    "overlap",
    "turnover",
    "nestedness",
    "shared",
    "only_a",
    "only_b",
)
_CHANCE = ("expected_jaccard", "overlap_p_value")
_LEAD = ("a_led", "b_led", "tied", "median_lead_days")


@dataclass(frozen=True, kw_only=True)
class PairSimilarityParameters(MeasureParameters, JointlyKnown):
    """Of two products of one market. `unknown=exclude`: over the features known for both; with
    too few of them all is null."""

    market: str
    product_a: str
    product_b: str


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


@measure(PairSimilarityParameters, PairSimilarity)
def pair_similarity(panel: Panel, asked: PairSimilarityParameters) -> Iterator[Figures]:
    """All of section 7 for two products of one market on a day."""
    panel = panel.within(asked.market)
    profiled = profile(panel, asked.market, asked.on)
    products = asked.product_a, asked.product_b
    yield {
        "market": asked.market,
        "product_a": asked.product_a,
        "product_b": asked.product_b,
        "n_features": len(profiled.items),
    }
    lacking = [product for product in products if product not in profiled.units]
    if lacking:
        why = absence(panel, asked.market, lacking[0], asked.on)
        yield absent((*_BY_SETS, *_CHANCE, *_LEAD), why) | {"quality": "insufficient"}
        return
    rows = profiled.units.index(products[0]), profiled.units.index(products[1])
    a, b = _sets(profiled, rows)
    if asked.unknown == "exclude":
        known = KnownLikeness.of(panel, asked.market, profiled, asked.on, asked)
        yield _over_known(profiled, known, rows)
    else:
        yield _likeness(a, b, profiled) | _chance(a, b, profiled)
    yield {"quality": quality(profiled)}
    yield _lead(_lead_days(panel, profiled, products, sorted(a & b), asked.on))


def _sets(
    profiled: Profile, rows: tuple[int, int], within: Bools | None = None
) -> tuple[set[int], set[int]]:
    """The features of both products, of all or of those in a mask."""
    has = profiled.state.has
    a, b = (has[row] if within is None else has[row] & within for row in rows)
    return set(np.flatnonzero(a).tolist()), set(np.flatnonzero(b).tolist())


def _over_known(profiled: Profile, known: KnownLikeness, rows: tuple[int, int]) -> Figures:
    """The likeness over jointly known features (18a); chance needs whole feature sets."""
    needs = absent(_CHANCE, "unknown_excluded")
    joint = known.joint(*rows)
    a, b = _sets(profiled, rows, joint)
    if int(joint.sum()) < known.min_joint_features or not a | b:
        return needs | absent(_BY_SETS, "mostly_unknown")
    return needs | _likeness(a, b, profiled)


def _likeness(a: set[int], b: set[int], profiled: Profile) -> Figures:
    """Of two sets of which one at least has a member."""
    shared, only_a, only_b = a & b, a - b, b - a
    jaccard = len(shared) / len(a | b)
    least = min(len(only_a), len(only_b))
    turnover = 2 * least / (len(shared) + 2 * least) if shared or least else 0.0
    overlap = len(shared) / min(len(a), len(b)) if a and b else Absent("nothing_shared")
    return {
        "jaccard": jaccard,
        "sorensen": 2 * len(shared) / (len(a) + len(b)),
        "overlap": overlap,
        "turnover": turnover,
        "nestedness": (1 - jaccard) - turnover,
        "shared": [profiled.items[i] for i in sorted(shared)],
        "only_a": [profiled.items[i] for i in sorted(only_a)],
        "only_b": [profiled.items[i] for i in sorted(only_b)],
    }


def _chance(a: set[int], b: set[int], profiled: Profile) -> Figures:
    """Against two sets of these sizes drawn from all features alive in the market."""
    n_items = len(profiled.items)
    return {
        "expected_jaccard": expected_jaccard(len(a), len(b), n_items),
        "overlap_p_value": overlap_p_value(len(a & b), len(a), len(b), n_items),
    }


def _lead_days(
    panel: Panel, profiled: Profile, products: tuple[str, str], shared: list[int], on: int
) -> list[int]:
    """b's first day minus a's, in days, per shared feature."""
    spells = panel.adoptions
    started = spells.start <= on
    of = [started & (spells.product == panel.product_ids.index(p)) for p in products]
    days = []
    for column in shared:
        item = panel.feature_ids.index(profiled.items[column])
        a, b = (int(spells.start[mask & (spells.item == item)].min()) for mask in of)
        days.append(b - a)
    return days


def _lead(days: list[int]) -> Figures:
    median = float(statistics.median(days)) if days else Absent("nothing_shared")
    return {
        "a_led": sum(day > 0 for day in days),
        "b_led": sum(day < 0 for day in days),
        "tied": days.count(0),
        "median_lead_days": median,
    }
