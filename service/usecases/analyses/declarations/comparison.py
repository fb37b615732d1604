"""Products or vendors side by side; in a market each pair of products (metrics.md, 7)."""

from typing import Annotated, Literal

from msgspec import Meta

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import products
from service.maths.homogenization.pair import pair_similarity
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Declaration, Metric

LEAST, MOST = 2, 10


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    products: Annotated[
        tuple[str, ...],
        Meta(
            max_length=MOST,
            description="Two to ten product ids.",
            examples=[["kimi", "doubao", "chatgpt"]],
            extra={"is_filled": True},
        ),
    ] = ()
    vendors: Annotated[
        tuple[str, ...],
        Meta(
            max_length=MOST,
            description="Two to ten vendor ids, instead of products.",
            examples=[["openai", "anthropic"]],
        ),
    ] = ()
    only: Annotated[
        Literal["all", "differences"], Meta(description="differences: only rows that differ.")
    ] = "all"
    market: Annotated[
        str | None,
        Meta(
            description="Only products of this market; each pair of them measured in it.",
            examples=["chat-assistants"],
        ),
    ] = None
    unknown: p.Unknown = "absent"
    survey_valid_days: p.SurveyValidDays = 365
    min_joint_features: p.MinJointFeatures = 3


PAIR_SIMILARITY = Metric(pair_similarity, "pair-similarity", Parameters)
DECLARATION = Declaration(
    operation="compare",
    path="/v1/compare",
    summary="Products or vendors side by side",
    doc="Attributes, features with stages, dates as stored and lags behind the first of "
    "the compared, business models with prices; each with its sources.",
    method="compare",
    parameters=Parameters,
    metrics=(PAIR_SIMILARITY,),
    shown=Presentation(
        "rows",
        (
            "summary.shared_features",
            "summary.differing",
            "summary.mean_jaccard",
            "coverage.cells_known_share",
        ),
        products.compared,
    ),
)
