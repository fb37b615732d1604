"""Answers that fit into a conversation: cut to a size, what was cut is counted; text is quoted."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from service.formats.json_records import encode

BYTES_MAX = 8_000  # of the data of one answer, about two thousand tokens
STRING_MAX = 300
KEPT_ROWS = (25, 12, 8, 5, 3, 1, 0)
MEMBERS_MAX = 60
_INNER = str.maketrans({"“": "‘", "”": "’"})
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


class Cut(NamedTuple):
    """A list or an object of which only the first `shown` members are there."""

    path: str
    shown: int
    total: int


def plain(text: object) -> str:
    """One line without invisible characters: none may hide in it, none may end it."""
    kept = (" " if _is_invisible(mark) else mark for mark in str(text))
    return " ".join("".join(kept).split())


def _is_invisible(mark: str) -> bool:
    return not (" " <= mark <= "~") and unicodedata.category(mark) in _INVISIBLE


def quoted(text: object, most: int = STRING_MAX) -> str:
    """Stored text as a quotation that it cannot end: the marks within are the inner ones."""
    return f"“{shortened(plain(text), most).translate(_INNER)}”"


def shortened(text: str, most: int = STRING_MAX) -> str:
    """With an ellipsis where something was cut off."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def within(lines: Sequence[str], most: int) -> list[str]:
    """The first lines, whole, of so many characters together; of the first one at least a part,
    whose quotation is ended."""
    kept, left = list[str](), most
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            break
        kept.append(line)
    if lines and not kept:
        part = shortened(lines[0], most)
        return [part + "”" * (part.count("“") - part.count("”"))]
    return kept


def fitted(data: Mapping[str, Any], most: int = BYTES_MAX) -> tuple[dict[str, Any], list[Cut]]:
    """The data within so many bytes of JSON, its lists shortened alike, and what was left out."""
    whole = msgspec.to_builtins(data)
    for rows in KEPT_ROWS:
        cuts: list[Cut] = []
        shown: dict[str, Any] = _cut(whole, rows, "", cuts)
        if len(encode(shown)) <= most:
            return shown, cuts
    return {}, [Cut("", 0, len(whole))]


def _cut(value: Any, rows: int, path: str, cuts: list[Cut]) -> Any:
    if isinstance(value, str):
        return shortened(plain(value))
    if isinstance(value, list):
        kept = value[:rows]
        if len(kept) < len(value):
            cuts.append(Cut(path, len(kept), len(value)))
        return [_cut(item, rows, f"{path}[]", cuts) for item in kept]
    if isinstance(value, dict):
        names = list(value)[:MEMBERS_MAX]
        if len(names) < len(value):
            cuts.append(Cut(path, len(names), len(value)))
        return {
            shortened(plain(name), 80): _cut(value[name], rows, f"{path}.{name}".strip("."), cuts)
            for name in names
        }
    return value


def largest(cuts: Iterable[Cut], most: int = 5) -> list[Cut]:
    """Each path once, those first of which most is missing."""
    by_path: dict[str, Cut] = {}
    for cut in cuts:
        before = by_path.get(cut.path, cut)
        by_path[cut.path] = max(before, cut, key=lambda one: one.total - one.shown)
    ranked = sorted(by_path.values(), key=lambda one: one.shown - one.total)
    return ranked[:most]
