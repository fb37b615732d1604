"""The Python client's types: a TypedDict for every schema and for what every operation takes."""

import json
import keyword
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from service.formats.clients.document import (
    Document,
    Json,
    Parameter,
    referred,
    text_of,
    words,
)
from service.formats.clients.queries import own, queries, shared, taker

WIDTH = 100
# Where arguments with names go.
NAMED = ("query", "header")
MADE = "Made by `parity clients` from the OpenAPI document; not to be edited."
_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
_GLUE = "\N{NO-BREAK SPACE}"
_FUTURE = "from __future__ import annotations\n"
_WHERE = '''
T = TypeVar("T")
OneOrMore: TypeAlias = T | Sequence[T]


class Where(TypedDict, total=False):
    """Beside the filters that are named, every operator of every field in `get_schema`."""

    where: Mapping[str, OneOrMore[str] | OneOrMore[int] | float | bool]
    """As they stand in an address: `{"launched__lt": "2024", "vendor.country__not": "CN"}`."""
'''


def models(document: Document) -> str:
    """Module of what bodies and answers are. Other names for a type, read at once, stand last."""
    found = document.schemas
    names = sorted(found, key=lambda name: ("properties" not in found[name], name))
    blocks = [_model(name, found[name], document) for name in names]
    taken = "from typing import Any, Literal, NotRequired, Required, TypeAlias, TypedDict\n"
    return "\n".join([head("What requests and answers hold."), _FUTURE, taken, "", *blocks])


def parameters(document: Document) -> str:
    """Module of what operations take by name."""
    common = [
        _dictionary(parameter.shared, ["TypedDict"], [parameter], "")
        for parameter in document.shared.values()
        if parameter.place != "path"
    ]
    of_operations = [
        _dictionary(name, shared(one, *NAMED) or ["TypedDict"], own(one, *NAMED), taker(one))
        for name, one in queries(document, *NAMED).items()
    ]
    taken = (
        "from collections.abc import Mapping, Sequence",
        "from typing import Literal, Required, TypeAlias, TypedDict, TypeVar",
    )
    title = head("What operations take by name, beside ids and body.")
    return "\n".join([title, _FUTURE, *taken, _WHERE, "", *common, *of_operations])


def python_name(wire: str) -> str:
    """How a parameter is called: `vendor.country` is vendor_country, `If-Match` is if_match."""
    name = re.sub(r"\W", "_", wire).lower()
    return f"{name}_" if keyword.iskeyword(name) else name


def head(text: str) -> str:
    return (
        f'"""{text}\n\nMade by `parity clients` from the OpenAPI document; not to be edited.\n"""\n'
    )


def folded(line: str, indent: int) -> str:
    """Broken behind commas, which stand in brackets only."""
    if len(line) <= WIDTH:
        return line
    glued = re.sub(r"(?<!,) (?=\S)", _GLUE, line.lstrip())
    lead = " " * (len(line) - len(line.lstrip()))
    broken = textwrap.fill(
        glued,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return broken.replace(_GLUE, " ")


def said(text: str, indent: int) -> str:
    """A docstring."""
    lead = " " * indent
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    if plain.endswith('"'):
        plain += " "
    if len(plain) + indent + 6 <= WIDTH:
        return f'{lead}"""{plain}"""'
    broken = textwrap.fill(
        f'"""{plain}', WIDTH, initial_indent=lead, subsequent_indent=lead, break_on_hyphens=False
    )
    return f'{broken}\n{lead}"""'


def shape(schema: Json, *, is_open: bool) -> str:
    """The type of a value. `is_open`: closed lists may have words that this client is too old for.

    A list of one word names a kind and is never open.
    """
    match schema:
        case {"$ref": _}:
            return referred(schema)
        case {"anyOf": choices}:
            return " | ".join(dict.fromkeys(shape(one, is_open=is_open) for one in choices))
        case {"enum": _} | {"pattern": _} if listed := words(schema):
            literal = f"Literal[{', '.join(json.dumps(word) for word in listed)}]"
            return f"{literal} | str" if is_open and len(listed) > 1 else literal
        case {"type": "array"}:
            kinds = [*schema.get("prefixItems", ()), schema.get("items", {})]
            return f"list[{shape({'anyOf': kinds}, is_open=is_open)}]"
        case {"type": "object"}:
            inner = schema.get("additionalProperties") or {}
            return f"dict[str, {shape(inner, is_open=is_open)}]"
        case {"type": str(scalar)}:
            return "None" if scalar == "null" else _SCALARS[scalar]
    return "Any"


def _model(name: str, schema: Json, document: Document) -> str:
    is_open = name in document.told
    text = text_of(schema)
    if "properties" not in schema:
        line = f"{name}: TypeAlias = {shape(schema, is_open=is_open)}"
        return f"{folded(line, 4)}\n{said(text, 0)}\n\n"
    required = set(schema.get("required", ()))
    members = [
        (key, shape(inner, is_open=is_open), key in required, text_of(inner))
        for key, inner in schema["properties"].items()
    ]
    if all(_is_plain(key) for key, *_ in members):
        return "\n".join(_class(name, members, text))
    return _functional(name, members, text)


Member = tuple[str, str, bool, str]


def _class(name: str, members: Sequence[Member], text: str) -> Iterator[str]:
    total = "" if any(required for _, _, required, _ in members) else ", total=False"
    yield f"class {name}(TypedDict{total}):"
    yield said(text, 4) + "\n"
    for key, kind, required, meaning in members:
        shown = kind if required or total else f"NotRequired[{kind}]"
        yield folded(f"    {key}: {shown}", 8)
        if meaning:
            yield said(meaning, 4)
    yield "\n"


def _functional(name: str, members: Sequence[Member], text: str) -> str:
    """Where a member's name is no name in Python."""
    lines = [
        folded(f'        "{key}": {"Required" if required else "NotRequired"}["{kind}"],', 12)
        for key, kind, required, _ in members
    ]
    body = "\n".join([f"{name} = TypedDict(", f'    "{name}",', "    {", *lines, "    },", ")"])
    return f"{body}\n{said(text, 0)}\n\n"


def _is_plain(key: str) -> bool:
    return key.isidentifier() and not keyword.iskeyword(key)


def _dictionary(name: str, bases: Iterable[str], members: Sequence[Parameter], text: str) -> str:
    lead = f"class {name}({', '.join(bases)}, total=False):"
    lines = [folded(lead, 4), said(text or members[0].text, 4)]
    for parameter in members:
        lines.append("")
        lines.append(folded(f"    {python_name(parameter.name)}: {_argument(parameter)}", 8))
        if text and parameter.text:
            lines.append(said(parameter.text, 4))
    return "\n".join([*lines, "\n"])


def _argument(parameter: Parameter) -> str:
    kind = shape(parameter.schema, is_open=False)
    if parameter.schema.get("type") == "array":
        kind = f"OneOrMore[{kind.removeprefix('list[')}"
    if parameter.name == "If-Match":
        kind = "str | Mapping[str, object]"
    return f"Required[{kind}]" if parameter.is_required else kind
