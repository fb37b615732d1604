"""How wide text is in Noto Sans SC, its lines within a width, where words at marks stand, and how
much room they want."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from service.formats.pictures.theme import LABEL

_EMS = {  # of the regular weight, in twentieths of an em, from the font
    4: " ",
    5: "|",
    6: "!',.:;Ifijl",
    7: "()-[]{}",
    8: "/\\rt",
    9: '"*?sz',
    10: "cvxy",
    11: "#$+0123456789<=>FJLVXY^_aegk~–",
    12: "AESTZ`bdhnopqu",
    13: "BCKPR",
    14: "&DGNU",
    15: "HOQ",
    16: "Mw",
    18: "%W—",
    19: "@m",
}
_WIDTHS = {character: ems / 20 for ems, characters in _EMS.items() for character in characters}
_BOLDER = 1.06
_WIDE = "WFA"  # East Asian widths of characters an em wide
_OPEN, _CLOSE = "\uff08", "\uff09"
_HALF = 0.62  # of the height of words
_STEP, _MOST = 4, 0.5  # pixels; of the width
_TICK = 12  # pixels between names and chart
_CLOSING, _OPENING = ("Pe", "Pf", "Po"), ("Ps", "Pi")  # categories of marks


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """In pixels, about."""
    ems = sum(_WIDTHS.get(character) or _other(character) for character in text)
    return ems * size * (_BOLDER if is_bold else 1.0)


def _other(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in _WIDE else 0.58


def wrapped(text: str, width: float, size: float, *, is_bold: bool = False) -> list[str]:
    """Lines, broken at spaces and between Chinese characters, never before closing marks."""
    lines, line = list[str](), ""
    for piece in _pieces(text):
        if line and width_of((line + piece).rstrip(), size, is_bold=is_bold) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line else lines


def _pieces(text: str) -> list[str]:
    """What is never broken: words with the space behind them, characters with marks, and what
    stands in full-width brackets."""
    pieces, is_within = list[str](), False
    for character in text:
        is_inside = is_within
        is_within = (is_within and character != _CLOSE) or character == _OPEN
        is_apart = not pieces or pieces[-1].endswith(" ") or _breaks(pieces[-1][-1], character)
        if is_apart and not is_inside:
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _breaks(before: str, after: str) -> bool:
    if after == " " or unicodedata.category(after) in _CLOSING:
        return False
    if unicodedata.category(before) in _OPENING:
        return False
    return _is_wide(before) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def shortened(text: str, width: float, size: float) -> str:
    """With an ellipsis where it is wider."""
    if width_of(text, size) <= width:
        return text
    while text and width_of(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


class Box(NamedTuple):
    """In pixels, downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Place(NamedTuple):
    """Words from the end of a mark on, or up to it; above or below."""

    align: str
    dx: int
    dy: int


PLACES = (
    Place("left", -8, -12),
    Place("left", -8, 13),
    Place("right", 0, -12),
    Place("right", 0, 13),
    Place("left", 8, 0),
)


def placed(marks: Sequence[Box], texts: Sequence[str], within: Box, size: float) -> list[Place]:
    """For the words of each mark the first place that is free within the chart; where none is, the
    first. The words of a mark without any take no room."""
    taken, chosen = list(marks), list[Place]()
    for mark, text in zip(marks, texts, strict=True):
        free = (
            (place, box)
            for place, box in possible(mark, text, size)
            if box.left >= within.left and box.right <= within.right and box.bottom <= within.bottom
        )
        others = [box for box in taken if box is not mark]
        first = next(possible(mark, text, size))
        place, box = next(
            (one for one in free if not any(one[1].meets(other) for other in others)), first
        )
        chosen.append(place)
        if text:
            taken.append(box)
    return chosen


def possible(mark: Box, text: str, size: float) -> Iterator[tuple[Place, Box]]:
    """Where the words of a mark may stand, the best first."""
    width, middle = width_of(text, size), (mark.top + mark.bottom) / 2
    for place in PLACES:
        left = mark.right + place.dx - (width if place.align == "right" else 0)
        at = middle + place.dy
        yield place, Box(left, at - _HALF * size, left + width, at + _HALF * size)


class _Written(NamedTuple):
    """They begin at this share of the chart and are so many pixels long."""

    at: float
    length: float

    def end(self, width: float) -> float:
        return self.at * width + self.length


def room_right(spec: Mapping[str, Any], width: float, least: int) -> int:
    """Pixels to be kept free, at least so many, in a chart of this width with all around it.

    Vega lays a chart out once with all of the width, sees what reaches beyond it, and makes the
    chart narrower by that and by the names of its rows. Words behind a mark that is not at the end
    move by a part of this only, so that they would still be cut off.
    """
    layers = spec.get("layer", ())
    words = [one for layer in layers for one in _written(layer)]
    names, kept = _names_width(layers), least
    while words and kept < _MOST * width:
        whole = width - kept
        beyond = max(0.0, max(one.end(whole) for one in words) - whole)
        chart = whole - names - beyond
        if max(one.end(chart) for one in words) <= width - names:
            return kept
        kept += _STEP
    return kept if words else least


def _written(layer: Mapping[str, Any]) -> Iterator[_Written]:
    mark, encoding = layer.get("mark"), layer.get("encoding", {})
    x, text = encoding.get("x", {}), encoding.get("text", {})
    ends = (x.get("scale") or {}).get("domain")
    if not isinstance(mark, Mapping) or mark.get("align") != "left" or not ends or "field" not in x:
        return
    first, last = map(_number, ends)
    for value in layer["data"]["values"]:
        at = (_number(value[x["field"]]) - first) / ((last - first) or 1)
        yield _Written(at, width_of(str(value[text["field"]]), LABEL) + mark.get("dx", 0))


def _number(value: Any) -> float:
    is_day = isinstance(value, str | date)
    return float(date.fromisoformat(str(value)[:10]).toordinal() if is_day else value or 0)


def _names_width(layers: Sequence[Mapping[str, Any]]) -> float:
    """How wide the names of its rows are."""
    fields = [layer.get("encoding", {}).get("y", {}) for layer in layers]
    rows = {y["field"] for y in fields if y.get("type") == "nominal" and y.get("axis")}
    named = [
        width_of(str(value[field]), LABEL)
        for layer in layers
        for value in (layer.get("data") or {}).get("values", ())
        for field in rows & value.keys()
    ]
    return max(named, default=0.0) + _TICK
