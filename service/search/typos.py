"""One typing error: a letter wrong, missing, too many, or two neighbours swapped."""

from collections.abc import Iterable
from functools import lru_cache
from sys import getsizeof

import numpy as np
from rapidfuzz.distance import OSA, LCSseq

from service.search.hashing import Keys, codes, powers
from service.search.prefix_array import Postings

WORD_MIN = 5  # letters of the word that was meant
HAN_MIN = 3  # characters of the Chinese word that was typed
_HOLE = "\n"  # in no word


def is_one_typo(typed: str, meant: str) -> bool:
    """Optimal string alignment distance 1 from a word that is long enough."""
    if len(meant) < WORD_MIN or abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    return OSA.distance(typed, meant, score_cutoff=1) == 1


class Vocabulary:
    """Words, found by what is left of them when one letter is taken out."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word for word in words if len(word) >= WORD_MIN}, key=len)
        lengths = np.fromiter(map(len, self._words), np.int64, len(self._words))
        holes, owners = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
        for length in np.unique(lengths).tolist():
            of = np.flatnonzero(lengths == length)
            holes.append(_holed(self._words[of[0] : of[-1] + 1]).ravel())
            owners.append(np.repeat(of, length))
        self._longest = int(lengths.max(initial=0))
        self._holes = Postings(np.concatenate(holes), np.concatenate(owners))

    @property
    def nbytes(self) -> int:
        return self._holes.nbytes + sum(map(getsizeof, self._words))

    def meant(self, typed: str) -> set[str]:
        """The words that are one typo away."""
        if not WORD_MIN - 1 <= len(typed) <= self._longest + 1:
            return set()
        holed = _variants(len(typed)) @ codes([typed + _HOLE])[0] >> np.uint64(1)
        near = set(self._holes.each(holed).tolist())
        return {word for n in near if is_one_typo(typed, word := self._words[n])}


@lru_cache(64)
def _variants(length: int) -> Keys:
    """What the words that may be meant by a word of a length are with a hole in one place: by row
    what its letters, and last the hole, are multiplied by, which adds up to the key."""
    found = _holed_variants([*range(length)], [length])
    worth = np.zeros((len(found), length + 1), np.uint64)
    for row, variant in enumerate(found):
        worth[row, variant] = powers(len(variant))
    return worth


def _holed_variants(typed: list[int], hole: list[int]) -> list[list[int]]:
    """A letter more than was typed; as many, where one is wrong or two are swapped; one less."""
    spots = range(len(typed))
    swapped = [typed[:n] + typed[n : n + 2][::-1] + typed[n + 2 :] for n in spots]
    return [
        *(typed[:n] + hole + typed[n:] for n in (*spots, len(typed))),
        *(typed[:n] + hole + typed[n + 1 :] for n in spots),
        *(word[:-1] + hole for word in swapped),
        *((typed[:n] + typed[n + 1 :])[:-1] + hole for n in spots),
    ]


def _holed(words: list[str]) -> Keys:
    """The keys of words of one length, by row, with a hole at each letter, by column."""
    found = codes(words)
    worth = found * powers(found.shape[1])
    hole = np.uint64(ord(_HOLE)) * powers(found.shape[1])
    holed: Keys = worth.sum(axis=1, dtype=np.uint64)[:, None] - worth + hole
    return holed >> np.uint64(1)


def is_near_han(typed: str, text: str) -> bool:
    """All characters but one stand in the text, in this order; it is at most twice as long."""
    if len(typed) < HAN_MIN or len(text) > 2 * len(typed):
        return False
    return bool(LCSseq.similarity(typed, text) >= len(typed) - 1)
