"""How long until rivals copied a feature (metrics.md, 10)."""

from typing import Annotated

from msgspec import Meta

from service.formats.analyses.presentations import Presentation
from service.maths.copying.feature import FeatureTimeToCopy, feature_time_to_copy
from service.maths.parameters import Days
from service.query.registry import FEATURES
from service.texts.messages import counted, speaker
from service.texts.values import days
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.InAnyMarket, frozen=True, kw_only=True):
    """What it may be asked."""

    unit: p.CopyUnit = "vendor"
    simultaneity_days: p.SimultaneityDays = 7
    confidence: p.Confidence = 0.95
    horizons_days: p.HorizonsDays = (30, 90, 180, 365)
    rmst_tau_days: Annotated[
        Days, Meta(description="The restricted mean time to copy is up to this age.")
    ] = 365
    date_draws: p.DateDraws = 200
    seed: p.Seed = 0
    dates: p.BoundDates = "spread"
    unknown: p.UnknownOrModel = "model"
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, result = speaker("findings.time_to_copy", told.lang), told.result
    if result.origin_date is None:
        return say("nobody", **told.place, feature=told.subject)
    first = result.time_to_first_copy_days
    tail = "" if first is None else say("first_copy", days=days(first, told.lang))
    return _median(told) + tail


def _median(told: Told) -> str:
    say, result = speaker("findings.time_to_copy", told.lang), told.result
    median = result.median_time_to_copy_days
    if median is not None:
        after = days(median, told.lang)
        return say("reached", market=told.market, feature=told.subject, days=after)
    return say(
        "not_reached",
        **told.place,
        feature=told.subject,
        copied=result.n_copied + result.n_born_with,
        rivals=counted("findings.counts.rivals", result.n_rivals, told.lang),
    )


FEATURE_TIME_TO_COPY = Metric(feature_time_to_copy, "time-to-copy", Parameters)
DECLARATION = analysis(
    operation="get_feature_time_to_copy",
    collection=FEATURES,
    suffix="time-to-copy",
    summary="How long until rivals copied a feature",
    doc="How many days after the first launch had half of the rivals that were in a position "
    "to copy the feature done so? First movers, lags, exclusivity, share copied, curve, "
    "pending rivals. Without a market all markets are treated as one.",
    method="time-to-copy",
    parameters=Parameters,
    metrics=(FEATURE_TIME_TO_COPY,),
    compute=feature_time_to_copy,
    result=FeatureTimeToCopy,
    is_of_one_feature=True,
    finding=_finding,
    shown=Presentation(
        "rivals",
        (
            "result.origin_date",
            "result.median_time_to_copy_days",
            "result.ci_low",
            "result.ci_high",
            "result.median_lower_bound_days",
            "result.time_to_first_copy_days",
            "result.exclusivity_days",
            "result.exclusivity_status",
            "result.n_rivals",
            "result.n_copied",
            "result.n_pending",
        ),
    ),
)
