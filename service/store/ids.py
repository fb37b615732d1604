"""Ids of facts: a prefix that says the kind, and a UUIDv7 in Crockford's base32."""

from functools import lru_cache

import uuid_utils

from service.model.base32 import ALPHABET, text_of

_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]


def new_id(prefix: str) -> str:
    """`adp_` and 26 characters; sortable by the time of making."""
    number = uuid_utils.uuid7().int
    pairs = [_PAIRS[(number >> shift) & 1023] for shift in range(70, -10, -10)]
    return f"{prefix}_{_instant(number >> 80)}{''.join(pairs)}"


@lru_cache(maxsize=4)
def _instant(milliseconds: int) -> str:
    return text_of(milliseconds, 10)
