"""Ids of facts: a prefix that says the kind, and a UUIDv7 in Crockford's base32."""

import os
from functools import lru_cache

import uuid_utils

from service.model.base32 import ALPHABET, text_of

_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]
_DIGITS = 16  # beside the instant: version, variant and 74 random bits


def new_id(prefix: str) -> str:
    """`adp_` and 26 characters; sortable by the time of making."""
    number = uuid_utils.uuid7().int
    pairs = [_PAIRS[(number >> shift) & 1023] for shift in range(70, -10, -10)]
    return f"{prefix}_{_instant(number >> 80)}{''.join(pairs)}"


def new_ids(prefix: str, n: int) -> list[str]:
    """So many at once, in order."""
    import numpy as np

    made = np.frombuffer(os.urandom(n * 10), np.uint8).reshape(n, 10).copy()
    made[:, 0] = made[:, 0] & 0x0F | 0x70
    made[:, 2] = made[:, 2] & 0x3F | 0x80
    fives = np.packbits(np.unpackbits(made, axis=1).reshape(n, _DIGITS, 5), axis=2) >> 3
    digits = np.frombuffer(ALPHABET.encode(), np.uint8)[fives].tobytes().decode()
    begun = f"{prefix}_{_instant(uuid_utils.uuid7().int >> 80)}"
    ends = (digits[at : at + _DIGITS] for at in range(0, n * _DIGITS, _DIGITS))
    return [begun + end for end in sorted(ends)]


@lru_cache(maxsize=4)
def _instant(milliseconds: int) -> str:
    return text_of(milliseconds, 10)
