"""Whether rivals of a market charge the same way (metrics.md, 9)."""

from service.formats.analyses import findings
from service.formats.analyses.presentations import LIKENESS, Presentation
from service.maths.homogenization.business_models import (
    BusinessModelHomogenization,
    business_model_homogenization,
)
from service.query.registry import MARKETS
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    unit: p.Unit = "product"
    confidence: p.Confidence = 0.95
    table_stakes_min: p.TableStakesMin = 0.75
    differentiator_max: p.DifferentiatorMax = 0.25
    survey_valid_days: p.SurveyValidDays = 365


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
    doc="Likeness of the vendors' business models, their mix and its concentration.",
    method="business-model-homogenization",
    parameters=Parameters,
    metrics=(BUSINESS_MODEL_HOMOGENIZATION,),
    compute=business_model_homogenization,
    result=BusinessModelHomogenization,
    finding=findings.business_models,
    shown=Presentation(
        "models",
        (*LIKENESS, "result.hhi", "result.n_business_models", "result.n_vendors"),
    ),
)
