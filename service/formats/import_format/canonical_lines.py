"""Stored rows as the canonical lines of the import format."""

from typing import Any

import msgspec

from service.query.fields import Collection, Field

_number = msgspec.json.Encoder(decimal_format="number")


def write_line(collection: Collection, row: dict[str, Any]) -> bytes:
    """The canonical line of a stored row: key order of the registry, absent values left out.

    `row` holds the columns; sources are named by their addresses here too.
    """
    record: dict[str, Any] = {"kind": collection.kind}
    if collection.is_entity:
        record["id"] = row["id"]
    for field in collection.stored:
        record |= _written(field, row)
    return msgspec.json.format(_number.encode(record), indent=0) + b"\n"


def _written(field: Field, row: dict[str, Any]) -> dict[str, Any]:
    if field.name == "evidence":
        is_unsourced = row["evidence"] == "unsourced"
        return {field.import_key: "unsourced"} if is_unsourced else {}
    members = field.type.line(field.name, field.import_key, row)
    absent = field.type.absent()
    return {
        key: value
        for key, value in members.items()
        if field.always or field.required or (value is not None and value != absent)
    }
