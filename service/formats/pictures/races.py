"""Who is first, who follows how fast, and who is to follow next."""

from collections.abc import Sequence
from typing import Any

from service.formats.pictures import charts, ranking
from service.formats.pictures.picture import Canvas, Picture
from service.formats.pictures.ranking import Row
from service.maths.copying.forecast import CopyForecast
from service.maths.copying.league import VendorLeague
from service.texts.messages import counted, message, speaker
from service.texts.values import days, number, percent

_ROWS = 15


def league(answer: Any, canvas: Canvas) -> Picture:
    """How often each vendor was first, and how fast it follows."""
    say, lang = speaker("pictures.league", canvas.lang), canvas.lang
    result: VendorLeague = answer.result
    features = counted("findings.counts.features", result.n_contested_features, lang)
    if not result.n_contested_features:
        return _empty(say("none", market=answer.subject.name), say("subtitle.said"), answer, canvas)
    shown = result.vendors[:_ROWS]
    most = max(row.contested_first_credits for row in shown)
    rows = [
        Row(
            id=row.vendor,
            name=_name(row),
            value=row.contested_first_credits,
            told=_told(row, canvas),
            is_marked=row.contested_first_credits == most,
        )
        for row in shown
    ]
    equals = sum(row.is_marked for row in rows)
    others = say("and", n=equals - 1) if equals > 1 else ""
    title = say(
        "title",
        vendor=rows[0].name + others,
        n=number(_credits(shown[0]), lang),
        features=features,
        market=answer.subject.name,
    )
    subtitle = say("subtitle.said")
    if len(result.vendors) > len(shown):
        subtitle += say("cut", n=len(shown), of=len(result.vendors))
    return Picture(
        title=title,
        subtitle=subtitle,
        alternative=f"{answer.finding} {ranking.listed(rows, lang)}",
        spec={"layer": ranking.bars(rows, _counts(most), canvas)},
        height=ranking.height(rows),
    )


def vendor_race(answer: Any, canvas: Canvas) -> Picture:
    """How fast a vendor follows, beside the market's speed."""
    say, result, lang = speaker("pictures.vendor_race", canvas.lang), answer.result, canvas.lang
    row, vendor = result.row, answer.subject.name
    speed = None if row is None else row.follower_speed
    market = answer.market_name or ""
    if row is None or speed is None:
        title = say("none", vendor=vendor)
        return _empty(title, say("subtitle.said", market=market), answer, canvas)
    low, high = row.follower_speed_ci_low, row.follower_speed_ci_high
    told = _times(speed, lang)
    interval = ""
    if low is not None and high is not None:
        interval = say("interval", low=_times(low, lang), high=_times(high, lang))
    rows = [
        Row(
            id=row.vendor,
            name=vendor,
            value=speed,
            low=low,
            high=high,
            told=told + interval,
            is_marked=True,
        )
    ]
    last = 1.15 * max(1.0, speed, high or 0.0)
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, last]}}
    return Picture(
        title=say("title", vendor=vendor, speed=told, interval=interval),
        subtitle=say("subtitle.counts", market=market, copied=row.n_copied, pending=row.n_pending),
        alternative=answer.finding,
        spec={"layer": [*_par(x, say("market"), canvas), *ranking.points(rows, x, canvas)]},
        height=ranking.height(rows) + 40,
    )


def _par(x: dict[str, Any], label: str, canvas: Canvas) -> list[dict[str, Any]]:
    """A line where the value is one, and what it stands for."""
    colours = charts.palette(canvas)
    at = [{"value": 1.0, "text": label}]
    below: dict[str, Any] = {"value": "height"}
    return [
        charts.layer("rule", at, {"x": x}, color=colours.muted, strokeDash=[3, 3]),
        charts.words(at, x, below, dy=12, color=colours.muted),
    ]


def forecast(answer: Any, canvas: Canvas) -> Picture:
    """The chance of each rival within the longest calibrated horizon, and how forecasts of the past
    came out."""
    say, lang = speaker("pictures.forecast", canvas.lang), canvas.lang
    result: CopyForecast = answer.result
    feature, market = answer.subject.name, answer.market_name or ""
    horizon = _horizon(result)
    if horizon is None:
        return _tested(answer, canvas)
    rows = _chances(result, horizon, lang)
    first, within = rows[0], days(int(horizon), lang)
    ends = {"low": _share(first.low, lang), "high": _share(first.high, lang)}
    equals = sum(row.value == first.value for row in rows)
    who = first.name if equals == 1 else say("equals", n=equals)
    return Picture(
        title=say("title", vendor=who, feature=feature, share=first.told, days=within, **ends),
        subtitle=say("subtitle.said", market=market, days=within)
        + _calibration(answer, horizon, lang),
        alternative=f"{answer.finding} {ranking.listed(rows, lang)}",
        spec={"layer": ranking.points(rows, _chance(rows), canvas)},
        height=ranking.height(rows, has_axis=True),
    )


