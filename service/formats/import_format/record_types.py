"""The import format's record types, one msgspec Struct per collection, made from the registry."""

from functools import reduce
from operator import or_
from typing import Any

import msgspec
from msgspec import Struct, defstruct

from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.query.types.shapes import FactId, Slug


def _record_type(collection: Collection) -> type[Struct]:
    members: list[Any] = [("id", Slug) if collection.is_entity else ("id", FactId | None, None)]
    for field in collection.stored:
        members += field.type.members(field.import_key, is_required=field.required)
    return defstruct(
        collection.type_name,
        members,
        kw_only=True,
        frozen=True,
        tag_field="kind",
        tag=collection.kind,
        forbid_unknown_fields=True,
        gc=False,
        module=__name__,
    )


RECORD_TYPES: dict[str, type[Struct]] = {c.kind: _record_type(c) for c in COLLECTIONS}
COLLECTION_OF = {RECORD_TYPES[c.kind]: c for c in COLLECTIONS}
decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(reduce(or_, RECORD_TYPES.values()))
