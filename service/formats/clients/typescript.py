"""The TypeScript client's declarations: schemas, parameters, and what every path takes."""

import json
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator

from service.formats.clients.document import (
    JSON,
    Document,
    Json,
    Operation,
    Parameter,
    referred,
    text_of,
    words,
)
from service.formats.clients.queries import own, queries, query_of, shared, taker

WIDTH = 100
_SCALARS = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_MADE = "// Made by `parity clients` from the OpenAPI document; not to be edited.\n"
_OPEN = "/** One of these words, or one that came later. */\ntype Open<T> = T | (string & {});\n"
_WHERE = """\
export type OneOrMore<T> = T | readonly T[];

/** Beside the filters that are named, every operator of every field in /v1/schema. */
export interface Where {
  /** As they stand in an address: `{ "launched__lt": "2024", "vendor.country__not": "CN" }`. */
  where?: Record<string, OneOrMore<string | number> | boolean>;
}
"""
_TAKES = """\
import type * as Model from "./models.js";
import type * as Takes from "./parameters.js";

/** `Given`: what is asked with; `Forms`: media types that the answer is had in besides JSON. */
export interface Operation<Given, Answer, Forms extends string = never> {
  given: Given;
  answer: Answer;
  forms: Forms;
}

/** Headers; an answer stands for its ETag. */
type Sent<Names extends string> = {
  [Name in Names]?: Name extends "If-Match" ? string | object : string;
};
"""


def models(document: Document) -> str:
    """Declarations of what bodies and answers are."""
    blocks = [_model(name, schema, document) for name, schema in sorted(document.schemas.items())]
    return "\n".join([_MADE, _OPEN, *blocks])


def parameters(document: Document) -> str:
    """Declarations of what operations take by name."""
    common = [
        _interface(one.shared, [], [_parameter(one)], "")
        for one in document.shared.values()
        if one.place == "query"
    ]
    of_operations = [
        _interface(name, shared(one, "query"), map(_parameter, own(one, "query")), taker(one))
        for name, one in queries(document, "query").items()
    ]
    return "\n".join([_MADE, _WHERE, *common, *of_operations])


def paths(document: Document) -> str:
    """Declarations of every path, method by method."""
    by_path = defaultdict(list)
    for operation in document.operations:
        by_path[operation.path].append(operation)
    lines = [_MADE, _TAKES, "export interface Paths {"]
    for path, found in by_path.items():
        lines.append(f"  {json.dumps(path)}: {{")
        for operation in found:
            lines += _operation(operation, document)
        lines.append("  };")
    return "\n".join([*lines, "}", "", f'export declare const version: "{document.version}";', ""])


def shape(schema: Json, *, is_open: bool, prefix: str = "") -> str:
    """The type of a value; see `python_types.shape`."""
    match schema:
        case {"$ref": _}:
            return prefix + referred(schema)
        case {"anyOf": choices}:
            found = (shape(one, is_open=is_open, prefix=prefix) for one in choices)
            return " | ".join(dict.fromkeys(found))
        case {"enum": _} | {"pattern": _} if listed := words(schema):
            union = " | ".join(json.dumps(word) for word in listed)
            return f"Open<{union}>" if is_open and len(listed) > 1 else union
        case {"type": "array"}:
            kinds = [*schema.get("prefixItems", ()), schema.get("items", {})]
            inner = shape({"anyOf": kinds}, is_open=is_open, prefix=prefix)
            return f"({inner})[]" if " " in inner else f"{inner}[]"
        case {"type": "object"}:
            kind = schema.get("additionalProperties") or {}
            return f"Record<string, {shape(kind, is_open=is_open, prefix=prefix)}>"
        case {"type": str(scalar)}:
            return "null" if scalar == "null" else _SCALARS[scalar]
    return "unknown"


Member = tuple[str, str, bool, str]


def _model(name: str, schema: Json, document: Document) -> str:
    is_open = name in document.told
    if "properties" not in schema:
        kind = f"export type {name} = {shape(schema, is_open=is_open)};"
        return f"{_comment(text_of(schema), 0)}\n{_folded(kind)}\n"
    required = set(schema.get("required", ()))
    members = [
        (key, shape(inner, is_open=is_open), key in required, text_of(inner))
        for key, inner in schema["properties"].items()
    ]
    return _interface(name, [], members, text_of(schema))


