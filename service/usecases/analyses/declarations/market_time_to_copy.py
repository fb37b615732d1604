"""How fast features are copied in a market, and whether that gets faster (metrics.md, 11, 13)."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import markets
from service.maths.copying.classes import By, CopyClasses, copy_classes
from service.maths.copying.market import PooledTimeToCopy, pooled_time_to_copy
from service.maths.copying.medians import MarketMedians, market_medians
from service.maths.copying.trend import CopyTrend, copy_trend
from service.maths.parameters import AGE_BANDS_DAYS, BAND_PRIOR_COPIES, Count
from service.query.registry import MARKETS
from service.texts.messages import counted, message, speaker
from service.texts.values import days, list_text, number
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, Part, analysis
from service.usecases.analyses.findings import Told

_HALF = 0.5  # below, features were recorded because somebody copied them (13.4)


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    markets: Annotated[
        tuple[str, ...],
        Meta(description="Further markets pooled with this.", examples=[["coding-assistants"]]),
    ] = ()
    simultaneity_days: p.SimultaneityDays = 7
    dates: p.BoundDates = "spread"
    confidence: p.Confidence = 0.95
    horizons_days: p.HorizonsDays = (30, 90, 180, 365)
    age_bands_days: p.AgeBandsDays = AGE_BANDS_DAYS
    band_prior_copies: p.BandPriorCopies = BAND_PRIOR_COPIES
    permutations: Annotated[
        Count, Meta(description="Of the feature cohorts, for the p-value of the trend.")
    ] = 999
    seed: p.Seed = 0
    unknown: p.Unknown = "absent"
    survey_valid_days: p.SurveyValidDays = 365
    by: Annotated[
        By | None, Meta(description="Also the features by their category, as `classes`.")
    ] = None


def _finding(told: Told) -> str:
    say, result = speaker("findings.pooled", told.lang), told.result
    median = result.typical_feature_median_days
    if median is None:
        why = told.reason("typical_feature_median_days")
        return say("none", **told.place, reason=why) + _trend(told) + _uncopied(told)
    interval = ""
    if result.typical_ci_low is not None:
        edges = result.typical_ci_low, result.typical_ci_high
        low, high = (days(round(edge), told.lang) for edge in edges)
        level = told.share(told.parameters.confidence)
        interval = say("interval", level=level, low=low, high=high)
    said = say("said", **told.place, days=days(round(median), told.lang), interval=interval)
    return said + _trend(told) + _uncopied(told)


def _trend(told: Told) -> str:
    """Whether copying is getting faster, or that it cannot be told."""
    say, trend, lang = speaker("findings.trend", told.lang), told.parts["trend"], told.lang
    if trend.direction is None:
        return say("none", reason=message(f"reasons.{trend.reasons['direction']}", lang))
    if trend.direction == "no_clear_trend":
        features = counted("findings.counts.features", trend.n_features, lang)
        return say("no_clear_trend", features=features, p=number(trend.p_value, lang, 2))
    ratio, low, high = (
        number(value, lang, 2)
        for value in (trend.hazard_ratio_per_year, trend.hr_ci_low, trend.hr_ci_high)
    )
    level = told.share(told.parameters.confidence)
    said = say(f"direction.{trend.direction}", ratio=ratio, level=level, low=low, high=high)
    share = trend.recorded_before_first_copy_share
    return said + (say("artefact") if share is not None and share < _HALF else "")


def _uncopied(told: Told) -> str:
    """Where classes are asked for, the features that nobody has copied."""
    classes, lang = told.parts["classes"], told.lang
    if classes is UNSET:
        return ""
    say = speaker("findings.classes", lang)
    features = counted("findings.counts.features", classes.n_features, lang)
    if not classes.n_uncopied:
        return say("none", features=features)
    rows = [name for row in classes.classes for name in row.uncopied_feature_names]
    named = list_text([message("findings.market", lang, name=name) for name in rows], lang)
    return say("said", features=features, n=classes.n_uncopied, named=named)


POOLED_TIME_TO_COPY = Metric(pooled_time_to_copy, "pooled-time-to-copy", Parameters)
COPY_TREND = Metric(copy_trend, "copy-trend", Parameters)
DECLARATION = analysis(
    operation="get_market_time_to_copy",
    collection=MARKETS,
    suffix="time-to-copy",
    summary="How fast features are copied in a market, and whether that gets faster",
    doc="Partial pooling over features: the typical median, a row per feature, hazard by age; "
    "beside it the trend over feature cohorts. `markets` are further ones pooled with this.",
    method="pooled-time-to-copy",
    parameters=Parameters,
    metrics=(POOLED_TIME_TO_COPY, COPY_TREND),
    compute=pooled_time_to_copy,
    result=PooledTimeToCopy,
    parts=(
        Part("trend", copy_trend, CopyTrend, COPY_TREND),
        Part("medians", market_medians, MarketMedians),
        Part("classes", copy_classes, CopyClasses | UnsetType),
    ),
    finding=_finding,
    shown=Presentation(
        "features",
        (
            "result.typical_feature_median_days",
            "result.typical_ci_low",
            "result.typical_ci_high",
            "result.first_copy_median_days",
            "result.uncopied_feature_share",
            "result.n_features",
            "result.n_copies",
            "trend.direction",
        ),
        markets.pooled,
    ),
)
