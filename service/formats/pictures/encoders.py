"""An answer as a picture, in each of its formats, and what may be asked of one."""

from collections.abc import Callable
from typing import Annotated, Any

from msgspec import Meta, Struct

from service import limits
from service.formats.json_records import encode
from service.formats.pictures import composer
from service.formats.pictures.picture import Canvas, Drawing, Picture, Theme
from service.formats.rendering import Rendering

WIDTH = 800


class PictureOptions(Struct, frozen=True, kw_only=True):
    """What every picture takes."""

    theme: Annotated[Theme, Meta(description="Pictures: on white or on black.")] = "light"
    width: Annotated[
        int,
        Meta(
            ge=limits.PICTURE_WIDTH_MIN,
            le=limits.PICTURE_WIDTH_MAX,
            description="Pictures: how many pixels wide.",
        ),
    ] = WIDTH


def pictured(answer: Any, rendering: Rendering) -> tuple[Picture, Canvas]:
    """The picture before it is drawn, and for what it is drawn."""
    assert rendering.picture is not None, "only operations with a picture have these formats"
    options = rendering.options
    canvas = Canvas(
        theme=getattr(options, "theme", "light"),
        width=getattr(options, "width", WIDTH),
        lang=rendering.lang,
        revision=rendering.revision,
        day=rendering.on,
        address=rendering.url,
    )
    return rendering.picture(answer, canvas), canvas


def drawn(scale: int | None) -> Callable[[Any, Rendering], Drawing]:
    def encoded(answer: Any, rendering: Rendering) -> Drawing:
        return composer.drawing(*pictured(answer, rendering), scale)

    return encoded


def vega_lite(answer: Any, rendering: Rendering) -> bytes:
    """The specification with its data."""
    return encode(composer.vega_lite(*pictured(answer, rendering)))


def alternative(answer: Any, rendering: Rendering) -> bytes:
    """What is to be seen, in words."""
    return composer.alternative(pictured(answer, rendering)[0])
