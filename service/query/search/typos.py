"""One typing error: a letter wrong, missing, too many, or two neighbours swapped."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA, LCSseq
from rapidfuzz.process import extract_iter

WORD_MIN = 5  # letters of the word that was meant
HAN_MIN = 3  # characters of the Chinese word that was typed


def is_one_typo(typed: str, meant: str) -> bool:
    """Optimal string alignment distance 1 from a word that is long enough."""
    if len(meant) < WORD_MIN or typed == meant:
        return False
    return OSA.distance(typed, meant, score_cutoff=1) == 1


def meant_words(typed: str, vocabulary: Sequence[str]) -> list[str]:
    """The words of the vocabulary that are one typo away, sorted."""
    if len(typed) < WORD_MIN - 1:
        return []
    near = extract_iter(typed, vocabulary, scorer=OSA.distance, score_cutoff=1)
    return sorted(word for word, distance, _ in near if distance == 1 and len(word) >= WORD_MIN)


def is_near_han(typed: str, text: str) -> bool:
    """All characters but one stand in the text, in this order; it is at most twice as long."""
    if len(typed) < HAN_MIN or len(text) > 2 * len(typed):
        return False
    return bool(LCSseq.similarity(typed, text) >= len(typed) - 1)
