"""The products most like a product (metrics.md, 6 and 7)."""

from typing import Annotated

from msgspec import Meta

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import products
from service.maths.parameters import NeighbourLimit
from service.maths.products.neighbours import SimilarProducts, similar_products
from service.query.registry import PRODUCTS
from service.texts.messages import counted, speaker
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told


class Parameters(p.InOwnMarket, frozen=True, kw_only=True):
    """What it may be asked."""

    limit: Annotated[NeighbourLimit, Meta(description="So many neighbours.")] = 10
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    say, neighbours = speaker("findings.similar", told.lang), told.result.neighbours
    if not neighbours:
        return say("none", **told.place, product=told.subject)
    nearest = neighbours[0]
    return say(
        "said",
        **told.place,
        product=told.subject,
        nearest=nearest.product_name,
        share=told.share(nearest.jaccard),
        features=counted("findings.counts.features", len(nearest.shared), told.lang),
    )


SIMILAR_PRODUCTS = Metric(similar_products, "similar-products", Parameters)
DECLARATION = analysis(
    operation="get_similar_products",
    collection=PRODUCTS,
    suffix="similar",
    summary="The products most like a product",
    doc="Neighbours by Jaccard similarity, with what is shared and what differs.",
    method="similar-products",
    parameters=Parameters,
    metrics=(SIMILAR_PRODUCTS,),
    compute=similar_products,
    result=SimilarProducts,
    finding=_finding,
    shown=Presentation("neighbours", ("result.n_products", "result.n_features"), products.similar),
)
