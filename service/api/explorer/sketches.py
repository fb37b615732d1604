"""What a page must know of a picture before a browser asks for it: what it says, and its size."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from service.api.http.operation import Operation
from service.formats.pictures.composer import size
from service.formats.pictures.picture import Canvas

WIDE, NARROW = 900, 400  # the widths at which pages show pictures
NO_HEIGHTS: Mapping[int, int] = {}


class Sketch(msgspec.Struct, frozen=True):
    """`title` and `alternative` as in its alternative text; `heights` in pixels by width, none
    where it is drawn from more than the page has."""

    title: str
    alternative: str
    heights: Mapping[int, int] = NO_HEIGHTS

    @property
    def told(self) -> str:
        """What it says to who sees neither it nor the words beside it."""
        return f"{self.title} {self.alternative}".strip()


def sketch(
    operation: Operation[Any], body: bytes, *, lang: str, revision: int, day: date | None
) -> Sketch:
    """Of the JSON answer of an operation that draws what it answers."""
    assert operation.picture is not None, "only such are sketched"
    answer = msgspec.json.decode(body, type=operation.answer_type)
    heights, shown = {}, None
    for width in (NARROW, WIDE):
        canvas = Canvas(
            theme="light", lang=lang, width=width, revision=revision, day=day, address=""
        )
        shown = operation.picture(answer, canvas)
        heights[width] = size(shown, canvas)[1]
    assert shown is not None, "there are widths"
    return Sketch(shown.title, shown.alternative, heights)


def sketched(text: bytes) -> Sketch:
    """Of an alternative text."""
    title, _, alternative = text.decode().strip().partition("\n\n")
    return Sketch(title, alternative)
