"""Many short texts as one array in which every place is found by the characters that follow."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.folding import END, OPEN, START
from service.search.hashing import keys, powers

Numbers = NDArray[np.int64]
KEYED = 3  # characters that a key holds, 21 bits each
BREAK = "\n"


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


class Postings:
    """Places by the key of the characters that follow."""

    def __init__(self, keys: NDArray[np.uint64], places: Numbers) -> None:
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        first = np.flatnonzero(np.diff(ordered, prepend=~ordered[:1]))
        self._keys = ordered[first]
        self._ends = np.append(first, len(ordered)).astype(np.int32)
        self._places = places[order].astype(np.int32)

    @property
    def nbytes(self) -> int:
        return self._keys.nbytes + self._ends.nbytes + self._places.nbytes

    def span(self, low: int, high: int) -> tuple[int, int]:
        """From where to where the places of these keys stand, the last one left out."""
        first, last = np.searchsorted(self._keys, np.array([low, high], np.uint64)).tolist()
        return int(self._ends[first]), int(self._ends[last])

    def of(self, low: int, high: int) -> Numbers:
        """The places of these keys, the last one left out."""
        first, last = self.span(low, high)
        return self._places[first:last].astype(np.int64)

    def each(self, keys: NDArray[np.uint64]) -> Numbers:
        """The places of each of these keys."""
        near = np.minimum(np.searchsorted(self._keys, keys), max(len(self._keys) - 1, 0))
        known = near[self._keys[near] == keys] if len(self._keys) else near[:0]
        spans = [self._places[self._ends[n] : self._ends[n + 1]] for n in known.tolist()]
        return np.concatenate([np.zeros(0, np.int64), *spans])


class Lines:
    """Finds a text where a match may begin, and with `has_inside` within words too, by the rarest
    three characters of it; with `has_inside` also whole lines at once."""

    def __init__(
        self, texts: Sequence[str], marks: Sequence[bytes], *, has_inside: bool = False
    ) -> None:
        joined = "".join(text + BREAK for text in texts)
        self._codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32)
        self._marks = np.frombuffer(b"".join(mark + b"\0" for mark in marks), np.uint8)
        lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
        self._starts = np.cumsum(lengths) - lengths
        self._ends = self._starts + lengths - 1
        self._lines = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
        self._opened = self._postings(self._marks & OPEN > 0)
        self._inside, self._wholes = None, None
        if has_inside:
            self._inside = self._postings((self._marks & OPEN == 0) & (self._codes != ord(BREAK)))
            self._wholes = Postings(self._hashes(), np.arange(len(texts)))

    @property
    def lengths(self) -> Numbers:
        return self._ends - self._starts

    @property
    def nbytes(self) -> int:
        arrays = (self._codes, self._marks, self._starts, self._ends, self._lines)
        postings = (self._opened, self._inside, self._wholes)
        return sum(a.nbytes for a in arrays) + sum(p.nbytes for p in postings if p)

    def text(self, line: int) -> str:
        return self._codes[self._starts[line] : self._ends[line]].tobytes().decode("utf-32-le")

    def _postings(self, chosen: NDArray[np.bool_]) -> Postings:
        places = np.flatnonzero(chosen)
        return Postings(self._keys_at(places), places)

    def _keys_at(self, places: Numbers) -> NDArray[np.uint64]:
        """Of what follows in the line; nothing stands behind its break."""
        keys = np.zeros(len(places), np.uint64)
        is_over = np.zeros(len(places), np.bool_)
        padded = np.concatenate([self._codes, np.zeros(KEYED, np.uint32)])
        for offset in range(KEYED):
            code = padded[places + offset]
            keys = (keys << np.uint64(21)) | np.where(is_over, 0, code).astype(np.uint64)
            is_over |= code == ord(BREAK)
        return keys

    def _hashes(self) -> NDArray[np.uint64]:
        if not len(self._starts):
            return np.zeros(0, np.uint64)
        places = np.arange(len(self._codes)) - self._starts[self._lines]
        codes = np.where(self._codes == ord(BREAK), 0, self._codes).astype(np.uint64)
        hashes = np.add.reduceat(codes * powers(int(self.lengths.max()) + 1)[places], self._starts)
        return hashes >> np.uint64(1)

    def whole(self, text: str) -> Numbers:
        """The lines that are the text; only with `has_inside`."""
        assert self._wholes is not None, "made with has_inside"
        found = self._wholes.each(keys([text]))
        return found[np.array([self.text(line) == text for line in found.tolist()], np.bool_)]

    def opening(self, text: str, *, leading: bool = False) -> Matches:
        """Matches that begin at a word or at a Chinese character; leading: only at its line's."""
        places = self._places(text, opened=True)
        if leading:
            places = places[self._starts[self._lines[places]] == places]
        return self._matches(places, len(text))

    def anywhere(self, text: str) -> Matches:
        """The matches within words of three letters and more, which `opening` leaves out."""
        return self._matches(self._places(text, opened=False), len(text))

    def _places(self, text: str, *, opened: bool) -> Numbers:
        """Where the text stands, by those of its characters that are the rarest."""
        at = self._rarest(text, opened=opened)
        span = _key_range(text[at : at + KEYED])
        found = [postings.of(*span) for postings in self._where(at, opened=opened)]
        places = np.concatenate(found) - at
        if at:
            places = places[places >= 0]
            places = places[(self._marks[places] & OPEN > 0) == opened]
        for offset, char in enumerate(text):
            if not at <= offset < at + KEYED:
                places = places[self._codes[places + offset] == ord(char)]
        return places

    def _where(self, at: int, *, opened: bool) -> list[Postings]:
        """What has the places `at` characters behind where a match begins."""
        of = (self._opened, self._inside) if at else (self._opened if opened else self._inside,)
        return [postings for postings in of if postings is not None]

    def _rarest(self, text: str, *, opened: bool) -> int:
        """Where in the text the characters begin that are to be looked for."""
        if self._inside is None or len(text) <= KEYED:
            return 0
        counts: list[int] = []
        for at in range(len(text) - KEYED + 1):
            span = _key_range(text[at : at + KEYED])
            spans = [postings.span(*span) for postings in self._where(at, opened=opened)]
            counts.append(sum(last - first for first, last in spans))
        return counts.index(min(counts))

    def _matches(self, places: Numbers, length: int) -> Matches:
        lines = self._lines[places]
        leads = self._starts[lines] == places
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
