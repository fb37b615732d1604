"""Lines that nothing is wrong with, read many at a time, column by column."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import msgspec

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
from service.query.rows import Row

Columns = Iterable[Sequence[Any]]


class _Wrong(Exception):
    """A value has a fault, which is told when its line is read by itself."""


def read_together(lines: list[tuple[int, bytes]]) -> list[Row] | None:
    """The rows of lines by number; None if one of them may be faulty, or is in other words than the
    import format's: then each is to be read by itself."""
    whole = b"\n".join(text for _, text in lines)
    try:
        texts = whole.decode().split("\n")
        members = decoder.decode_lines(whole)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    is_long = max(map(len, texts), default=0) > limits.IMPORT_LINE_BYTES // 4
    if is_long or len(members) != len(lines) or any(map(may_repeat, texts)):
        return None
    by_type: dict[type, list[tuple[int, Any]]] = defaultdict(list)
    for (number, _), record in zip(lines, members, strict=True):
        by_type[type(record)].append((number, record))
    try:
        rows = [
            row for shape, of in by_type.items() for row in _rows(COLLECTION_OF[shape], of, whole)
        ]
    except _Wrong:
        return None
    return rows if len(by_type) == 1 else sorted(rows, key=attrgetter("line"))


def _rows(collection: Collection, records: list[tuple[int, Any]], whole: bytes) -> Iterable[Row]:
    if may_be_odd(collection, whole):
        raise _Wrong
    members = [record for _, record in records]
    columns: list[Sequence[Any]] = [[one.id for one in members]]
    for reading in readings(collection):
        columns += _columns(collection, reading, members)
    for (number, record), values in zip(records, zip(*columns, strict=True), strict=True):
        yield Row(number, collection, values, written=order_of(collection, record))


def _columns(collection: Collection, reading: Reading, members: list[Any]) -> Columns:
    """Of one field. Raises _Wrong."""
    key, absent, field = reading
    given = [*map(attrgetter(key), members)]
    if absent and given.count(None) == len(given):
        return [[value] * len(given) for value in absent]
    if field.name == "evidence":
        faults: list[Fault] = []
        found = [evidence_of(0, field, Record(collection, one), faults) for one in members]
        if faults:
            raise _Wrong
        return [found]
    if absent and None not in given and field.type.are_as_given(given):
        return [given]
    return zip(
        *(
            absent if absent and value is None else field.type.read(one, key, _wrong)
            for value, one in zip(given, members, strict=True)
        ),
        strict=True,
    )


def _wrong(*_: object) -> None:
    raise _Wrong
