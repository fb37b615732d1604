"""How long until rivals copied a feature (metrics.md, 10)."""

from typing import Annotated

from msgspec import UNSET, Meta

from service.formats.analyses.presentations import Presentation
from service.formats.pictures.copying import survival
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
        return say(f"without.{result.reasons['origin_date']}", **told.place, feature=told.subject)
    return _median(told) + _first_copy(told)


def _median(told: Told) -> str:
    say, result = speaker("findings.time_to_copy", told.lang), told.result
    about = {**told.place, "feature": told.subject}
    if result.median_time_to_copy_days is not None:
        edges = result.median_earliest_days, result.median_latest_days
        earliest, latest = (None if edge is None else days(edge, told.lang) for edge in edges)
        is_ranged = None not in edges and edges[0] < edges[1] and _is_mostly_bounds(result)
        after, interval = _after(told), _interval(told)
        if is_ranged:
            return say(
                "ranged", **about, earliest=earliest, latest=latest, after=after, interval=interval
            )
        return say("reached", **about, after=after, interval=interval)
    rivals = counted("findings.counts.rivals", result.n_rivals, told.lang)
    about |= {"copied": result.n_copied + result.n_born_with, "rivals": rivals}
    if result.median_lower_bound_days is None:
        return say("no_curve", **about, reason=told.reason("median_time_to_copy_days"))
    return say("not_reached", **about, bound=days(result.median_lower_bound_days, told.lang))


def _after(told: Told) -> str:
    """The median: at least, where the launch is known only as a bound; about, where it is drawn."""
    say, result = speaker("findings.time_to_copy", told.lang), told.result
    is_drawn = any(step.at_risk is UNSET for step in result.curve)
    way = "least" if result.origin_is_bound else "about" if is_drawn else "exactly"
    return say(f"after.{way}", days=days(result.median_time_to_copy_days, told.lang))


def _interval(told: Told) -> str:
    say, result = speaker("findings.time_to_copy", told.lang), told.result
    level = told.share(told.parameters.confidence)
    if result.ci_low is None:
        return ""
    low = days(result.ci_low, told.lang)
    if result.ci_high is None:
        return say("interval_open", level=level, low=low)
    return say("interval", level=level, low=low, high=days(result.ci_high, told.lang))


def _is_mostly_bounds(result: FeatureTimeToCopy) -> bool:
    """Whether most copies are known as bounds only: then their range comes first."""
    copied = [rival for rival in result.rivals if rival.copy_days is not None]
    return 2 * sum(rival.copy_days_low != rival.copy_days_high for rival in copied) > len(copied)


def _first_copy(told: Told) -> str:
    say, result = speaker("findings.time_to_copy", told.lang), told.result
    if result.time_to_first_copy_days is None:
        return ""
    low, high = result.time_to_first_copy_low, result.time_to_first_copy_high
    if low < high:
        return say("first_copy_between", low=days(low, told.lang), high=days(high, told.lang))
    return say("first_copy", days=days(result.time_to_first_copy_days, told.lang))


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
    looks_elsewhere=True,
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
            "result.median_earliest_days",
            "result.median_latest_days",
            "result.time_to_first_copy_days",
            "result.exclusivity_days",
            "result.exclusivity_status",
            "result.n_rivals",
            "result.n_copied",
            "result.n_pending",
        ),
        survival,
    ),
)
