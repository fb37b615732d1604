"""How often a vendor is first, and how fast it follows: its row of the league (metrics.md, 12)."""

from service.formats.analyses.presentations import FIGURES, Presentation
from service.formats.pictures import races
from service.maths.copying.league import VendorCopying, vendor_copying
from service.query.registry import VENDORS
from service.texts.messages import counted, speaker
from service.texts.values import number
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import analysis
from service.usecases.analyses.declarations.market_league import VENDOR_LEAGUE
from service.usecases.analyses.findings import Told


class Parameters(p.InMarket, frozen=True, kw_only=True):
    """What it may be asked."""

    simultaneity_days: p.SimultaneityDays = 7
    dates: p.BoundDates = "spread"
    confidence: p.Confidence = 0.95
    unknown: p.Unknown = "absent"
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, result = speaker("findings.vendor_copying", told.lang), told.result
    if result.row is None:
        return say("none", **told.place, vendor=told.subject)
    copied = counted("findings.counts.features", result.row.n_copied, told.lang)
    ranked = {"vendor": told.subject, "rank": result.rank, "n_vendors": result.n_vendors}
    if result.row.follower_speed is None:
        return say("without_speed", **told.place, **ranked, features=copied)
    speed = number(result.row.follower_speed, told.lang, 2)
    return say("said", **told.place, **ranked, features=copied, speed=speed)


DECLARATION = analysis(
    operation="get_vendor_time_to_copy",
    collection=VENDORS,
    suffix="time-to-copy",
    summary="How often a vendor is first, and how fast it follows",
    doc="The vendor's row of its market's league.",
    method="vendor-league",
    parameters=Parameters,
    metrics=(VENDOR_LEAGUE,),
    compute=vendor_copying,
    result=VendorCopying,
    finding=_finding,
    shown=Presentation(
        FIGURES,
        (
            "result.rank",
            "result.n_vendors",
            "result.row.first_credits",
            "result.row.innovator_share",
            "result.row.follower_speed",
            "result.row.median_copy_days",
        ),
        races.vendor_race,
    ),
)
