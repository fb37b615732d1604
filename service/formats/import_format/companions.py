"""Records that a record brings along, as answers embed them: told apart, and compared."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from service.formats.import_format.additions import differing, never
from service.model.errors import Fault, pointer_to
from service.query.fields import Collection
from service.query.registry import SOURCE
from service.query.relations import Hop, embeddings
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


def changed(collection: Collection, shown: Shown, record: Shown) -> Iterator[str]:
    """The members of a record brought along that are not those of the record as it is shown."""
    known = dict(shown)
    known |= {
        field.name: record.get(field.name)
        for field in collection.fields
        if field.derived and field.name not in never(collection, shown, record)
    }
    for field in collection.dates:
        known |= shown_bounds(field.name, shown[field.name])
    for name, value in record.items():
        if name == "null_reasons" and isinstance(value, dict):
            if not value.items() <= known[name].items():
                yield name
        elif name not in known or known[name] != value:
            yield name
