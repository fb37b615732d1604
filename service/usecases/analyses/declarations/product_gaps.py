"""What rivals have and a product lacks, and since when (metrics.md, 6)."""

from typing import Annotated

from msgspec import Meta

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import products
from service.maths.parameters import Share
from service.maths.products.gaps import GapAnalysis, Peers, gap_analysis
from service.query.registry import PRODUCTS
from service.texts.messages import counted, speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.InOwnMarket, frozen=True, kw_only=True):
    """What it may be asked."""

    peers: Annotated[
        Peers,
        Meta(description="market: every rival vendor; nearest: the five likest rival products."),
    ] = "market"
    min_peer_share: Annotated[
        Share, Meta(description="Features that at least this share of the peers have.")
    ] = 0.5
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, result = speaker("findings.gaps", told.lang), told.result
    if "missing" in result.reasons:
        return say("none", **told.place, product=told.subject, reason=told.reason("missing"))
    return say(
        "said",
        **told.place,
        product=told.subject,
        features=counted("findings.counts.features", len(result.missing), told.lang),
        surveyed=sum(gap.state == "absent" for gap in result.missing),
        only=len(result.unique),
    )


GAP_ANALYSIS = Metric(gap_analysis, "gap-analysis", Parameters)
DECLARATION = analysis(
    operation="get_product_gaps",
    collection=PRODUCTS,
    suffix="gaps",
    summary="What rivals have and a product lacks, and since when",
    doc="Features that at least `min_peer_share` of the peers have and this product is not "
    "known to have; and what only it has.",
    method="gap-analysis",
    parameters=Parameters,
    metrics=(GAP_ANALYSIS,),
    compute=gap_analysis,
    result=GapAnalysis,
    finding=_finding,
    shown=Presentation(
        "missing", ("result.peers.rule", "result.peers.count", "result.n_features"), products.gaps
    ),
)
