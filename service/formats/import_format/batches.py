"""Lines that nothing is wrong with, read many at a time, column by column."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Struct

from service import limits
from service.formats.import_format.readings import (
    Reading,
    Record,
    evidence_of,
    order_of,
    readings,
)
from service.formats.import_format.record_types import COLLECTION_OF, decoder
from service.formats.import_format.written_numbers import may_be_odd
from service.formats.json_members import may_repeat
from service.model.errors import Fault
from service.query.fields import Collection
from service.query.rows import Rows
from service.query.types.base import FieldType

Columns = Iterable[Sequence[Any]]


class _Wrong(Exception):
    """A value has a fault, which is told when its line is read by itself."""


def read_columns(lines: list[tuple[int, bytes]]) -> list[Rows] | None:
    """The rows of numbered lines by collection; None if one of them may be faulty, or is in other
    words than the import format's: then each is to be read by itself."""
    whole = b"\n".join(text for _, text in lines)
    try:
        texts = whole.decode().split("\n")
        members = decoder.decode_lines(whole)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    is_long = max(map(len, texts), default=0) > limits.IMPORT_LINE_BYTES // 4
    if is_long or len(members) != len(lines):
        return None
    by_type: dict[type[Struct], list[tuple[int, Any]]] = defaultdict(list)
    for (number, _), record in zip(lines, members, strict=True):
        by_type[type(record)].append((number, record))
    if not _names_once(whole, by_type) and any(map(may_repeat, texts)):
        return None
    try:
        return [_rows(COLLECTION_OF[shape], of, whole) for shape, of in by_type.items()]
    except _Wrong:
        return None


def _names_once(whole: bytes, by_type: Mapping[type[Struct], list[tuple[int, Any]]]) -> bool:
    """Whether it is quickly told that no record has a name twice: there are no more texts than the
    names and texts that were read."""
    if b"\\" in whole:
        return False
    n_texts = 0
    for shape, of in by_type.items():
        members = [record for _, record in of]
        columns = [[*map(attrgetter(name), members)] for name in shape.__struct_fields__]
        counts = [_texts_of(column) for column in columns]
        if None in counts:
            return False
        n_texts += 2 * len(members) + sum(filter(None, counts))
    return whole.count(b'"') == 2 * n_texts


def _texts_of(column: list[Any]) -> int | None:
    """How many texts a member and its values take in all records; None: they may hold names."""
    n_given = len(column) - column.count(None)
    held = {*map(type, column)} - {type(None)}
    if held <= {str}:
        return 2 * n_given
    if held <= {int, float, bool, Decimal}:
        return n_given
    if held != {list}:
        return None
    listed = [*chain.from_iterable(filter(None, column))]
    return n_given + len(listed) if {*map(type, listed)} <= {str} else None


def _rows(collection: Collection, records: list[tuple[int, Any]], whole: bytes) -> Rows:
    if may_be_odd(collection, whole):
        raise _Wrong
    members = [record for _, record in records]
    columns: list[Sequence[Any]] = [[one.id for one in members]]
    for reading in readings(collection):
        columns += _columns(collection, reading, members)
    numbers = [number for number, _ in records]
    return Rows(collection, numbers, columns, [order_of(collection, one) for one in members])


def _columns(collection: Collection, reading: Reading, members: list[Any]) -> Columns:
    """Of one field. Raises _Wrong."""
    key, absent, field = reading
    given = [*map(attrgetter(key), members)]
    if absent and given.count(None) == len(given):
        return [[value] * len(given) for value in absent]
    if field.name == "evidence":
        if given.count(None) == len(given) and all(one.sources for one in members):
            return [["sourced"] * len(given)]
        faults: list[Fault] = []
        found = [evidence_of(0, field, Record(collection, one), faults) for one in members]
        if faults:
            raise _Wrong
        return [found]
    if absent and None not in given and field.type.are_as_given(given):
        return [given]
    if absent and _is_told_by_text(field.type, given):
        last = dict(zip(given, members, strict=True))
        read = {value: field.type.read(one, key, _wrong) for value, one in last.items()}
        read[None] = [*absent]
        return zip(*map(read.__getitem__, given), strict=True)
    return zip(
        *(
            absent if absent and value is None else field.type.read(one, key, _wrong)
            for value, one in zip(given, members, strict=True)
        ),
        strict=True,
    )


def _is_told_by_text(type_: FieldType, given: list[Any]) -> bool:
    """Whether the columns follow from the one member, which is a text wherever it is given."""
    return type(type_).read is FieldType.read and {*map(type, given)} <= {str, type(None)}


def _wrong(*_: object) -> None:
    raise _Wrong
