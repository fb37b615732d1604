"""How alike a vendor's own products are, and how like its rivals' (metrics.md, 8)."""

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import rivals
from service.maths.homogenization.portfolio import (
    VendorPortfolio,
    vendor_portfolio,
)
from service.query.registry import VENDORS
from service.texts.messages import counted, speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    unknown: p.Unknown = "absent"
    survey_valid_days: p.SurveyValidDays = 365
    min_joint_features: p.MinJointFeatures = 3


def _finding(told: Told) -> str:
    say, result = speaker("findings.vendor_portfolio", told.lang), told.result
    return say(
        "said",
        **told.place,
        vendor=told.subject,
        products=counted("findings.counts.live_products", result.n_products, told.lang),
        rivals=told.share(result.similarity_to_rivals),
        own=told.share(result.internal_similarity),
    )


VENDOR_PORTFOLIO = Metric(vendor_portfolio, "vendor-portfolio", Parameters)
DECLARATION = analysis(
    operation="get_vendor_homogenization",
    collection=VENDORS,
    suffix="homogenization",
    summary="How alike a vendor's own products are, and how like its rivals'",
    doc="Over its live products in all markets: likeness among themselves (cannibalizing), "
    "likeness to rivals market by market.",
    method="vendor-portfolio",
    parameters=Parameters,
    metrics=(VENDOR_PORTFOLIO,),
    compute=vendor_portfolio,
    result=VendorPortfolio,
    finding=_finding,
    shown=Presentation(
        "markets",
        (
            "result.internal_similarity",
            "result.similarity_to_rivals",
            "result.effective_products",
            "result.market_hhi",
            "result.n_products",
        ),
        rivals.portfolio_likeness,
    ),
)
