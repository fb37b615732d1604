"""Who copies whom in a market."""

from typing import Annotated

from msgspec import Meta

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import grids
from service.maths.copying.copy_graph import CopyGraph, copy_graph
from service.maths.parameters import Days, EdgeFeatures
from service.query.registry import MARKETS
from service.texts.messages import counted, speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    simultaneity_days: p.SimultaneityDays = 7
    dates: p.BoundDates = "spread"
    min_count: Annotated[
        EdgeFeatures, Meta(description="Edges of at least so many features are listed.")
    ] = 1
    max_lag_days: Annotated[
        Days | None, Meta(description="Copies that came later than this do not count.")
    ] = None
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, result = speaker("findings.copy_graph", told.lang), told.result
    if not result.edges:
        return say("none", **told.place)
    most = result.edges[0]
    return say(
        "said",
        **told.place,
        features=counted("findings.counts.features", result.n_features, told.lang),
        times=counted("findings.counts.times", result.n_copies, told.lang),
        follower=most.follower_name,
        leader=most.leader_name,
        shared=counted("findings.counts.features", most.n_features, told.lang),
    )


COPY_GRAPH = Metric(copy_graph, "copy-graph", Parameters)
DECLARATION = analysis(
    operation="get_market_copy_graph",
    collection=MARKETS,
    suffix="copy-graph",
    summary="Who copies whom in a market",
    doc="An edge from each first mover of a feature to each rival that has it later.",
    method="copy-graph",
    parameters=Parameters,
    metrics=(COPY_GRAPH,),
    compute=copy_graph,
    result=CopyGraph,
    finding=_finding,
    shown=Presentation("edges", ("result.n_features", "result.n_copies"), grids.copy_graph),
)
