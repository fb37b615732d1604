"""What a client has to know of the OpenAPI document: operations, parameters, schemas."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

Json = Mapping[str, Any]

JSON = "application/json"
# What a media type without a schema is in OpenAPI 3.1.
BYTES: Json = {"type": "string", "format": "binary"}
_METHODS = ("get", "post", "put", "patch", "delete")
# Closed lists of bodies: the service tells a wrong word itself, so their schema is a pattern.
_WORDS = re.compile(r"\^\(\?:([\w|.-]+)\)\$")


@dataclass(frozen=True)
class Parameter:
    """`shared`: its name under components.parameters, empty where it stands in the operation."""

    name: str
    place: str
    text: str
    schema: Json
    shared: str
    is_required: bool


@dataclass(frozen=True)
class Operation:
    """`answers` and `bodies`: schemas by media type. `is_page`: it takes a cursor and goes on."""

    id: str
    method: str
    path: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    answers: Mapping[str, Json]
    bodies: Mapping[str, Json]
    is_page: bool

    def taken(self, *places: str) -> tuple[Parameter, ...]:
        return tuple(parameter for parameter in self.parameters if parameter.place in places)

    @property
    def is_write(self) -> bool:
        """Whether it takes a name under which a repeat has one effect."""
        return any(parameter.name == "Idempotency-Key" for parameter in self.parameters)


class Document:
    """An OpenAPI 3.1 document of ours.

    Raises ValueError for what the clients could not send as it says.
    """

    def __init__(self, content: Json) -> None:
        self.version: str = content["info"]["version"]
        parts = content["components"]
        self.schemas: Mapping[str, Json] = parts["schemas"]
        self.shared = {
            name: _parameter(found, name) for name, found in sorted(parts["parameters"].items())
        }
        self.operations = tuple(
            self._operation(path, method, item[method])
            for path, item in content["paths"].items()
            for method in _METHODS
            if method in item
        )
        told = set(self._reached(chain.from_iterable(o.answers.values() for o in self.operations)))
        self.told = frozenset(told | {"Problem", "Fault", "Code"})

    def _operation(self, path: str, method: str, found: Json) -> Operation:
        parameters = tuple(self._referred(given) for given in found.get("parameters", ()))
        good = next(answer for code, answer in found["responses"].items() if code[0] == "2")
        answers = _schemas(good.get("content", {}))
        shown = self.schemas.get(referred(answers.get(JSON, {})), {})
        return Operation(
            id=found["operationId"],
            method=method.upper(),
            path=path,
            title=found["summary"],
            text=found.get("description", ""),
            parameters=parameters,
            answers=answers,
            bodies=_schemas(found.get("requestBody", {}).get("content", {})),
            is_page={"data", "page"} <= set(shown.get("properties", ())),
        )

    def _referred(self, given: Json) -> Parameter:
        return self.shared[referred(given)] if "$ref" in given else _parameter(given)

    def _reached(self, schemas: Iterator[Json]) -> Iterator[str]:
        """The names of all schemas that these are made of."""
        seen: set[str] = set()
        waiting = [name for schema in schemas for name in _references(schema)]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                yield name
                waiting += _references(self.schemas[name])


def referred(schema: Json) -> str:
    """The name behind a reference, else nothing."""
    return str(schema.get("$ref", "")).rpartition("/")[2]


def words(schema: Json) -> list[str]:
    """The words of a closed list, else none."""
    if "enum" in schema:
        return list(schema["enum"])
    listed = _WORDS.fullmatch(schema.get("pattern", ""))
    return listed[1].split("|") if listed else []


def text_of(schema: Json) -> str:
    """What a member says, which stands inside where it may be null."""
    inner = [choice.get("description", "") for choice in schema.get("anyOf", ())]
    return " ".join((schema.get("description") or next(filter(None, inner), "")).split())


def _parameter(found: Json, shared: str = "") -> Parameter:
    is_list = found["schema"].get("type") == "array"
    if is_list and (found.get("style"), found.get("explode")) != ("form", False):
        raise ValueError(f"clients send lists with commas, {found['name']} is declared otherwise")
    text = " ".join(found.get("description", "").split())
    is_required = found.get("required", False)
    return Parameter(found["name"], found["in"], text, found["schema"], shared, is_required)


def _schemas(content: Json) -> dict[str, Json]:
    return {media: shown.get("schema", BYTES) for media, shown in content.items()}


def _references(schema: Any) -> Iterator[str]:
    match schema:
        case {"$ref": str()}:
            yield referred(schema)
        case dict():
            yield from chain.from_iterable(map(_references, schema.values()))
        case list():
            yield from chain.from_iterable(map(_references, schema))
