"""How alike the products of a market are, through time."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from service.formats.pictures import charts
from service.formats.pictures.picture import Canvas, Picture
from service.maths.homogenization.market import MarketHomogenization
from service.maths.homogenization.series import Point
from service.texts.messages import message, speaker
from service.texts.values import date_text, percent

HEIGHT = 320
_APART = 0.065  # shares between words


def likeness_over_time(answer: Any, canvas: Canvas) -> Picture:
    """What is known as steps with their interval; what is estimated and what may be beside the last
    day."""
    result: MarketHomogenization = answer.result
    known = [point for point in result.series or () if point.score is not None]
    say = speaker("pictures.likeness", canvas.lang)
    if result.score_lowest is None or not known:
        reason = answer.reasons.get("score_lowest", "not_in_period")
        why = message(f"reasons.{reason}", canvas.lang)
        title = say("none", market=answer.subject.name)
        return charts.empty(title, say("subtitle"), answer.finding, why, canvas, HEIGHT // 2)
    return Picture(
        title=_title(answer, canvas.lang),
        subtitle=say("subtitle"),
        alternative=f"{answer.finding} {_course(known, canvas.lang)}",
        spec={"layer": _layers(result, known, answer.on, canvas)},
        height=HEIGHT,
    )


def _title(answer: Any, lang: str) -> str:
    say, result = speaker("pictures.likeness.title", lang), answer.result
    market = answer.subject.name
    lowest, highest = percent(result.score_lowest, lang), percent(result.score_highest, lang)
    if result.score is None:
        return say("bounds", market=market, low=lowest, high=highest)
    share = percent(result.score, lang)
    if result.score_ci_low is None:
        return say("plain", market=market, share=share, low=lowest, high=highest)
    low, high = percent(result.score_ci_low, lang), percent(result.score_ci_high, lang)
    return say("interval", market=market, share=share, low=low, high=high)


def _course(known: Sequence[Point], lang: str) -> str:
    first, last = known[0], known[-1]
    assert first.score is not None, "such points alone are known"
    assert last.score is not None, "such points alone are known"
    return message(
        "pictures.likeness.course",
        lang,
        first=percent(first.score, lang),
        first_day=date_text(first.date, lang),
        last=percent(last.score, lang),
        last_day=date_text(last.date, lang),
    )


def _layers(
    result: MarketHomogenization, known: list[Point], on: date, canvas: Canvas
) -> list[dict[str, Any]]:
    colours = charts.palette(canvas)
    x = charts.time("date", date.fromisoformat(known[0].date), on, canvas)
    y = charts.share("score")
    steps = [_value(point) for point in charts.thinned(known)]
    begun = next((place for place, step in enumerate(steps) if step["low"] is not None), 0)
    steps.append(steps[-1] | {"date": on.isoformat()})
    band = {"x": x, "y": charts.share("low"), "y2": {"field": "high"}}
    return [
        charts.layer(
            "area", steps, band, interpolate="step-after", color=colours.pale, opacity=0.9
        ),
        charts.layer(
            "line",
            steps[: begun + 1],
            {"x": x, "y": y},
            interpolate="step-after",
            color=colours.hatch,
            strokeWidth=1.25,
        ),
        charts.layer("line", steps[begun:], {"x": x, "y": y}, interpolate="step-after"),
        *_at_the_end(result, steps[-1], x, canvas),
    ]


def _value(point: Point) -> dict[str, Any]:
    return {
        "date": point.date,
        "score": point.score,
        "low": point.score_ci_low,
        "high": point.score_ci_high,
    }


def _at_the_end(
    result: MarketHomogenization, last: dict[str, Any], x: dict[str, Any], canvas: Canvas
) -> list[dict[str, Any]]:
    """Beside the last day: what may be, what is estimated, and the words for them."""
    say, colours = speaker("pictures.likeness.label", canvas.lang), charts.palette(canvas)
    lowest, highest = result.score_lowest, result.score_highest
    assert lowest is not None, "asked before"
    assert highest is not None, "asked before"
    day, y = last["date"], charts.share("score")
    texts = [_label(day, last["score"], say("known", share=percent(last["score"], canvas.lang)))]
    possible = [{"date": day, "low": lowest, "high": highest}]
    ends = {"x": x, "y": charts.share("low"), "y2": {"field": "high"}}
    layers = [charts.layer("bar", possible, ends, color=colours.hatch, width=8, xOffset=14)]
    if result.score is not None and result.score != last["score"]:
        own = {"date": day, "score": result.score}
        own |= {"low": result.score_ci_low, "high": result.score_ci_high}
        if result.score_ci_low is not None:
            layers.append(
                charts.layer("rule", [own], ends, color=colours.orange, size=2.5, xOffset=14)
            )
        layers.append(
            charts.layer("point", [own], {"x": x, "y": y}, color=colours.orange, xOffset=14)
        )
        told = say("estimated", share=percent(result.score, canvas.lang))
        texts.append(_label(day, result.score, told))
    range_ = say("possible", low=percent(lowest, canvas.lang), high=percent(highest, canvas.lang))
    texts.append(_label(day, highest, range_))
    return [*layers, charts.words(apart(texts), x, y, align="left", dx=24, color=colours.ink)]


def _label(day: str, at: float, text: str) -> dict[str, Any]:
    return {"date": day, "score": at, "text": text}


def apart(texts: list[dict[str, Any]], field: str = "score") -> list[dict[str, Any]]:
    """Moved where they would stand on one another; the lowest stays."""
    placed = sorted(texts, key=lambda one: float(one[field]))
    for below, above in pairwise(placed):
        above[field] = max(above[field], below[field] + _APART)
    return placed
