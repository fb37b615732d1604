"""What `feature_time_to_copy` answers (metrics.md, 10.11)."""

import msgspec

from service.maths.copying.curve import ShareCopied, Step
from service.maths.copying.date_sensitivity import DateSensitivity, IntervalCensored
from service.maths.copying.unknown_rivals import Pending

Reasons = dict[str, str]


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    """One rival; all days are counted from the origin."""

    unit: str
    status: str
    entry_days: int
    copy_days: int | None
    exit_days: int | None
    earlier_stage_days: int | None


class FeatureTimeToCopy(msgspec.Struct, frozen=True, kw_only=True):
    """Section 10, field by field; the readings of 18a are in `copy_readings`."""

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
