"""What rivals have and a product lacks, and what only it has: `gap_analysis`."""

from datetime import date
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta

from service.maths.homogenization.figures import Reasons
from service.maths.homogenization.product import absence
from service.maths.kernels.similarity import jaccards
from service.maths.panel.coverage import last_survey
from service.maths.panel.facts import NO_DATE, Ints
from service.maths.panel.lifetimes import Bools
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile

Peers = Literal["market", "nearest"]
Share = Annotated[float, Meta(ge=0, le=1)]
N_NEAREST = 5
WINDOW_DAYS = 365


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


def gap_analysis(
    panel: Panel,
    market: str,
    product: str,
    on: int,
    as_of: str | None = None,
    peers: Peers = "market",
    min_peer_share: Share = 0.5,
    survey_valid_days: int = 365,
) -> GapAnalysis:
    """Gaps of one product on day `on` (an ordinal) against its peers in the market."""
    panel = panel.seen(on)
    now = profile(panel, market, on)
    found = _Gaps(panel, now, market, product, on, peers, survey_valid_days)
    code = None if product in now.units else absence(panel, market, product, on)
    code = code or (None if found.count else "no_rivals")
    missing = [] if code else found.missing(min_peer_share)
    new = {f"missing.{gap.feature}.peer_share_change": "no_common_rivals"
           for gap in missing if gap.peer_share_change is None}  # fmt: skip
    return GapAnalysis(
        market=market,
        product=product,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        peers=PeerRule(rule=peers, count=found.count),
        missing=missing,
        unique=[] if code else found.unique(),
        n_features=None if product not in now.units else int(found.own.sum()),
        warnings=panel.warnings,
        reasons=_reasons(code, product in now.units) | new,
    )


def _reasons(code: str | None, is_there: bool) -> Reasons:
    names = ("missing", "unique") + (() if is_there else ("n_features",))
    return dict.fromkeys(names, code) if code else {}


class _Gaps:
    def __init__(
        self, panel: Panel, now: Profile, market: str, product: str, on: int, rule: Peers,
        survey_valid_days: int,
    ) -> None:  # fmt: skip
        self.panel, self.now, self.market, self.on = panel, now, market, on
        self.product, self.valid = product, survey_valid_days
        self.row = now.units.index(product) if product in now.units else -1
        self.own: Bools = now.state.has[self.row] if self.row >= 0 else np.zeros(0, np.bool_)
        self.peers = self._peers(rule) if self.row >= 0 else []
        self.count = len(self.peers)

    def _peers(self, rule: Peers) -> list[list[int]]:
        """The rows of each peer: all products of a vendor, or one near product."""
        state, vendor = self.now.state, self.now.state.vendor[self.row]
        rivals = np.flatnonzero(state.vendor != vendor)
        if rule == "market":
            return [rivals[state.vendor[rivals] == v].tolist() for v in np.unique(
                state.vendor[rivals])]  # fmt: skip
        alike = jaccards(state, self.row).round(12)
        order = sorted(rivals.tolist(), key=lambda r: (-alike[r], self.now.units[r]))
        return [[row] for row in order[:N_NEAREST]]

    def _share(self, column: int) -> float:
        has = self.now.state.has[:, column]
        return sum(bool(has[rows].any()) for rows in self.peers) / self.count

    def missing(self, least: float) -> list[Gap]:
        shares = {c: self._share(c) for c in np.flatnonzero(~self.own).tolist()}
        kept = [c for c, share in shares.items() if share > 0 and share >= least]
        kept.sort(key=lambda c: (-round(shares[c], 12), self.now.items[c]))
        before = profile(self.panel, self.market, max(1, self.on - WINDOW_DAYS))
        return [self._gap(c, shares[c], before) for c in kept]

    def _gap(self, column: int, share: float, before: Profile) -> Gap:
        feature = self.now.items[column]
        spells = self._spells(feature)
        first = spells[0]
        adoptions = self.panel.adoptions
        lo, hi = int(adoptions.lo[first]), int(adoptions.hi[first])
        surveyed = last_survey(self.panel, self.product, feature, self.on, self.valid)
        then = self._share_before(feature, before)
        return Gap(
            feature=feature,
            peer_share=share,
            peer_share_change=None if then is None else share - then,
            first_mover=FirstMover(
                product=self.panel.product_ids[int(adoptions.product[first])],
                date=self._text(int(first)),
            ),
            gap_age_days=Span(
                min=max(0, self.on - hi), max=None if lo == NO_DATE else self.on - lo
            ),
            state="unknown" if surveyed is None else "absent",
            last_surveyed=None if surveyed is None else date.fromordinal(surveyed).isoformat(),
        )

    def _share_before(self, feature: str, before: Profile) -> float | None:
        """The share among those of today's peers that were profiled then."""
        place = {unit: row for row, unit in enumerate(before.units)}
        there = [[place[self.now.units[r]] for r in rows if self.now.units[r] in place]
                 for rows in self.peers]  # fmt: skip
        there = [rows for rows in there if rows]
        if not there:
            return None
        if feature not in before.items:
            return 0.0
        has = before.state.has[:, before.items.index(feature)]
        return sum(bool(has[rows].any()) for rows in there) / len(there)

    def unique(self) -> list[Unique]:
        alone = self.own & (self.now.state.vendors_with == 1)
        found = []
        for column in np.flatnonzero(alone).tolist():
            feature = self.now.items[column]
            index = self.panel.product_ids.index(self.product)
            own = [s for s in self._spells(feature) if self.panel.adoptions.product[s] == index]
            found.append(Unique(feature=feature, since=self._text(int(own[0]))))
        return found

    def _spells(self, feature: str) -> Ints:
        """Spells of the market with the feature that started by the day, by start, then product."""
        spells = self.panel.adoptions
        item = self.panel.feature_ids.index(feature)
        inside = self.panel.in_market(self.market)[spells.product]
        rows = np.flatnonzero((spells.item == item) & (spells.start <= self.on) & inside)
        return rows[np.lexsort((spells.product[rows], spells.start[rows]))]

    def _text(self, spell: int) -> str:
        return self.panel.facts.adoptions.start.text[int(self.panel.adoptions.row[spell])]
