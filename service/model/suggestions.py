"""The nearest right word to a wrong one."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST = 3
CUTOFF = 0.6


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """Up to three of `words`, the likest first (Ratcliff-Obershelp, at least 0.6), whatever their
    case."""
    folded: dict[str, list[str]] = {}
    for known in sorted(set(words)):
        folded.setdefault(known.lower(), []).append(known)
    found = get_close_matches(word[:80].lower(), folded, n=MOST, cutoff=CUTOFF)
    return [known for key in found for known in folded[key]][:MOST]
