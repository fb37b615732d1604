"""Bodies of writes: the fields of a record under their wire names, to rows of the import format."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

import msgspec
from msgspec import structs

from service.formats.import_format.lines import read_line
from service.formats.json_records import encode
from service.model.errors import Code, Fault, pointer_to
from service.model.suggestions import nearest
from service.query.fields import Collection, Field
from service.query.rows import Pointed, Row
from service.query.types import Names
from service.query.types.field_sources import ids_of
from service.query.types.shapes import Slug, SourceId
from service.texts.sentences import sentence, word

Body = dict[str, Any]
# Stands for what is no id of a source, so that the others keep their places.
UNKNOWN_SOURCE = "urn:unknown"


def members(collection: Collection) -> dict[str, str]:
    """What a body may hold: wire name to the import format's key.

    `name` is short for `names.en`; `sources` takes addresses where `source_ids` takes ids; a
    fact's `status` may say "unsourced" where no field has that name.
    """
    found = {field.name: field.import_key for field in collection.stored}
    if collection.of_type(Names):
        found["name"] = "name"
    if "source_ids" in found:
        found["sources"] = "sources"
    if found.get("evidence") == "status" and collection.needs_source:
        found["status"] = "status"
    return found


def writable(collection: Collection, shown: Body) -> Body:
    """The members of a shown record that may be written back: what a merge patch applies to."""
    kept = {field.name: field.type.stated(shown[field.name]) for field in collection.stored}
    if kept.get("evidence") != "unsourced":
        kept.pop("evidence", None)
    return kept


def patched(base: Body, patch: Body, urls: Mapping[str, str] = {}) -> Body:
    """The patch applied, with what it supersedes: new sources stand in place of the old ones, what
    gets a value is null for no reason any more, and what gets another value is carried by no source
    that carried the old one.

    `urls` has the addresses of the record's sources, where the patch has `sources`.
    """
    if base.get("field_sources"):
        base = {**base, "field_sources": _still_carried(base, patch, urls)}
    if "sources" in patch:
        base = {k: v for k, v in base.items() if k not in ("source_ids", "evidence")}
    if patch.get("source_ids"):
        base = {k: v for k, v in base.items() if k != "evidence"}
    if base.get("null_reasons"):
        known = {name for name, value in patch.items() if value is not None}
        reasons = {n: r for n, r in base["null_reasons"].items() if n not in known}
        base = {**base, "null_reasons": reasons}
    if patch.get("name") is not None and base.get("names"):
        base = {**base, "names": {tag: n for tag, n in base["names"].items() if tag != "en"}}
    merged: Body = merge_patch(base, patch)
    return merged


def _still_carried(base: Body, patch: Body, urls: Mapping[str, str]) -> Body:
    """Which sources go on carrying the fields that they carried."""
    merged = merge_patch(base, patch)
    changed = {name for name in patch if merged.get(name) != base.get(name)}
    changed |= {"names"} if "name" in patch else set()
    kept = {n: ids for n, ids in base["field_sources"].items() if n not in changed}
    if not {"source_ids", "sources"} & patch.keys():
        return kept
    named = [*_listed(patch, "source_ids"), *_listed(patch, "sources")]
    standing = {
        name: [i for i in ids if i in named or urls.get(i) in named] for name, ids in kept.items()
    }
    return {name: ids for name, ids in standing.items() if ids}


def _listed(body: Body, name: str) -> list[Any]:
    value = body.get(name)
    return value if isinstance(value, list) else []


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7396: members of the patch replace, null removes, everything else is a whole value."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def row(collection: Collection, body: Body, record_id: str | None) -> Row | list[Fault]:
    """The row that a body describes, or everything that is wrong with it but for ids of no record.

    `record_id` is the record's id, None of a new fact.
    """
    sources = list(_source_faults(body))
    record = {"kind": collection.kind, **_translated(collection, body)}
    if record_id is not None:
        record["id"] = record_id
    read = read_line(1, encode(record))
    faults = [*_unknown(collection, body), *sources]
    if isinstance(read, Row):
        return faults or read
    # Whether a source is missing cannot be told where those named are wrong.
    told = [f for f in read if not (sources and f.code is Code.SOURCE_REQUIRED)]
    return [*faults, *(placed(collection, body, fault) for fault in told)]


def pointed(collection: Collection, body: Body) -> list[Pointed]:
    """The ids of other records that the body names, as far as they are well-formed."""
    return [
        Pointed(1, field, value, place)
        for field in collection.stored
        if field.to
        for place, value in _named(field, body.get(field.name))
        if _is_id(value, SourceId if field.to == "sources" else Slug)
    ]


def _named(field: Field, value: Any) -> Iterable[tuple[tuple[str | int, ...], Any]]:
    """The ids in a value of a reference field, each with its place."""
    if field.type.is_about_fields:
        return ids_of(value)
    return (
        [((n,), one) for n, one in enumerate(value)] if isinstance(value, list) else [((), value)]
    )


def _is_id(value: Any, shape: Any) -> TypeGuard[str]:
    try:
        msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return False
    return True


def placed(collection: Collection, body: Body, fault: Fault) -> Fault:
    """A fault of an import line at the place where the body has the value."""
    _, key, *rest = [*(fault.pointer or "").split("/"), ""]
    if not key:
        return structs.replace(fault, line=0)
    name = _wire_name(collection, body, key)
    if key == "sources" and rest[0].isdigit():
        place, n_by_id = int(rest[0]), len(_listed(body, "source_ids"))
        name = "source_ids" if place < n_by_id else name
        rest[0] = str(place if place < n_by_id else place - n_by_id)
    pointer = "/".join(["", name, *rest]).removesuffix("/")
    return structs.replace(fault, line=0, pointer=pointer)


def _wire_name(collection: Collection, body: Body, key: str) -> str:
    """Under which name the body has, or should have, what an import line has under the key."""
    names = [name for name, known in members(collection).items() if known == key]
    if key == "sources" or not names:
        return key
    return next((name for name in names if name in body), names[0])


def _translated(collection: Collection, body: Body) -> Body:
    """As a line: of its sources those that the body names by their ids come first."""
    keys = members(collection)
    record = {keys[name]: value for name, value in body.items() if name in keys}
    if "source_ids" in body:
        given = _listed(body, "source_ids")
        by_id = [i if _is_id(i, SourceId) else UNKNOWN_SOURCE for i in given]
        named = body.get("sources") or []
        record["sources"] = [*by_id, *named] if isinstance(named, list) else named
    return record


def _unknown(collection: Collection, body: Body) -> Iterable[Fault]:
    known = members(collection)
    made = {"object", "href", "name_lang", "resolved"}
    made |= {field.name for field in collection.every_field} - set(known)
    for name in body:
        if name in known:
            continue
        if name in made:
            detail = sentence("fields.made", name=name)
            yield Fault(Code.UNKNOWN_FIELD, detail, pointer=pointer_to(name))
        else:
            near = tuple(nearest(name[:80], known))
            shown = word(collection.name, "collections")
            detail = sentence("fields.not_written", collection=shown, name=name[:80])
            yield Fault(Code.UNKNOWN_FIELD, detail, pointer=pointer_to(name), did_you_mean=near)


def _source_faults(body: Body) -> Iterable[Fault]:
    given = body.get("source_ids")
    if given is not None and not isinstance(given, list):
        detail = sentence("fields.id_list")
        yield Fault(Code.VALIDATION_FAILED, detail, pointer="/source_ids")
        return
    for place, source_id in enumerate(given or ()):
        pointer = pointer_to("source_ids", place)
        if not isinstance(source_id, str):
            detail = sentence("fields.source_id")
            yield Fault(Code.VALIDATION_FAILED, detail, pointer=pointer)
        elif not _is_id(source_id, SourceId):
            kind = word("source")
            detail = sentence("records.unknown", kind=kind, id=source_id[:80], hint="")
            yield Fault(Code.UNKNOWN_REFERENCE, detail, pointer=pointer)
