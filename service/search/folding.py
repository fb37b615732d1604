"""Texts without what people type differently: width, case, accents, script variant, spacing."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from opencc import OpenCC

START, END, OPEN = 1, 2, 4
_CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f]{0,8}", re.DOTALL)
_ASCII_WORD = re.compile(r"[0-9A-Za-z]+")
_simplified = OpenCC("t2s").convert


class Folded(NamedTuple):
    """The letters and digits of a text, folded.

    `origins` has for each character the span of the original that it comes from; `marks` has its
    flags: START and END of a word, OPEN where a match may begin. A word is a run of one script; a
    match may begin at a word and at every Chinese character.
    """

    text: str
    origins: tuple[tuple[int, int], ...]
    marks: bytes

    @property
    def words(self) -> list[str]:
        starts = [n for n, mark in enumerate(self.marks) if mark & START]
        ends = [n + 1 for n, mark in enumerate(self.marks) if mark & END]
        return [self.text[a:b] for a, b in zip(starts, ends, strict=True)]


def is_han(char: str) -> bool:
    """Whether the character is a Chinese ideograph."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\U00020000" <= char <= "\U0003ffff"
        or char == "〇"
    )


def fold(text: str) -> Folded:
    """NFKC, case folding, simplified characters, no accents on Latin, no spaces or punctuation."""
    return _of_ascii(text) if text.isascii() else _of_any(text)


def _of_ascii(text: str) -> Folded:
    """As `_of_any`, where a character is a letter or digit or nothing."""
    lower = text.lower()
    spans = [match.span() for match in _ASCII_WORD.finditer(text)]
    origins = _EACH if len(text) <= len(_EACH) else _each(len(text))
    return Folded(
        "".join([lower[a:b] for a, b in spans]),
        tuple(chain.from_iterable([origins[a:b] for a, b in spans])),
        b"".join([_marks_of_word(b - a) for a, b in spans]),
    )


def _each(count: int) -> tuple[tuple[int, int], ...]:
    """The spans of so many characters, each by itself."""
    return tuple((n, n + 1) for n in range(count))


_EACH = _each(400)


@lru_cache(256)
def _marks_of_word(length: int) -> bytes:
    """Of one that is not Chinese."""
    marks = bytearray(length)
    marks[0] = START | OPEN
    marks[-1] |= END
    return bytes(marks)


def _of_any(text: str) -> Folded:
    chars: list[str] = []
    origins: list[tuple[int, int]] = []
    breaks: set[int] = set()
    for start, end, cluster in _clusters(text):
        folded = _folded(cluster)
        if not folded:
            breaks.add(len(chars))
        for char in folded:
            chars.append(char)
            origins.append((start, end))
    return Folded("".join(chars), tuple(origins), _marks(chars, breaks))


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _CLUSTER.finditer(text):
        yield match.start(), match.end(), match.group()


@lru_cache(100_000)
def _folded(cluster: str) -> str:
    """Letters and digits of one character with its marks; "" where words end."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    plain = "".join(_unaccented(char) for char in folded)
    simple = _simplified(_simplified(plain))
    return "".join(char for char in simple if char.isalnum())


def _unaccented(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else char


def _marks(chars: list[str], breaks: set[int]) -> bytes:
    han = [is_han(char) for char in chars]
    last = len(chars) - 1
    marks = bytearray(len(chars))
    for n, own in enumerate(han):
        starts = n == 0 or n in breaks or han[n - 1] != own
        ends = n == last or n + 1 in breaks or han[n + 1] != own
        marks[n] = START * starts | END * ends | OPEN * (starts or own)
    return bytes(marks)
