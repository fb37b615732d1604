"""Words at marks, each where it stands on no mark and on no other words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from service.formats.pictures import charts
from service.formats.pictures.lines import width_of
from service.formats.pictures.theme import LABEL

_HALF = LABEL * 0.62  # of the height of words


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


def placed(marks: Sequence[Box], texts: Sequence[str], within: Box) -> list[Place]:
    """For the words of each mark the first place that is free within the chart; where none is, the
    first. The words of a mark without any take no room."""
    taken, chosen = list(marks), list[Place]()
    for mark, text in zip(marks, texts, strict=True):
        free = (
            (place, box)
            for place, box in possible(mark, text)
            if box.left >= within.left and box.right <= within.right and box.bottom <= within.bottom
        )
        others = [box for box in taken if box is not mark]
        first = next(possible(mark, text))
        place, box = next(
            (one for one in free if not any(one[1].meets(other) for other in others)), first
        )
        chosen.append(place)
        if text:
            taken.append(box)
    return chosen


def possible(mark: Box, text: str) -> Iterator[tuple[Place, Box]]:
    """Where the words of a mark may stand, the best first."""
    width, middle = width_of(text, LABEL), (mark.top + mark.bottom) / 2
    for place in PLACES:
        left = mark.right + place.dx - (width if place.align == "right" else 0)
        at = middle + place.dy
        yield place, Box(left, at - _HALF, left + width, at + _HALF)


def layers(
    values: Sequence[Mapping[str, Any]], places: Sequence[Place], encoding: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The `text` of each value at its place."""
    told = [(value, place) for value, place in zip(values, places, strict=True) if value["text"]]
    return [
        charts.layer(
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
