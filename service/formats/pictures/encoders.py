"""An answer as a picture, in each of its formats, and what may be asked of one."""

from collections.abc import Callable
from html import escape
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from service import limits
from service.formats.json_records import encode
from service.formats.pictures import composer
from service.formats.pictures.picture import Canvas, Drawing, Picture, Theme
from service.formats.pictures.theme import PALETTES
from service.formats.rendering import Rendering
from service.query.registry import BY_KIND

WIDTH = 800
_WIDTHS = (400, 640, 960, 1280)
EMBED_TYPE = "text/html; profile=embed"
_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="{policy}">
<link rel="canonical" href="{url}">
<style>
html, body {{margin: 0; background: {ground}}}
img {{display: block; width: 100%; max-width: {width}px; height: auto}}
</style>
</head>
<body>
<a href="{href}" target="_blank" rel="noopener">
<picture>
{sources}
<img src="{src}" alt="{alt}">
</picture>
</a>
</body>
</html>
"""
_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


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


def embedded(answer: Any, rendering: Rendering) -> bytes:
    """A page for an <iframe> of somebody else: the picture in it names its day and its revision. It
    is as wide as its frame, up to the width asked for."""
    shown, canvas = pictured(answer, rendering)
    narrower = [width for width in _WIDTHS if width < canvas.width]
    sources = (
        f'<source media="(max-width: {width}px)" srcset="{_address(rendering, canvas, width)}">'
        for width in narrower
    )
    return _PAGE.format(
        lang=rendering.lang,
        title=escape(shown.title),
        policy=_POLICY,
        url=escape(rendering.url),
        ground=PALETTES[canvas.theme].ground,
        width=canvas.width,
        href=escape(_page(answer, rendering)),
        sources="\n".join(sources),
        src=_address(rendering, canvas, canvas.width),
        alt=escape(f"{shown.title} {shown.alternative}".strip()),
    ).encode()


def _address(rendering: Rendering, canvas: Canvas, width: int) -> str:
    """Of the picture, on the same host."""
    address = rendering.form("svg", theme=canvas.theme, width=str(width))
    return escape(address.removeprefix(rendering.base))


def _page(answer: Any, rendering: Rendering) -> str:
    """Of the explorer, on the same day and revision; the answer itself where there is none."""
    subject = msgspec.to_builtins(answer).get("subject")
    if not subject:
        return rendering.url.removeprefix(rendering.base)
    query = f"as_of=rev:{rendering.revision}&lang={rendering.lang}"
    day = f"on={rendering.on.isoformat()}&" if rendering.on else ""
    return f"/{BY_KIND[subject['object']].name}/{subject['id']}?{day}{query}"
