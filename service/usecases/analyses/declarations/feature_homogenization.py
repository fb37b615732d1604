"""How standard a feature is in a market (metrics.md, 5)."""

from service.formats.analyses.presentations import FIGURES, Presentation
from service.formats.pictures import rivals
from service.maths.homogenization.feature import (
    FeatureHomogenization,
    feature_homogenization,
)
from service.query.registry import FEATURES
from service.texts.messages import counted, message, speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.InMarket, frozen=True, kw_only=True):
    """What it may be asked."""

    unit: p.Unit = "product"
    table_stakes_min: p.TableStakesMin = 0.75
    differentiator_max: p.DifferentiatorMax = 0.25
    unknown: p.Unknown = "absent"
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, result = speaker("findings.feature_homogenization", told.lang), told.result
    if result.status is None:
        return say("none", **told.place, feature=told.subject, reason=told.reason("status"))
    return say(
        "said",
        **told.place,
        feature=told.subject,
        n_with=result.n_vendors_with,
        vendors=counted("findings.counts.vendors", result.n_vendors, told.lang),
        status=message(f"statuses.{result.status}", told.lang),
    )


FEATURE_HOMOGENIZATION = Metric(feature_homogenization, "feature-homogenization", Parameters)
DECLARATION = analysis(
    operation="get_feature_homogenization",
    collection=FEATURES,
    suffix="homogenization",
    summary="How standard a feature is in a market",
    doc="How many rivals have it, its class (differentiator, contested, table stakes, "
    "extinct), and what it adds to the market's likeness.",
    method="feature-homogenization",
    parameters=Parameters,
    metrics=(FEATURE_HOMOGENIZATION,),
    compute=feature_homogenization,
    result=FeatureHomogenization,
    finding=_finding,
    shown=Presentation(
        FIGURES,
        (
            "result.status",
            "result.penetration",
            "result.penetration_low",
            "result.penetration_high",
            "result.contribution",
            "result.n_vendors_with",
            "result.n_vendors",
        ),
        rivals.feature_spread,
    ),
)
