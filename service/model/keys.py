"""Keys of callers: what a secret looks like, and which scope allows what.

A secret is `parity_<id>_<random>_<checksum>`: the prefix is for secret scanners, the id finds the
row, 160 random bits are what must be known, and the CRC-32 of all before it tells a typing error
from a wrong key without asking the database.
"""

import hashlib
import re
import zlib
from collections.abc import Collection
from hmac import compare_digest

from service.model.base32 import ALPHABET, text_of

PREFIX = "parity"
RANDOM_BYTES = 20
SCOPES = {
    "read": "All reads, where the service is closed to the public.",
    "write": "Also creating and changing records, imports and webhooks.",
    "curate": "Also retiring and merging records, reverting imports, deciding on corrections.",
    "admin": "Also making, rotating and retiring keys.",
}  # each allows what those before it allow
_RANK = {scope: rank for rank, scope in enumerate(SCOPES)}
_SECRET = re.compile(rf"{PREFIX}_([{ALPHABET}]{{26}})_[{ALPHABET}]{{32}}_([{ALPHABET}]{{7}})\Z")


def allows(scopes: Collection[str], needed: str) -> bool:
    """Whether one of the scopes is `needed` or above it."""
    return any(_RANK[scope] >= _RANK[needed] for scope in scopes)


def secret_of(key_id: str, random: bytes) -> str:
    """The secret of a key from `RANDOM_BYTES` random bytes."""
    body = f"{PREFIX}_{key_id.removeprefix('key_')}_{text_of(int.from_bytes(random), 32)}"
    return f"{body}_{_checksum(body)}"


def key_id_of(secret: str) -> str | None:
    """The id of the key that a secret names; None where form or checksum is wrong."""
    found = _SECRET.match(secret)
    if found is None or _checksum(secret[: found.start(2) - 1]) != found[2]:
        return None
    return f"key_{found[1]}"


def digest(secret: str) -> bytes:
    """What is stored: SHA-256, 32 bytes.

    A slow hash protects secrets that people choose, by making each guess dear. 160 random bits
    cannot be guessed at any speed, and a slow hash on every request would let anyone who sends
    wrong keys keep the service busy.
    """
    return hashlib.sha256(secret.encode()).digest()


def is_same(one: bytes, other: bytes) -> bool:
    """Comparison in constant time."""
    return compare_digest(one, other)


def _checksum(body: str) -> str:
    return text_of(zlib.crc32(body.encode()), 7)
