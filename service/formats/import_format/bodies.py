"""Bodies of writes: the fields of a record under their wire names, to rows of the import format."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from service.formats.import_format.lines import read_line
from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.rows import Row
from service.query.types import Names

Body = dict[str, Any]


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
    kept = {field.name: shown[field.name] for field in collection.stored}
    if kept.get("evidence") != "unsourced":
        kept.pop("evidence", None)
    return kept


def patched(base: Body, patch: Body) -> Body:
    """The patch applied, with what it supersedes: new sources stand in place of the old ones."""
    if "sources" in patch:
        base = {k: v for k, v in base.items() if k not in ("source_ids", "evidence")}
    if patch.get("source_ids"):
        base = {k: v for k, v in base.items() if k != "evidence"}
    merged: Body = merge_patch(base, patch)
    return merged


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


def named_sources(body: Body) -> list[str]:
    """The source ids that a body names, as far as it is well-formed."""
    given = body.get("source_ids")
    return [i for i in given if isinstance(i, str)] if isinstance(given, list) else []


def row(
    collection: Collection, body: Body, record_id: str | None, urls: Mapping[str, str]
) -> Row | list[Fault]:
    """The row that a body describes, or everything that is wrong with it.

    `record_id` is the record's id, None of a new fact; `urls` has the addresses of the sources
    that the body names by id.
    """
    faults = [*_unknown(collection, body), *_unknown_sources(body, urls)]
    record = {"kind": collection.kind, **_translated(collection, body, urls)}
    if record_id is not None:
        record["id"] = record_id
    read = read_line(1, msgspec.json.encode(record))
    if isinstance(read, Row):
        return faults or read
    return [*faults, *(placed(collection, fault) for fault in read)]


def placed(collection: Collection, fault: Fault) -> Fault:
    """A fault of an import line at the place where the body has the value."""
    _, head, *rest = [*(fault.pointer or "").split("/"), ""]
    names = {f.import_key: f.name for f in collection.stored if f.name != "source_ids"}
    pointer = "/".join(["", names.get(head, head), *rest]).rstrip("/") if head else ""
    return Fault(fault.code, fault.detail, pointer=pointer, did_you_mean=fault.did_you_mean)


def _translated(collection: Collection, body: Body, urls: Mapping[str, str]) -> Body:
    keys = members(collection)
    record = {keys[name]: value for name, value in body.items() if name in keys}
    if "name" in body and isinstance(body.get("names"), dict):
        record["names"] = {**body["names"], "en": body["name"]}
    if "source_ids" in body and isinstance(body["source_ids"], list):
        by_id = [urls[i] for i in named_sources(body) if i in urls]
        named = body.get("sources") or []
        record["sources"] = [*by_id, *named] if isinstance(named, list) else named
    return record


def _unknown(collection: Collection, body: Body) -> Iterable[Fault]:
    known = members(collection)
    made = {"object", "href", "null_reasons", "name_lang", "resolved"}
    made |= {field.name for field in collection.every_field} - set(known)
    for name in body:
        if name in known:
            continue
        if name in made:
            detail = f'"{name}" is made by the base; leave it out.'
            yield Fault(Code.UNKNOWN_FIELD, detail, pointer=f"/{name}")
        else:
            near = tuple(nearest(name, known))
            detail = f'{collection.name} have no field "{name[:80]}" to write.'
            yield Fault(Code.UNKNOWN_FIELD, detail, pointer=f"/{name[:80]}", did_you_mean=near)


def _unknown_sources(body: Body, urls: Mapping[str, str]) -> Iterable[Fault]:
    for place, source_id in enumerate(named_sources(body)):
        if source_id not in urls:
            detail = f'There is no source "{source_id[:80]}".'
            yield Fault(Code.UNKNOWN_REFERENCE, detail, pointer=f"/source_ids/{place}")
