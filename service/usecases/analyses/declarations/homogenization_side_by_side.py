"""How alike the products of every market are, side by side (metrics.md, 4)."""

from typing import Annotated

from msgspec import Meta

from service import limits
from service.formats.analyses.presentations import Presentation
from service.formats.pictures import markets
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Declaration
from service.usecases.analyses.declarations.market_homogenization import MARKET_HOMOGENIZATION


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    filter: Annotated[
        Annotated[str, Meta(max_length=limits.FILTER_CHARACTERS)] | None,
        Meta(
            description="Which markets are shown: an AIP-160 expression over markets.",
            examples=['layer = "application"'],
        ),
    ] = None
    unit: p.Unit = "product"
    confidence: p.Confidence = 0.95
    date_draws: p.DateDraws = 200
    seed: p.Seed = 0
    change_window_days: p.ChangeWindowDays = 365
    unknown: p.UnknownOrModel = "model"
    survey_valid_days: p.SurveyValidDays = 365
    min_joint_features: p.MinJointFeatures = 3


DECLARATION = Declaration(
    operation="list_homogenization",
    path="/v1/homogenization",
    summary="How alike the products of every market are, side by side",
    doc="The score of each market with its bounds, its change, how much is known and the finding; "
    "by layer, the most alike first, those without a score last.",
    method="homogenization",
    parameters=Parameters,
    metrics=(MARKET_HOMOGENIZATION,),
    shown=Presentation("markets", ("n_markets", "n_scored"), markets.side_by_side),
)
