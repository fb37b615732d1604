"""What the columns of a record hold, read from its members under the import format's keys."""

from collections.abc import Mapping
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from service import limits
from service.model.dates import InvalidDate
from service.model.errors import Code, Fault
from service.query.fields import Collection, Field
from service.query.rows import Wording, reworded
from service.query.types import Names, UnknownValue
from service.query.types.field_sources import names_sources
from service.texts.sentences import Sentence, sentence, sentence_of, shortened


class Record(NamedTuple):
    """A record of a kind; of the members in `broken` nothing is known, they are None.

    `wording` and `added` are those of its Translated.
    """

    collection: Collection
    members: Any
    broken: frozenset[str] = frozenset()
    wording: Wording | None = None
    added: Mapping[str, Any] = {}


class Reading(NamedTuple):
    """How a field is read: its key, and what its columns hold where a line has no value; nothing
    where other members tell that."""

    key: str
    absent: tuple[Any, ...]
    field: Field


@cache
def readings(collection: Collection) -> tuple[Reading, ...]:
    """By field."""
    return tuple(Reading(f.import_key, _absent(collection, f), f) for f in collection.stored)


def _absent(collection: Collection, field: Field) -> tuple[Any, ...]:
    if field.name == "evidence" or field in collection.of_type(Names):
        return ()
    key = field.import_key
    return tuple(field.type.read(SimpleNamespace(**{key: None}), key, lambda *_: None))


def values_of(line: int, record: Record, faults: list[Fault]) -> list[Any]:
    """What its columns hold; what is wrong is added to `faults`."""
    members = record.members
    values: list[Any] = [members.id]
    wrong = partial(_note, line, record, faults)
    for key, absent, field in readings(record.collection):
        if absent and getattr(members, key) is None:
            values += absent
        elif field.name == "evidence":
            values.append(evidence_of(line, field, record, faults))
        else:
            values += field.type.read(members, key, wrong)
    return values


@cache
def _lists(collection: Collection) -> tuple[Field, ...]:
    """The fields that list ids in an order that is not the stored one."""
    return tuple(f for f in collection.references if f.type.is_list and f.to != "sources")


def order_of(collection: Collection, members: Any) -> str | None:
    """The ids of lists of more than one, which are stored in their own order."""
    fields = _lists(collection)
    if not fields:
        return None
    lists = {
        field.name: ids
        for field in fields
        if len(ids := getattr(members, field.import_key) or ()) > 1
    }
    return msgspec.json.encode(lists).decode() if lists else None


def _note(line: int, record: Record, faults: list[Fault], pointer: str, error: ValueError) -> None:
    """What is wrong with a value, into `faults`."""
    code = Code.INVALID_DATE if isinstance(error, InvalidDate) else Code.INVALID_VALUE
    near = error.near if isinstance(error, UnknownValue) else ()
    fault = fault_at(line, code, pointer, sentence_of(error))
    faults.append(reworded(structs.replace(fault, did_you_mean=near), record.wording))


def evidence_of(line: int, field: Field, record: Record, faults: list[Fault]) -> str:
    """`unsourced` is said, the others follow from whether there is a source."""
    key, has_source = field.import_key, names_sources(record.members)
    given, found = getattr(record.members, key), "sourced" if has_source else "unstated"
    if given == "unsourced":
        return "unsourced"
    if record.broken & {"sources", "field_sources", key}:
        return found
    wording = record.wording or {}
    if record.collection.needs_source and not has_source:
        detail = sentence("rows.source", name=wording.get(key, key))
        fault = fault_at(line, Code.SOURCE_REQUIRED, "/sources", detail)
        faults.append(reworded(fault, wording))
    elif given not in (None, found):
        differs = sentence("said.derived", name=wording.get(key, key))
        fault = fault_at(line, Code.INVALID_VALUE, f"/{key}", differs)
        faults.append(reworded(fault, wording))
    return found


def fault_at(line: int, code: Code, pointer: str, detail: Sentence) -> Fault:
    most = limits.FAULT_CHARACTERS
    return Fault(code, shortened(detail, most), line=line, pointer=pointer[:most])
