"""Lines of the import format to rows, each fault with its line, pointer and code."""

import re
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import msgspec
from msgspec import structs

from service import limits
from service.formats.import_format.additions import addition_faults, said_of_the_base
from service.formats.import_format.batches import read_columns
from service.formats.import_format.companions import Companion, companions
from service.formats.import_format.documents import GoesOn
from service.formats.import_format.names import (
    KIND,
    OBJECT,
    Translated,
    is_name,
    kind_of,
    translated,
)
from service.formats.import_format.parts import Parts
from service.formats.import_format.readings import Record, fault_at, order_of, values_of
from service.formats.import_format.recognition import json_records
from service.formats.import_format.record_types import COLLECTION_OF, RECORD_TYPES, decoder
from service.formats.import_format.written_numbers import may_be_odd, odd_numbers
from service.formats.json_members import decode_members, may_repeat, members_of, repeated_names
from service.formats.text_files import NOT_UTF8, Unreadable
from service.formats.validation import malformed, wrong_value
from service.model.errors import Code, Fault, pointer_to
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.registry import BY_KIND
from service.query.rows import Faulty, Pointed, Row, Rows, Wording, reworded
from service.texts.sentences import Sentence, sentence, shortened

_AT = re.compile(r" - at `(?:key in )?\$(.*)`$")
TOGETHER = 500  # lines


def read_line(line: int, data: bytes, noted: Iterable[Fault] = ()) -> Row | Faulty:
    """Decode and check one record: the row, or everything that is wrong with it, `noted` too."""
    faults = Faulty(noted)
    record = _record(line, data, faults)
    if record is None:
        return faults
    collection = record.collection
    if may_be_odd(collection, data):
        faults += _placed(line, odd_numbers(collection, data, faults))
    values = values_of(line, record, faults)
    said = _said(line, record, values, faults) if record.added else None
    brought = _brought(line, record, faults) if record.added else ()
    if not faults:
        written = order_of(collection, record.members)
        return Row(line, collection, tuple(values), said, brought, record.wording, written)
    faults.pointed = tuple(_pointed(line, record))
    faults.wording = record.wording
    return faults


def _record(line: int, data: bytes, faults: list[Fault]) -> Record | None:
    try:
        members = decoder.decode(data)
        text = data.decode()
        if may_repeat(text):
            faults += _placed(line, repeated_names(text))
    except msgspec.ValidationError as error:
        return _otherwise(line, data, error, faults)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        faults.append(fault_at(line, Code.INVALID_JSON, "", _unreadable(error)))
        return None
    return Record(COLLECTION_OF[type(members)], members)


def _unreadable(error: Exception) -> Sentence:
    return NOT_UTF8 if isinstance(error, UnicodeDecodeError) else malformed(error)


def _otherwise(
    line: int, data: bytes, error: msgspec.ValidationError, faults: list[Fault]
) -> Record | None:
    """A record in other words than the import format's, or what can be read of a wrong one; all
    that cannot is added to `faults`."""
    try:
        given = members_of(data)
        repeats = repeated_names(data.decode("utf-8"))
        kind = kind_of(given)
    except (ValueError, RecursionError):
        faults.append(_shape_fault(line, error))
        return None
    faults += _placed(line, repeats)
    if not isinstance(kind, str) or kind not in BY_KIND:
        near = tuple(nearest(str(kind)[:80], BY_KIND))
        place = next((name for name in (KIND, OBJECT) if name in given), None)
        detail = sentence("rows.no_kind", given=str(kind)[:80]) if place else sentence("rows.kind")
        pointer = pointer_to(place or KIND)
        fault = Fault(Code.VALIDATION_FAILED, detail, pointer=pointer, line=line, did_you_mean=near)
        faults.append(fault)
        return None
    spoken = translated(BY_KIND[kind], given)
    faults += _placed(line, spoken.faults)
    try:
        members = decoder.decode(msgspec.json.encode({KIND: kind} | spoken.members))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _broken(line, BY_KIND[kind], spoken, faults)
    return Record(BY_KIND[kind], members, frozenset(), spoken.wording, spoken.added)


def _broken(line: int, collection: Collection, spoken: Translated, faults: list[Fault]) -> Record:
    """What can be read of a record of a wrong shape; all that cannot is added to `faults`."""
    shape = RECORD_TYPES[collection.kind]
    values, wrong = decode_members(shape, spoken.members)
    faults += _placed(line, (_reworded(fault, spoken.wording) for fault in wrong))
    members = SimpleNamespace(**{**dict.fromkeys(shape.__struct_fields__), **values})
    broken = frozenset(shape.__struct_fields__) & spoken.members.keys() - values.keys()
    return Record(collection, members, broken, spoken.wording, spoken.added)


