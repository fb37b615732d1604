"""The nearest right word to a wrong one."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST = 3
CUTOFF = 0.6


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """Up to three of `words`, the likest first (Ratcliff-Obershelp, at least 0.6)."""
    return get_close_matches(word[:80], sorted(set(words)), n=MOST, cutoff=CUTOFF)
