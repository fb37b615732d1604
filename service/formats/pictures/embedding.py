"""A picture for the page of somebody else: HTML for an <iframe>, as wide as its frame, at the
revision that it was asked at.
"""

from html import escape
from typing import Any

import msgspec

from service.formats.pictures.encoders import pictured
from service.formats.pictures.picture import Canvas
from service.formats.pictures.theme import PALETTES
from service.formats.rendering import Rendering
from service.query.registry import BY_KIND

WIDTHS = (400, 640, 960, 1280)
MEDIA_TYPE = "text/html; profile=embed"
PAGE = """<!doctype html>
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
POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


def embedded(answer: Any, rendering: Rendering) -> bytes:
    """The page; the picture in it names its day and its revision. It is as wide as its frame, up to
    the width asked for."""
    shown, canvas = pictured(answer, rendering)
    narrower = [width for width in WIDTHS if width < canvas.width]
    sources = (
        f'<source media="(max-width: {width}px)" srcset="{_address(rendering, canvas, width)}">'
        for width in narrower
    )
    return PAGE.format(
        lang=rendering.lang,
        title=escape(shown.title),
        policy=POLICY,
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
