"""A picture whole: title, subtitle, chart and source, as SVG around a chart or as Vega-Lite."""

import re
from html import escape
from typing import Any, NamedTuple

from service.formats.json_records import encode
from service.formats.pictures.lines import room_right, shortened, wrapped
from service.formats.pictures.measuring import sparing
from service.formats.pictures.picture import Canvas, Drawing, Picture
from service.formats.pictures.theme import FONTS, PALETTES, SMALL, config
from service.model.releases import LICENCE
from service.texts.messages import message
from service.texts.values import date_text

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_GAP, _LEADING, _RIGHT = 12, 1.32, 8
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # for XML
_UNFIT_ESCAPES = re.compile(rb"(?<!\\)\\u00(?:0[0-8bce-f]|1[0-9a-f])")


def vega_lite(picture: Picture, canvas: Canvas) -> dict[str, Any]:
    """The specification that stands by itself, with its data."""
    title, subtitle = _title(picture, canvas), _subtitle(picture, canvas)
    told = {
        "text": title,
        "subtitle": [*subtitle, _source(canvas)],
        "anchor": "start",
        "frame": "bounds",
        "offset": _GAP,
        "fontSize": _title_size(canvas),
        "subtitleFontSize": _subtitle_size(canvas),
        "color": PALETTES[canvas.theme].ink,
        "subtitleColor": PALETTES[canvas.theme].muted,
    }
    more = _leading(len(title), _title_size(canvas)) + _leading(
        len(subtitle) + 1, _subtitle_size(canvas)
    )
    return _chart(picture, canvas) | {
        "title": told,
        "width": canvas.width,
        "height": picture.height + more,
        "padding": _margin(canvas),
        "description": picture.alternative,
        "usermeta": {"source": canvas.address, "license": LICENCE, "revision": canvas.revision},
    }


def drawing(picture: Picture, canvas: Canvas, scale: int | None) -> Drawing:
    """The SVG around the chart, which a process draws."""
    margin, around = _margin(canvas), _around(picture, canvas)
    chart = sparing(_chart(picture, canvas))
    chart["config"] |= {"aria": False}  # the picture as a whole has its words
    return Drawing(
        spec=_UNFIT_ESCAPES.sub(b"", encode(chart)),
        before=_head(picture, canvas, around.height)
        + around.title.shown(margin)
        + around.below.shown(margin)
        + f'<g transform="translate({margin},{around.top})">',
        after=f'</g><a href="{escape(canvas.address)}">{around.source.shown(margin)}</a></svg>\n',
        scale=scale,
    )


def size(picture: Picture, canvas: Canvas) -> tuple[int, int]:
    """Its width and height in pixels."""
    return canvas.width, _around(picture, canvas).height


def alternative(picture: Picture) -> bytes:
    """What is to be seen, in words."""
    return f"{picture.title}\n\n{picture.alternative}\n".encode()


def _chart(picture: Picture, canvas: Canvas) -> dict[str, Any]:
    width = _within(canvas)
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": picture.height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {
            "left": 0,
            "top": 0,
            "bottom": 0,
            "right": room_right(picture.spec, width, _RIGHT),
        },
        "config": config(canvas.theme),
        **picture.spec,
    }


def _head(picture: Picture, canvas: Canvas, height: int) -> str:
    size = f'width="{canvas.width}" height="{height}" viewBox="0 0 {canvas.width} {height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}'
        f' lang="{canvas.lang}" role="img" font-family="{escape(FONTS)}">'
        f"<title>{_plain(picture.title)}</title><desc>{_plain(picture.alternative)}</desc>"
        f'<rect width="100%" height="100%" fill="{PALETTES[canvas.theme].ground}"/>'
    )


class _Lines(NamedTuple):
    """Text below `top`, line by line."""

    texts: list[str]
    top: float
    size: float
    colour: str
    weight: str = "normal"

    @property
    def bottom(self) -> float:
        return self.top + _leading(len(self.texts), self.size)

    def shown(self, left: float) -> str:
        spans = "".join(
            f'<tspan x="{left}" y="{self.top + (place + 0.8) * self.size * _LEADING:.1f}">'
            f"{_plain(text)}</tspan>"
            for place, text in enumerate(self.texts)
        )
        style = f'font-size="{self.size}" font-weight="{self.weight}" fill="{self.colour}"'
        return f"<text {style}>{spans}</text>"


class _Around(NamedTuple):
    """What stands above and below the chart, which begins at `top`."""

    title: _Lines
    below: _Lines
    source: _Lines
    top: int
    height: int


def _around(picture: Picture, canvas: Canvas) -> _Around:
    margin, colours = _margin(canvas), PALETTES[canvas.theme]
    title = _Lines(_title(picture, canvas), margin, _title_size(canvas), colours.ink, "bold")
    below = _Lines(
        _subtitle(picture, canvas), title.bottom + 4, _subtitle_size(canvas), colours.muted
    )
    top = round(below.bottom) + _GAP
    source = _Lines(_source_lines(canvas), top + picture.height + _GAP, SMALL, colours.muted)
    return _Around(title, below, source, top, round(source.bottom + margin / 2))


def _leading(lines: int, size: float) -> float:
    """The height of so many lines."""
    return lines * size * _LEADING


def _title(picture: Picture, canvas: Canvas) -> list[str]:
    return wrapped(picture.title, _within(canvas), _title_size(canvas), is_bold=True)


def _subtitle(picture: Picture, canvas: Canvas) -> list[str]:
    return wrapped(picture.subtitle, _within(canvas), _subtitle_size(canvas))


def _source(canvas: Canvas) -> str:
    """Which base said so, when, and what may be done with it."""
    day = "" if canvas.day is None else date_text(canvas.day, canvas.lang)
    what = "on" if canvas.day else "always"
    return message(
        f"pictures.source.{what}",
        canvas.lang,
        revision=canvas.revision,
        day=day,
        licence=LICENCE,
    )


def _source_lines(canvas: Canvas) -> list[str]:
    address = canvas.address.partition("?")[0].partition("://")[2]
    lines = wrapped(_source(canvas), _within(canvas), SMALL)
    return [*lines, shortened(address, _within(canvas), SMALL)]


def _margin(canvas: Canvas) -> int:
    return 12 if canvas.is_narrow else 20


def _within(canvas: Canvas) -> int:
    return canvas.width - 2 * _margin(canvas)


def _title_size(canvas: Canvas) -> int:
    return 17 if canvas.is_narrow else 20


def _subtitle_size(canvas: Canvas) -> int:
    return 13 if canvas.is_narrow else 14


def _plain(text: str) -> str:
    """Nothing in it is markup; what XML cannot hold is left out."""
    return escape(_UNFIT.sub("", text))
