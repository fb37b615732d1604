"""What answers say of a record besides its fields: whether a record that repeats it is right."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.formats.import_format.names import OBJECT
from service.model.errors import Code, Fault, pointer_to
from service.query.fields import BOOKKEEPING, Collection
from service.texts.sentences import sentence

Values = Mapping[str, Any]


def addition_faults(
    collection: Collection, values: Values, told: Mapping[str, Any]
) -> Iterator[Fault]:
    """Where the record repeats what follows from it, and says something else.

    `values` are its columns by name; what was not read is not among them.
    """
    expected = dict(_expected(collection, values))
    for name, value in told.items():
        if name in expected and value != expected[name]:
            yield differing(pointer_to(name))
    for name in never(collection, values, told):
        yield differing(pointer_to(name))


def never(collection: Collection, values: Values, told: Values) -> Iterator[str]:
    """The derived fields whose value is told and is that of no day: a record does not know of
    which day it was asked."""
    for field in collection.fields:
        if field.on_any_day is None or told.get(field.name) is None:
            continue
        if told[field.name] not in field.on_any_day(values):
            yield field.name


def _expected(collection: Collection, values: Values) -> Iterator[tuple[str, Any]]:
    yield OBJECT, collection.kind
    if "id" in values:
        yield "href", f"/v1/{collection.name}/{values['id']}"
    for field in collection.fields:
        if field.name in values:
            yield from field.type.follows(field.name, values[field.name]).items()


def differing(pointer: str) -> Fault:
    """What follows from other fields and says something else."""
    name = pointer.rpartition("/")[2]
    return Fault(Code.INVALID_VALUE, sentence("said.derived", name=name), pointer=pointer)


def said_of_the_base(told: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """What the record says that the base alone knows, its bookkeeping, to be compared where the
    base is; and what of it cannot be so."""
    said: dict[str, Any] = {}
    faults: list[Fault] = []
    for field in BOOKKEEPING:
        value = told.get(field.name)
        if value is None:
            continue
        try:
            said[field.name] = field.type.repeated(value)
        except (ValueError, TypeError):
            faults.append(differing(pointer_to(field.name)))
    return said, faults
