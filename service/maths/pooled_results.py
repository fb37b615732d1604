"""What `pooled_time_to_copy` answers (metrics.md, 13)."""

import msgspec
from msgspec import UNSET, UnsetType

Reasons = dict[str, str]


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """One band of feature age; the rate is null without rival-days."""

    from_days: float
    to_days: float | None
    copies: int
    rival_days: float
    rate_per_day: float | None


class FeatureSpeed(msgspec.Struct, frozen=True, kw_only=True):
    """One feature with partial pooling; speed 1 is the market's."""

    feature: str
    copies: int
    rival_days: float
    expected_copies: float
    speed: float
    speed_ci_low: float | None
    speed_ci_high: float | None
    shrunk_median_days: float | None
    shrunk_ci_low: float | None
    shrunk_ci_high: float | None


class PooledTimeToCopy(msgspec.Struct, frozen=True, kw_only=True):
    """Section 13, field by field."""

    market: str | None
    markets: list[str] | UnsetType = UNSET
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    simultaneity_days: int
    n_features: int
    n_features_before_coverage: int
    n_rows: int
    n_copies: int
    rival_days: int
    typical_feature_median_days: float | None
    typical_ci_low: float | None
    typical_ci_high: float | None
    typical_share_copied: dict[str, float | None]
    frailty_shape: float | None
    max_observed_age_days: int | None
    crude_copies_per_rival_year: float | None
    pooled_km_median_days: int | None
    first_copy_median_days: int | None
    first_copy_ci_low: int | None
    first_copy_ci_high: int | None
    uncopied_feature_share: float | None
    recorded_before_first_copy_share: float | None
    hazard_bands: list[Band]
    features: list[FeatureSpeed]
    quality: str
    warnings: list[str]
    reasons: Reasons
