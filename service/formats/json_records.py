"""Stored records as the API shows them: every declared field present, unknown is null."""

from typing import Any

import msgspec

from service.query.fields import Collection
from service.query.registry import BY_KIND
from service.query.types.dates import instant_text as instant_text
from service.query.views import VIEWS

Record = dict[str, Any]


def render(collection: Collection, row: Record, lang: str) -> Record:
    """The wire form of one stored row, in the reader's language where a name has it."""
    shown: Record = {
        "object": collection.kind,
        "id": row["id"],
        "href": _href(collection, row),
    }
    for field in collection.fields:
        shown |= field.type.shown(field.name, row, lang)
    shown.setdefault("null_reasons", {})  # of views, whose records state none
    shown["revision"] = row["revision"]
    shown["recorded_at"] = instant_text(row["recorded_at"])
    shown["updated_at"] = instant_text(row["updated_at"])
    return shown


def record_keys(collection: Collection) -> list[str]:
    """The keys of a rendered record, in their order."""
    keys = ["object", "id", "href"]
    for field in collection.fields:
        keys += field.type.shown_parts or [field.name]
    every = [*keys, "null_reasons", "revision", "recorded_at", "updated_at"]
    return list(dict.fromkeys(every))


def _href(collection: Collection, row: Record) -> str:
    """Of the record; of a view's row the record behind it."""
    if collection in VIEWS:
        return f"/v1/{BY_KIND[row['kind']].name}/{row['record_id']}"
    return f"/v1/{collection.name}/{row['id']}"


_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(value: Any) -> bytes:
    return _encoder.encode(value)
