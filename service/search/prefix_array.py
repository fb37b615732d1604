"""Many short texts as one array in which every place is found by the characters that follow."""

import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.search.folding import END, OPEN, START
from service.search.hashing import key, powers

Numbers = NDArray[np.int64]
KEPT = 1000  # texts whose keys are known
KEYED = 3  # characters that a key holds, 21 bits each
FEW = 32  # places that are looked at one by one
ALL = sys.maxsize
_CHARACTER, _NEXT = np.uint64(21), np.uint64(1)
BREAK = "\n"


class TooDear(Exception):
    """More has to be looked at than was allowed."""


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


NOWHERE: Numbers = np.zeros(0, np.int64)
NOTHING = Matches(NOWHERE.astype(np.int32), *3 * [NOWHERE.astype(np.bool_)])


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

    def spans(self, ranges: NDArray[np.uint64]) -> NDArray[np.int32]:
        """From where to where the places of ranges of keys stand, all beginnings before all ends,
        as the ranges do; an end is left out."""
        return self._ends[self._keys.searchsorted(ranges)]

    def at(self, first: int, last: int) -> Numbers:
        """The places from one number to before the other."""
        return self._places[first:last].astype(np.int64)

    def of(self, key: np.uint64) -> Numbers:
        """The places of this key."""
        n = int(self._keys.searchsorted(key))
        if n == len(self._keys) or self._keys[n] != key:
            return NOWHERE
        return self.at(self._ends[n], self._ends[n + 1])

    def each(self, keys: NDArray[np.uint64]) -> Numbers:
        """The places of each of these keys."""
        if not len(self._keys):
            return NOWHERE
        near = self._keys.searchsorted(keys)
        near[near == len(self._keys)] = 0
        known = near[self._keys[near] == keys]
        spans = [self._places[self._ends[n] : self._ends[n + 1]] for n in known.tolist()]
        return np.concatenate([NOWHERE, *spans]) if spans else NOWHERE


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
        found = self._wholes.of(key(text))
        if not len(found):
            return found
        return found[np.array([self.text(line) == text for line in found.tolist()], np.bool_)]

    def opening(self, text: str, *, leading: bool = False, most: int = ALL) -> Matches:
        """Matches that begin at a word or at a Chinese character; leading: only at its line's.

        Raises TooDear where more than `most` places have to be looked at.
        """
        at, places = self._rarest(text, (self._opened,), most)
        if at and len(places):
            places = places[self._marks[places] & OPEN > 0]
        places = self._standing(text, places)
        if leading:
            places = places[self._starts[self._lines[places]] == places]
        return self._matches(places, len(text))

    def anywhere(self, text: str, *, most: int = ALL) -> Matches:
        """All matches, also within words; only with `has_inside`. Raises TooDear as `opening`."""
        assert self._inside is not None, "made with has_inside"
        _, places = self._rarest(text, (self._opened, self._inside), most)
        return self._matches(self._standing(text, places), len(text))

    def _rarest(self, text: str, beginning: tuple[Postings, ...], most: int) -> tuple[int, Numbers]:
        """Which characters of the text are the rarest, and where it would begin by these;
        `beginning` has where a match may."""
        if self._inside is None or len(text) <= KEYED:
            ranges, every = _key_ranges(text[:KEYED]), beginning
        else:
            ranges, every = _key_ranges(text), (self._opened, self._inside)
        count = len(ranges) // 2
        spans = [one.spans(ranges) for one in every]
        at = 0
        if count > 1:
            sizes = [ends[count:] - ends[:count] for ends in spans]
            n_found = sizes[0] + sizes[1]
            if len(beginning) == 1:
                n_found[0] = sizes[0][0]
            at = int(n_found.argmin())
        ends = [
            (int(of[at]), int(of[count + at])) for of in spans[: len(every if at else beginning)]
        ]
        if sum(last - first for first, last in ends) > most:
            raise TooDear
        found = [one.at(*span) for one, span in zip(every, ends, strict=False) if span[0] < span[1]]
        if not found:
            return at, NOWHERE
        places = np.concatenate(found) if len(found) > 1 else found[0]
        if at:
            places = places - at
            places = places[places >= 0]
        return at, places

    def _standing(self, text: str, places: Numbers) -> Numbers:
        """Those at which the text stands, of which any part as long as a key is known to."""
        if len(text) <= KEYED:
            return places
        for offset, char in enumerate(text):
            if len(places) <= FEW:
                break
            places = places[self._codes[places + offset] == ord(char)]
        if not len(places):
            return places
        wanted, size = text.encode("utf-32-le"), len(text)
        found = [p for p in places.tolist() if self._codes[p : p + size].tobytes() == wanted]
        return np.array(found, np.int64)

    def _matches(self, places: Numbers, length: int) -> Matches:
        if not len(places):
            return NOTHING
        lines = self._lines[places]
        leads = self._starts[lines] == places
        is_whole = leads.copy()
        is_whole[leads] = self._ends[lines[leads]] == places[leads] + length
        is_word = self._marks[places + (length - 1)] & END > 0
        is_word[is_word] = self._marks[places[is_word]] & START > 0
        return Matches(lines, leads, is_whole, is_word)


@lru_cache(KEPT)
def _key_ranges(text: str) -> NDArray[np.uint64]:
    """The keys of everything that begins with the text, or with each part of it that a key holds:
    from, for all of them, and then to before."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    count, size = max(1, len(codes) - KEYED + 1), min(len(codes), KEYED)
    keys = codes[:count]
    for offset in range(1, size):
        keys = keys << _CHARACTER | codes[offset : offset + count]
    free = np.uint64(21 * (KEYED - size))
    return np.concatenate([keys, keys + _NEXT]) << free
