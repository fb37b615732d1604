"""Schemas of the OpenAPI document as people read them: a table of members, an example of a body."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, NamedTuple, TypeAlias

from service.api.http.examples import IDS

Schema: TypeAlias = Mapping[str, Any]
_CHOICES = re.compile(r"\^\(\?:([\w|-]+)\)\$")
_BOUNDS = {
    "minimum": "\u2265 {}",
    "maximum": "\u2264 {}",
    "exclusiveMinimum": "> {}",
    "minLength": "at least {} long",
    "maxLength": "at most {} long",
    "minItems": "at least {}",
    "maxItems": "at most {}",
    "default": "default {}",
}
PLURALS = {"business_model_id": "business-models"}
DEEPEST = 4


class Member(NamedTuple):
    """A row: `type` is HTML."""

    name: str
    type: str
    description: str
    is_required: bool


class Shape(NamedTuple):
    """A named schema with its members."""

    name: str
    description: str
    members: list[Member]


def referred(schema: Schema) -> str:
    """The name of the component that it points at, or ""."""
    return str(schema.get("$ref", "")).rpartition("/")[2]


def shapes(needing: Iterable[Schema], components: Mapping[str, Schema]) -> list[Shape]:
    """Every named schema that these need, in the order in which they are met."""
    found: dict[str, Shape] = {}
    waiting = [name for schema in needing for name in _names(schema)]
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = _shape(name, components[name])
            waiting += _names(components[name])
    return list(found.values())


def typed(schema: Schema) -> str:
    """In words, as HTML; named shapes are links to their place on the page."""
    if name := referred(schema):
        return f'<a href="#{escape(name)}">{escape(name)}</a>'
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(dict.fromkeys(typed(option) for option in options))
    if words := _words(schema):
        return " ".join(f"<code>{escape(str(word))}</code>" for word in words)
    if schema.get("type") == "array":
        return f"list of {typed(schema.get('items', {}))}" + _bounds(schema)
    inner = schema.get("additionalProperties")
    if isinstance(inner, dict) and inner:
        return f"object of {typed(inner)}"
    kinds = schema.get("type", "anything")
    kinds = " or ".join(kinds) if isinstance(kinds, list) else kinds
    form = f" ({escape(schema['format'])})" if "format" in schema else ""
    return escape(str(kinds)) + form + _bounds(schema)


def sample(schema: Schema, components: Mapping[str, Schema], name: str = "", depth: int = 0) -> Any:
    """A value of it: what is required of an object, and why it is written."""
    if own := referred(schema):
        return sample(components[own], components, name, depth)
    if options := schema.get("anyOf"):
        return sample(options[0], components, name, depth)
    if "properties" in schema:
        return {
            member: sample(schema["properties"][member], components, member, depth + 1)
            for member in _sampled(schema, depth)
        }
    if schema.get("type") == "array":
        is_deep = depth > DEEPEST
        return [] if is_deep else [sample(schema["items"], components, name, depth + 1)]
    return _plain(schema, name)


def _sampled(schema: Schema, depth: int) -> list[str]:
    """The members of an example: those that are required, else the first; and the comment."""
    properties = schema["properties"]
    needed = [member for member in properties if member in schema.get("required", ())]
    needed = needed or list(properties)[: 1 if depth == 0 else 0]
    return [*needed, *(["comment"] if "comment" in properties and "comment" not in needed else [])]


def _plain(schema: Schema, name: str) -> Any:
    collection = PLURALS.get(name, f"{name.removesuffix('s').removesuffix('_id')}s")
    if name.endswith(("_id", "_ids")) and collection in IDS:
        return IDS[collection]
    if words := _words(schema):
        return words[-1]
    if shown := schema.get("examples"):
        return shown[0]
    if "default" in schema:
        return schema["default"]
    named = {
        "comment": "why it is written",
        "into": "kimi",
        "types": "adoption.created",
        "url": "https://example.org/hook",
    }
    kinds = {"integer": schema.get("minimum", 1), "number": 1, "boolean": True, "object": {}}
    return named.get(name) or kinds.get(str(schema.get("type")), "text")


def _shape(name: str, schema: Schema) -> Shape:
    members = [
        Member(member, typed(inner), _told(inner), member in schema.get("required", ()))
        for member, inner in schema.get("properties", {}).items()
    ]
    if not members:
        members = [Member("", typed(schema), "", is_required=False)]
    return Shape(name, " ".join(schema.get("description", "").split()), members)


def _told(schema: Schema) -> str:
    options = (option.get("description", "") for option in schema.get("anyOf", ()))
    return str(schema.get("description") or next(filter(None, options), ""))


def _words(schema: Schema) -> list[Any]:
    """The values of a closed list."""
    if "const" in schema:
        return [schema["const"]]
    choices = _CHOICES.fullmatch(schema.get("pattern", ""))
    return list(schema.get("enum", ())) or (choices[1].split("|") if choices else [])


def _bounds(schema: Schema) -> str:
    told = [text.format(_json(schema[name])) for name, text in _BOUNDS.items() if name in schema]
    return escape(f", {', '.join(told)}") if told else ""


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _names(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for inner in schema:
            yield from _names(inner)
    elif isinstance(schema, Mapping):
        if name := referred(schema):
            yield name
        for inner in schema.values():
            yield from _names(inner)
