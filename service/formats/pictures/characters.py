"""Characters of pictures: those that the fonts are subset to, as far as Noto Sans CJK draws them,
and those that stand for texts while a chart is laid out.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, NamedTuple

from service.formats.json_records import encode
from service.formats.pictures.lines import width_of
from service.formats.pictures.theme import LABEL

# Latin with its marks, Greek, and the signs of texts about figures.
_RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x370, 0x400), (0x2010, 0x2040), (0x2190, 0x2194))
_SIGNS = "€₩₹₽−≈≤≥●○■□"
_CELLS = range(0xA1, 0xFF)
Rows = tuple[tuple[int, int], ...]
LEVEL_1: Rows = ((0xB0, 0xD8),)
_ROWS: Rows = ((0xA1, 0xAA), *LEVEL_1)  # signs and kana before
_WIDEST = 2  # names that stay
Layer = Mapping[str, Any]
Words = dict[str, str]


def wanted() -> str:
    """All of them in their order: Latin, GB2312 level 1, and what the bundled data and the texts
    hold."""
    ranges = chain.from_iterable(range(*ends) for ends in _RANGES)
    return "".join(sorted({*map(chr, ranges), *_SIGNS, *gb2312(_ROWS), *held()} - {"\n", "\t"}))


def gb2312(rows: Rows) -> set[str]:
    """Of these rows of the standard."""
    pairs = (bytes([row, cell]) for ends in rows for row in range(*ends) for cell in _CELLS)
    return set("".join(pair.decode("gb2312", "ignore") for pair in pairs))


def held() -> set[str]:
    """What stands in the bundled data and in the texts."""
    package = files("service")
    folders = (package / "data", package / "texts", package / "texts" / "methods")
    read = (file for folder in folders for file in folder.iterdir() if file.is_file())
    return set(
        "".join(f.read_text(encoding="utf-8") for f in read if f.name.endswith((".toml", ".jsonl")))
    )


class Standing(NamedTuple):
    """A chart, and what its characters stand for."""

    spec: dict[str, Any]
    texts: Words


def standing_in(spec: Mapping[str, Any]) -> Standing:
    """The chart with characters for its texts, which occur nowhere else in it.

    Laying out measures every letter of every text, twice, which is most of what a picture costs. Of
    the names of rows the widest decide how much room the chart has, of words at marks those that
    reach furthest: they stay as they are. For each of the others stands one character of the font.
    """
    held = set(encode(spec).decode())
    free = (character for character in _characters() if character not in held)
    layers, texts = list(spec.get("layer", ())), Words()
    rows = set(filter(None, map(_rows, layers)))
    for named in sorted(rows):
        short = _names(layers, named)[:-_WIDEST]
        standing = dict(zip(short, free, strict=False))
        layers = [_renamed(layer, named, standing) for layer in layers]
        texts |= {character: name for name, character in standing.items()}
    for place, layer in enumerate(layers):
        if (field := _words(layer)) is not None and field not in rows:
            layers[place], more = _written(layer, field, free)
            texts |= more
    return Standing({**spec, "layer": layers} if layers else dict(spec), texts)


@cache
def _characters() -> list[str]:
    return sorted(gb2312(LEVEL_1))


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


def _renamed(layer: Layer, field: str, standing: Words) -> Layer:
    values = [
        {**value, field: standing.get(value[field], value[field])} if field in value else value
        for value in _values(layer)
    ]
    encoding = {
        channel: _listed(of, standing) if of.get("field") == field else of
        for channel, of in layer.get("encoding", {}).items()
    }
    return {**layer, "data": {"values": values}, "encoding": encoding}


def _listed(of: Mapping[str, Any], standing: Words) -> Mapping[str, Any]:
    """An encoding whose rows are named in their order."""
    scale, sort = of.get("scale"), of.get("sort")
    if isinstance(sort, list):
        of = {**of, "sort": [standing.get(name, name) for name in sort]}
    if scale and "domain" in scale:
        names = [standing.get(name, name) for name in scale["domain"]]
        of = {**of, "scale": {**scale, "domain": names}}
    return of


def _words(layer: Layer) -> str | None:
    """The field that is written at its marks, where it is known which of them reaches furthest."""
    encoding, mark = layer.get("encoding", {}), layer.get("mark")
    x = encoding.get("x", {})
    is_placed = "value" in x or x.get("type") in ("quantitative", "temporal")
    is_text = isinstance(mark, Mapping) and mark.get("type") == "text" and is_placed
    return encoding.get("text", {}).get("field") if is_text and _values(layer) else None


def _written(layer: Layer, field: str, free: Iterator[str]) -> tuple[Layer, Words]:
    stays, values, texts = set(_reaching(layer, field)), [], Words()
    for place, value in enumerate(_values(layer)):
        text = value[field]
        is_short = not isinstance(text, str) or len(text) < 2 or "\n" in text
        if place in stays or is_short or not (character := next(free, "")):
            values.append(value)
        else:
            values.append({**value, field: character})
            texts[character] = text
    return {**layer, "data": {"values": values}}, texts


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
