"""How long until rivals copied a feature: `feature_time_to_copy` (metrics.md, 10)."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType

from service.maths.copying.curve import (
    ShareCopied,
    Step,
    curve_figures,
    median_figures,
    no_curve,
    verdict,
)
from service.maths.copying.date_sensitivity import (
    DateSensitivity,
    IntervalCensored,
    date_sensitivity,
    interval_censored,
)
from service.maths.copying.diffusion import BORN_WITH, COPIED, EXITED, PENDING, STATUSES, Diffusion
from service.maths.copying.feature_race import FeatureRace
from service.maths.copying.first_movers import (
    PossiblyEarlier,
    exclusivity,
    exposure_median,
    first_copy,
    origin,
)
from service.maths.copying.near_simultaneous import NearPair, near_pairs
from service.maths.copying.risk_set import RiskSet
from service.maths.measure import measure
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel
from service.maths.panel.scope import is_in_scope
from service.maths.parameters import (
    Copying,
    DateDraws,
    Days,
    Horizons,
    MeasureParameters,
    ModelledCells,
    Unit,
)
from service.maths.results import Absent, Figures, Reason, Reasons, absent


@dataclass(frozen=True, kw_only=True)
class FeatureTimeToCopyParameters(MeasureParameters, Copying, DateDraws, ModelledCells):
    """Of one feature; without a market all markets are treated as one.

    `unknown` is of pending rivals' cells: `exclude` ends their observation (18a).
    """

    feature: str
    market: str | None = None
    unit: Unit = "vendor"
    horizons_days: Horizons = (30, 90, 180, 365)
    rmst_tau_days: Days = 365


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    """One rival; all days are counted from the origin.

    `confirmed`, of a pending one: it is known to lack the feature on the day.
    """

    unit: str
    status: str
    entry_days: int
    copy_days: int | None
    copy_days_low: int | None
    copy_days_high: int | None
    exit_days: int | None
    earlier_stage_days: int | None
    confirmed: bool | UnsetType = UNSET


class MedianReading(msgspec.Struct, frozen=True, kw_only=True):
    """The median with its limits, by one way of reading cells of which nobody knows."""

    median_days: int | None
    ci_low: int | None
    ci_high: int | None


class CopyReadings(msgspec.Struct, frozen=True, kw_only=True):
    """All such cells absent, and their observation ended where knowledge ends: they bracket the
    answer if undocumented copies are no more frequent and no faster than documented ones."""

    all_absent: MedianReading
    as_known: MedianReading


class FeatureTimeToCopy(msgspec.Struct, frozen=True, kw_only=True):
    """Section 10, field by field."""

    market: str | None
    feature: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    simultaneity_days: int
    dates: str
    unknown: str
    origin_date: str | None
    origin_low: str | None
    origin_high: str | None
    imported: bool | None
    launch_pattern: str | None
    first_movers: list[str]
    n_co_innovators: int | None
    lead_days: int | None
    possible_earlier: list[PossiblyEarlier]
    origin_is_bound: bool | None
    first_mover_certain: bool | None
    first_mover_probability: dict[str, float]
    time_to_first_follow_days: int | None
    n_rivals: int | None
    n_at_risk: int | None
    n_copied: int | None
    n_born_with: int | None
    n_exited: int | None
    n_pending: int | None
    n_pending_confirmed: int | None
    n_pending_unconfirmed: int | None
    n_copies_before_conditioning: int | None
    conditional_from_days: int | None
    median_time_to_copy_days: int | None
    ci_low: int | None
    ci_high: int | None
    median_lower_bound_days: int | None
    median_earliest_days: int | None
    median_latest_days: int | None
    readings: CopyReadings
    follow_up_days: int | None
    curve_exhausted_at_days: int | None
    share_copied: dict[str, ShareCopied]
    share_copied_with_exits: dict[str, float | None]
    share_exited: dict[str, float | None]
    rmst_days: float | None
    rmst_se: float | None
    rmst_ci_low: float | None
    rmst_ci_high: float | None
    time_to_first_copy_days: int | None
    time_to_first_copy_low: int | None
    time_to_first_copy_high: int | None
    exclusivity_days: int | None
    exclusivity_status: str | None
    exclusivity_shared: bool | None
    median_exposure_clock_days: int | None
    date_sensitivity: DateSensitivity | None
    interval_censored: IntervalCensored | None
    near_simultaneous: list[NearPair]
    curve: list[Step]
    rivals: list[Rival]
    flags: list[str]
    band: str | None
    quality: str
    warnings: list[str]
    reasons: Reasons


# What the result repeats of the question, and has whether or not the feature was ever adopted.
_ASKED = ("market", "feature", "unit", "simultaneity_days", "dates", "unknown")
_LISTS = ("first_movers", "possible_earlier", "near_simultaneous", "rivals", "flags")
_EVERY = (*_ASKED, "on", "as_of", "stage_min", "warnings", "reasons")


@measure(FeatureTimeToCopyParameters, FeatureTimeToCopy)
def feature_time_to_copy(panel: Panel, asked: FeatureTimeToCopyParameters) -> Iterator[Figures]:
    """All of section 10 on a day."""
    risk_set = RiskSet(panel, asked.market, asked.on, asked.race, asked.unit)
    yield {name: getattr(asked, name) for name in _ASKED}
    feature = risk_set.feature_index(asked.feature)
    if feature is None:
        in_scope = is_in_scope(risk_set.panel.facts, asked.feature, asked.market)
        yield _nothing("never_adopted" if in_scope else "out_of_scope", asked.horizons_days)
        return
    days = (*asked.horizons_days, asked.rmst_tau_days)
    race = FeatureRace(risk_set, feature, asked, asked.confidence, asked.survey_valid_days, days)
    spread, copies, curve = race.spread(asked.unknown), race.copies, race.curve(asked.unknown)
    yield median_figures(curve)
    yield {"readings": _readings(race)}
    yield dict(zip(("median_earliest_days", "median_latest_days"), race.extremes(), strict=True))
    yield curve_figures(curve, asked.horizons_days, asked.rmst_tau_days)
    first = origin(risk_set, spread, copies, asked)
    yield first
    yield _counts(spread) | _pending(race)
    yield first_copy(spread, copies) | _exclusivity(risk_set, spread)
    yield {"median_exposure_clock_days": exposure_median(risk_set, spread)}
    yield _imprecision(race, spread, curve.missing, asked.confidence)
    is_absent = asked.unknown == "model" and race.lacks_model
    yield verdict(risk_set, curve, first, is_absent=is_absent)
    yield {
        "near_simultaneous": near_pairs(risk_set, copies),
        "rivals": _rivals(race, spread),
    }


def _readings(race: FeatureRace) -> Figures:
    return {
        "all_absent": race.curve("absent").median_reading(),
        "as_known": race.curve("exclude").median_reading(),
    }


def _pending(race: FeatureRace) -> Figures:
    """Pending rivals known to lack the feature on the day, and the others."""
    is_confirmed = race.is_confirmed[race.spread("absent").pending]
    return {
        "n_pending_confirmed": int(is_confirmed.sum()),
        "n_pending_unconfirmed": int((~is_confirmed).sum()),
    }


def _nothing(why: Reason, horizons: tuple[int, ...]) -> Figures:
    """Of a feature that nobody has had by the day, or that does not count in the market."""
    names = [name for name in FeatureTimeToCopy.__struct_fields__ if name not in _EVERY]
    lists: Figures = {n: [] for n in _LISTS}
    none: Figures = {"first_mover_probability": {}, "quality": "insufficient"}
    no_reading = absent(("median_days", "ci_low", "ci_high"), why)
    none["readings"] = {"all_absent": no_reading, "as_known": no_reading}
    return absent(names, why) | no_curve(why, horizons) | lists | none


def _counts(spread: Diffusion) -> Figures:
    return {
        "n_rivals": int(spread.is_rival.sum()),
        "n_at_risk": spread.n_at_risk,
        "n_copied": spread.count(COPIED),
        "n_born_with": spread.count(BORN_WITH),
        "n_exited": spread.count(EXITED),
        "n_pending": spread.count(PENDING),
    }


def _exclusivity(risk_set: RiskSet, spread: Diffusion) -> Figures:
    days, status = exclusivity(risk_set, spread)
    return {
        "exclusivity_days": days,
        "exclusivity_status": status,
        "exclusivity_shared": len(spread.first) > 1,
    }


def _imprecision(
    race: FeatureRace, spread: Diffusion, missing: Reason | None, confidence: float
) -> Figures:
    """What imprecise dates do to the curve, where there are any (10.9)."""
    sensitivity: Figures | Absent = Absent("all_dates_exact")
    if race.has_imprecise_dates:
        sensitivity = Absent(missing or "too_few_rivals")
        if (curves := race.own_curves) is not None:
            sensitivity = date_sensitivity(curves, confidence)
    copies = race.copies
    has = copies.day < NEVER
    censored: Figures | Absent = Absent("copy_dates_exact")
    if (copies.lo[has] < copies.hi[has]).any():
        censored = Absent(missing) if missing else interval_censored(spread, copies)
    return {"date_sensitivity": sensitivity, "interval_censored": censored}


def _rivals(race: FeatureRace, spread: Diffusion) -> list[Rival]:
    """By copy day, then id; days from the origin."""
    lower, unit = race.risk_set.lower_stages(spread.feature)
    earlier = np.full(len(race.risk_set), NEVER, np.int64)
    np.minimum.at(earlier, unit, lower.said)
    return [_rival(race, spread, u, int(earlier[u])) for u in spread.rivals.tolist()]


def _rival(race: FeatureRace, spread: Diffusion, unit: int, earlier: int) -> Rival:
    status, copy, began = spread.status[unit], int(spread.copy[unit]), spread.origin
    is_pending, has_copied = bool(status == PENDING), copy < NEVER
    return Rival(
        unit=race.risk_set.unit_ids[unit],
        status=STATUSES[status],
        entry_days=max(0, int(spread.entry[unit]) - began),
        copy_days=copy - began if has_copied else None,
        copy_days_low=int(race.copies.lo[unit]) - began if has_copied else None,
        copy_days_high=int(race.copies.hi[unit]) - began if has_copied else None,
        exit_days=int(spread.last_end[unit]) - began if status == EXITED else None,
        earlier_stage_days=earlier - began if is_pending and earlier < NEVER else None,
        confirmed=bool(race.is_confirmed[unit]) if is_pending else UNSET,
    )
