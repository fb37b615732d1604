"""How often new versions come out, of a product and of a market alike (metrics.md, 14a)."""

from service.formats.analyses.presentations import Presentation
from service.formats.pictures import markets, products
from service.maths.iteration.cadence import (
    MarketCadence,
    ProductCadence,
    market_cadence,
    product_cadence,
)
from service.query.registry import MARKETS, PRODUCTS
from service.texts.messages import counted, message, speaker
from service.texts.values import date_text, days, number
from service.usecases.analyses import parameters as p
from service.usecases.analyses.declaration import Metric, analysis
from service.usecases.analyses.findings import Told

FIGURES = (
    "result.median_gap_days",
    "result.median_gap_ci_low",
    "result.median_gap_ci_high",
    "result.releases_per_year",
    "result.n_versions",
    "result.last_release",
    "result.direction",
)


class CadenceParameters(p.AnalysisParameters, frozen=True, kw_only=True):
    """What a cadence may be asked."""

    confidence: p.Confidence = 0.95
    date_draws: p.DateDraws = 200
    permutations: p.GapPermutations = 999
    seed: p.Seed = 0
    survey_valid_days: p.SurveyValidDays = 365


def _finding(told: Told) -> str:
    """How long from one version to the next, and whether that gets shorter."""
    say, result, lang = speaker("findings.cadence", told.lang), told.result, told.lang
    whose = told.market if told.markets else say("whose", name=told.subject)
    about = {"day": told.day, "whose": whose}
    if result.median_gap_days is None:
        return say("none", **about, reason=told.reason("median_gap_days"))
    low, high = (days(round(edge), lang) for edge in (result.gap_p25_days, result.gap_p75_days))
    said = say(
        "said",
        **about,
        versions=counted("findings.counts.versions", result.n_versions, lang),
        last=date_text(result.last_release, lang),
        gap=days(round(result.median_gap_days), lang),
        low=low,
        high=high,
        rate=number(result.releases_per_year, lang, 1),
    )
    return said + _trend(told)


def _trend(told: Told) -> str:
    say, result, lang = speaker("findings.cadence", told.lang), told.result, told.lang
    if result.direction is None:
        return say("trend.none", reason=message(f"reasons.{result.reasons['direction']}", lang))
    gaps = counted("findings.counts.gaps", result.n_gaps, lang)
    p = number(result.p_value_permutation, lang, 3)
    return say(f"trend.{result.direction}", gaps=gaps, p=p)


PRODUCT_CADENCE = Metric(product_cadence, "cadence", CadenceParameters, stands_on="versions")
MARKET_CADENCE = Metric(market_cadence, "cadence", CadenceParameters, stands_on="versions")
DECLARATIONS = (
    analysis(
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
        finding=_finding,
        says_coverage=True,
        shown=Presentation("vendors", FIGURES, markets.cadence_of_market),
    ),
    analysis(
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
        finding=_finding,
        says_coverage=True,
        shown=Presentation("years", FIGURES, products.cadence_of_product),
    ),
)
