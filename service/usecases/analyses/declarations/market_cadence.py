"""How often the products of a market come out anew (metrics.md, 14a)."""

from service.formats.analyses.presentations import Presentation
from service.maths.iteration.cadence import MarketCadence, market_cadence
from service.query.registry import MARKETS
from service.usecases.analyses.cadence_findings import FIGURES, CadenceParameters, cadence_finding
from service.usecases.analyses.declaration import Metric, analysis

MARKET_CADENCE = Metric(market_cadence, "cadence", CadenceParameters, stands_on="versions")
DECLARATION = analysis(
    operation="get_market_cadence",
    collection=MARKETS,
    suffix="cadence",
    summary="How often the products of a market come out anew",
    doc="Days from one version to the next, versions a year, by calendar year and vendor, and "
    "whether the gaps get shorter.",
    method="cadence",
    parameters=CadenceParameters,
    metrics=(MARKET_CADENCE,),
    compute=market_cadence,
    result=MarketCadence,
    finding=cadence_finding,
    says_coverage=True,
    shown=Presentation("vendors", FIGURES),
)
