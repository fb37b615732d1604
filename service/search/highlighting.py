"""Matched characters marked in the original text."""

from collections.abc import Set as AbstractSet
from html import escape
from itertools import groupby

OPENING, CLOSING = "<em>", "</em>"


def highlighted(text: str, places: AbstractSet[int]) -> str:
    """The text as HTML, the characters at these places in <em>; &, < and > are escaped."""
    parts = [
        (is_match, escape("".join(char for _, char in chars), quote=False))
        for is_match, chars in groupby(enumerate(text), key=lambda pair: pair[0] in places)
    ]
    return "".join(f"{OPENING}{part}{CLOSING}" if is_match else part for is_match, part in parts)
