"""How far every feature of a market has spread, which class it is in, and how it moved."""

from collections.abc import Sequence
from typing import Any

from service.formats.pictures import charts
from service.formats.pictures.lines import shortened
from service.formats.pictures.picture import Canvas, Picture
from service.formats.pictures.theme import LABEL
from service.texts.messages import counted, message, speaker
from service.texts.values import days, list_text, percent

ROW, AXIS = 22, 48  # pixels of height
ROWS_MAX = 40
_NAMES = 0.32  # of the width, at most


def penetrations(answer: Any, canvas: Canvas) -> Picture:
    """For each feature the share of vendors that have it now and had it before, and what may be."""
    say, result, lang = speaker("pictures.penetrations", canvas.lang), answer.result, canvas.lang
    market = answer.subject.name
    known = [one for one in result.features if one.penetration is not None]
    if result.status_counts is None or not known:
        why = message(f"reasons.{answer.reasons.get('status_counts', 'no_features')}", lang)
        title, subtitle = say("none", market=market), say("subtitle.none")
        return charts.empty(title, subtitle, answer.finding, why, canvas, 160)
    known.sort(key=lambda one: (-one.penetration, one.feature))
    shown = known[:ROWS_MAX]
    window = days(answer.method.parameters["change_window_days"], lang)
    cut = say("cut", n=len(shown), of=len(known)) if len(shown) < len(known) else ""
    return Picture(
        title=_title(result, known, market, canvas),
        subtitle=say("subtitle.said", window=window) + cut,
        alternative=f"{answer.finding} {_told(shown, lang)}",
        spec={"layer": _layers(shown, answer.method.parameters, canvas)},
        height=ROW * len(shown) + AXIS,
    )


def _title(result: Any, known: Sequence[Any], market: str, canvas: Canvas) -> str:
    say, lang = speaker("pictures.penetrations", canvas.lang), canvas.lang
    moved = max(known, key=lambda one: one.change or 0)
    n, of = result.status_counts.table_stakes, result.n_features
    told = say("title", market=market, n=n, features=counted("findings.counts.features", of, lang))
    if not moved.change or moved.change <= 0:
        return told
    points = round(moved.change * 100)
    return told + say("moved", feature=moved.feature_name, points=points)


def _told(shown: Sequence[Any], lang: str) -> str:
    named = [
        message(
            "pictures.penetrations.one",
            lang,
            feature=one.feature_name,
            share=percent(one.penetration, lang),
            status=message(f"statuses.{one.status}", lang),
        )
        for one in shown
    ]
    return list_text(named, lang) + message("pictures.told_end", lang)


def _layers(shown: Sequence[Any], asked: Any, canvas: Canvas) -> list[dict[str, Any]]:
    colours, y = charts.palette(canvas), _y(shown, canvas)
    rows = [_row(one, canvas) for one in shown]
    x = charts.share("now")
    moved = [row for row in rows if row["before"] != row["now"]]
    colour = {"field": "colour", "type": "nominal", "scale": None}
    limits = [{"now": asked["table_stakes_min"]}, {"now": asked["differentiator_max"]}]
    told = [{**row, "text": row["told"]} for row in rows]
    last = max(limit["now"] for limit in limits)
    behind, before = (
        charts.words(
            [one for one in told if (one["high"] < last) == is_before],
            {**x, "field": "high"},
            y,
            align="left",
            dx=8,
            color=colours.muted,
        )
        for is_before in (False, True)
    )
    low_to_high = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}
    before_to_now = {"x": {**x, "field": "before"}, "x2": {"field": "now"}, "y": y, "color": colour}
    return [
        charts.layer("bar", rows, low_to_high, color=colours.unknown, height=ROW - 8),
        charts.layer("rule", limits, {"x": x}, color=colours.muted, strokeDash=[3, 3]),
        charts.layer("rule", moved, before_to_now, size=3),
        charts.layer(
            "point",
            moved,
            {"x": {**x, "field": "before"}, "y": y},
            color=colours.muted,
            size=36,
            filled=False,
            strokeWidth=1.5,
            opacity=1,
        ),
        charts.layer("point", rows, {"x": x, "y": y, "color": colour}, size=85, opacity=1),
        behind,
        *charts.on_ground(before, canvas),
    ]


def _row(one: Any, canvas: Canvas) -> dict[str, Any]:
    colours, now = charts.palette(canvas), one.penetration
    classes = {"table_stakes": colours.blue, "differentiator": colours.green}
    say = speaker("pictures.penetrations", canvas.lang)
    return {
        "row": _name(one, canvas),
        "now": now,
        "before": now if one.change is None else max(now - one.change, 0.0),
        "low": now if one.penetration_lowest is None else one.penetration_lowest,
        "high": now if one.penetration_highest is None else one.penetration_highest,
        "colour": classes.get(one.status, colours.orange),
        "told": say("told", n=one.n_vendors_with, unknown=one.n_vendors_unknown),
    }


def _name(one: Any, canvas: Canvas) -> str:
    return shortened(one.feature_name, canvas.width * _NAMES, LABEL)


def _y(shown: Sequence[Any], canvas: Canvas) -> dict[str, Any]:
    order = [_name(one, canvas) for one in shown]
    return charts.names("row", sort=order)