def _reworded(fault: Fault, wording: Wording) -> Fault:
    """A member that is missing is told by its name, not by its key."""
    key = (fault.pointer or "").removeprefix("/")
    name = wording.get(key, key)
    if fault.detail == sentence("values.missing", name=key):
        fault = structs.replace(fault, detail=sentence("values.missing", name=name))
    return reworded(fault, wording)


def _said(line: int, record: Record, values: list[Any], faults: list[Fault]) -> str | None:
    """What the line says of what the base knows; where it contradicts itself is told."""
    collection = record.collection
    wrong = {fault.pointer for fault in faults}
    columns = zip(collection.columns, values, strict=True)
    sound = {column: value for column, value in columns if f"/{column}" not in wrong}
    faults += _placed(line, addition_faults(collection, sound, record.added))
    said, unread = said_of_the_base(record.added)
    faults += _placed(line, unread)
    return msgspec.json.encode(said).decode() if said else None


def _brought(line: int, record: Record, faults: list[Fault]) -> tuple[Companion, ...]:
    """The records that the line brings along; what is none is told."""
    collection, members = record.collection, record.members
    told = {**record.added} | {
        f.name: getattr(members, f.import_key) for f in collection.references
    }
    found = list(companions(collection, told))
    faults += _placed(line, (fault for fault in found if isinstance(fault, Fault)))
    return tuple(one for one in found if isinstance(one, Companion))


def _placed(line: int, faults: Iterable[Fault]) -> list[Fault]:
    """Faults of a record at its line; what is stored of them has an end."""
    most = limits.FAULT_CHARACTERS
    return [
        structs.replace(
            f, line=line, pointer=(f.pointer or "")[:most], detail=shortened(f.detail, most)
        )
        for f in faults
    ]


def _pointed(line: int, record: Record) -> Iterator[Pointed]:
    """Where the record points to, but for its sources, which an import makes."""
    for field in record.collection.references:
        if field.to != "sources":
            value = getattr(record.members, field.import_key) or []
            if isinstance(value, str):
                yield Pointed(line, field, value)
                continue
            first = {record_id: place for place, record_id in reversed(list(enumerate(value)))}
            for record_id, place in sorted(first.items()):
                yield Pointed(line, field, record_id, (place,))


def read_lines(
    lines: Iterable[bytes], goes_on: GoesOn = lambda _: None, parts: Parts | None = None
) -> Iterator[Row | list[Fault]]:
    """Each line that is not blank, read; records of JSON documents as if each had a line.

    `goes_on` is told where a list of which only a page is there goes on; `parts` passes by what is
    known. Raises Unreadable for another format."""
    return _each(read_many(lines, goes_on, parts))


def read_many(
    lines: Iterable[bytes], goes_on: GoesOn = lambda _: None, parts: Parts | None = None
) -> Iterator[Rows | Row | list[Fault]]:
    """The same, with good lines many at a time."""
    records = json_records(lines, goes_on)
    return read_numbered_many(enumerate(records, 1) if parts is None else parts.numbered(records))


def _each(read: Iterable[Rows | Row | list[Fault]]) -> Iterator[Row | list[Fault]]:
    for one in read:
        if isinstance(one, Rows):
            yield from one
        else:
            yield one


def read_numbered_many(
    lines: Iterable[tuple[int, bytes]],
) -> Iterator[Rows | Row | list[Fault]]:
    """Each line that is not blank, read, by its number; good lines many at a time."""
    for some in _some(lines):
        together = read_columns(some)
        if together is not None:
            yield from together
            continue
        for number, text in some:
            is_long = len(text) > limits.IMPORT_LINE_BYTES
            yield [too_long(number)] if is_long else read_line(number, text)


def _some(lines: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    """Those that are not blank, many at a time; what came before an error is there first."""
    some: list[tuple[int, bytes]] = []
    try:
        for number, line in lines:
            if text := line.strip():
                some.append((number, text))
            if len(some) == TOGETHER:
                yield some
                some = []
    except Unreadable:
        yield some
        raise
    if some:
        yield some


def too_long(line: int) -> Fault:
    detail = sentence("files.too_long", most=limits.IMPORT_LINE_BYTES)
    return fault_at(line, Code.PAYLOAD_TOO_LARGE, "", detail)


def _shape_fault(line: int, error: msgspec.ValidationError) -> Fault:
    """The first fault of what is no JSON as a whole, such as a list that never ends."""
    at = _AT.search(str(error))
    pointer = re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", at[1].replace(".", "/", 1)) if at else ""
    unknown = re.search(r"unknown field `(.*)`", _AT.sub("", str(error)), re.DOTALL)
    if unknown and is_name(unknown[1]):
        return fault_at(line, Code.INVALID_JSON, "", sentence("json.not_whole"))
    if unknown:
        return fault_at(line, Code.UNKNOWN_FIELD, f"{pointer}/{unknown[1]}", wrong_value(error))
    return fault_at(line, Code.VALIDATION_FAILED, pointer, wrong_value(error))
