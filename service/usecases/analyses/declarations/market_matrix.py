"""Products against features of a market."""

from typing import Annotated

from msgspec import Meta

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import grids
from service.maths.products.matrix import Cell, MarketMatrix, market_matrix
from service.query.registry import MARKETS
from service.texts.messages import counted, speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    cell: Annotated[Cell, Meta(description="What the cells of what is present show.")] = "stage"
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, result = speaker("findings.matrix", told.lang), told.result
    return say(
        "said",
        **told.place,
        products=counted("findings.counts.products", len(result.rows), told.lang),
        features=counted("findings.counts.features", len(result.columns), told.lang),
    )


MARKET_MATRIX = Metric(market_matrix, "market-matrix", Parameters)
DECLARATION = analysis(
    operation="get_market_matrix",
    collection=MARKETS,
    suffix="matrix",
    summary="Products against features",
    doc="Dense, with legend: present, absent or unknown, and the stage, date or lag.",
    method="market-matrix",
    parameters=Parameters,
    metrics=(MARKET_MATRIX,),
    compute=market_matrix,
    result=MarketMatrix,
    finding=_finding,
    shown=Presentation("cells", ("result.cell", "coverage.known_share"), grids.matrix),
)
