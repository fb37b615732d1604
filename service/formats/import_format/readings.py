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
    """How a field is read into the columns from `at` on; `is_always`: other members tell of it too,
    so that there may be a value where its own has none."""

    field: Field
    at: int
    n_columns: int
    is_always: bool
    is_as_given: Callable[[Any], bool]


class _Readings(NamedTuple):
    """What gets the members of the fields, how each is read, and the columns of a record of which
    no member has a value."""

    get: Callable[[Any], tuple[Any, ...]]
    fields: tuple[_Reading, ...]
    absent: list[Any]


@cache
def _readings(collection: Collection) -> _Readings:
    absent: list[Any] = [None]
    readings = []
    for field in collection.stored:
        is_always = field.name == "evidence" or field in collection.of_type(Names)
        n = len(field.columns)
        readings.append(_Reading(field, len(absent), n, is_always, field.type.is_as_given))
        absent += [None] * n if is_always else _absent(field)
    get = attrgetter(*(field.import_key for field in collection.stored))
    return _Readings(get, tuple(readings), absent)


def _absent(field: Field) -> list[Any]:
    key = field.import_key
    return field.type.read(SimpleNamespace(**{key: None}), key, lambda *_: None)


def values_of(line: int, record: Record, faults: list[Fault]) -> list[Any]:
    """What its columns hold; what is wrong is added to `faults`."""
    members = record.members
    readings = _readings(record.collection)
    values = readings.absent.copy()
    values[0] = members.id
    for given, reading in zip(readings.get(members), readings.fields, strict=True):
        if given is None and not reading.is_always:
            continue
        field, at, n_columns, _, is_as_given = reading
        if field.name == "evidence":
            values[at] = _evidence(line, field, record, faults)
        elif given is not None and is_as_given(given):
            values[at] = given
        else:
            wrong = partial(_note, line, record, faults)
            values[at : at + n_columns] = field.type.read(members, field.import_key, wrong)
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
