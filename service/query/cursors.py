"""A cursor: where an iteration stands, in which revision, over which query."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

SIGNATURE_BYTES = 16
Part: TypeAlias = tuple[str, list[str]]


class InvalidCursor(ValueError):
    """The text was not made by this service."""


class Cursor(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """`after` are the sort key values of the last row seen, as text."""

    revision: int
    query: str
    after: list[str | None]


def encode(cursor: Cursor, key: bytes) -> str:
    """As text that only who has the key can make."""
    body = msgspec.json.encode(cursor)
    return base64.urlsafe_b64encode(_signature(body, key) + body).decode().rstrip("=")


def decode(text: str, key: bytes) -> Cursor:
    """Raises InvalidCursor, whatever is wrong."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        body = raw[SIGNATURE_BYTES:]
        if not hmac.compare_digest(raw[:SIGNATURE_BYTES], _signature(body, key)):
            raise InvalidCursor
        return msgspec.json.decode(body, type=Cursor)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise InvalidCursor from error


def query_hash(parts: object) -> str:
    """Sixteen hex digits of what was asked, whatever order it was asked in."""
    canonical = msgspec.json.encode(parts, order="deterministic")
    return hashlib.sha256(canonical).hexdigest()[:16]


def normalized(given: Mapping[str, list[str]], *left_out: str) -> list[Part]:
    """What was asked, whatever the order of parameters and the spelling of lists.

    The order within a list stays: by group_by and sort it decides the answer.
    """
    return sorted(
        (name, values if name == "filter" else ",".join(values).split(","))
        for name, values in given.items()
        if name not in left_out
    )


def list_question(given: Mapping[str, list[str]], on: date | None, lang: str) -> list[Any]:
    """What a list is asked, wherever it is begun; with its path, what its cursors stand for."""
    day = on.isoformat() if on else None
    return [*normalized(given, "cursor", "limit", "on"), ["on", day], ["lang", lang]]


def _signature(body: bytes, key: bytes) -> bytes:
    assert key, "the base is migrated before anybody is answered"
    signature = _keyed(key).copy()
    signature.update(body)
    return signature.digest()[:SIGNATURE_BYTES]


@lru_cache(8)
def _keyed(key: bytes) -> "hmac.HMAC":
    """A signature in the making: starting one costs more than the rest."""
    return hmac.new(key, b"parity cursor", "sha256")
