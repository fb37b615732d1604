"""Who leads and who follows: `vendor_league`, and one vendor's row of it (metrics.md, 12)."""

import math
from datetime import date
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta
from scipy.stats import gamma

from service.maths.copying.cohort import Field, field
from service.maths.copying.diffusion import BORN_WITH, PENDING
from service.maths.kernels.kaplan_meier import (
    Floats,
    conditioning_start,
    first_at_most_half,
    kaplan_meier,
)
from service.maths.panel.panel import Panel
from service.maths.parameters import SURVEY_VALID_DAYS, Days, Unknown, known_for

PRIOR = 2  # pseudo-copies, observed and expected
Window = Annotated[int, Meta(ge=0, le=3650)]
Confidence = Annotated[float, Meta(gt=0, lt=1)]
Reasons = dict[str, str]


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
    follower_speed: float
    follower_speed_ci_low: float
    follower_speed_ci_high: float
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


def vendor_league(
    panel: Panel,
    market: str | None,
    on: int,
    as_of: str | None = None,
    simultaneity_days: Window = 7,
    confidence: Confidence = 0.95,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
) -> VendorLeague:
    """All of section 12 on day `on` (an ordinal); `unknown=exclude` as in section 18a."""
    panel = panel.seen(on)
    looked = known_for(unknown, survey_valid_days)
    races = field(panel, market, on, simultaneity_days, known_for=looked)
    firsts, contested, n_contested = _credits(races)
    expected = _expected(races)
    rows = [
        _row(races, unit, firsts[unit], contested[unit], n_contested, expected[unit], confidence)
        for unit in range(len(races.arena))
    ]
    rows.sort(key=lambda row: (-_rounded(row.innovator_share), -_rounded(row.follower_speed),
                               row.vendor))  # fmt: skip
    shares = [row.innovator_share for row in rows if row.innovator_share is not None]
    hhi = math.fsum(share * share for share in shares) if n_contested else None
    return VendorLeague(
        market=market,
        on=date.fromordinal(on).isoformat(),
        as_of=as_of,
        stage_min=panel.stage_min,
        simultaneity_days=simultaneity_days,
        n_features=len(races.races),
        n_contested_features=n_contested,
        innovator_hhi=hhi,
        vendors=rows,
        quality=_quality(n_contested, int(races.rows.event.sum())),
        warnings=panel.warnings,
        reasons={} if n_contested else {"innovator_hhi": "no_contested_features"},
    )


def _credits(races: Field) -> tuple[list[float], list[float], int]:
    """First firsts per unit, those of contested features, and how many features these are."""
    n = len(races.arena)
    every: list[list[float]] = [[] for _ in range(n)]
    contested: list[list[float]] = [[] for _ in range(n)]
    presence, n_contested = races.arena.presence, 0
    for run in races.races:
        there = (presence.start <= run.origin) & (run.origin < presence.end)
        is_contested = len(run.first) > 1 or bool(
            (there & ~np.isin(presence.unit, run.first)).any()
        )
        n_contested += is_contested
        for unit in run.first:
            every[unit].append(1 / len(run.first))
            if is_contested:
                contested[unit].append(1 / len(run.first))
    return [math.fsum(c) for c in every], [math.fsum(c) for c in contested], n_contested


def _expected(races: Field) -> list[float]:
    """Per unit, the copies expected at the pooled Nelson-Aalen hazard of the same ages."""
    rows = races.rows
    days, copies = np.unique(rows.exit[rows.event], return_counts=True)
    steps: Floats = copies / np.maximum(rows.at_risk(days), 1)
    hazard = np.concatenate([[0.0], np.cumsum(steps)])
    own = hazard[np.searchsorted(days, rows.exit, "right")]
    own = own - hazard[np.searchsorted(days, rows.entry, "right")]
    return [math.fsum(own[races.unit == unit].tolist()) for unit in range(len(races.arena))]


def _row(
    races: Field, unit: int, firsts: float, contested: float, n_contested: int, expected: float,
    confidence: float,
) -> LeagueRow:  # fmt: skip
    mine = races.unit == unit
    copied = int(races.rows.event[mine].sum())
    shape, scale = copied + PRIOR, 1 / (expected + PRIOR)
    tail = (1 - confidence) / 2
    low, high = gamma.ppf([tail, 1 - tail], shape, scale=scale).tolist()
    reasons: Reasons = {}
    if not n_contested:
        reasons["innovator_share"] = "no_contested_features"
    if not expected:
        reasons["copy_rate_ratio"] = "no_expected_copies"
    median, code = _median(races, unit)
    if code:
        reasons["median_copy_days"] = code
    statuses = [r.status[unit] for r in races.races if r.is_rival[unit]]
    return LeagueRow(
        vendor=races.arena.unit_ids[unit],
        first_credits=firsts,
        contested_first_credits=contested,
        innovator_share=contested / n_contested if n_contested else None,
        n_at_risk=len(np.unique(races.race[mine])),
        n_copied=copied,
        n_pending=statuses.count(PENDING),
        n_born_with=statuses.count(BORN_WITH),
        expected_copies=expected,
        copy_rate_ratio=copied / expected if expected else None,
        follower_speed=shape * scale,
        follower_speed_ci_low=low,
        follower_speed_ci_high=high,
        median_copy_days=median,
        reasons=reasons,
    )


def _median(races: Field, unit: int) -> tuple[int | None, str]:
    """Median of the curve over the unit's own rows (10.3 and 10.4), or why there is none."""
    rows = races.taken(races.unit == unit)
    if not len(rows):
        return None, "never_at_risk"
    start = conditioning_start(rows)
    if start is None:
        return None, "too_few_rivals"
    curve = kaplan_meier(rows, start)
    days = first_at_most_half(curve.days, curve.survival)
    return days, "" if days is not None else "not_reached"


def _rounded(value: float | None) -> float:
    return -1.0 if value is None else round(value, 12)


def _quality(n_contested: int, n_copies: int) -> str:
    if not n_contested:
        return "insufficient"
    if n_contested < 5 or n_copies < 5:
        return "thin"
    return "fair" if n_contested < 10 or n_copies < 20 else "good"


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


def vendor_copying(
    panel: Panel,
    market: str,
    vendor: str,
    on: int,
    as_of: str | None = None,
    simultaneity_days: Window = 7,
    confidence: Confidence = 0.95,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
) -> VendorCopying:
    """Section 12 for one vendor on day `on` (an ordinal); null if it is not in the market."""
    league = vendor_league(
        panel, market, on, as_of, simultaneity_days, confidence, unknown, survey_valid_days
    )
    places = {row.vendor: place for place, row in enumerate(league.vendors, 1)}
    rank = places.get(vendor)
    row = None if rank is None else league.vendors[rank - 1]
    return VendorCopying(
        market=market,
        vendor=vendor,
        on=league.on,
        as_of=as_of,
        stage_min=league.stage_min,
        rank=rank,
        n_vendors=len(league.vendors),
        n_features=league.n_features,
        n_contested_features=league.n_contested_features,
        row=row,
        quality=league.quality,
        warnings=league.warnings,
        reasons=row.reasons if row else {"row": "not_live", "rank": "not_live"},
    )
