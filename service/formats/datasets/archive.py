"""What stands in the archive beside the data: read me, licence, schemas, descriptions."""

from collections.abc import Iterator
from typing import Any

import msgspec

from service.formats.datasets.croissant import croissant
from service.formats.datasets.datapackage import datapackage
from service.formats.datasets.dcat import dcat
from service.formats.datasets.edition import Edition, in_order
from service.formats.import_format.record_types import RECORD_TYPES
from service.query.fields import Collection
from service.texts.messages import message

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DESCRIPTIONS = {
    "croissant.json": croissant,
    "datapackage.json": datapackage,
    "dcat.jsonld": dcat,
}


def told(edition: Edition, licence: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what follows the data."""
    for collection in in_order():
        yield f"schema/{collection.name}.json", pretty(line_schema(collection, edition.lang))
    for name, describe in DESCRIPTIONS.items():
        yield name, pretty(describe(edition))
    yield "LICENSE.txt", licence.encode()
    yield "README.md", _readme(edition).encode()


def line_schema(collection: Collection, lang: str) -> dict[str, Any]:
    """The JSON Schema of a line of the import format."""
    shape = RECORD_TYPES[collection.kind]
    (_,), parts = msgspec.json.schema_components([shape], ref_template="#/$defs/{name}")
    parts = _with_numbers(parts)
    own = parts.pop(shape.__name__)
    told = {
        "$schema": DIALECT,
        "title": collection.type_name,
        "description": collection.description(lang),
    }
    return {**told, **own, **({"$defs": parts} if parts else {})}


def _with_numbers(schema: Any) -> Any:
    """A decimal is written as a number; as a text it is taken too."""
    if isinstance(schema, list):
        return [_with_numbers(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        return {"type": ["number", "string"]}
    return {name: _with_numbers(part) for name, part in schema.items()}


def pretty(value: Any) -> bytes:
    """JSON for people."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def _readme(edition: Edition) -> str:
    files = "".join(f"- `{file.path}`: {file.rows}\n" for file in edition.files)
    return message(
        "exports.readme",
        edition.lang,
        title=edition.title,
        description=edition.description,
        revision=edition.revision,
        day=edition.day,
        files=files,
        url=edition.url,
        citation=edition.citation,
    )
