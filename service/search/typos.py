"""One typing error: a letter wrong, missing, too many, or two neighbours swapped."""

from bisect import bisect_left
from collections.abc import Iterable

from rapidfuzz.distance import OSA, LCSseq
from rapidfuzz.process import extract_iter

WORD_MIN = 5  # letters of the word that was meant
LAST = "\U0010ffff"
HAN_MIN = 3  # characters of the Chinese word that was typed


def is_one_typo(typed: str, meant: str) -> bool:
    """Optimal string alignment distance 1 from a word that is long enough."""
    if len(meant) < WORD_MIN or typed == meant:
        return False
    return OSA.distance(typed, meant, score_cutoff=1) == 1


class Vocabulary:
    """Words, found by what a typo leaves alone: nearly half the letters at one of the ends."""

    def __init__(self, words: Iterable[str]) -> None:
        self._forwards = sorted({word for word in words if len(word) >= WORD_MIN})
        self._backwards = sorted(word[::-1] for word in self._forwards)

    def meant(self, typed: str) -> list[str]:
        """The words that are one typo away, sorted."""
        if len(typed) < WORD_MIN - 1:
            return []
        intact = (len(typed) - 1) // 2
        words = set(_beginning(self._forwards, typed[:intact]))
        words |= {word[::-1] for word in _beginning(self._backwards, typed[::-1][:intact])}
        near = extract_iter(typed, words, scorer=OSA.distance, score_cutoff=1)
        return sorted(word for word, distance, _ in near if distance == 1)


def _beginning(words: list[str], prefix: str) -> list[str]:
    return words[bisect_left(words, prefix) : bisect_left(words, prefix + LAST)]


def is_near_han(typed: str, text: str) -> bool:
    """All characters but one stand in the text, in this order; it is at most twice as long."""
    if len(typed) < HAN_MIN or len(text) > 2 * len(typed):
        return False
    return bool(LCSseq.similarity(typed, text) >= len(typed) - 1)
