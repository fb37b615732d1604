"""The products most like a product (metrics.md, 6 and 7)."""

from typing import Annotated

from msgspec import Meta

from service.formats.analyses import product_findings
from service.formats.analyses.presentations import Presentation
from service.maths.parameters import NeighbourLimit
from service.maths.products.neighbours import SimilarProducts, similar_products
from service.query.registry import PRODUCTS
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis


class Parameters(p.InOwnMarket, frozen=True, kw_only=True):
    """What it may be asked."""

    limit: Annotated[NeighbourLimit, Meta(description="So many neighbours.")] = 10
    survey_valid_days: p.SurveyValidDays = 365


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
    finding=product_findings.similar,
    shown=Presentation("neighbours", ("result.n_products", "result.n_features")),
)
