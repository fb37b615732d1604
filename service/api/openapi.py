"""The OpenAPI 3.1 document: Litestar's, with our parameters, problems and examples."""

import json
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from service.api.examples import example
from service.api.parameters import Parameter
from service.api.problems import MEDIA_TYPE, Problem

JSON = "application/json"
PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
PROBLEMS = {
    "400": "A parameter is wrong; `errors` says which and what would be right.",
    "404": "No such record.",
    "406": "The Accept header leaves no room for JSON.",
    "413": "The body is too large.",
    "415": "The body is no application/json.",
    "422": "The body breaks a rule; `errors` points at each place.",
    "500": "A fault of ours, logged under the request id.",
    "503": "The database cannot be reached or is busy; see Retry-After.",
}
HEADERS = {
    "ETag": "Names revision and representation; send it back as If-None-Match.",
    "Dataset-Revision": "The revision that the answer is made from.",
    "Request-Id": "Names the request in our logs.",
    "Memento-Datetime": "With as_of: the instant that the answer speaks of (RFC 7089).",
    "API-Version": "The version of this contract.",
}


def document(app: Litestar) -> dict[str, Any]:
    """The whole document, its keys sorted where order means nothing."""
    made: dict[str, Any] = json.loads(json.dumps(app.openapi_schema.to_schema()))
    _add_problem_schema(made)
    for path, handler in _handlers(app):
        for method in {"GET", "POST"} & set(handler.http_methods):
            operation = made["paths"].get(path, {}).get(method.lower())
            if operation is None:
                continue
            _complete(operation, path, handler)
            if "body" in handler.opt:
                _add_body(made, operation, handler.opt["body"])
    made["components"]["schemas"] = dict(sorted(made["components"]["schemas"].items()))
    made["paths"] = dict(sorted(made["paths"].items()))
    made["tags"] = [{"name": name} for name in _tags(made["paths"])]
    return made


def _tags(paths: dict[str, Any]) -> list[str]:
    """The analyses first, the service's own addresses last."""
    used = {tag for path in paths.values() for op in path.values() for tag in op["tags"]}
    place = {"Analyses": 0, "Service": 2}
    return sorted(used, key=lambda tag: (place.get(tag, 1), tag))


def dump(app: Litestar) -> bytes:
    """The document as bytes that are the same on every machine."""
    return json.dumps(document(app), indent=1, ensure_ascii=False).encode() + b"\n"


def _handlers(app: Litestar) -> list[tuple[str, HTTPRouteHandler]]:
    return [
        (route.path_format, handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler)
    ]


def _complete(operation: dict[str, Any], path: str, handler: HTTPRouteHandler) -> None:
    declared: list[Parameter] = handler.opt.get("parameters", [])
    kept = [p for p in operation.get("parameters", []) if p["in"] == "path"]
    operation["parameters"] = kept + [_parameter(p) for p in declared]
    responses = operation["responses"]
    for status in list(responses):
        if status != "200":
            del responses[status]
    answer = responses["200"]
    answer["headers"] = {
        name: {"description": text, "schema": {"type": "string"}} for name, text in HEADERS.items()
    }
    if path.startswith("/v1") and "GET" in handler.http_methods:
        responses["304"] = {"description": "The client has this representation."}
    if (kept := example(operation["operationId"])) is not None:
        answer["content"][JSON]["example"] = kept
    of_body = ["413", "415", "422"] if "body" in handler.opt else []
    for status in _statuses(path, declared) + of_body:
        responses[status] = {
            "description": PROBLEMS[status],
            "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
        }


def _add_body(made: dict[str, Any], operation: dict[str, Any], shape: type) -> None:
    (schema,), components = msgspec.json.schema_components(
        [shape], ref_template="#/components/schemas/{name}"
    )
    made["components"]["schemas"].update(components)
    operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}


def _statuses(path: str, declared: list[Parameter]) -> list[str]:
    statuses = ["500"]
    if path.startswith(("/v1", "/version", "/health/ready")):
        statuses.append("503")
    if declared or path.startswith("/v1"):
        statuses += ["400", "406"]
    if "{" in path:
        statuses.append("404")
    return sorted(statuses)


def _parameter(parameter: Parameter) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": parameter.doc,
        "schema": parameter.schema,
    }
    if parameter.schema.get("type") == "array":
        shown |= {"style": "form", "explode": False}
    if parameter.example:
        shown["example"] = parameter.example
    return shown


def _add_problem_schema(made: dict[str, Any]) -> None:
    _, components = msgspec.json.schema_components(
        [Problem], ref_template="#/components/schemas/{name}"
    )
    made.setdefault("components", {}).setdefault("schemas", {}).update(components)
