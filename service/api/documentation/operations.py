"""An operation of the OpenAPI document as its page shows it."""

import json
import re
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from service.api.documentation import schemas
from service.api.documentation.code_colours import coloured
from service.api.documentation.curl import curl
from service.api.http.examples import REQUESTS
from service.api.http.representations import FORMATS, JSON

_IN_PATH = re.compile(r"\{(\w+)\}")


class Parameter(NamedTuple):
    """A parameter as it is told, and as a form asks for it; `type` is HTML."""

    name: str
    place: str
    type: str
    description: str
    is_required: bool
    example: str
    hint: str
    words: list[str]


class Found(NamedTuple):
    """An operation of the document with where it stands."""

    path: str
    method: str
    operation: dict[str, Any]
    document: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.operation["operationId"])

    @property
    def components(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.document["components"]
        return found

    def whole(self, kind: str, part: dict[str, Any]) -> dict[str, Any]:
        """A part of the operation, or what it points at."""
        name = schemas.referred(part)
        return self.components[kind][name] if name else part

    @property
    def parameters(self) -> list[dict[str, Any]]:
        given = self.operation.get("parameters", ())
        return [self.whole("parameters", part) for part in given]

    @property
    def needs_key(self) -> bool:
        return {} not in self.operation["security"]


def filled(path: str, values: dict[str, str]) -> str:
    """The path with its parameters; what has no value stays in capitals, to be filled in."""
    parts = [
        part.removeprefix("{").rstrip("}") if "{" in part else part for part in path.split("/")
    ]
    given = (
        quote(values.get(name, name.upper()), safe=":") if "{" in part else part
        for name, part in zip(parts, path.split("/"), strict=True)
    )
    return "/".join(given)


def described(found: Found, address: str) -> dict[str, Any]:
    """What the template shows."""
    body = found.operation.get("requestBody")
    answers = found.operation["responses"]
    status, answer = next((s, a) for s, a in answers.items() if s.startswith("2"))
    content = answer.get("content", {})
    schema = content.get(JSON, {}).get("schema", {})
    in_path = {
        p["name"]: _written(p.get("example", "")) for p in found.parameters if p["in"] == "path"
    }
    sent = _sent(found, body) if body else None
    components = found.components["schemas"]
    sent_shapes = schemas.shapes([_body_schema(body)], components)
    return {
        "found": found,
        "description": found.operation.get("description", ""),
        "parameters": [_parameter(shown) for shown in found.parameters],
        "command": _command(found, address, in_path, sent),
        "asked": REQUESTS.get(found.id),
        "sent": sent and (sent[0], coloured(_laid_out(sent[1]), "json")),
        "status": status,
        "answer": coloured(_pretty(content.get(JSON, {}).get("example")), "json"),
        "answer_type": schemas.typed(schema) if schema else "",
        "sent_shapes": sent_shapes,
        "shapes": [s for s in schemas.shapes([schema], components) if s not in sent_shapes],
        "formats": [f for f in FORMATS if f.media_type in content and f.media_type != JSON],
        "faults": [
            (code, found.whole("responses", told)["description"])
            for code, told in answers.items()
            if not code.startswith("2")
        ],
    }


def _parameter(shown: dict[str, Any]) -> Parameter:
    schema = shown["schema"]
    return Parameter(
        name=shown["name"],
        place=shown["in"],
        type=schemas.typed(schema),
        description=shown.get("description", ""),
        is_required=shown.get("required", False),
        example=_written(shown.get("example", "")),
        hint=_written(next(iter(schema.get("examples", ())), "")),
        words=[str(word) for word in schema.get("enum", ())],
    )


def _written(value: Any) -> str:
    """As a query string has it."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _body_schema(body: dict[str, Any] | None) -> dict[str, Any]:
    schema: dict[str, Any] = next(iter(body["content"].values()))["schema"] if body else {}
    return schema


def _sent(found: Found, body: dict[str, Any]) -> tuple[str, str]:
    """The media type of a body, and an example of it."""
    media_type, content = next(iter(body["content"].items()))
    if "example" in content:
        return media_type, str(content["example"]).strip()
    made = schemas.sample(content["schema"], found.components["schemas"])
    return media_type, json.dumps(made, ensure_ascii=False)


def _command(
    found: Found, address: str, in_path: dict[str, str], sent: tuple[str, str] | None
) -> str:
    kept = REQUESTS.get(found.id)
    given = {name: value for name, value in in_path.items() if value}
    needed = [
        (p["name"], _written(p["example"]))
        for p in found.parameters
        if p["in"] == "query" and "example" in p
    ]
    words = urlencode(needed, safe=",:")
    path = kept or filled(found.path, given) + (f"?{words}" if words else "")
    headers = {"authorization": "Bearer $PARITY_KEY"} if found.needs_key else {}
    if found.method in ("PATCH", "DELETE") and _takes(found, "If-Match"):
        headers["if-match"] = "*"
    if sent:
        headers["content-type"] = sent[0]
    return curl(address + path, found.method, headers, sent[1] if sent else "")


def _takes(found: Found, header: str) -> bool:
    return any(
        p["in"] == "header" and p["name"].lower() == header.lower() for p in found.parameters
    )


def _pretty(example: Any) -> str:
    return "" if example is None else json.dumps(example, ensure_ascii=False, indent=2)


def _laid_out(body: str) -> str:
    """JSON over several lines; other files as they are."""
    return _pretty(json.loads(body)) if body.startswith("{") and "\n" not in body else body
