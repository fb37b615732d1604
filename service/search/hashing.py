"""Numbers that stand for texts: one text has one, and two rarely have the same."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
_FACTOR = 0x9E3779B97F4A7C15  # odd; of a polynomial modulo 2 ** 64


@lru_cache(256)
def powers(count: int) -> Keys:
    """What each character of a text is multiplied by, modulo 2 ** 64."""
    found = np.full(count, _FACTOR, np.uint64)
    found[:1] = 1
    return np.multiply.accumulate(found)


def codes(texts: Sequence[str]) -> Keys:
    """The characters of texts of one length, a row for each."""
    joined = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32)
    return joined.reshape(len(texts), -1).astype(np.uint64)


def key(text: str) -> np.uint64:
    """The sum of the characters by their powers, without its lowest bit."""
    found = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    summed: np.uint64 = (found * powers(len(found))).sum(dtype=np.uint64)
    return summed >> np.uint64(1)