def _parameter(parameter: Parameter) -> Member:
    kind = shape(parameter.schema, is_open=False)
    if parameter.schema.get("type") == "array":
        kind = f"OneOrMore<{shape(parameter.schema['items'], is_open=False)}>"
    return parameter.name, kind, parameter.is_required, parameter.text


def _interface(name: str, bases: Iterable[str], members: Iterable[Member], text: str) -> str:
    extends = ", ".join(bases)
    lead = f"export interface {name}{' extends ' if extends else ''}{extends} {{"
    rows = [row for member in members for row in _member(*member)]
    said = [_comment(text, 0)] if text else []
    if not rows:
        return "\n".join([*said, f"{_folded(lead)}}}", ""])
    return "\n".join([*said, _folded(lead), *rows, "}", ""])


def _member(key: str, kind: str, is_required: bool, meaning: str) -> Iterator[str]:
    if meaning:
        yield _comment(meaning, 2)
    name = key if _NAME.fullmatch(key) else json.dumps(key)
    yield _folded(f"  {name}{'' if is_required else '?'}: {kind};")


def _operation(operation: Operation, document: Document) -> Iterator[str]:
    """What stands for a method of a path."""
    yield _comment(f"`{operation.id}`: {operation.title}. {operation.text}", 4)
    forms = [media for media in operation.answers if media != JSON]
    parts = [_given(operation, forms, document), _answer(operation)]
    if forms and JSON in operation.answers:
        parts.append(" | ".join(json.dumps(media) for media in forms))
    yield f"    {operation.method.lower()}: Operation<"
    yield ",\n".join(
        f"      {part}" if "\n" in part else _folded(f"      {part}") for part in parts
    )
    yield "    >;"


def _given(operation: Operation, forms: list[str], document: Document) -> str:
    """The options of a call."""
    ids = "; ".join(
        f"{one.name}: {shape(one.schema, is_open=True)}" for one in operation.taken("path")
    )
    takes, given = query_of(operation, document, "query"), [f"path: {{ {ids} }}"] if ids else []
    if takes:
        is_needed = any(one.is_required for one in operation.taken("query"))
        given.append(f"{'query' if is_needed else 'query?'}: Takes.{takes}")
    if headers := [json.dumps(one.name) for one in operation.taken("header")]:
        given.append(f"headers?: Sent<{' | '.join(headers)}>")
    if operation.bodies:
        given.append(f"body: {_body(operation)}")
        if len(operation.bodies) > 1 and _is_file(operation):
            given.append(f"type?: {' | '.join(map(json.dumps, operation.bodies))}")
    if JSON not in operation.answers and forms:
        given.append(f"accept: {' | '.join(map(json.dumps, forms))}")
    line = f"{{ {'; '.join(given)} }}" if given else "{}"
    if len(line) <= WIDTH - len("      ,"):
        return line
    return "\n".join(["{", *(f"        {one};" for one in given), "      }"])


def _is_file(operation: Operation) -> bool:
    return any(schema.get("format") == "binary" for schema in operation.bodies.values())


def _body(operation: Operation) -> str:
    if _is_file(operation):
        return "string | Blob | ArrayBuffer"
    return shape(next(iter(operation.bodies.values())), is_open=False, prefix="Model.")


def _answer(operation: Operation) -> str:
    if not operation.answers:
        return "undefined"
    if JSON not in operation.answers:
        return "Response"
    return shape(operation.answers[JSON], is_open=True, prefix="Model.")


def _comment(text: str, indent: int) -> str:
    lead = " " * indent
    plain = " ".join(text.split()).replace("*/", "*\\/")
    if len(plain) + indent + 7 <= WIDTH:
        return f"{lead}/** {plain} */"
    broken = textwrap.wrap(plain, WIDTH - indent - 3, break_on_hyphens=False)
    return "\n".join([f"{lead}/**", *(f"{lead} * {line}" for line in broken), f"{lead} */"])


def _folded(line: str) -> str:
    """Broken at spaces, all of which stand outside of words in quotes, unless it is already."""
    if "\n" in line:
        return line
    lead = " " * (len(line) - len(line.lstrip()))
    return textwrap.fill(
        line.lstrip(),
        WIDTH,
        initial_indent=lead,
        subsequent_indent=f"{lead}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
