"""How long until rivals copied a feature: `feature_time_to_copy` (metrics.md, 10)."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from service.maths.arrays import Ints
from service.maths.copying.curve import (
    CopyCurve,
    ShareCopied,
    Step,
    curve_figures,
    median_figures,
    no_curve,
)
from service.maths.copying.date_sensitivity import (
    DateSensitivity,
    IntervalCensored,
    date_sensitivity,
    has_imprecise_dates,
    interval_censored,
)
from service.maths.copying.diffusion import (
    BORN_WITH,
    COPIED,
    EXITED,
    PENDING,
    STATUSES,
    Diffusion,
    diffusion,
    known_until,
    without_unknown,
)
from service.maths.copying.exclusivity import exclusivity, exposure_median, first_copy
from service.maths.copying.first_movers import origin
from service.maths.copying.risk_set import Copies, RiskSet
from service.maths.copying.verdict import verdict
from service.maths.measure import measure
from service.maths.panel.facts import NO_DATE
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel
from service.maths.parameters import (
    Copying,
    DateDraws,
    Days,
    Horizons,
    MeasureParameters,
    Unit,
    UnknownCells,
)
from service.maths.readings import Pending
from service.maths.results import Absent, Figures, Reasons, absent


@dataclass(frozen=True, kw_only=True)
class FeatureTimeToCopyParameters(MeasureParameters, Copying, DateDraws, UnknownCells):
    """Of one feature; without a market all markets are treated as one. `unknown=exclude`: a
    pending rival leaves observation when its cell is no longer known (18a)."""

    feature: str
    market: str | None = None
    unit: Unit = "vendor"
    horizons_days: Horizons = (30, 90, 180, 365)
    rmst_tau_days: Days = 365


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    """One rival; all days are counted from the origin."""

    unit: str
    status: str
    entry_days: int
    copy_days: int | None
    exit_days: int | None
    earlier_stage_days: int | None


class FeatureTimeToCopy(msgspec.Struct, frozen=True, kw_only=True):
    """Section 10, field by field."""

    market: str | None
    feature: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    simultaneity_days: int
    unknown: str
    origin_date: str | None
    origin_low: str | None
    origin_high: str | None
    imported: bool | None
    launch_pattern: str | None
    first_movers: list[str]
    n_co_innovators: int | None
    lead_days: int | None
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
    n_unknown: int | None
    n_copies_before_conditioning: int | None
    conditional_from_days: int | None
    median_time_to_copy_days: int | None
    ci_low: int | None
    ci_high: int | None
    median_lower_bound_days: int | None
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
    curve: list[Step]
    rivals: list[Rival]
    pending: list[Pending]
    flags: list[str]
    band: str | None
    quality: str
    warnings: list[str]
    reasons: Reasons


# What the result repeats of the question, and has whether or not the feature was ever adopted.
_ASKED = ("market", "feature", "unit", "simultaneity_days", "unknown")
_EVERY = (*_ASKED, "on", "as_of", "stage_min", "warnings", "reasons")


@measure(FeatureTimeToCopyParameters, FeatureTimeToCopy)
def feature_time_to_copy(panel: Panel, asked: FeatureTimeToCopyParameters) -> Iterator[Figures]:
    """All of section 10 on a day."""
    risk_set = RiskSet(panel, asked.market, asked.on, asked.unit)
    yield {name: getattr(asked, name) for name in _ASKED}
    feature = risk_set.feature_index(asked.feature)
    if feature is None:
        yield _never_adopted(asked.horizons_days)
        return
    copies = risk_set.copies(feature)
    spread = diffusion(risk_set, feature, asked.simultaneity_days, copies)
    known = known_until(risk_set, feature, asked.survey_valid_days)
    yield _pending(risk_set, spread, known)
    if asked.unknown == "exclude":
        spread = without_unknown(spread, known)
    curve = CopyCurve(spread, asked.confidence)
    yield median_figures(curve)
    yield curve_figures(curve, asked.horizons_days, asked.rmst_tau_days)
    yield origin(risk_set, spread, copies, asked)
    yield _counts(spread)
    yield first_copy(spread, copies) | _exclusivity(risk_set, spread)
    yield {"median_exposure_clock_days": exposure_median(risk_set, spread)}
    yield _imprecision(risk_set, spread, copies, asked)
    yield verdict(risk_set, curve, copies)
    yield {"rivals": _rivals(risk_set, spread)}


def _pending(risk_set: RiskSet, spread: Diffusion, known: Ints) -> Figures:
    """Pending rivals known to lack the feature on the day, the others, and those never known."""
    units = spread.pending
    is_confirmed = known[units] >= spread.on
    return {
        "pending": [
            Pending(unit=risk_set.unit_ids[u], confirmed=bool(sure))
            for u, sure in zip(units, is_confirmed, strict=True)
        ],
        "n_pending_confirmed": int(is_confirmed.sum()),
        "n_pending_unconfirmed": int((~is_confirmed).sum()),
        "n_unknown": int((known[units] == NO_DATE).sum()),
    }


def _never_adopted(horizons: tuple[int, ...]) -> Figures:
    names = [name for name in FeatureTimeToCopy.__struct_fields__ if name not in _EVERY]
    lists: Figures = {name: [] for name in ("first_movers", "rivals", "pending", "flags")}
    none: Figures = {"first_mover_probability": {}, "quality": "insufficient"}
    curve = no_curve("never_adopted", horizons)
    return absent(names, "never_adopted") | curve | lists | none


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
    risk_set: RiskSet, spread: Diffusion, copies: Copies, asked: FeatureTimeToCopyParameters
) -> Figures:
    """What imprecise dates do to the curve, where there are any (10.9)."""
    sensitivity: Figures | Absent = Absent("all_dates_exact")
    if has_imprecise_dates(risk_set, spread.feature):
        sensitivity = date_sensitivity(risk_set, spread, asked.confidence, asked)
    has = copies.day < NEVER
    censored: Figures | Absent = Absent("copy_dates_exact")
    if not len(spread.rows):
        censored = Absent("no_rivals")
    elif (copies.lo[has] < copies.hi[has]).any():
        censored = interval_censored(spread, copies)
    return {"date_sensitivity": sensitivity, "interval_censored": censored}


def _rivals(risk_set: RiskSet, spread: Diffusion) -> list[Rival]:
    """By copy day, then id; days from the origin."""
    lower, unit = risk_set.lower_stages(spread.feature)
    earlier = np.full(len(risk_set), NEVER, np.int64)
    np.minimum.at(earlier, unit, lower.said)
    return [_rival(risk_set, spread, u, int(earlier[u])) for u in spread.rivals.tolist()]


def _rival(risk_set: RiskSet, spread: Diffusion, unit: int, earlier: int) -> Rival:
    status, copy, began = spread.status[unit], int(spread.copy[unit]), spread.origin
    is_earlier = status == PENDING and earlier < NEVER
    return Rival(
        unit=risk_set.unit_ids[unit],
        status=STATUSES[status],
        entry_days=max(0, int(spread.entry[unit]) - began),
        copy_days=None if copy == NEVER else copy - began,
        exit_days=int(spread.last_end[unit]) - began if status == EXITED else None,
        earlier_stage_days=earlier - began if is_earlier else None,
    )
