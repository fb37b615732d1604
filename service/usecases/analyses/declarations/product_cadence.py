"""How often a product comes out anew (metrics.md, 14a)."""

from service.formats.analyses.presentations import Presentation
from service.maths.iteration.cadence import ProductCadence, product_cadence
from service.query.registry import PRODUCTS
from service.usecases.analyses import parameters as p
from service.usecases.analyses.cadence_findings import FIGURES, cadence_finding
from service.usecases.analyses.declaration import Metric, analysis


class Parameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What it may be asked."""

    confidence: p.Confidence = 0.95
    date_draws: p.DateDraws = 200
    permutations: p.GapPermutations = 999
    seed: p.Seed = 0
    survey_valid_days: p.SurveyValidDays = 365


PRODUCT_CADENCE = Metric(product_cadence, "cadence", Parameters, stands_on="versions")
DECLARATION = analysis(
    operation="get_product_cadence",
    collection=PRODUCTS,
    suffix="cadence",
    summary="How often a product comes out anew",
    doc="Days from one version to the next, versions a year, by calendar year, and whether the "
    "gaps get shorter.",
    method="cadence",
    parameters=Parameters,
    metrics=(PRODUCT_CADENCE,),
    compute=product_cadence,
    result=ProductCadence,
    finding=cadence_finding,
    says_coverage=True,
    shown=Presentation("years", FIGURES),
)
