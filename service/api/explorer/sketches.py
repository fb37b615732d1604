"""What a page must know of a picture before a browser asks for it: what it says, and its size."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from service.api.http.operation import Operation
from service.api.http.representations import Format
from service.formats.pictures.composer import size
from service.formats.pictures.picture import Canvas, Painter
from service.formats.rendering import Rendering

WIDE, NARROW = 900, 400  # the widths at which pages show pictures


class Sketch(msgspec.Struct, frozen=True):
    """`title` and `alternative` as in its alternative text; `heights` in pixels by width."""

    title: str
    alternative: str
    heights: Mapping[int, int]

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
    return _sketched(answer, operation.picture, lang=lang, revision=revision, day=day)


def _sketched(
    answer: Any, painter: Painter, *, lang: str, revision: int, day: date | None
) -> Sketch:
    heights, shown = {}, None
    for width in (NARROW, WIDE):
        canvas = Canvas(
            theme="light", lang=lang, width=width, revision=revision, day=day, address=""
        )
        shown = painter(answer, canvas)
        heights[width] = size(shown, canvas)[1]
    assert shown is not None, "there are widths"
    return Sketch(shown.title, shown.alternative, heights)


def _written(answer: Any, rendering: Rendering) -> bytes:
    assert rendering.picture is not None, "only such are sketched"
    lang, revision, day = rendering.lang, rendering.revision, rendering.on
    shown = _sketched(answer, rendering.picture, lang=lang, revision=revision, day=day)
    return msgspec.msgpack.encode(shown)


# How pages ask for the sketch of what is drawn from something else than is answered; nobody else.
SKETCHED = Format("sketch", "application/vnd.parity.sketch", {"picture": _written})
read = msgspec.msgpack.Decoder(Sketch).decode
