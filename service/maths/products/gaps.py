"""What rivals have and a product lacks, and what only it has: `gap_analysis`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec
import numpy as np

from service.cached import cached_property
from service.maths.arrays import Bools, Ints
from service.maths.homogenization.product import absence
from service.maths.kernels.similarity import jaccards
from service.maths.measure import measure
from service.maths.panel.coverage import last_survey
from service.maths.panel.facts import NO_DATE
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import SURVEY_VALID_DAYS, Days, MeasureParameters, Share
from service.maths.results import Absent, Figures, Reason, Reasons

Peers = Literal["market", "nearest"]
N_NEAREST = 5
WINDOW_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class GapAnalysisParameters(MeasureParameters):
    """Of one product against its peers in a market."""

    market: str
    product: str
    peers: Peers = "market"
    min_peer_share: Share = 0.5
    survey_valid_days: Days = SURVEY_VALID_DAYS


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """Days, as an interval where dates are partial; `max` null where the start is open."""

    min: int
    max: int | None


class FirstMover(msgspec.Struct, frozen=True, kw_only=True):
    """Who had it first in the market by representative day; the date is as stored."""

    product: str
    date: str


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """A feature that peers have; `state` absent: a survey says so, unknown: nobody looked."""

    feature: str
    peer_share: float
    peer_share_change: float | None
    first_mover: FirstMover
    gap_age_days: Span
    state: Literal["absent", "unknown"]
    last_surveyed: str | None


class Unique(msgspec.Struct, frozen=True, kw_only=True):
    """A feature that no other vendor of the market has."""

    feature: str
    since: str


class PeerRule(msgspec.Struct, frozen=True, kw_only=True):
    """market: every rival vendor is a peer; nearest: the five likest rival products are."""

    rule: Peers
    count: int


class GapAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """Gaps by peer share, descending, then id; `peer_share_change` is over 365 days."""

    market: str
    product: str
    on: str
    as_of: str | None
    stage_min: str
    peers: PeerRule
    missing: list[Gap]
    unique: list[Unique]
    n_features: int | None
    warnings: list[str]
    reasons: Reasons


@measure(GapAnalysisParameters, GapAnalysis)
def gap_analysis(panel: Panel, asked: GapAnalysisParameters) -> Iterator[Figures]:
    """What the peers of a product have on a day and it lacks, and what only it has."""
    panel = panel.within(asked.market)
    profiled = profile(panel, asked.market, asked.on)
    yield {"market": asked.market, "product": asked.product}
    if asked.product not in profiled.units:
        why = absence(panel, asked.market, asked.product, asked.on)
        yield _nothing(asked, why) | {"n_features": Absent(why)}
        return
    gaps = _Gaps(panel, profiled, asked)
    yield {"n_features": int(gaps.own.sum())}
    if not gaps.peers:
        yield _nothing(asked, "no_rivals")
        return
    yield {
        "peers": PeerRule(rule=asked.peers, count=len(gaps.peers)),
        "missing": gaps.missing(),
        "unique": gaps.unique(),
    }


def _nothing(asked: GapAnalysisParameters, why: Reason) -> Figures:
    """Without peers."""
    nothing = Absent(why, shown=[])
    return {
        "peers": PeerRule(rule=asked.peers, count=0),
        "missing": nothing,
        "unique": nothing,
    }


@dataclass(frozen=True)
class _Gaps:
    """Of a profiled product."""

    panel: Panel
    profiled: Profile
    asked: GapAnalysisParameters

    @cached_property
    def row(self) -> int:
        return self.profiled.units.index(self.asked.product)

    @property
    def own(self) -> Bools:
        """Which of the market's features the product has."""
        own: Bools = self.profiled.state.has[self.row]
        return own

    @cached_property
    def peers(self) -> list[list[int]]:
        """The rows of each peer: all products of a vendor, or one near product."""
        state, units = self.profiled.state, self.profiled.units
        rivals = np.flatnonzero(state.vendor != state.vendor[self.row])
        if self.asked.peers == "market":
            vendors = np.unique(state.vendor[rivals])
            return [rivals[state.vendor[rivals] == v].tolist() for v in vendors]
        alike = jaccards(state, self.row).round(12)
        order = sorted(rivals.tolist(), key=lambda r: (-alike[r], units[r]))
        return [[row] for row in order[:N_NEAREST]]

    @cached_property
    def before(self) -> Profile:
        """The market a year earlier."""
        return profile(self.panel, self.asked.market, max(1, self.asked.on - WINDOW_DAYS))

    def _share(self, column: int) -> float:
        has = self.profiled.state.has[:, column]
        return sum(bool(has[rows].any()) for rows in self.peers) / len(self.peers)

    def missing(self) -> list[Figures]:
        """A `Gap` per feature that enough peers have."""
        shares = {c: self._share(c) for c in np.flatnonzero(~self.own).tolist()}
        least, items = self.asked.min_peer_share, self.profiled.items
        kept = [c for c, share in shares.items() if share > 0 and share >= least]
        kept.sort(key=lambda c: (-round(shares[c], 12), items[c]))
        return [self._gap(items[c], shares[c]) for c in kept]

    def _gap(self, feature: str, share: float) -> Figures:
        adoptions, on = self.panel.adoptions, self.asked.on
        first = int(self._spells(feature)[0])
        lo, hi = int(adoptions.lo[first]), int(adoptions.hi[first])
        valid = self.asked.survey_valid_days
        surveyed = last_survey(
            self.panel, self.asked.market, self.asked.product, feature, on, valid
        )
        then = self._share_before(feature)
        product = self.panel.product_ids[int(adoptions.product[first])]
        return {
            "feature": feature,
            "peer_share": share,
            "peer_share_change": then if isinstance(then, Absent) else share - then,
            "first_mover": FirstMover(product=product, date=self._text(first)),
            "gap_age_days": Span(min=max(0, on - hi), max=None if lo == NO_DATE else on - lo),
            "state": "unknown" if surveyed is None else "absent",
            "last_surveyed": None if surveyed is None else date.fromordinal(surveyed).isoformat(),
        }

    def _share_before(self, feature: str) -> float | Absent:
        """The share among those of today's peers that were profiled then."""
        place, units = {u: row for row, u in enumerate(self.before.units)}, self.profiled.units
        each = [[place[units[r]] for r in rows if units[r] in place] for rows in self.peers]
        there = [rows for rows in each if rows]
        if not there:
            return Absent("no_common_rivals")
        if feature not in self.before.items:
            return 0.0
        has = self.before.state.has[:, self.before.items.index(feature)]
        return sum(bool(has[rows].any()) for rows in there) / len(there)

    def unique(self) -> list[Unique]:
        """The features that no other vendor has."""
        alone = self.own & (self.profiled.state.vendors_with == 1)
        index = self.panel.product_ids.index(self.asked.product)
        owner = self.panel.adoptions.product
        each = []
        for column in np.flatnonzero(alone).tolist():
            feature = self.profiled.items[column]
            first = next(s for s in self._spells(feature).tolist() if owner[s] == index)
            each.append(Unique(feature=feature, since=self._text(first)))
        return each

    def _spells(self, feature: str) -> Ints:
        """Spells of the market with the feature that started by the day, by start, then product."""
        spells = self.panel.adoptions
        item = self.panel.feature_ids.index(feature)
        inside = self.panel.in_market(self.asked.market)[spells.product]
        rows = np.flatnonzero((spells.item == item) & (spells.start <= self.asked.on) & inside)
        return rows[np.lexsort((spells.product[rows], spells.start[rows]))]

    def _text(self, spell: int) -> str:
        return self.panel.facts.adoptions.start.text[int(self.panel.adoptions.row[spell])]
