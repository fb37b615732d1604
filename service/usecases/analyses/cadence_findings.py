"""How often new versions come out, of a product and of a market alike: what may be asked, and what
is said of it."""

from service.texts.messages import counted, message, speaker
from service.texts.values import date_text, days, number
from service.usecases.analyses import parameters as p
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


def cadence_finding(told: Told) -> str:
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
