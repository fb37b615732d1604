"""Which fields and embedded records an answer shows: `fields` and `include`."""

from collections.abc import Iterable
from typing import Any

from service import limits
from service.model.errors import Code, Fault
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.relations import embeddings
from service.query.types.dates import bound_keys
from service.texts.sentences import sentence, word

Tree = dict[str, "Tree"]
DATE_BOUNDS = "date_bounds"
ALWAYS = ("object", "id")


def tree_of(paths: Iterable[str]) -> Tree:
    """`a.b, a.c, d` as `{a: {b: {}, c: {}}, d: {}}`."""
    tree: Tree = {}
    for path in paths:
        place = tree
        for part in path.split("."):
            place = place.setdefault(part, {})
    return tree


def paths_of(tree: Tree) -> list[str]:
    """The paths that make the tree."""
    return [
        f"{name}{'.' if below else ''}{below}"
        for name, further in tree.items()
        for below in (paths_of(further) or [""])
    ]


def include_faults(collection: Collection, include: Tree, depth: int = 1) -> list[Fault]:
    """What is wrong with `include`; it goes at most two records far."""
    faults: list[Fault] = []
    known = embeddings(collection)
    for name, further in include.items():
        if name == DATE_BOUNDS:
            continue
        if name not in known:
            near = tuple(nearest(name, [*known, DATE_BOUNDS]))
            shown = word(collection.name, "collections")
            detail = sentence("fields.no_include", collection=shown, name=name[:60])
            faults.append(
                Fault(
                    Code.UNKNOWN_FIELD,
                    detail,
                    parameter="include",
                    allowed=tuple(known),
                    did_you_mean=near,
                )
            )
        elif depth > limits.INCLUDE_DEPTH:
            detail = sentence("fields.include_depth", most=limits.INCLUDE_DEPTH)
            faults.append(Fault(Code.FILTER_TOO_COMPLEX, detail, parameter="include"))
        else:
            faults += include_faults(known[name].target, further, depth + 1)
    return faults


def field_faults(collection: Collection, fields: Tree, depth: int = 1) -> list[Fault]:
    """What is wrong with `fields`: names of the record, or of what it brings along."""
    known, brought = shown_names(collection), embeddings(collection)
    faults: list[Fault] = []
    for name, further in fields.items():
        if name in brought and depth <= limits.INCLUDE_DEPTH and (further or name not in known):
            faults += field_faults(brought[name].target, further, depth + 1)
        elif name not in known:
            near = tuple(nearest(name, [*known, *brought]))
            shown = word(collection.name, "collections")
            detail = sentence("fields.unknown", collection=shown, name=name[:60])
            faults.append(Fault(Code.UNKNOWN_FIELD, detail, parameter="fields", did_you_mean=near))
    return faults


def shown_names(collection: Collection) -> list[str]:
    """The keys of a shown record."""
    names = ["object", "id", "href", "null_reasons", "revision", "recorded_at", "updated_at"]
    for field in collection.fields:
        names += field.type.shown_parts or [field.name]
    for field in collection.dates:
        names += bound_keys(field.name)
    return list(dict.fromkeys(names))


def needed(collection: Collection, fields: Tree) -> Tree:
    """What must be embedded so that `fields` can be shown."""
    brought = embeddings(collection)
    return {
        name: needed(brought[name].target, further)
        for name, further in fields.items()
        if name in brought and name not in shown_names(collection)
    }


def keys_needed(collection: Collection, fields: Tree, brought: Tree) -> frozenset[str] | None:
    """The keys of a record of which `fields` are shown, and those that lead to what it brings
    along; None: all."""
    if not fields:
        return None
    known = embeddings(collection)
    hops = (known[name] for name in brought if name != DATE_BOUNDS)
    leading = (hop.reference.name for hop in hops if not hop.is_reverse)
    dates = (date.name for date in collection.dates if DATE_BOUNDS in brought)
    return frozenset((*ALWAYS, *fields, *leading, *dates))


def merged(left: Tree, right: Tree) -> Tree:
    both = dict(left)
    for name, further in right.items():
        both[name] = merged(both.get(name, {}), further)
    return both


def projected(record: dict[str, Any], fields: Tree, include: Tree) -> dict[str, Any]:
    """The named fields of a shown record; `object`, `id` and what was included always stay, an
    included record with the fields that are named of it, or all."""
    kept = {n: v for n, v in record.items() if n in ALWAYS or n in fields or n in include}
    for name, further in fields.items():
        value = kept.get(name)
        if further and isinstance(value, dict):
            kept[name] = _inside(value, further, include.get(name, {}))
    return kept


def _inside(value: dict[str, Any], fields: Tree, include: Tree) -> dict[str, Any]:
    if value.get("object") == "list":
        return {**value, "data": [projected(item, fields, include) for item in value["data"]]}
    if "object" in value:
        return projected(value, fields, include)
    return {name: inner for name, inner in value.items() if name in fields}
