"""Many short texts as one array in which every beginning of a match is sorted."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.folding import END, OPEN, START

Numbers = NDArray[np.int64]
KEYED = 3  # characters that a sorted key holds, 21 bits each
_BREAK = "\n"


class Matches(NamedTuple):
    """Where a text was found: line by line, several times in a line if so."""

    lines: NDArray[np.int32]
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
        self._lines = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        opened = np.flatnonzero(self._marks & OPEN)
        keys = self._keys_at(opened)
        order = np.argsort(keys, kind="stable")
        self._opened, self._keys = opened[order], keys[order]
        self._opened_lines = self._lines[self._opened]
        self._opened_leads = self._starts[self._opened_lines] == self._opened

    def _keys_at(self, places: Numbers) -> NDArray[np.uint64]:
        keys = np.zeros(len(places), np.uint64)
        padded = np.concatenate([self._codes, np.zeros(KEYED, np.uint32)])
        for offset in range(KEYED):
            keys = (keys << np.uint64(21)) | padded[places + offset].astype(np.uint64)
        return keys

    def opening(self, text: str, *, leading: bool = False) -> Matches:
        """Matches that begin at a word or at a Chinese character; leading: only at its line's."""
        low, high = _key_range(text[:KEYED])
        first, last = np.searchsorted(self._keys, np.array([low, high], np.uint64)).tolist()
        chosen = np.arange(first, last)
        if leading:
            chosen = chosen[self._opened_leads[first:last]]
        for offset, char in enumerate(text[KEYED:], KEYED):
            chosen = chosen[self._codes[self._opened[chosen] + offset] == ord(char)]
        lines, leads = self._opened_lines[chosen], self._opened_leads[chosen]
        return self._matches(self._opened[chosen], lines, leads, len(text))

    def anywhere(self, text: str) -> Matches:
        """The matches within words, which `opening` leaves out."""
        found: list[int] = []
        place = self._text.find(text)
        while place >= 0:
            found.append(place)
            place = self._text.find(text, place + 1)
        places = np.array(found, np.int64)
        within = places[(self._marks[places] & OPEN) == 0]
        return self._matches(
            within, self._lines[within], np.zeros(len(within), np.bool_), len(text)
        )

    def _matches(
        self, places: Numbers, lines: NDArray[np.int32], leads: NDArray[np.bool_], length: int
    ) -> Matches:
        is_whole = leads.copy()
        is_whole[leads] = self._ends[lines[leads]] == places[leads] + length
        is_word = self._marks[places + (length - 1)] & END > 0
        is_word[is_word] = self._marks[places[is_word]] & START > 0
        return Matches(lines, leads, is_whole, is_word)


def _key_range(text: str) -> tuple[int, int]:
    """The keys of everything that begins with the text: from, to before."""
    low: Any = 0
    for char in text:
        low = low << 21 | ord(char)
    free = 21 * (KEYED - len(text))
    return low << free, (low + 1) << free
