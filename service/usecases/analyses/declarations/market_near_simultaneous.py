"""Who brought a feature to a market within days of whom (metrics.md, 10a)."""

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import markets
from service.maths.copying.near_simultaneous import NearSimultaneous, near_simultaneous
from service.query.registry import MARKETS
from service.texts.messages import counted, speaker
from service.texts.values import date_text
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    simultaneity_days: p.SimultaneityDays = 7
    dates: p.BoundDates = "spread"
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, result, lang = speaker("findings.near_simultaneous", told.lang), told.result, told.lang
    within = counted("numbers.days", result.simultaneity_days, lang)
    if not result.n_certain:
        return say("none", **told.place, within=within)
    last = result.pairs[0]
    return say(
        "said",
        **told.place,
        within=within,
        times=counted("findings.counts.times", result.n_certain, lang),
        first=last.unit_names[0],
        second=last.unit_names[1],
        feature=last.feature_name,
        apart=_apart(told, last.days_apart),
        when=date_text(last.first_day, lang),
    )


def _apart(told: Told, days: int) -> str:
    say = speaker("findings.near_simultaneous.apart", told.lang)
    return say("days", days=counted("numbers.days", days, told.lang)) if days else say("same_day")


NEAR_SIMULTANEOUS = Metric(near_simultaneous, "near-simultaneous", Parameters)
DECLARATION = analysis(
    operation="get_market_near_simultaneous",
    collection=MARKETS,
    suffix="near-simultaneous",
    summary="Who brought a feature to a market within days of whom",
    doc="Pairs of rivals that had a feature within `simultaneity_days` of each other, though they "
    "were not both the first; `certain` where their dates leave no doubt.",
    method="near-simultaneous",
    parameters=Parameters,
    metrics=(NEAR_SIMULTANEOUS,),
    compute=near_simultaneous,
    result=NearSimultaneous,
    finding=_finding,
    shown=Presentation(
        "pairs",
        ("result.n_pairs", "result.n_certain", "result.n_features"),
        markets.near_simultaneous,
    ),
)
