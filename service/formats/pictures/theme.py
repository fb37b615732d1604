"""Colours and type: few, told apart by colour-blind readers, legible on their ground.

The hues are those of Okabe and Ito (Color Universal Design, 2008), darker on white and lighter on
black until every one reaches 4.5 to 1 against its ground (WCAG 2.2, 1.4.3).
"""

from importlib.resources import files
from itertools import chain
from typing import Any, TypeAlias

from msgspec import Struct

from service.formats.pictures.picture import Theme

FONTS = "Parity Sans SC, Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
LABEL, SMALL = 12, 11
# Latin with its marks, Greek, and the signs of texts about figures.
_RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x370, 0x400), (0x2010, 0x2040), (0x2190, 0x2194))
_SIGNS = "€₩₹₽−≈≤≥●○■□"
_CELLS = range(0xA1, 0xFF)
PLAIN = "…·–—×“”‘’"  # with ASCII what the small font has
Rows: TypeAlias = tuple[tuple[int, int], ...]
LEVEL_1: Rows = ((0xB0, 0xD8),)
_ROWS: Rows = ((0xA1, 0xAA), *LEVEL_1)  # signs and kana before


class Palette(Struct, frozen=True):
    """`pale` is what may be, beside what is; `unknown` what nobody knows, with its hatching."""

    ground: str
    ink: str
    muted: str
    grid: str
    blue: str
    orange: str
    green: str
    purple: str
    pale: str
    unknown: str
    hatch: str


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        ground="#ffffff",
        ink="#1b1f23",
        muted="#57606a",
        grid="#e4e7ea",
        blue="#00609f",
        orange="#b54a00",
        green="#00714f",
        purple="#96437a",
        pale="#cfe0ee",
        unknown="#eceff1",
        hatch="#a9b2ba",
    ),
    "dark": Palette(
        ground="#15191d",
        ink="#f0f3f5",
        muted="#a7b1ba",
        grid="#30373d",
        blue="#6cbcf0",
        orange="#ff9a57",
        green="#3fcf9f",
        purple="#e5a3cb",
        pale="#22425a",
        unknown="#262c31",
        hatch="#5d6871",
    ),
}


def config(theme: Theme) -> dict[str, Any]:
    """The Vega-Lite configuration: quiet axes, no frame."""
    p = PALETTES[theme]
    axis = {
        "labelColor": p.muted,
        "titleColor": p.muted,
        "labelFontSize": LABEL,
        "titleFontSize": LABEL,
        "titleFontWeight": "normal",
        "gridColor": p.grid,
        "domainColor": p.muted,
        "tickColor": p.muted,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    return {
        "font": FONTS,
        "background": p.ground,
        "padding": 0,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"domain": True, "ticks": True, "grid": False},
        "text": {"color": p.ink, "fontSize": LABEL},
        "line": {"strokeWidth": 2.5, "color": p.blue},
        "rule": {"color": p.muted},
        "point": {"filled": True, "size": 70, "color": p.blue},
        "bar": {"color": p.blue},
        "legend": {"disable": True},
    }


def wanted() -> str:
    """The characters that the fonts are subset to, as far as Noto Sans CJK draws them, in their
    order: Latin, GB2312 level 1, and what the bundled data and the texts hold."""
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
