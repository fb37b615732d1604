"""Markets side by side, and what happens to the features of one."""

from collections import Counter
from typing import Any

from service.formats.pictures import charts, ranking
from service.formats.pictures.picture import Canvas, Picture, of_nothing
from service.formats.pictures.ranking import Row
from service.texts.messages import counted, message, speaker
from service.texts.values import days, list_text, number, percent

_ROWS = 24


def side_by_side(answer: Any, canvas: Canvas) -> Picture:
    """How alike the products of each market are: the score, on what is possible."""
    say, lang = speaker("pictures.side_by_side", canvas.lang), canvas.lang
    if not answer.markets:
        return of_nothing(say("none", n=0), say("subtitle"), answer.finding)
    ranked = sorted(answer.markets, key=lambda one: (one.score is None, -(one.score or 0)))
    rows = [
        Row(
            id=one.market,
            name=one.market_name or one.market,
            value=one.score,
            low=one.score_lowest,
            high=one.score_highest,
            told=_score(one, lang),
            is_marked=one.quality in ("good", "fair"),
        )
        for one in ranked[:_ROWS]
    ]
    sure = [row for row in rows if row.is_marked and row.value is not None]
    title = say("scored", n=answer.n_scored, of=answer.n_markets)
    if sure:
        title = say("title", market=sure[0].name, told=sure[0].told)
    scale = {"domain": [0, 1], "nice": False}
    axis = {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1], "title": None, "domain": False}
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
    return Picture(
        title=title,
        subtitle=say("subtitle"),
        alternative=answer.finding,
        spec={"layer": ranking.points(rows, x, canvas)},
        height=ranking.height(rows, has_axis=True),
    )


def _score(one: Any, lang: str) -> str:
    if one.score is not None:
        return percent(one.score, lang)
    return message("findings.not_known", lang)


def pooled(answer: Any, canvas: Canvas) -> Picture:
    """The time in which half of the rivals copy each feature, with what is typical."""
    say, result, lang = speaker("pictures.pooled", canvas.lang), answer.result, canvas.lang
    market = answer.subject.name
    if result.typical_feature_median_days is None:
        return of_nothing(say("none", market=market), say("subtitle"), answer.finding)
    typical = days(round(result.typical_feature_median_days), lang)
    title = say("plain", market=market, days=typical)
    if result.typical_ci_low is not None and result.typical_ci_high is not None:
        ends = {"low": round(result.typical_ci_low), "high": round(result.typical_ci_high)}
        title = say("title", market=market, days=typical, **ends)
    rows = [_of_feature(one, lang) for one in result.features]
    rows.sort(key=lambda row: (row.value is None, row.value or 0))
    known = [row.high or row.value or 0.0 for row in rows if row.value is not None]
    scale = {"domain": [0, max([1.0, *known])], "nice": False}
    axis = {"format": ",d", "title": say("axis"), "tickCount": 3, "domain": False}
    axis |= {} if canvas.is_narrow else {"tickCount": 5}
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
    line = [{"value": result.typical_feature_median_days}]
    colour = charts.palette(canvas).orange
    rule = charts.layer("rule", line, {"x": x}, color=colour, strokeDash=[4, 3], size=1.5)
    return Picture(
        title=title,
        subtitle=say("subtitle"),
        alternative=answer.finding,
        spec={"layer": [rule, *ranking.points(rows[:_ROWS], x, canvas)]},
        height=ranking.height(rows[:_ROWS], has_axis=True) + 16,
    )


def _of_feature(one: Any, lang: str) -> Row:
    median, name = one.shrunk_median_days, one.feature_name or one.feature
    if median is None:
        return Row(id=one.feature, name=name, told=message("reasons.beyond_observed", lang))
    high = one.shrunk_ci_high
    return Row(
        id=one.feature,
        name=name,
        value=median,
        low=one.shrunk_ci_low,
        high=high,
        told=number(round(median), lang),
    )


def near_simultaneous(answer: Any, canvas: Canvas) -> Picture:
    """With which features rivals came within days of each other, and how often for certain."""
    say, result = speaker("pictures.near_simultaneous", canvas.lang), answer.result
    lang, market = canvas.lang, answer.subject.name
    if not result.pairs:
        return of_nothing(say("none", market=market, n=0), say("subtitle.none"), answer.finding)
    every = Counter(pair.feature for pair in result.pairs)
    certain = Counter(pair.feature for pair in result.pairs if pair.certain)
    names = {pair.feature: pair.feature_name or pair.feature for pair in result.pairs}
    ranked = sorted(every, key=lambda one: (-certain[one], -every[one], one))[:_ROWS]
    rows = [
        Row(
            id=one,
            name=names[one],
            value=certain[one],
            told=say("told", certain=certain[one], n=every[one]),
        )
        for one in ranked
    ]
    scale = {"domain": [0, max(1, *certain.values(), 1)], "nice": False}
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": None}
    within = days(result.simultaneity_days, lang)
    title = say("title", market=market, n=result.n_certain, of=result.n_pairs, days=within)
    return Picture(
        title=title,
        subtitle=say("subtitle.said"),
        alternative=answer.finding,
        spec={"layer": ranking.bars(rows, x, canvas)},
        height=ranking.height(rows),
    )


def cadence_of_market(answer: Any, canvas: Canvas) -> Picture:
    """How often each vendor's products come out anew."""
    say, result, lang = speaker("pictures.cadence", canvas.lang), answer.result, canvas.lang
    vendors = [one for one in result.vendors or () if one.n_releases]
    name = answer.subject.name
    if result.median_gap_days is None or not vendors:
        title = say("none", name=name)
        return of_nothing(title, say("subtitle.vendors"), answer.finding)
    vendors.sort(key=lambda one: (-(one.releases_per_year or 0), one.vendor))
    rows = [
        Row(
            id=one.vendor,
            name=one.vendor_name or one.vendor,
            value=one.releases_per_year,
            told=_rate(one, lang),
        )
        for one in vendors[:_ROWS]
    ]
    most = max([1.0, *(row.value or 0.0 for row in rows)])
    scale = {"domain": [0, most], "nice": False}
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": None}
    return Picture(
        title=cadence_title(result, name, lang),
        subtitle=say("subtitle.vendors"),
        alternative=f"{answer.finding} {list_text([row.name for row in rows[:3]], lang)}",
        spec={"layer": ranking.bars(rows, x, canvas)},
        height=ranking.height(rows),
    )


def _rate(one: Any, lang: str) -> str:
    versions = counted("findings.counts.versions", one.n_versions, lang)
    if one.releases_per_year is None:
        return versions
    rate = number(one.releases_per_year, lang, 1)
    return message("pictures.cadence.rate", lang, rate=rate, versions=versions)


def cadence_title(result: Any, name: str, lang: str) -> str:
    """How long it takes from one version to the next, with the interval."""
    say = speaker("pictures.cadence", lang)
    gap = days(round(result.median_gap_days), lang)
    low, high = result.median_gap_ci_low, result.median_gap_ci_high
    if low is None or high is None:
        return say("plain", name=name, days=gap)
    return say("title", name=name, days=gap, low=round(low), high=round(high))
