"""Numbers that are written otherwise than they would be read or shown."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import Raw

from service.formats.json_members import members_of
from service.model.errors import Code, Fault, pointer_to
from service.query.fields import Collection
from service.query.types.decimals import WRITTEN, is_binary, is_written, number_meant
from service.query.types.numbers import Amount, Money, Quantity, Rates
from service.texts.sentences import sentence

# In shorter ones every digit counts.
_LONG = re.compile(rb"[\d.]{17}|\d[eE][-+]?\d")
_texts = msgspec.json.Decoder(float_hook=lambda _: None).decode  # numbers are not looked at
_ENDLESS = re.compile(r"[A-Za-df-z]")  # Infinity and NaN, which are refused where they are read
# A text that may be an amount and no number; names and digits may be written with escapes.
_ODD = re.compile(rb'"amount"\s*:\s*"(?!%b")|\\u00[2-7]' % WRITTEN.encode())


def may_be_odd(collection: Collection, data: bytes) -> bool:
    """Whether records of well-formed JSON may have a number for `odd_numbers`."""
    is_long = bool(_quantities(collection)) and _LONG.search(data) is not None
    return is_long or (bool(_amounts(collection)) and _ODD.search(data) is not None)


def odd_numbers(collection: Collection, data: bytes, told: Iterable[Fault]) -> Iterator[Fault]:
    """Where a record of well-formed JSON has a number that answers, which are binary, would round,
    or an amount whose text is not written as numbers are, though it could be read (1_000, " 5", the
    digits of other scripts); of fields that something else is wrong with, enough is `told`."""
    places = {fault.pointer for fault in told}
    for name, value in members_of(data).items():
        if name in _quantities(collection) and pointer_to(name) not in places:
            yield from _rounded(value, name)
        elif name in _amounts(collection):
            found = _misspelt(_texts(value), name)
            yield from (fault for fault in found if fault.pointer not in places)


def _rounded(value: Raw, name: str) -> Iterator[Fault]:
    text = bytes(value).decode()
    is_fraction = text[0] in "-0123456789" and not text.lstrip("-").isdigit()
    if is_fraction and not is_binary(text):
        detail = sentence("fields.rounded", given=text[:40])
        yield Fault(Code.INVALID_VALUE, detail, pointer=pointer_to(name))


def _misspelt(value: Any, *at: str | int) -> Iterator[Fault]:
    """Of an amount, a price or a list of prices."""
    if isinstance(value, list):
        for place, one in enumerate(value):
            yield from _misspelt(one, *at, place)
    elif isinstance(value, dict):
        yield from _misspelt(value.get("amount"), *at, "amount")
    elif isinstance(value, str) and not is_written(value) and not _ENDLESS.search(value):
        detail, near = sentence("values.decimal"), number_meant(value[:80])
        yield Fault(Code.VALIDATION_FAILED, detail, pointer=pointer_to(*at), did_you_mean=near)


@cache
def _quantities(collection: Collection) -> frozenset[str]:
    return frozenset(field.import_key for field in collection.of_type(Quantity))


@cache
def _amounts(collection: Collection) -> frozenset[str]:
    priced = (*collection.of_type(Amount), *collection.of_type(Money), *collection.of_type(Rates))
    return frozenset(field.import_key for field in priced) - _quantities(collection)
