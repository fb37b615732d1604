"""Numbers of more digits than an answer shows of them."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from service.formats.json_members import members_of
from service.model.errors import Code, Fault, pointer_to
from service.query.fields import Collection
from service.query.types.decimals import is_binary
from service.query.types.numbers import Quantity
from service.texts.sentences import sentence

# In shorter ones every digit counts.
_LONG = re.compile(rb"[\d.]{17}|\d[eE][-+]?\d")


def may_round(collection: Collection, data: bytes) -> bool:
    """Whether a record of well-formed JSON has a long number where it may be rounded."""
    return bool(_quantities(collection)) and _LONG.search(data) is not None


def rounded(collection: Collection, data: bytes, told: Iterable[Fault]) -> Iterator[Fault]:
    """Where a record of well-formed JSON has a number that answers, which are binary, would round;
    of fields that something else is wrong with, enough is `told`."""
    names = _quantities(collection)
    places = {fault.pointer for fault in told}
    for name, value in members_of(data).items():
        text = bytes(value).decode()
        is_fraction = text[0] in "-0123456789" and not text.lstrip("-").isdigit()
        if name in names and is_fraction and f"/{name}" not in places and not is_binary(text):
            detail = sentence("fields.rounded", given=text[:40])
            yield Fault(Code.INVALID_VALUE, detail, pointer=pointer_to(name))


@cache
def _quantities(collection: Collection) -> frozenset[str]:
    return frozenset(field.import_key for field in collection.of_type(Quantity))
