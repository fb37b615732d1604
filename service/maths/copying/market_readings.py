"""Speeds of copying read both ways: unknown cells as absent, and left out (metrics.md, 18a)."""

import msgspec

from service.maths.copying.cohort import Field, fields
from service.maths.copying.exposure import Pool
from service.maths.copying.league import LeagueRow, vendor_league
from service.maths.copying.trend import model
from service.maths.homogenization.readings import Readings
from service.maths.kernels.frailty import AGE_BANDS, KAPPA, Bands
from service.maths.panel.panel import Panel
from service.maths.parameters import SURVEY_VALID_DAYS, Unknown

_WAYS: tuple[Unknown, Unknown] = ("absent", "exclude")


class VendorReadings(msgspec.Struct, frozen=True, kw_only=True):
    """The follower speed of one vendor, read both ways."""

    vendor: str
    unknown_absent: float | None
    unknown_excluded: float | None


class LeagueReadings(msgspec.Struct, frozen=True, kw_only=True):
    """The vendors by id; who was first does not depend on what is unknown."""

    vendors: list[VendorReadings]


def pooled_readings(
    panel: Panel,
    on: int,
    market: str | None = None,
    markets: tuple[str, ...] | None = None,
    simultaneity_days: int = 7,
    age_bands_days: tuple[int, ...] = AGE_BANDS,
    band_prior_copies: float = KAPPA,
    survey_valid_days: int = SURVEY_VALID_DAYS,
) -> Readings:
    """`typical_feature_median_days` on day `on` (an ordinal)."""
    bands = Bands.of(age_bands_days, band_prior_copies)
    both = [
        _typical(Pool(fields(panel.seen(on), market, markets, on, simultaneity_days, days), bands))
        for days in (None, survey_valid_days)
    ]
    return _readings(both)


def _typical(pool: Pool) -> tuple[float | None, str]:
    if pool.missing is not None:
        return None, pool.missing
    shape = pool.fit.shape
    return pool.fit.median_age(shape, shape, pool.oldest), "beyond_observed"


def trend_readings(
    panel: Panel,
    on: int,
    market: str | None = None,
    markets: tuple[str, ...] | None = None,
    simultaneity_days: int = 7,
    survey_valid_days: int = SURVEY_VALID_DAYS,
) -> Readings:
    """`hazard_ratio_per_year` on day `on` (an ordinal)."""
    return _readings(
        [
            _ratio(fields(panel.seen(on), market, markets, on, simultaneity_days, days))
            for days in (None, survey_valid_days)
        ]
    )


def _ratio(races: Field) -> tuple[float | None, str]:
    found, reasons = model(races, 0.95)
    ratio = found["hazard_ratio_per_year"]
    if not isinstance(ratio, float):
        return None, reasons["hazard_ratio_per_year"]
    return ratio, ""


def league_readings(
    panel: Panel,
    market: str | None,
    on: int,
    simultaneity_days: int = 7,
    survey_valid_days: int = SURVEY_VALID_DAYS,
) -> LeagueReadings:
    """`follower_speed` of every vendor on day `on` (an ordinal)."""
    absent, excluded = (
        {r.vendor: r for r in _rows(panel, market, on, simultaneity_days, way, survey_valid_days)}
        for way in _WAYS
    )
    return LeagueReadings(
        vendors=[
            VendorReadings(
                vendor=vendor,
                unknown_absent=absent[vendor].follower_speed,
                unknown_excluded=excluded[vendor].follower_speed,
            )
            for vendor in sorted(absent)
        ]
    )


def vendor_copying_readings(
    panel: Panel,
    market: str,
    vendor: str,
    on: int,
    simultaneity_days: int = 7,
    survey_valid_days: int = SURVEY_VALID_DAYS,
) -> Readings:
    """`follower_speed` of one vendor on day `on` (an ordinal)."""
    every = league_readings(panel, market, on, simultaneity_days, survey_valid_days).vendors
    own = next((row for row in every if row.vendor == vendor), None)
    if own is None:
        return Readings.missing("not_live")
    return Readings.of(own.unknown_absent, own.unknown_excluded)


def _rows(
    panel: Panel, market: str | None, on: int, window: int, way: Unknown, survey_valid_days: int
) -> list[LeagueRow]:
    return vendor_league(panel, market, on, None, window, 0.95, way, survey_valid_days).vendors


def _readings(both: list[tuple[float | None, str]]) -> Readings:
    names = ("unknown_absent", "unknown_excluded")
    values = dict(zip(names, (value for value, _ in both), strict=True))
    codes = dict(zip(names, (code for _, code in both), strict=True))
    reasons = {name: codes[name] for name in names if values[name] is None}
    return Readings(**values, reasons=reasons)
