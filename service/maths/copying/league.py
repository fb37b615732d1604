"""Who leads and who follows: `vendor_league`, and one vendor's row of it (metrics.md, 12)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np
from scipy.special import gammaincinv

from service.cached import cached_property
from service.maths.arrays import Floats
from service.maths.copying.cohort import FeatureCohort, cohort
from service.maths.copying.curve import median_of
from service.maths.copying.diffusion import BORN_WITH, PENDING
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.parameters import Copying, MeasureParameters, UnknownCells
from service.maths.results import Absent, Figures, Reasons, absent, finish, ratio

PRIOR = 2  # pseudo-copies, observed and expected
_SPEED = (
    "copy_rate_ratio",
    "follower_speed",
    "follower_speed_ci_low",
    "follower_speed_ci_high",
)


@dataclass(frozen=True, kw_only=True)
class VendorLeagueParameters(MeasureParameters, Copying, UnknownCells):
    """Of one market, or of all as one; `unknown=exclude` as in section 18a."""

    market: str | None


class LeagueRow(msgspec.Struct, frozen=True, kw_only=True):
    """One vendor: how often first, how fast a follower."""

    vendor: str
    first_credits: float
    contested_first_credits: float
    innovator_share: float | None
    n_at_risk: int
    n_copied: int
    n_pending: int
    n_born_with: int
    expected_copies: float
    copy_rate_ratio: float | None
    follower_speed: float | None
    follower_speed_ci_low: float | None
    follower_speed_ci_high: float | None
    median_copy_days: int | None
    reasons: Reasons


class VendorLeague(msgspec.Struct, frozen=True, kw_only=True):
    """All vendors by innovator share, then follower speed."""

    market: str | None
    on: str
    as_of: str | None
    stage_min: str
    simultaneity_days: int
    n_features: int
    n_contested_features: int
    innovator_hhi: float | None
    vendors: list[LeagueRow]
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(VendorLeagueParameters, VendorLeague)
def vendor_league(panel: Panel, asked: VendorLeagueParameters) -> Iterator[Figures]:
    """All of section 12 on a day."""
    table = _Table.of(panel, asked)
    shares = [row.innovator_share for row in table.rows if row.innovator_share is not None]
    hhi = math.fsum(share * share for share in shares)
    yield {"market": asked.market, "simultaneity_days": asked.simultaneity_days}
    yield table.sizes() | {
        "innovator_hhi": hhi if table.n_contested else Absent("no_contested_features"),
        "vendors": table.rows,
    }


@dataclass(frozen=True)
class _Table:
    """The vendors of a cohort of one market."""

    cohort: FeatureCohort
    confidence: float

    @classmethod
    def of(cls, panel: Panel, asked: VendorLeagueParameters) -> "_Table":
        each = cohort(panel, asked.market, asked.on, asked.race, known_for=asked.known_for)
        return cls(each, asked.confidence)

    @cached_property
    def rows(self) -> list[LeagueRow]:
        """In the order of the league."""
        units = range(len(self.cohort.risk_set))
        each = [finish(LeagueRow, self._innovation(unit) | self._following(unit)) for unit in units]
        return sorted(each, key=_standing)

    def sizes(self) -> Figures:
        """How many features the league is over, and how much it rests on."""
        return {
            "n_features": len(self.cohort.diffusions),
            "n_contested_features": self.n_contested,
            "quality": _quality(self.n_contested, self.cohort.n_copies),
        }

    @cached_property
    def is_contested(self) -> list[bool]:
        """Of each feature: another vendor is present at its origin, or several are first."""
        presence = self.cohort.risk_set.presence
        contested = []
        for spread in self.cohort.diffusions:
            there = (presence.start <= spread.origin) & (spread.origin < presence.end)
            others = there & ~np.isin(presence.unit, spread.first)
            contested.append(len(spread.first) > 1 or bool(others.any()))
        return contested

    @property
    def n_contested(self) -> int:
        return sum(self.is_contested)

    @cached_property
    def _credits(self) -> list[list[tuple[float, bool]]]:
        """Per unit, its share of each feature that it was first with, and whether contested."""
        each: list[list[tuple[float, bool]]] = [[] for _ in self.cohort.risk_set.unit_ids]
        for spread, is_contested in zip(self.cohort.diffusions, self.is_contested, strict=True):
            for unit in spread.first:
                each[unit].append((1 / len(spread.first), is_contested))
        return each

    @cached_property
    def _expected(self) -> Floats:
        """Per row, the copies expected at the pooled Nelson-Aalen hazard of the same ages."""
        rows = self.cohort.rows
        days, copies = np.unique(rows.exit[rows.event], return_counts=True)
        steps: Floats = copies / np.maximum(rows.at_risk(days), 1)
        hazard = np.concatenate([[0.0], np.cumsum(steps)])
        until_exit = hazard[np.searchsorted(days, rows.exit, "right")]
        return np.asarray(until_exit - hazard[np.searchsorted(days, rows.entry, "right")])

    def _innovation(self, unit: int) -> Figures:
        contested = math.fsum(share for share, is_won in self._credits[unit] if is_won)
        return {
            "vendor": self.cohort.risk_set.unit_ids[unit],
            "first_credits": math.fsum(share for share, _ in self._credits[unit]),
            "contested_first_credits": contested,
            "innovator_share": ratio(contested, self.n_contested, "no_contested_features"),
        }

    def _following(self, unit: int) -> Figures:
        own = self.cohort.unit == unit
        rows = self.cohort.taken(own)
        copied = int(self.cohort.rows.event[own].sum())
        expected = math.fsum(self._expected[own].tolist())
        statuses = [d.status[unit] for d in self.cohort.diffusions if d.is_rival[unit]]
        speed = self._speed(copied, expected) if len(rows) else absent(_SPEED, "never_at_risk")
        return {
            "n_at_risk": len(np.unique(self.cohort.member[own])),
            "n_copied": copied,
            "n_pending": statuses.count(PENDING),
            "n_born_with": statuses.count(BORN_WITH),
            "expected_copies": expected,
            **speed,
            "median_copy_days": median_of(rows) if len(rows) else Absent("never_at_risk"),
        }

    def _speed(self, copied: int, expected: float) -> Figures:
        shape, scale = copied + PRIOR, 1 / (expected + PRIOR)
        tail = (1 - self.confidence) / 2
        low, high = (gammaincinv(shape, [tail, 1 - tail]) * scale).tolist()
        values = (ratio(copied, expected, "no_expected_copies"), shape * scale, low, high)
        return dict(zip(_SPEED, values, strict=True))


def _standing(row: LeagueRow) -> tuple[float, float, str]:
    """By innovator share, then follower speed, descending, then id."""
    share = -1.0 if row.innovator_share is None else round(row.innovator_share, 12)
    speed = -1.0 if row.follower_speed is None else round(row.follower_speed, 12)
    return -share, -speed, row.vendor


def _quality(n_contested: int, n_copies: int) -> str:
    if not n_contested:
        return "insufficient"
    if n_contested < 5 or n_copies < 5:
        return "thin"
    return "fair" if n_contested < 10 or n_copies < 20 else "good"


@dataclass(frozen=True, kw_only=True)
class VendorCopyingParameters(VendorLeagueParameters):
    """Of one vendor in a market."""

    market: str
    vendor: str


class VendorCopying(msgspec.Struct, frozen=True, kw_only=True):
    """The vendor's row of the league, and its place in it."""

    market: str
    vendor: str
    on: str
    as_of: str | None
    stage_min: str
    rank: int | None
    n_vendors: int
    n_features: int
    n_contested_features: int
    row: LeagueRow | None
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(VendorCopyingParameters, VendorCopying)
def vendor_copying(panel: Panel, asked: VendorCopyingParameters) -> Iterator[Figures]:
    """Section 12 for one vendor on a day; the figure `follower_speed` is that of its row."""
    table = _Table.of(panel, asked)
    yield {"market": asked.market, "vendor": asked.vendor, "n_vendors": len(table.rows)}
    yield table.sizes()
    ranked = {row.vendor: (rank, row) for rank, row in enumerate(table.rows, 1)}
    if asked.vendor not in ranked:
        yield absent(("rank", "row", "follower_speed"), "not_live")
        return
    rank, row = ranked[asked.vendor]
    yield {"rank": rank, "row": row, "follower_speed": row.follower_speed, "reasons": row.reasons}
