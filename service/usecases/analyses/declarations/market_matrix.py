"""Products against features of a market."""

from typing import Annotated

from msgspec import Meta

from service.formats.analyses import product_findings
from service.formats.analyses.presentations import Presentation
from service.maths.products.matrix import Cell, MarketMatrix, market_matrix
from service.query.registry import MARKETS
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    cell: Annotated[Cell, Meta(description="What the cells of what is present show.")] = "stage"
    survey_valid_days: p.SurveyValidDays = 365


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
    finding=product_findings.matrix,
    shown=Presentation("cells", ("result.cell", "coverage.known_share")),
)
