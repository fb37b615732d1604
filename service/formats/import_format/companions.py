"""Records that a record brings along, as answers embed them: told apart, and compared."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from service import limits
from service.formats.import_format.additions import differing, never
from service.model.errors import Fault, pointer_to
from service.query.fields import Collection
from service.query.registry import SOURCE
from service.query.relations import Hop, embeddings
from service.query.rows import Row
from service.query.types.dates import shown_bounds

Shown = Mapping[str, Any]
SOURCE_ID = re.compile(f"{SOURCE.prefix}_").match
_encode = msgspec.json.Encoder(order="sorted").encode


class Companion(NamedTuple):
    """A record that was brought along: where it stands in the line, its kind, itself as JSON."""

    pointer: str
    kind: str
    record: bytes


def companions(collection: Collection, told: Shown, at: str = "") -> Iterator[Companion | Fault]:
    """All that a shown record brings along, far and near; a Fault for what is none."""
    for name, embedding in embeddings(collection).items():
        for pointer, item in _items(told.get(name), f"{at}{pointer_to(name)}"):
            if not isinstance(item, dict) or not isinstance(item.get("id"), str):
                yield differing(pointer)
                continue
            if _is_another(embedding, told, item["id"]):
                yield differing(f"{pointer}/id")
            own = {k: v for k, v in item.items() if k not in embeddings(embedding.target)}
            yield Companion(pointer, embedding.target.kind, _encode(own))
            yield from companions(embedding.target, item, pointer)


def _items(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        for place, item in enumerate(value["data"]):
            yield f"{pointer}/data/{place}", item
    elif value is not None:
        yield pointer, value


def _is_another(embedding: Hop, told: Shown, record_id: str) -> bool:
    """Whether the record points to others; what points to it says so itself."""
    pointed = None if embedding.is_reverse else told.get(embedding.reference.name)
    ids = pointed if isinstance(pointed, list) else [pointed]
    is_by_address = embedding.target is SOURCE and not all(map(SOURCE_ID, ids))
    return pointed is not None and not is_by_address and record_id not in ids


def with_related(row: Row, related: Shown) -> Row | list[Fault]:
    """A row of a table with what its columns tell of the records that it points to: lists of them
    by name.
    """
    columns = dict(zip(row.collection.columns, row.values, strict=True))
    columns |= msgspec.json.decode(row.written or "{}")
    found = list(related_companions(row.collection, columns, related))
    if faults := [structs.replace(f, line=row.line) for f in found if isinstance(f, Fault)]:
        return faults
    row.brought = (*row.brought, *found)
    return row


def related_companions(
    collection: Collection, columns: Shown, related: Shown
) -> Iterator[Companion | Fault]:
    """The records that columns of a table tell of; a Fault where they tell of others, or of more
    or fewer.

    `columns` are those of the record that points to them.
    """
    for name, embedding in embeddings(collection).items():
        if not isinstance(told := related.get(name), list):
            continue
        pointed = columns[embedding.reference.name]
        every = pointed if isinstance(pointed, list) else [pointed] if pointed else []
        ids = every[: limits.EMBEDDED_MAX]
        if embedding.target is SOURCE and not all(map(SOURCE_ID, ids)):
            continue  # an address may be that of a new source
        if len(ids) != len(told) and not (not ids and all(map(_is_nothing, told))):
            yield differing(pointer_to(name, *_first_place(told)))
            continue
        for record_id, one in zip(ids, told, strict=False):
            if one.get("id", record_id) != record_id:
                yield differing(pointer_to(name, "id"))
            record = _encode({**one, "id": record_id})
            yield Companion(pointer_to(name), embedding.target.kind, record)


def _is_nothing(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_nothing, value.values()))
    return all(map(_is_nothing, value)) if isinstance(value, list) else value is None


def _first_place(value: Any) -> tuple[str, ...]:
    """Of the first of the columns."""
    if isinstance(value, list):
        return _first_place(value[0]) if value and isinstance(value[0], dict) else ()
    if not isinstance(value, dict):
        return ()
    name = next(iter(value))
    return (name, *_first_place(value[name]))


def changed(collection: Collection, shown: Shown, record: Shown) -> Iterator[tuple[str, ...]]:
    """Where a record brought along is not as the record is shown; of members that have members
    those are compared that are told.
    """
    known = dict(shown)
    known |= {
        field.name: record.get(field.name)
        for field in collection.fields
        if field.derived and field.name not in never(collection, shown, record)
    }
    for field in collection.dates:
        known |= shown_bounds(field.name, shown[field.name])
    if "name_lang" not in record and record.get("name") in (shown.get("names") or {}).values():
        known["name"] = record["name"]
    for name, value in record.items():
        if name in embeddings(collection) and _is_related(value):
            continue
        own, expected = collection.field(name), known.get(name)
        if value is None and own is not None and expected is not None:
            expected = own.type.stated(expected)  # a table has nothing of what is usual
        yield from ((name, *inner) for inner in _differing(expected, value))


def _is_related(value: Any) -> bool:
    """Whether it is of records further on; else it is ids, or a field of the same name."""
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _differing(known: Any, told: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(told, dict) and isinstance(known, dict | None):
        for name, value in told.items():
            yield from ((name, *inner) for inner in _differing((known or {}).get(name), value))
    elif not _same(known, told):
        yield ()


def _same(known: Any, told: Any) -> bool:
    """A table has nothing where a list is empty, and numbers may be written in several ways."""
    if told is None:
        return known in (None, [], {})
    if isinstance(told, list) and isinstance(known, list):
        return len(known) == len(told) and all(map(_same, known, told))
    if isinstance(told, dict) and isinstance(known, dict):
        return known.keys() == told.keys() and all(_same(known[name], told[name]) for name in told)
    if isinstance(known, Decimal):
        return isinstance(told, int | float) and known == Decimal(str(told))
    return bool(known == told)
