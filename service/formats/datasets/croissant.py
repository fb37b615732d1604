"""The data set as Croissant 1.0 (MLCommons), for programs that learn from it."""

from typing import Any

from service.formats.datasets.edition import (
    ARCHIVE,
    KEYWORDS,
    LICENCE_URL,
    ZIP,
    DataFile,
    Edition,
)
from service.formats.files.table_schema import Described, whole_schema
from service.formats.json_records import instant_text
from service.query.fields import Collection

VERSION = "http://mlcommons.org/croissant/1.0"
MEDIA_TYPE = f'application/ld+json;profile="{VERSION}"'
DATA_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "date": "sc:Date",
    "datetime": "sc:Date",
}
# As the specification gives it.
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(edition: Edition) -> dict[str, Any]:
    """Where the archive's own hash is known, its files are described as parts of it; else, within
    the archive, as they lie beside the description.
    """
    return {
        "@context": {**CONTEXT, "@language": edition.lang},
        "@type": "sc:Dataset",
        "@id": edition.url,
        "conformsTo": VERSION,
        "name": edition.title,
        "description": edition.description,
        "url": edition.url,
        "license": LICENCE_URL,
        "version": edition.version,
        "datePublished": edition.day,
        "dateModified": instant_text(edition.instant),
        "citeAs": edition.citation,
        "creator": {"@type": "sc:Organization", "name": "Parity", "url": edition.public_url},
        "keywords": list(KEYWORDS),
        "isAccessibleForFree": True,
        "distribution": [*_archive(edition), *(_file(edition, file) for file in edition.files)],
        "recordSet": [_records(file, edition.lang) for file in edition.tables],
    }


def _archive(edition: Edition) -> list[dict[str, Any]]:
    if not edition.sha256:
        return []
    return [
        {
            "@type": "cr:FileObject",
            "@id": ARCHIVE,
            "name": ARCHIVE,
            "contentUrl": edition.archive_url,
            "contentSize": f"{edition.bytes} B",
            "encodingFormat": ZIP,
            "sha256": edition.sha256,
        }
    ]


def _file(edition: Edition, file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": file.collection.description(edition.lang),
        **({"containedIn": {"@id": ARCHIVE}} if edition.sha256 else {}),
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _records(file: DataFile, lang: str) -> dict[str, Any]:
    collection, schema = file.collection, whole_schema(file.collection, lang)
    points = {key["fields"][0]: key["reference"] for key in schema.get("foreignKeys", ())}
    return {
        "@type": "cr:RecordSet",
        "@id": collection.name,
        "name": collection.name,
        "description": collection.description(lang),
        "key": {"@id": f"{collection.name}/id"},
        "field": [_field(collection, field, points) for field in schema["fields"]],
    }


def _field(collection: Collection, field: Described, points: dict[str, Any]) -> dict[str, Any]:
    name, to = field["name"], points.get(field["name"])
    path = f"data/{collection.name}.csv"
    return {
        "@type": "cr:Field",
        "@id": f"{collection.name}/{name}",
        "name": name,
        "description": field.get("description", name),
        "dataType": DATA_TYPES[field["type"]],
        "source": {"fileObject": {"@id": path}, "extract": {"column": name}},
        **({"references": {"field": {"@id": f"{to['resource']}/id"}}} if to else {}),
    }
