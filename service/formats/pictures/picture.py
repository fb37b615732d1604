"""What a picture is before it is drawn, and what it is drawn for."""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal, TypeAlias

from msgspec import Struct

Theme: TypeAlias = Literal["light", "dark"]
NARROW = 480  # below this many pixels a picture has less beside its marks


class Canvas(Struct, frozen=True, kw_only=True):
    """For whom and of what it is drawn: `width` in pixels; `address` reads the same answer for
    ever, as JSON."""

    theme: Theme
    lang: str
    width: int
    revision: int
    day: date | None
    address: str

    @property
    def is_narrow(self) -> bool:
        return self.width < NARROW


class Picture(Struct, frozen=True, kw_only=True):
    """`title` states the finding with its number and uncertainty, `subtitle` what is to be seen and
    in what unit; `alternative` says the same to who does not see it.

    `spec` is a Vega-Lite view or layers with inline data, without size, title and theme; `height`
    in pixels is that of its view with axes. Stored text is never part of an expression or the name
    of a field.
    """

    title: str
    subtitle: str
    alternative: str
    spec: dict[str, Any]
    height: int


def of_nothing(title: str, subtitle: str, alternative: str) -> Picture:
    """A picture of nothing, which says so in its title."""
    ground = {"mark": {"type": "rect", "opacity": 0.12}, "data": {"values": [{}]}}
    return Picture(title=title, subtitle=subtitle, alternative=alternative, spec=ground, height=60)


Painter: TypeAlias = Callable[[Any, Canvas], Picture]


class Drawing(Struct, frozen=True, kw_only=True):
    """What a process draws: `spec` as Vega-Lite, its SVG between `before` and `after`; of that a
    PNG with so many pixels for each of the picture's, or the SVG itself (`scale` None)."""

    spec: bytes
    before: str
    after: str
    scale: int | None
