"""The data set as a Data Package (Frictionless Data specifications, version 1)."""

from typing import Any

from service.formats.datasets.edition import (
    CSV,
    KEYWORDS,
    LICENCE_NAME,
    LICENCE_TITLE,
    LICENCE_URL,
    NAME,
    DataFile,
    Edition,
)
from service.formats.files.table_schema import whole_schema
from service.formats.json_records import instant_text

MEDIA_TYPE = "application/vnd.datapackage+json"
LICENCES = [{"name": LICENCE_NAME, "title": LICENCE_TITLE, "path": LICENCE_URL}]


def datapackage(edition: Edition) -> dict[str, Any]:
    """`datapackage.json`; its paths are those of the archive."""
    return {
        "profile": "data-package",
        "name": NAME,
        "id": edition.url,
        "title": edition.title,
        "description": edition.description,
        "homepage": edition.public_url,
        "version": edition.version,
        "created": instant_text(edition.instant),
        "keywords": list(KEYWORDS),
        "licenses": LICENCES,
        "contributors": [{"title": "Parity", "role": "publisher"}],
        "citation": edition.citation,
        "resources": [_resource(file, edition.lang) for file in edition.files if file.bytes],
    }


def _resource(file: DataFile, lang: str) -> dict[str, Any]:
    name, is_table = file.collection.name, file.media_type == CSV
    shown = {
        "name": name if is_table else f"{name}-import",
        "path": file.path,
        "title": file.collection.heading(lang),
        "description": file.collection.description(lang),
        "format": file.path.rpartition(".")[2],
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
    }
    if not is_table:
        return {"profile": "data-resource", **shown, "jsonSchema": f"schema/{name}.json"}
    return {
        "profile": "tabular-data-resource",
        **shown,
        "schema": whole_schema(file.collection, lang),
    }
