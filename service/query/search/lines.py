"""Many short texts as one array in which every beginning of a match is sorted."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.query.search.folding import END, OPEN, START

Numbers = NDArray[np.int64]
KEYED = 3  # characters that a sorted key holds, 21 bits each
_BREAK = "\n"


class Matches(NamedTuple):
    """Where a text was found: line by line, several times in a line if so."""

    lines: Numbers
    leads: NDArray[np.bool_]
    is_whole: NDArray[np.bool_]
    is_word: NDArray[np.bool_]

    def only(self, chosen: NDArray[np.bool_]) -> "Matches":
        return Matches(
            self.lines[chosen], self.leads[chosen], self.is_whole[chosen], self.is_word[chosen]
        )


class Lines:
    """Finds a text where a match may begin in O(log n + matches), elsewhere by scanning."""

    def __init__(self, texts: Sequence[str], marks: Sequence[bytes]) -> None:
        self._text = "".join(text + _BREAK for text in texts)
        self._codes = np.frombuffer(self._text.encode("utf-32-le"), np.uint32)
        self._marks = np.frombuffer(b"".join(mark + b"\0" for mark in marks), np.uint8)
        lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
        self._starts = np.cumsum(lengths) - lengths
        self._ends = self._starts + lengths - 1
        opened = np.flatnonzero(self._marks & OPEN)
        keys = self._keys_at(opened)
        order = np.argsort(keys, kind="stable")
        self._opened, self._keys = opened[order], keys[order]

    def _keys_at(self, places: Numbers) -> NDArray[np.uint64]:
        keys = np.zeros(len(places), np.uint64)
        padded = np.concatenate([self._codes, np.zeros(KEYED, np.uint32)])
        for offset in range(KEYED):
            keys = (keys << np.uint64(21)) | padded[places + offset].astype(np.uint64)
        return keys

    def opening(self, text: str) -> Matches:
        """Matches that begin at a word or at a Chinese character."""
        return self._matches(self._opening(text), len(text))

    def anywhere(self, text: str) -> Matches:
        """The matches within words, which `opening` leaves out."""
        found: list[int] = []
        place = self._text.find(text)
        while place >= 0:
            found.append(place)
            place = self._text.find(text, place + 1)
        places = np.array(found, np.int64)
        return self._matches(places[(self._marks[places] & OPEN) == 0], len(text))

    def _opening(self, text: str) -> Numbers:
        low, high = _key_range(text[:KEYED])
        first, last = np.searchsorted(self._keys, np.array([low, high], np.uint64))
        places = self._opened[first:last]
        for offset, char in enumerate(text[KEYED:], KEYED):
            places = places[self._codes[places + offset] == ord(char)]
        return places

    def _matches(self, places: Numbers, length: int) -> Matches:
        lines = np.searchsorted(self._starts, places, "right") - 1
        leads = self._starts[lines] == places
        ends = self._marks[places + (length - 1)] & END > 0
        is_word = ends & (self._marks[places] & START > 0)
        return Matches(lines, leads, leads & (self._ends[lines] == places + length), is_word)


def _key_range(text: str) -> tuple[int, int]:
    """The keys of everything that begins with the text: from, to before."""
    low: Any = 0
    for char in text:
        low = low << 21 | ord(char)
    free = 21 * (KEYED - len(text))
    return low << free, (low + 1) << free
