"""Who had a feature within days of whom, first in the market or not: `near_simultaneous`
(metrics.md, 10a)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np

from service.maths.copying.diffusion import first_movers
from service.maths.copying.risk_set import Copies, RiskSet
from service.maths.measure import measure
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel
from service.maths.parameters import MeasureParameters, Simultaneity
from service.maths.results import Figures, Reasons


@dataclass(frozen=True, kw_only=True)
class NearSimultaneousParameters(MeasureParameters, Simultaneity):
    """Of one market."""

    market: str


class NearPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two rivals that had a feature within `simultaneity_days`, the earlier first.

    `first_day` is the day of the earlier, `certain` whether all days that their dates leave lie
    within `simultaneity_days`.
    """

    units: list[str]
    days_apart: int
    first_day: str
    certain: bool


class NearPairOfFeature(NearPair, frozen=True, kw_only=True):
    """The same, and with which feature."""

    feature: str


class NearSimultaneous(msgspec.Struct, frozen=True, kw_only=True):
    """All pairs of vendors of a market, those of exact dates first, then the latest."""

    market: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    simultaneity_days: int
    dates: str
    n_features: int
    n_pairs: int
    n_certain: int
    pairs: list[NearPairOfFeature]
    warnings: list[str]
    reasons: Reasons


def near_pairs(risk_set: RiskSet, copies: Copies) -> list[NearPair]:
    """Pairs of units of different vendors whose first days with a feature, by the representative
    days, lie at most `simultaneity_days` apart, at least one of them being no first mover: the
    first movers among themselves are `first_movers`. By the earlier day, then ids."""
    window, days = risk_set.race.window, copies.day
    units = np.flatnonzero(days < NEVER)
    led = set(first_movers(days, window).tolist())
    ordered = units[np.lexsort((units, days[units]))].tolist()
    found = []
    for place, a in enumerate(ordered):
        for b in ordered[place + 1 :]:
            if days[b] - days[a] > window:
                break
            if {a, b} <= led or risk_set.vendor_of_unit[a] == risk_set.vendor_of_unit[b]:
                continue
            found.append(_pair(risk_set, copies, a, b))
    return sorted(found, key=lambda pair: (pair.first_day, pair.units))


def _pair(risk_set: RiskSet, copies: Copies, a: int, b: int) -> NearPair:
    farthest = max(copies.hi[a] - copies.lo[b], copies.hi[b] - copies.lo[a])
    return NearPair(
        units=[risk_set.unit_ids[a], risk_set.unit_ids[b]],
        days_apart=int(copies.day[b] - copies.day[a]),
        first_day=date.fromordinal(int(copies.day[a])).isoformat(),
        certain=bool(farthest <= risk_set.race.window),
    )


@measure(NearSimultaneousParameters, NearSimultaneous)
def near_simultaneous(panel: Panel, asked: NearSimultaneousParameters) -> Iterator[Figures]:
    """The pairs of vendors of every feature of a market on a day."""
    risk_set = RiskSet(panel, asked.market, asked.on, asked.race)
    ids = risk_set.panel.feature_ids
    pairs = [
        NearPairOfFeature(feature=ids[feature], **msgspec.structs.asdict(pair))
        for feature in risk_set.features.tolist()
        for pair in near_pairs(risk_set, risk_set.copies(feature))
    ]
    pairs.sort(key=lambda pair: (pair.feature, pair.units))
    pairs.sort(key=lambda pair: (pair.certain, pair.first_day), reverse=True)
    yield {
        "market": asked.market,
        "unit": "vendor",
        "simultaneity_days": asked.simultaneity_days,
        "dates": asked.dates,
        "n_features": len({pair.feature for pair in pairs}),
        "n_pairs": len(pairs),
        "n_certain": sum(pair.certain for pair in pairs),
        "pairs": pairs,
    }
