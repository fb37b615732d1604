"""Matched characters marked in the original text."""

from collections.abc import Set as AbstractSet
from html import escape

OPENING, CLOSING = "<em>", "</em>"


def highlighted(text: str, places: AbstractSet[int]) -> str:
    """The text as HTML, the characters at these places in <em>; &, < and > are escaped."""
    ordered = sorted(places)
    starts = [n for n in ordered if n - 1 not in places]
    ends = [n + 1 for n in ordered if n + 1 not in places]
    parts, last = list[str](), 0
    for start, end in zip(starts, ends, strict=True):
        parts += (_plain(text[last:start]), OPENING, _plain(text[start:end]), CLOSING)
        last = end
    return "".join([*parts, _plain(text[last:])])


def _plain(text: str) -> str:
    return escape(text, quote=False)
