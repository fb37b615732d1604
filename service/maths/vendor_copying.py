"""One vendor in its market's league: how often first, how fast a follower (metrics.md, 12)."""

import msgspec

from service.maths.league import Confidence, LeagueRow, Reasons, Window, vendor_league
from service.maths.panels import Panel
from service.maths.parameters import SURVEY_VALID_DAYS, Days, Unknown


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
