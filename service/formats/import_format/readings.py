"""What the columns of a record hold, read from its members under the import format's keys."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, NamedTuple

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


class _Reading(NamedTuple):
    """How a field is read: what its columns hold where a line has no value (nothing where other
    members tell that), and which values they hold as they are given."""

    field: Field
    absent: tuple[Any, ...]
    is_as_given: Callable[[Any], bool]


@cache
def _readings(collection: Collection) -> tuple[Callable[[Any], tuple[Any, ...]], list[_Reading]]:
    """What gets the members of the fields, and how each is read."""
    readings = [_Reading(f, _absent(collection, f), f.type.is_as_given) for f in collection.stored]
    return attrgetter(*(f.import_key for f in collection.stored)), readings


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
    get, readings = _readings(record.collection)
    for given, (field, absent, is_as_given) in zip(get(members), readings, strict=True):
        if given is None and absent:
            values += absent
        elif field.name == "evidence":
            values.append(_evidence(line, field, record, faults))
        elif given is not None and is_as_given(given):
            values.append(given)
        else:
            values += field.type.read(members, field.import_key, wrong)
    return values


def _note(line: int, record: Record, faults: list[Fault], pointer: str, error: ValueError) -> None:
    """What is wrong with a value, into `faults`."""
    code = Code.INVALID_DATE if isinstance(error, InvalidDate) else Code.INVALID_VALUE
    near = error.near if isinstance(error, UnknownValue) else ()
    fault = fault_at(line, code, pointer, sentence_of(error))
    faults.append(reworded(structs.replace(fault, did_you_mean=near), record.wording))


def _evidence(line: int, field: Field, record: Record, faults: list[Fault]) -> str:
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
