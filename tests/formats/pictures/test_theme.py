"""Colours that are told apart, on their ground; fonts that have every character."""

import struct
from itertools import combinations
from pathlib import Path
from string import printable, whitespace

import pytest

from service import formats
from service.formats.pictures.picture import Theme
from service.formats.pictures.theme import FONTS as STACK
from service.formats.pictures.theme import LEVEL_1, PALETTES, PLAIN, gb2312, held

FONTS = Path(formats.__file__).parents[1] / "fonts"
UNDRAWN = "₹₺₽"  # signs that stand for codes of currencies; pictures show the codes
SERIES = ("blue", "orange", "green", "purple")
# What red-blind and green-blind eyes make of linear RGB (Viénot, Brettel and Mollon, 1999).
BLIND = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("name", ["ink", "muted", *SERIES])
def test_words_and_marks_stand_out(theme: Theme, name: str) -> None:
    palette = PALETTES[theme]
    assert contrast(getattr(palette, name), palette.ground) >= 4.5
    if name == "ink":
        assert contrast(palette.ink, palette.pale) >= 4.5
        assert contrast(palette.ink, palette.unknown) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("eyes", BLIND)
def test_colour_blind_readers_tell_the_first_two_apart(theme: Theme, eyes: str) -> None:
    """Blue against orange carries meaning; further hues only ever come with a label."""
    seen = [
        [sum(w * c for w, c in zip(row, linear(colour), strict=True)) for row in BLIND[eyes]]
        for colour in (PALETTES[theme].blue, PALETTES[theme].orange)
    ]
    for one, other in combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.2


@pytest.mark.parametrize("name", ["NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"])
def test_the_fonts_have_every_character(name: str) -> None:
    covered = characters_of((FONTS / name).read_bytes())
    wanted = held() | gb2312(LEVEL_1) | set(printable) | set("…–—“”±×·€≥≤→")
    assert wanted - covered - set(whitespace) - set(UNDRAWN) == set()


@pytest.mark.parametrize("name", ["Regular", "Bold"])
def test_the_small_fonts_have_what_is_set_in_them(name: str) -> None:
    covered = characters_of((FONTS / f"ParitySansSCPlain-{name}.otf").read_bytes())
    assert set(map(chr, range(0x20, 0x7F))) | set(PLAIN) == covered


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.otf")), ids=lambda path: path.name)
def test_no_font_of_the_machine_stands_in_for_ours(path: Path) -> None:
    """One of the same name would be taken, and it is twenty times as large."""
    assert STACK.partition(",")[0].encode("utf-16-be") in path.read_bytes()
    assert "Noto Sans CJK SC".encode("utf-16-be") not in path.read_bytes()


def test_the_fonts_are_small_and_licensed() -> None:
    assert sum(path.stat().st_size for path in FONTS.glob("*.otf")) < 2_000_000
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def characters_of(font: bytes) -> set[str]:
    """Those of a segmented coverage table of 32 bits (OpenType, cmap format 12) or 16 (4)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(tables))
    (cmap,) = (offset for tag, _, offset, _ in records if tag == b"cmap")
    (n,) = struct.unpack_from(">H", font, cmap + 2)
    subtables = {cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * i)[2] for i in range(n)}
    found = set[str]()
    for start in subtables:
        (form,) = struct.unpack_from(">H", font, start)
        if form == 12:
            (groups,) = struct.unpack_from(">I", font, start + 12)
            for place in range(groups):
                first, last, _ = struct.unpack_from(">III", font, start + 16 + 12 * place)
                found |= {chr(code) for code in range(first, last + 1)}
        elif form == 4:
            found |= _segments(font, start)
    return found


def _segments(font: bytes, start: int) -> set[str]:
    (twice,) = struct.unpack_from(">H", font, start + 6)
    n = twice // 2
    last = struct.unpack_from(f">{n}H", font, start + 14)
    first = struct.unpack_from(f">{n}H", font, start + 16 + twice)
    return {
        chr(code)
        for a, b in zip(first, last, strict=True)
        for code in range(a, b + 1)
        if code != 0xFFFF
    }