def _tested(answer: Any, canvas: Canvas) -> Picture:
    """Where no chance may be told: the copies that came, by those that were expected."""
    say, lang = speaker("pictures.forecast", canvas.lang), canvas.lang
    title = say("none", feature=answer.subject.name)
    subtitle = say("subtitle.none", market=answer.market_name or "")
    tested = {name: one for name, one in answer.backtest.horizons.items() if one.n_forecasts}
    rows = [_ratio(name, one, lang) for name, one in tested.items()]
    if all(row.value is None for row in rows):
        return _empty(title, subtitle + _calibration(answer, None, lang), answer, canvas)
    last = 1.15 * max([1.0, *(row.high or row.value or 0.0 for row in rows)])
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, last]}}
    return Picture(
        title=title,
        subtitle=say("subtitle.tested", market=answer.market_name or ""),
        alternative=f"{answer.finding} {ranking.listed(rows, lang)}",
        spec={"layer": [*_par(x, say("expected"), canvas), *ranking.points(rows, x, canvas)]},
        height=ranking.height(rows) + 40,
    )


def _ratio(horizon: str, one: Any, lang: str) -> Row:
    """What came, by what was expected, of forecasts for so many days."""
    counts = {"observed": one.observed, "expected": number(one.expected, lang, 1)}
    return Row(
        id=horizon,
        name=days(int(horizon), lang),
        value=one.calibration_ratio,
        low=one.calibration_ci_low,
        high=one.calibration_ci_high,
        told=message("pictures.forecast.came", lang, **counts),
        is_marked=one.status != "calibrated",
    )


def _chances(result: CopyForecast, horizon: str, lang: str) -> list[Row]:
    """The likeliest first."""
    chances = [(row, row.horizons[horizon]) for row in result.forecasts]
    chances.sort(key=lambda one: (-(one[1].p_copy or 0.0), one[0].vendor))
    return [
        Row(
            id=row.vendor,
            name=_name(row),
            value=chance.p_copy,
            low=chance.ci_low,
            high=chance.ci_high,
            told=_share(chance.p_copy, lang),
        )
        for row, chance in chances[:_ROWS]
    ]


def _chance(rows: Sequence[Row]) -> dict[str, Any]:
    """The encoding of chances, from nought to somewhat more than the highest."""
    last = max(0.1, *(row.high or row.value or 0.0 for row in rows))
    axis = {"format": ".0%", "title": None, "tickCount": 4, "grid": True, "domain": False}
    scale = {"domain": [0, last]}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}


def _horizon(result: CopyForecast) -> str | None:
    """The longest in days for which some rival has a chance."""
    had = {
        horizon
        for row in result.forecasts
        for horizon, chance in row.horizons.items()
        if chance.p_copy is not None
    }
    return max(had, key=int, default=None)


def _calibration(answer: Any, horizon: str | None, lang: str) -> str:
    """How many copies came of those that were expected."""
    say = speaker("pictures.forecast", lang)
    tested = answer.backtest.horizons
    shown = horizon if horizon in tested else next(iter(tested), None)
    if shown is None or not tested[shown].n_forecasts:
        return ""
    one = tested[shown]
    told = "calibrated" if one.status == "calibrated" else "uncalibrated"
    return say(
        f"calibration.{told}",
        days=days(int(shown), lang),
        observed=one.observed,
        expected=round(one.expected or 0),
    )


def _told(row: Any, canvas: Canvas) -> str:
    """How often it was first, and how fast it follows."""
    say, lang = speaker("pictures.league", canvas.lang), canvas.lang
    n = number(_credits(row), lang)
    if row.follower_speed is None:
        return n
    speed = _times(row.follower_speed, lang)
    low, high = row.follower_speed_ci_low, row.follower_speed_ci_high
    if canvas.is_narrow or low is None or high is None:
        return say("speed", n=n, speed=speed)
    return say("speed_between", n=n, speed=speed, low=_times(low, lang), high=_times(high, lang))


def _credits(row: Any) -> float | int:
    n = round(float(row.contested_first_credits), 2)
    return int(n) if n == int(n) else n


def _times(value: float, lang: str) -> str:
    return number(value, lang, 1)


def _counts(most: float) -> dict[str, Any]:
    scale = {"domain": [0, most or 1], "nice": False}
    return {"field": "value", "type": "quantitative", "axis": None, "scale": scale}


def _name(row: Any) -> str:
    name: str | None = row.vendor_name
    return name or str(row.vendor)


def _share(value: float | None, lang: str) -> str:
    if value is None:
        return message("findings.not_known", lang)
    return percent(value, lang)


def _empty(title: str, subtitle: str, answer: Any, canvas: Canvas) -> Picture:
    return charts.empty(title, subtitle, answer.finding, title, canvas)
