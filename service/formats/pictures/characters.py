"""The characters that the fonts of pictures are subset to, as far as Noto Sans CJK draws them."""

from importlib.resources import files
from itertools import chain

# Latin with its marks, Greek, and the signs of texts about figures.
_RANGES = ((0x20, 0x7F), (0xA0, 0x180), (0x370, 0x400), (0x2010, 0x2040), (0x2190, 0x2194))
_SIGNS = "€₩₹₽−≈≤≥●○■□"
_CELLS = range(0xA1, 0xFF)
Rows = tuple[tuple[int, int], ...]
LEVEL_1: Rows = ((0xB0, 0xD8),)
_ROWS: Rows = ((0xA1, 0xAA), *LEVEL_1)  # signs and kana before


def wanted() -> str:
    """All of them in their order: Latin, GB2312 level 1, and what the bundled data and the texts
    hold."""
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
