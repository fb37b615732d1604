"""How Chinese characters are typed on a Latin keyboard: in full and by initials."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from itertools import combinations, islice, product
from typing import Any, NamedTuple

from service.search.folding import OPEN, START, Folded, is_han

VARIANTS_MAX = 32  # spellings kept of one text


class Spelling(NamedTuple):
    """A text as typed; `marks` has OPEN where a match may begin."""

    text: str
    marks: bytes


class Spellings(NamedTuple):
    """Every way to type a text, the usual one first; none for a text without Chinese."""

    full: tuple[Spelling, ...]
    initials: tuple[Spelling, ...]


@cache
def _library() -> Any:
    """Its dictionaries take a quarter of a second to read: when the first text is spelt."""
    return import_module("pypinyin")


@lru_cache(50_000)
def readings(char: str) -> tuple[str, ...]:
    """Without tones, the usual one first; ü is typed v or u. Of other characters themselves."""
    if not is_han(char):
        return (char,)
    library = _library()
    found = library.pinyin(char, style=library.Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(way for one in found for said in one for way in _typed(said)))


def spellings(folded: Folded) -> Spellings:
    """All readings of all characters, those that depart least from the usual first."""
    if not any(map(is_han, folded.text)):
        return Spellings((), ())
    choices = _choices(folded.text)
    initials = [tuple(dict.fromkeys(said[:1] for said in ways)) for ways in choices]
    return Spellings(_spelled(choices, folded.marks), _spelled(initials, folded.marks))


def _typed(said: str) -> tuple[str, ...]:
    return (said, said.replace("v", "u")) if "v" in said else (said,)


def _choices(text: str) -> list[tuple[str, ...]]:
    """Per character its readings; the one that the phrase around it asks for comes first."""
    library = _library()
    in_context = library.lazy_pinyin(text, style=library.Style.NORMAL, errors=list)
    if len(in_context) != len(text):
        return [readings(char) or (char,) for char in text]
    return [
        tuple(dict.fromkeys((*_typed(said), *readings(char)))) if is_han(char) else (char,)
        for char, said in zip(text, in_context, strict=True)
    ]


def _spelled(choices: Sequence[tuple[str, ...]], marks: bytes) -> tuple[Spelling, ...]:
    found: dict[str, bytes] = {}
    for parts in islice(_variants(choices), VARIANTS_MAX):
        opened = b"".join(
            bytes([mark & (OPEN | START), *bytes(len(part) - 1)])
            for part, mark in zip(parts, marks, strict=True)
        )
        found.setdefault("".join(parts), opened)
    return tuple(Spelling(text, opened) for text, opened in found.items())


def _variants(choices: Sequence[tuple[str, ...]]) -> Iterator[list[str]]:
    usual = [ways[0] for ways in choices]
    several = [place for place, ways in enumerate(choices) if len(ways) > 1]
    for size in range(len(several) + 1):
        for places in combinations(several, size):
            for picked in product(*(choices[place][1:] for place in places)):
                variant = usual.copy()
                for place, way in zip(places, picked, strict=True):
                    variant[place] = way
                yield variant
