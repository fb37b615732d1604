"""How alike the products of a market are (metrics.md, 4)."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, field

from service.formats.analyses.presentations import LIKENESS, SIZES, Presentation
from service.formats.pictures.likeness import likeness_over_time
from service.maths.homogenization.market import MarketHomogenization, market_homogenization
from service.maths.parameters import Count
from service.query.registry import MARKETS
from service.texts.messages import speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told
from service.usecases.analyses.series import cut


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    unit: p.Unit = "product"
    include_structure: Annotated[
        bool, Meta(description="Also against random matrices with the same sums.")
    ] = False
    confidence: p.Confidence = 0.95
    date_draws: p.DateDraws = 200
    seed: p.Seed = 0
    change_window_days: p.ChangeWindowDays = 365
    table_stakes_min: p.TableStakesMin = 0.75
    differentiator_max: p.DifferentiatorMax = 0.25
    null_draws: Annotated[
        Count, Meta(description="include_structure: how many random matrices.")
    ] = 999
    unknown: p.UnknownOrModel = "model"
    survey_valid_days: p.SurveyValidDays = 365
    min_joint_features: p.MinJointFeatures = 3
    interval: p.SeriesInterval = "event"
    from_: p.From = field(default=None, name="from")
    to: p.To = None


def _finish(result: MarketHomogenization, _: Mapping[str, Any], asked: Parameters) -> Any:
    return cut(result, asked.interval, asked.from_, asked.to)


def _finding(told: Told) -> str:
    say, result = speaker("findings.market_homogenization", told.lang), told.result
    if result.score_lowest is None:
        return say("none", **told.place, reason=told.reason("score_lowest"))
    lowest, highest = told.share(result.score_lowest), told.share(result.score_highest)
    known = told.share(told.coverage.known_share)
    if result.score is None:
        return say("bounds", **told.place, lowest=lowest, highest=highest, known=known)
    share = told.share(result.score)
    if told.coverage.known_share == 1:
        return say("exact", **told.place, share=share)
    way = "about" if result.unknown == "model" else result.unknown
    bounds = say("between", lowest=lowest, highest=highest)
    return say(f"read.{way}", **told.place, share=share, bounds=bounds, known=known)


MARKET_HOMOGENIZATION = Metric(market_homogenization, "homogenization", Parameters)
DECLARATION = analysis(
    operation="get_market_homogenization",
    collection=MARKETS,
    suffix="homogenization",
    summary="How alike the products of a market are",
    doc="Pick two rival vendors at random and one product of each: what share of the features "
    "that either product has do both have? With interval, counts, coverage and its series.",
    method="homogenization",
    parameters=Parameters,
    metrics=(MARKET_HOMOGENIZATION,),
    compute=market_homogenization,
    result=MarketHomogenization,
    fixed=(("series", True),),
    finish=_finish,
    finding=_finding,
    says_coverage=True,
    shown=Presentation(
        "series",
        (
            *LIKENESS,
            "result.score_lowest",
            "result.score_highest",
            *SIZES,
            "result.band",
            "result.quality",
        ),
        likeness_over_time,
    ),
)
