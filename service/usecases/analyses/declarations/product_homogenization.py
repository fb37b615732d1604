"""How interchangeable a product is in a market (metrics.md, 6)."""

from service.formats.analyses.presentations import SIZES, Presentation
from service.formats.pictures import rivals
from service.maths.homogenization.product import (
    ProductHomogenization,
    product_homogenization,
)
from service.query.registry import PRODUCTS
from service.texts.messages import speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.InOwnMarket, frozen=True, kw_only=True):
    """What it may be asked."""

    change_window_days: p.ChangeWindowDays = 365
    table_stakes_min: p.TableStakesMin = 0.75
    differentiator_max: p.DifferentiatorMax = 0.25
    unknown: p.Unknown = "absent"
    survey_valid_days: p.SurveyValidDays = 365
    min_joint_features: p.MinJointFeatures = 3


def _finding(told: Told) -> str:
    say, result = speaker("findings.product_homogenization", told.lang), told.result
    if result.similarity_to_rivals is None:
        reason = told.reason("similarity_to_rivals")
        return say("none", **told.place, product=told.subject, reason=reason)
    return say(
        "said",
        **told.place,
        product=told.subject,
        share=told.share(result.similarity_to_rivals),
        nearest=result.nearest[0].product_name,
    )


PRODUCT_HOMOGENIZATION = Metric(product_homogenization, "product-homogenization", Parameters)
DECLARATION = analysis(
    operation="get_product_homogenization",
    collection=PRODUCTS,
    suffix="homogenization",
    summary="How interchangeable a product is in a market",
    doc="Its mean likeness to its rivals' products, the nearest of them, what only it has, "
    "and which table stakes it lacks.",
    method="product-homogenization",
    parameters=Parameters,
    metrics=(PRODUCT_HOMOGENIZATION,),
    compute=product_homogenization,
    result=ProductHomogenization,
    finding=_finding,
    shown=Presentation(
        "nearest",
        (
            "result.similarity_to_rivals",
            "result.distinctiveness",
            "result.table_stakes_coverage",
            "result.contribution",
            *SIZES,
        ),
        rivals.product_likeness,
    ),
)
