"""How far every feature of a market has spread (metrics.md, 5a)."""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, field

from service.formats.analyses.presentations import Presentation
from service.formats.pictures.spreading import penetrations
from service.maths.homogenization.penetration import MarketPenetration, market_penetration
from service.maths.parameters import Period
from service.query.registry import MARKETS
from service.texts.messages import counted, speaker
from service.texts.values import list_text
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told

_NAMED = 3


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    table_stakes_min: p.TableStakesMin = 0.75
    differentiator_max: p.DifferentiatorMax = 0.25
    change_window_days: p.ChangeWindowDays = 365
    survey_valid_days: p.SurveyValidDays = 365
    period: Annotated[
        Period, Meta(description="The series has the last day of each month, quarter or year.")
    ] = "quarter"
    from_: p.From = field(default=None, name="from")
    to: p.To = None


def _finish(result: MarketPenetration, _: Any, asked: Parameters) -> MarketPenetration:
    first, last = asked.from_ or date.min, asked.to or date.max
    points = [p for p in result.series if first.isoformat() <= p.date <= last.isoformat()]
    return msgspec.structs.replace(result, series=points)


def _finding(told: Told) -> str:
    say, result = speaker("findings.penetration", told.lang), told.result
    if result.status_counts is None:
        return say("none", **told.place, reason=told.reason("status_counts"))
    said = say(
        "said",
        **told.place,
        features=counted("findings.counts.features", result.n_features, told.lang),
        table_stakes=result.status_counts.table_stakes,
        vendors=counted("findings.counts.vendors", result.n_vendors, told.lang),
    )
    coming = [f for f in result.features if f.status in ("contested", "differentiator")][:_NAMED]
    named = [
        say(
            "next",
            feature=one.feature_name,
            n_with=one.n_vendors_with,
            missing=one.vendors_to_table_stakes,
        )
        for one in coming
    ]
    return said + (say("nearest", named=list_text(named, told.lang)) if named else say("all"))


MARKET_PENETRATION = Metric(market_penetration, "market-penetration", Parameters)
DECLARATION = analysis(
    operation="get_market_penetration",
    collection=MARKETS,
    suffix="penetration",
    summary="How far every feature of a market has spread, and which are next to be table stakes",
    doc="Of each feature the share of vendors that have it, with bounds for what is not known, its "
    "class, how many vendors it lacks to be table stakes, and how it came there.",
    method="market-penetration",
    parameters=Parameters,
    metrics=(MARKET_PENETRATION,),
    compute=market_penetration,
    result=MarketPenetration,
    finish=_finish,
    finding=_finding,
    shown=Presentation(
        "features",
        ("result.n_features", "result.n_vendors", "result.status_counts.table_stakes"),
        penetrations,
    ),
)
