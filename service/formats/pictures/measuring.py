"""Which texts of a chart are measured when it is laid out: those that decide how much room it has.

To measure a text is most of what a picture costs, and Vega measures none whose size of type is not
above nought. All others are therefore written with their size below it, and turned when they are
drawn (`written`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.formats.pictures.lines import width_of
from service.formats.pictures.theme import LABEL

_WIDEST = 2  # names of rows that are measured
_SIZE = "size of type"  # a field
_MARK = "\u2060"  # ends the names that are not measured; it is not seen
_IS_MARKED = f"slice(datum.label, -1) === '{_MARK}'"
_TURNED = re.compile(r',(-?[\d.]+)\)" font-family="([^"]*)" font-size="-([\d.]+)px"')
_MARKS = re.compile(rf"\s*{_MARK}")
_DOWN = 0.3  # of its size, in whole pixels: how far below the middle a text's line is
Layer = Mapping[str, Any]


def sparing(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The chart with as few texts to be measured as decide its room: of the names of rows the
    widest, of the words at marks those that reach furthest."""
    layers = list(spec.get("layer", ()))
    rows = set(filter(None, map(_rows, layers)))
    for named in sorted(rows):
        marked = {name: name + _MARK for name in _names(layers, named)[:-_WIDEST]}
        layers = [_renamed(layer, named, marked) for layer in layers]
    for place, layer in enumerate(layers):
        if (field := _words(layer)) is not None and field not in rows:
            layers[place] = _sized(layer, field)
    return {**spec, "layer": layers} if layers else dict(spec)


def written(svg: str) -> str:
    """The chart as it was drawn, with all texts in their size and at their place."""
    return _MARKS.sub("", _TURNED.sub(_turned, svg))


def _turned(found: re.Match[str]) -> str:
    down, family, size = found.groups()
    line = float(down) + 2 * int(_DOWN * float(size) + 0.5)
    return f',{line:.10g})" font-family="{family}" font-size="{size}px"'


def _values(layer: Layer) -> Sequence[Mapping[str, Any]]:
    held = layer.get("data") or {}
    return held.get("values") or ()


def _rows(layer: Layer) -> str | None:
    """The field by which its rows are named, where their order is said."""
    y = layer.get("encoding", {}).get("y", {})
    is_told = "sort" in y or "domain" in (y.get("scale") or {})
    return y.get("field") if y.get("type") == "nominal" and y.get("axis") and is_told else None


def _names(layers: Sequence[Layer], field: str) -> list[str]:
    """The narrowest first."""
    found = {value[field] for layer in layers for value in _values(layer) if field in value}
    return sorted(found, key=lambda name: (width_of(name, LABEL), name))


def _renamed(layer: Layer, field: str, marked: Mapping[str, str]) -> Layer:
    values = [
        {**value, field: marked.get(value[field], value[field])} if field in value else value
        for value in _values(layer)
    ]
    encoding = {
        channel: _listed(of, marked) if of.get("field") == field else of
        for channel, of in layer.get("encoding", {}).items()
    }
    return {**layer, "data": {"values": values}, "encoding": encoding}


def _listed(of: Mapping[str, Any], marked: Mapping[str, str]) -> Mapping[str, Any]:
    """An encoding whose rows are named in their order."""
    scale, sort, axis = of.get("scale"), of.get("sort"), of.get("axis")
    if isinstance(sort, list):
        of = {**of, "sort": [marked.get(name, name) for name in sort]}
    if scale and "domain" in scale:
        names = [marked.get(name, name) for name in scale["domain"]]
        of = {**of, "scale": {**scale, "domain": names}}
    if axis:
        size = {"condition": {"test": _IS_MARKED, "value": -LABEL}, "value": LABEL}
        of = {**of, "axis": {**axis, "labelFontSize": size}}
    return of


def _words(layer: Layer) -> str | None:
    """The field that is written at its marks, where it is known which of them reaches furthest."""
    encoding, mark = layer.get("encoding", {}), layer.get("mark")
    x = encoding.get("x", {})
    is_placed = "value" in x or x.get("type") in ("quantitative", "temporal")
    if not isinstance(mark, Mapping) or mark.get("type") != "text" or not is_placed:
        return None
    is_fit = "baseline" not in mark and "size" not in encoding and _is_level(layer)
    return encoding.get("text", {}).get("field") if is_fit and _values(layer) else None


def _is_level(layer: Layer) -> bool:
    """Upright, or all on one line: how far they reach upwards goes by their length."""
    field = layer["encoding"].get("y", {}).get("field")
    return "angle" not in layer["mark"] or len({v.get(field) for v in _values(layer)}) == 1


def _sized(layer: Layer, field: str) -> Layer:
    is_ground = "stroke" in layer["mark"]  # words stand on it, which are measured
    furthest = set() if is_ground else set(_reaching(layer, field))
    size = layer["mark"].get("fontSize", LABEL)
    values = [
        {**value, _SIZE: size if place in furthest or "\n" in str(value[field]) else -size}
        for place, value in enumerate(_values(layer))
    ]
    sizes = {"field": _SIZE, "type": "quantitative", "scale": None}
    encoding = {**layer["encoding"], "size": sizes}
    return {**layer, "data": {"values": values}, "encoding": encoding}


def _reaching(layer: Layer, field: str) -> Iterator[int]:
    """The places of the texts that no other reaches beyond, on the side to which they go."""
    x, align = layer["encoding"]["x"], layer["mark"].get("align", "center")
    at = [
        (
            str(value.get(x.get("field", ""), ""))
            if x.get("type") == "temporal"
            else _number(value, x)
        )
        for value in _values(layer)
    ]
    wide = [width_of(str(value[field]), LABEL) for value in _values(layer)]
    for is_left in {"left": (True,), "right": (False,)}.get(align, (True, False)):
        order = sorted(range(len(at)), key=lambda place: wide[place], reverse=True)
        order.sort(key=lambda place: at[place], reverse=is_left)
        most = -1.0
        for place in order:
            if wide[place] > most:
                most = wide[place]
                yield place


def _number(value: Mapping[str, Any], x: Mapping[str, Any]) -> float:
    return float(value.get(x.get("field", "")) or 0.0)
