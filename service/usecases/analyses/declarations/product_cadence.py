"""How often a product comes out anew (metrics.md, 14a)."""

from service.formats.analyses.presentations import Presentation
from service.maths.iteration.cadence import ProductCadence, product_cadence
from service.query.registry import PRODUCTS
from service.usecases.analyses.cadence_findings import FIGURES, CadenceParameters, cadence_finding
from service.usecases.analyses.declaration import Metric, analysis

PRODUCT_CADENCE = Metric(product_cadence, "cadence", CadenceParameters, stands_on="versions")
DECLARATION = analysis(
    operation="get_product_cadence",
    collection=PRODUCTS,
    suffix="cadence",
    summary="How often a product comes out anew",
    doc="Days from one version to the next, versions a year, by calendar year, and whether the "
    "gaps get shorter.",
    method="cadence",
    parameters=CadenceParameters,
    metrics=(PRODUCT_CADENCE,),
    compute=product_cadence,
    result=ProductCadence,
    finding=cadence_finding,
    says_coverage=True,
    shown=Presentation("years", FIGURES),
)
