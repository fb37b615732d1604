"""Whether rivals of a market charge the same way (metrics.md, 9)."""

from collections.abc import Mapping
from typing import Any

from msgspec import field

from service.formats.analyses.presentations import LIKENESS, Presentation
from service.formats.pictures.earning import monetization_mix
from service.maths.homogenization.business_models import (
    BusinessModelHomogenization,
    business_model_homogenization,
)
from service.query.registry import MARKETS
from service.texts.messages import counted, speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told
from service.usecases.analyses.series import cut


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    unit: p.Unit = "product"
    confidence: p.Confidence = 0.95
    table_stakes_min: p.TableStakesMin = 0.75
    differentiator_max: p.DifferentiatorMax = 0.25
    survey_valid_days: p.SurveyValidDays = 365
    interval: p.SeriesInterval = "year"
    from_: p.From = field(default=None, name="from")
    to: p.To = None


def _finish(result: BusinessModelHomogenization, _: Mapping[str, Any], asked: Parameters) -> Any:
    return cut(result, asked.interval, asked.from_, asked.to)


def _finding(told: Told) -> str:
    say, result = speaker("findings.monetization", told.lang), told.result
    if result.hhi is None:
        return say("none", **told.place, reason=told.reason("hhi"))
    most = max(result.models, key=lambda model: (model.share, model.business_model))
    return say(
        "said",
        **told.place,
        vendors=counted("findings.counts.vendors", result.n_vendors, told.lang),
        ways=counted("findings.counts.ways", result.n_business_models, told.lang),
        model=most.business_model_name,
        share=told.share(most.share),
    )


BUSINESS_MODEL_HOMOGENIZATION = Metric(
    business_model_homogenization,
    "business-model-homogenization",
    Parameters,
    stands_on="monetizations",
)
DECLARATION = analysis(
    operation="get_market_monetization",
    collection=MARKETS,
    suffix="monetization",
    summary="Whether rivals of a market charge the same way",
    doc="Likeness of the vendors' business models, their mix and its concentration, on the day and "
    "through time.",
    method="business-model-homogenization",
    parameters=Parameters,
    metrics=(BUSINESS_MODEL_HOMOGENIZATION,),
    compute=business_model_homogenization,
    result=BusinessModelHomogenization,
    fixed=(("series", True),),
    finish=_finish,
    finding=_finding,
    shown=Presentation(
        "models",
        (*LIKENESS, "result.hhi", "result.n_business_models", "result.n_vendors"),
        monetization_mix,
    ),
)
