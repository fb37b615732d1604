"""Records in the words of schema.org, as JSON-LD."""

from typing import Any

from service.formats.datasets.edition import LICENCE_URL
from service.query.registry import BY_KIND

Shown = dict[str, Any]
CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "parity": "https://parity.example/terms#",
    "edtf": "http://id.loc.gov/datatypes/edtf/EDTF",
}
TYPES = {
    "vendor": "Organization",
    "group": "Organization",
    "product": "SoftwareApplication",
    "feature": "DefinedTerm",
    "market": "DefinedTerm",
    "business_model": "DefinedTerm",
    "source": "CreativeWork",
}
WORDS = {
    "definition": "description",
    "note": "disambiguatingDescription",
    "aliases": "alternateName",
    "title": "headline",
}
ADDRESSES = {"homepage": "url", "url": "url", "archive_url": "archivedAt"}
DATES = {"founded": "foundingDate", "launched": "datePublished", "published": "datePublished"}
POINTERS = {
    "vendor_id": ("vendors", "publisher"),
    "source_ids": ("sources", "citation"),
    "vendor_ids": ("vendors", "member"),
}
NAMELESS = ("object", "id", "href", "name", "name_lang", "names", "null_reasons")
UNTOLD = ("revision", "recorded_at", "updated_at")
_EDTF = ("[", "/")


def of_record(record: Shown, base: str) -> Shown:
    """One shown record; what it leaves out (`fields`) is left out. `base` is where ids begin."""
    return {"@context": CONTEXT, **_node(record, base)}


def of_list(answer: Shown, base: str) -> Shown:
    """A page of records."""
    return {"@context": CONTEXT, "@graph": [_node(record, base) for record in answer["data"]]}


def _node(record: Shown, base: str) -> Shown:
    node: Shown = {}
    if "href" in record:
        node["@id"] = f"{base}{record['href']}"
    kind = record.get("object", "")
    node["@type"] = TYPES.get(kind, "Claim" if kind in BY_KIND else "Thing")
    if "id" in record:
        node["identifier"] = record["id"]
    names = record.get("names") or {}
    if named := _tagged(names):
        node["name"] = named
    elif "names" not in record and "name" in record:
        node["name"] = record["name"]
    for name, value in record.items():
        if name not in (*NAMELESS, *UNTOLD) and value not in (None, [], {}):
            node |= _property(name, value, base)
    if "updated_at" in record:
        node |= {"sdDatePublished": record["updated_at"], "sdLicense": LICENCE_URL}
    return node


def _tagged(texts: Shown) -> list[Shown]:
    return [{"@value": text, "@language": lang} for lang, text in texts.items()]


def _property(name: str, value: Any, base: str) -> Shown:
    if name == "definitions":
        return {"parity:definitions": _tagged(value)}
    if name in WORDS:
        return {WORDS[name]: value}
    if name in ADDRESSES:
        return {ADDRESSES[name]: {"@id": value}}
    if name in DATES:
        return {DATES[name]: _date(value)}
    if name in POINTERS:
        to, word = POINTERS[name]
        return {word: _pointed(f"{base}/v1/{to}", value)}
    if name == "field_sources":
        cited = {field: _pointed(f"{base}/v1/sources", ids) for field, ids in value.items()}
        return {"parity:field_sources": cited}
    if name == "country":
        return {"location": {"@type": "Country", "identifier": value}}
    return {f"parity:{name}": value}


def _date(text: str) -> Any:
    """As precise as it is known: what ISO 8601 cannot say is EDTF."""
    return {"@value": text, "@type": "edtf"} if text.startswith(_EDTF) else text


def _pointed(place: str, value: Any) -> Any:
    if isinstance(value, list):
        return [{"@id": f"{place}/{one}"} for one in value]
    return {"@id": f"{place}/{value}"}
