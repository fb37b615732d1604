"""Who leads and who follows in a market (metrics.md, 12)."""

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import races
from service.maths.copying.league import VendorLeague, vendor_league
from service.query.registry import MARKETS
from service.texts.messages import counted, speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    simultaneity_days: p.SimultaneityDays = 7
    dates: p.BoundDates = "spread"
    confidence: p.Confidence = 0.95
    unknown: p.Unknown = "absent"
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, result = speaker("findings.league", told.lang), told.result
    if not result.n_contested_features:
        return say("none", **told.place)
    first = result.vendors[0]
    return say(
        "said",
        **told.place,
        vendor=first.vendor_name,
        share=told.share(first.innovator_share),
        features=counted("findings.counts.contested", result.n_contested_features, told.lang),
    )


VENDOR_LEAGUE = Metric(vendor_league, "vendor-league", Parameters)
DECLARATION = analysis(
    operation="get_market_league",
    collection=MARKETS,
    suffix="league",
    summary="Who leads and who follows in a market",
    doc="First credits, innovator share, and each vendor's speed as a follower for the same "
    "features at the same ages.",
    method="vendor-league",
    parameters=Parameters,
    metrics=(VENDOR_LEAGUE,),
    compute=vendor_league,
    result=VendorLeague,
    finding=_finding,
    shown=Presentation(
        "vendors",
        ("result.n_features", "result.n_contested_features", "result.innovator_hhi"),
        races.league,
    ),
)
