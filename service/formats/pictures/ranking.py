"""Rows one below the other, each with a bar or a point, its interval and its words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from service.formats.pictures import charts
from service.formats.pictures.lines import shortened
from service.formats.pictures.picture import Canvas
from service.formats.pictures.theme import LABEL
from service.texts.messages import message

ROW, AXIS = 26, 24  # pixels of height
_NAMES = 0.34  # of the width, at most
_COLOUR = {"field": "colour", "type": "nominal", "scale": None}


# Shares of one from nought, to the right, without an axis: the words say them.
SHARES: dict[str, Any] = {
    "field": "value",
    "type": "quantitative",
    "scale": {"domain": [0, 1], "nice": False},
    "axis": None,
}


class Row(Struct, frozen=True, kw_only=True):
    """`told` stands behind it; without a `value` nobody knows, and the row is pale; without a
    `high` end the interval is open. `id` tells rows of one name apart."""

    id: str
    name: str
    told: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    is_marked: bool = False


def height(rows: Sequence[Row], *, has_axis: bool = False) -> int:
    """In pixels."""
    return ROW * len(rows) + (AXIS if has_axis else 4)


def bars(rows: Sequence[Row], x: Mapping[str, Any], canvas: Canvas) -> list[dict[str, Any]]:
    """A bar for each, from nought; `x` is the encoding of the values, its scale with both ends."""
    values = _values(rows, x, canvas)
    known = [one for one in values if one["value"] is not None]
    encoding = {"x": {**x, "field": "value"}, "y": _y(values), "color": _COLOUR}
    bar = charts.layer("bar", known, encoding, height=ROW - 9)
    return [
        *_unknown(values, x, canvas),
        bar,
        *_intervals(values, x, canvas),
        _words(values, x, values),
    ]


def points(rows: Sequence[Row], x: Mapping[str, Any], canvas: Canvas) -> list[dict[str, Any]]:
    """A point for each, on its interval."""
    values = _values(rows, x, canvas)
    y, place = _y(values), {**x, "field": "value"}
    known = [one for one in values if one["value"] is not None]
    dots = charts.layer("point", known, {"x": place, "y": y, "color": _COLOUR}, opacity=1, size=90)
    drawn = [*_unknown(values, x, canvas), *_intervals(values, x, canvas), dots]
    unknown = [one for one in values if one["value"] is None]
    return [*drawn, *charts.on_ground(_words(known, x, values), canvas), _words(unknown, x, values)]


def _values(rows: Sequence[Row], x: Mapping[str, Any], canvas: Canvas) -> list[dict[str, Any]]:
    colours, last = charts.palette(canvas), x["scale"]["domain"][1]
    names = apart([row.name for row in rows], [row.id for row in rows], canvas)
    return [
        {
            "name": name,
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "told": row.told,
            "end": _end(row, last),
            "colour": colours.orange if row.is_marked else colours.blue,
        }
        for name, row in zip(names, rows, strict=True)
    ]


def apart(names: Sequence[str], ids: Sequence[str], canvas: Canvas) -> list[str]:
    """The names of rows as wide as there is room, each another: with its id where two are alike."""
    short = [shortened(name, canvas.width * _NAMES, LABEL) for name in names]
    counts = Counter(short)
    pairs = zip(short, ids, strict=True)
    return [name if counts[name] == 1 else f"{name} ({id_})" for name, id_ in pairs]


def _end(row: Row, last: float) -> float:
    """Where its words stand: behind what is drawn; a pale row is drawn to the last."""
    is_open = row.low is not None and (row.high is None or row.value is None)
    return last if is_open else max(row.high or 0.0, row.value or 0.0)


def _y(values: list[dict[str, Any]]) -> dict[str, Any]:
    """Names in the order of the rows, whichever layer comes first."""
    return charts.names("name", scale={"domain": [one["name"] for one in values]})


def _intervals(
    values: list[dict[str, Any]], x: Mapping[str, Any], canvas: Canvas
) -> list[dict[str, Any]]:
    sure = [one for one in values if one["low"] is not None and one["high"] is not None]
    encoding = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": _y(values)}
    colours = charts.palette(canvas)
    styles = ((colours.ground, 5), (colours.ink, 1.75))  # the first sets it off from a bar
    drawn = [
        charts.layer("rule", sure, encoding, color=colour, size=size)
        for colour, size in styles
        if sure
    ]
    last = x["scale"]["domain"][1]
    opened = [{**one, "high": last} for one in values if one["low"] is not None and one not in sure]
    if opened:
        dashed = {"color": colours.muted, "strokeDash": [3, 3], "size": 1.25}
        drawn.append(charts.layer("rule", opened, encoding, **dashed))
    return drawn


def _unknown(
    values: list[dict[str, Any]], x: Mapping[str, Any], canvas: Canvas
) -> list[dict[str, Any]]:
    """Pale from end to end."""
    first, last = x["scale"]["domain"]
    none = [{**one, "first": first, "last": last} for one in values if one["value"] is None]
    encoding = {"x": {**x, "field": "first"}, "x2": {"field": "last"}, "y": _y(values)}
    colour = charts.palette(canvas).unknown
    return [charts.layer("bar", none, encoding, color=colour, height=ROW - 9)] if none else []


def _words(
    some: list[dict[str, Any]], x: Mapping[str, Any], values: list[dict[str, Any]]
) -> dict[str, Any]:
    """Behind some of the values."""
    told = [{**one, "text": one["told"]} for one in some]
    return charts.words(told, {**x, "field": "end"}, _y(values), align="left", dx=8)


def listed(rows: Sequence[Row], lang: str) -> str:
    """The rows in words, one after the other."""
    parts = [message("pictures.rivals.one", lang, name=row.name, told=row.told) for row in rows]
    return message("lists.semicolon", lang).join(parts)
