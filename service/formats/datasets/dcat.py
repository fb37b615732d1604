"""The data set as DCAT 3 (W3C) in JSON-LD, for catalogues of data."""

from dataclasses import replace
from typing import Any

from service.formats.datasets.edition import (
    CSV,
    KEYWORDS,
    LICENCE_URL,
    NDJSON,
    PARQUET,
    ZIP,
    Edition,
    in_order,
)
from service.formats.json_records import instant_text
from service.query.fields import Collection
from service.texts.messages import LANGUAGES

MEDIA_TYPE = "application/ld+json"
IANA = "https://www.iana.org/assignments/media-types/"
FORMS = {"csv": CSV, "ndjson": NDJSON, "parquet": PARQUET}
NAMES = {"csv": "CSV", "ndjson": "NDJSON", "parquet": "Parquet"}
CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dcat(edition: Edition) -> dict[str, Any]:
    """A `dcat:Dataset` with its distributions: the archive, and each collection in three forms."""
    return {
        "@context": CONTEXT,
        "@id": edition.url,
        "@type": "dcat:Dataset",
        "dct:identifier": edition.url,
        "dct:title": _in_languages(edition, "title"),
        "dct:description": _in_languages(edition, "description"),
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "Parity"},
        "dct:license": {"@id": LICENCE_URL},
        "dct:issued": _typed(edition.day, "date"),
        "dct:modified": _typed(instant_text(edition.instant), "dateTime"),
        "dct:bibliographicCitation": edition.citation,
        "dcat:version": edition.version,
        "dcat:keyword": [{"@value": word, "@language": "en"} for word in KEYWORDS],
        "dcat:landingPage": {"@id": edition.public_url},
        "dcat:distribution": [
            _archive(edition),
            *(_export(edition, c, form) for c in in_order() for form in FORMS),
        ],
    }


def _in_languages(edition: Edition, name: str) -> list[dict[str, str]]:
    return [
        {"@value": getattr(replace(edition, lang=lang), name), "@language": lang}
        for lang in LANGUAGES
    ]


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": f"xsd:{kind}"}


def _archive(edition: Edition) -> dict[str, Any]:
    shown = _distribution(edition.archive_url, ZIP) | {"dct:title": edition.title}
    if not edition.sha256:
        return shown
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
        "spdx:checksumValue": _typed(edition.sha256, "hexBinary"),
    }
    size = _typed(str(edition.bytes), "nonNegativeInteger")
    return shown | {"dcat:byteSize": size, "spdx:checksum": checksum}


def _export(edition: Edition, collection: Collection, form: str) -> dict[str, Any]:
    media_type = FORMS[form]
    suffix = form if media_type == PARQUET else f"{form}.gz"
    url = f"{edition.public_url}/v1/exports/{collection.name}.{suffix}?{edition.query}"
    packed = {"dcat:compressFormat": {"@id": f"{IANA}application/gzip"}}
    return {
        **_distribution(url, media_type),
        "dct:title": f"{collection.heading(edition.lang)}, {NAMES[form]}",
        "dct:description": collection.description(edition.lang),
        **({} if media_type == PARQUET else packed),
    }


def _distribution(url: str, media_type: str) -> dict[str, Any]:
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": url},
        "dcat:mediaType": {"@id": f"{IANA}{media_type}"},
        "dct:license": {"@id": LICENCE_URL},
    }
