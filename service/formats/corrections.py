"""What a correction says about a record, held against the record's fields."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from service.formats.import_format import bodies
from service.formats.json_records import encode
from service.model.corrections import PROPOSED_BYTES
from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.registry import BY_NAME
from service.query.rows import Row
from service.texts.sentences import Sentence, sentence, word


def collection_faults(name: str) -> Iterator[Fault]:
    """Whether there is such a collection."""
    if name not in BY_NAME:
        yield Fault(
            Code.UNKNOWN_VALUE,
            sentence("records.unknown", kind=word("collection"), id=name, hint=""),
            pointer="/collection",
            allowed=tuple(BY_NAME),
            did_you_mean=tuple(nearest(name, BY_NAME)),
        )


def field_faults(collection: Collection, name: str | None, *, is_proposed: bool) -> Iterator[Fault]:
    """Whether there is such a field, and whether a value can be proposed for it."""
    writable = bodies.members(collection)
    known = {*writable, *(field.name for field in collection.fields)}
    if name is None:
        if is_proposed:
            detail = sentence("corrections.field")
            yield Fault(Code.VALIDATION_FAILED, detail, pointer="/proposed")
    elif name not in known:
        near = tuple(nearest(name, known))
        shown = word(collection.name, "collections")
        detail = sentence("fields.unknown", collection=shown, name=name)
        yield Fault(Code.UNKNOWN_FIELD, detail, pointer="/field", did_you_mean=near)
    elif is_proposed and name not in writable:
        detail = sentence("corrections.made", name=name)
        yield Fault(Code.VALIDATION_FAILED, detail, pointer="/proposed")


def patched(collection: Collection, shown: dict[str, Any], name: str, proposed: Any) -> bodies.Body:
    """The body of the record with one field as proposed."""
    return bodies.patched(bodies.writable(collection, shown), {name: proposed})


def proposal_faults(
    collection: Collection, record_id: str, body: bodies.Body, name: str, proposed: Any
) -> list[Fault]:
    """What is wrong with the proposed value; `body` is the record that has it."""
    if len(encode(proposed)) > PROPOSED_BYTES:
        detail = sentence("bodies.bytes", most=PROPOSED_BYTES)
        return [_at("", Code.VALIDATION_FAILED, detail)]
    made = bodies.row(collection, body, record_id)
    return [] if isinstance(made, Row) else [within_value(name, fault) for fault in made]


def record_faults(collection: Collection, record_id: str | None, body: bodies.Body) -> list[Fault]:
    """What is wrong with a proposed record."""
    if len(encode(body)) > PROPOSED_BYTES:
        detail = sentence("bodies.bytes", most=PROPOSED_BYTES)
        return [_at("", Code.VALIDATION_FAILED, detail)]
    made = bodies.row(collection, body, record_id)
    return [] if isinstance(made, Row) else [within_proposed(fault) for fault in made]


def within_proposed(fault: Fault) -> Fault:
    """A fault of a body that is proposed."""
    return structs.replace(fault, pointer=f"/proposed{fault.pointer or ''}", line=0)


def within_value(name: str, fault: Fault) -> Fault:
    """A fault of a body one field of which is proposed."""
    pointer = f"/proposed{_within(name, fault.pointer or '')}"
    return structs.replace(fault, pointer=pointer, line=0)


def _within(name: str, pointer: str) -> str:
    """Where inside the proposed value."""
    head, _, rest = pointer.removeprefix("/").removesuffix("/...").partition("/")
    return f"/{rest}" if head == name and rest else ""


def _at(pointer: str, code: Code, detail: Sentence) -> Fault:
    return Fault(code, detail, pointer=f"/proposed{pointer}")
