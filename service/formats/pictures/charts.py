"""What charts are made of: inline data, axes in percent and in years, steps, bands, words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from service.formats.pictures.lines import PLACES, Place, shortened
from service.formats.pictures.picture import Canvas, Picture
from service.formats.pictures.theme import LABEL, PALETTES, Palette

Values = Sequence[Mapping[str, Any]]
POINTS_MAX = 400
_TWO_YEARS = 730
_NARROW_TICKS = 4


def palette(canvas: Canvas) -> Palette:
    """The colours of its theme."""
    return PALETTES[canvas.theme]


def layer(mark: str, values: Values, encoding: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Marks of one kind on data of their own; `more` are properties of the mark."""
    return {
        "data": {"values": list(values)},
        "mark": {"type": mark, **more},
        "encoding": dict(encoding),
    }


def words(texts: Values, x: Mapping[str, Any], y: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The `text` of each of the values at its place."""
    return layer("text", texts, {"x": x, "y": y, "text": {"field": "text"}}, **more)


def on_ground(told: Mapping[str, Any], canvas: Canvas) -> list[dict[str, Any]]:
    """Words with the ground around them, so that no line runs through them."""
    ground = palette(canvas).ground
    around = {"color": ground, "stroke": ground, "strokeWidth": 4, "strokeJoin": "round"}
    return [{**told, "mark": {**told["mark"], **around}}, dict(told)]


def placed_words(
    values: Values, places: Sequence[Place], encoding: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The `text` of each value at its place."""
    told = [(value, place) for value, place in zip(values, places, strict=True) if value["text"]]
    return [
        layer(
            "text",
            [value for value, own in told if own == place],
            encoding,
            align=place.align,
            dx=place.dx,
            dy=place.dy,
        )
        for place in PLACES
        if any(own == place for _, own in told)
    ]


def share(field: str, title: str | None = None) -> dict[str, Any]:
    """Shares of one from nought to the whole, upwards."""
    axis = {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, 1], "title": title}
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}


def time(field: str, first: date, last: date, canvas: Canvas) -> dict[str, Any]:
    """Days, by years or, where they are few, by months; the same figures in every language."""
    is_long = (last - first).days > _TWO_YEARS
    axis = {
        "format": "%Y" if is_long else "%Y-%m",
        "tickCount": {"interval": "year", "step": 1} if is_long else _months(first, last, canvas),
        "title": None,
        "labelOverlap": True,
        "labelSeparation": 4,
    }
    domain = [first.isoformat(), last.isoformat()]
    return {
        "field": field,
        "type": "temporal",
        "scale": {"domain": domain, "type": "utc"},
        "axis": axis,
    }


def _months(first: date, last: date, canvas: Canvas) -> Any:
    """The first of about six months, of about four on a narrow picture."""
    if not canvas.is_narrow:
        return 6
    wanted = (last - first).days / 30.4 / _NARROW_TICKS
    step = next((months for months in (1, 2, 3, 6) if months >= wanted), 6)
    return {"interval": "month", "step": step}


def shortened_name(name: str, canvas: Canvas) -> str:
    """Within a quarter of the width."""
    return shortened(name, canvas.width / 4, LABEL)


def thinned(points: Sequence[Any], most: int = POINTS_MAX) -> list[Any]:
    """At most so many, the first and the last among them."""
    if len(points) <= most:
        return list(points)
    step = (len(points) - 1) / (most - 1)
    return [points[round(place * step)] for place in range(most)]


def names(field: str, *, grid: bool = False, **more: Any) -> dict[str, Any]:
    """Rows by their names, in full; `more` says in which order."""
    axis = {"title": None, "labelLimit": 1000, "grid": grid, "domain": False}
    return {"field": field, "type": "nominal", **more, "axis": axis}


def empty(
    title: str, subtitle: str, alternative: str, why: str, canvas: Canvas, height: int = 100
) -> Picture:
    """A picture of nothing, which says why."""
    spec = nothing(why, canvas)
    return Picture(
        title=title, subtitle=subtitle, alternative=alternative, spec=spec, height=height
    )


def nothing(text: str, canvas: Canvas) -> dict[str, Any]:
    """A chart of nothing, which says why."""
    colours = palette(canvas)
    ground = {"type": "rect", "color": colours.unknown}
    told = {"type": "text", "color": colours.muted, "fontSize": LABEL + 2, "lineBreak": "\n"}
    return {
        "data": {"values": [{"t": text}]},
        "layer": [
            {"mark": ground},
            {"mark": told, "encoding": {"text": {"field": "t", "type": "nominal"}}},
        ],
    }
