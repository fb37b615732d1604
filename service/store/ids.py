"""Ids of facts: a prefix that says the kind, and a UUIDv7 in Crockford's base32."""

import uuid_utils

from service.model.base32 import ALPHABET

_PAIRS = [a + b for a in ALPHABET for b in ALPHABET]


def new_id(prefix: str) -> str:
    """`adp_` and 26 characters; sortable by the time of making."""
    number = uuid_utils.uuid7().int
    pairs = [_PAIRS[(number >> shift) & 1023] for shift in range(120, -10, -10)]
    return f"{prefix}_{''.join(pairs)}"
