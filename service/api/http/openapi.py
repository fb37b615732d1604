"""The OpenAPI 3.1 document: Litestar's, with our parameters, problems and examples."""

import asyncio
import json
from hashlib import sha256
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from service.api.http.access import ANY_KEY, needed_scope
from service.api.http.examples import example
from service.api.http.openapi_components import (
    code_schema,
    headers_of,
    problem,
    share_parameters,
    shared,
)
from service.api.http.parameters import Parameter
from service.api.http.problems import Problem
from service.api.http.writes import REQUEST_HEADERS

JSON = "application/json"


def document(app: Litestar) -> dict[str, Any]:
    """The whole document, its keys sorted where order means nothing."""
    made: dict[str, Any] = json.loads(json.dumps(app.openapi_schema.to_schema()))
    _add_schemas(made, app)
    made["components"]["schemas"]["Code"] = code_schema()
    for path, method, handler in _handlers(app):
        operation = made["paths"].get(path, {}).get(method)
        if operation is not None:
            _complete(operation, path, handler)
    made["components"] |= shared()
    share_parameters(made)
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


class Document:
    """The document of an application, made when somebody first asks for it: it takes a second."""

    def __init__(self, app: Litestar) -> None:
        self._app = app
        self._made: tuple[bytes, str] | None = None

    async def read(self) -> tuple[bytes, str]:
        """The bytes, and their SHA-256 in hex."""
        if self._made is None:
            made = await asyncio.to_thread(dump, self._app)
            self._made = made, sha256(made).hexdigest()
        return self._made


def _handlers(app: Litestar) -> list[tuple[str, str, HTTPRouteHandler]]:
    return [
        (route.path_format, method.lower(), handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler)
        for method in sorted(handler.http_methods)
        if method != "OPTIONS"
    ]


def _complete(operation: dict[str, Any], path: str, handler: HTTPRouteHandler) -> None:
    declared: list[Parameter] = handler.opt.get("parameters", [])
    kept = [p for p in operation.get("parameters", []) if p["in"] == "path"]
    operation["parameters"] = kept + [_parameter(p) for p in declared]
    responses, success = operation["responses"], str(handler.status_code)
    for status in list(responses):
        if status != success:
            del responses[status]
    answer = responses[success]
    answer["headers"] = headers_of(path)
    if path.startswith("/v1"):
        operation["security"] = _security(handler)
    media_type = handler.opt.get("answers", JSON)
    text = {"schema": {"type": "string"}}
    if media_type != JSON:
        answer["content"] = {media_type: text}
    answer.get("content", {}).update(dict.fromkeys(handler.opt.get("also", ()), text))
    is_validated = handler.opt.get("is_validated", media_type == JSON)
    if is_validated and path.startswith("/v1") and "scope" not in handler.opt:
        responses["304"] = {"description": "The client has this representation."}
        if "{record_id}" in path and not path.endswith("/history"):
            responses["308"] = {"description": "The record was merged into another; Location."}
    if (kept := example(operation["operationId"])) is not None:
        answer["content"][JSON]["example"] = kept
    _ask(operation, handler)
    responses |= {status: problem(status) for status in _statuses(path, declared, handler)}


def _ask(operation: dict[str, Any], handler: HTTPRouteHandler) -> None:
    """What a request may carry: its body and the headers of a write."""
    if (body := handler.opt.get("body")) is not None:
        operation["requestBody"] = _body(body, handler.opt.get("media_types", [JSON]))
    if (lines := handler.opt.get("lines")) is not None:
        operation["requestBody"] = _lines(lines)
    operation["parameters"] += [_header(name) for name in handler.opt.get("headers", ())]


def _security(handler: HTTPRouteHandler) -> list[dict[str, list[str]]]:
    """The scope that is needed; public reads take no key as well as one."""
    scope = needed_scope(handler, next(iter(sorted(handler.http_methods))), public_read=True)
    return [{}, {"key": []}] if scope is None else [{"key": [] if scope == ANY_KEY else [scope]}]


def _body(shape: type, media_types: list[str]) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{shape.__name__}"}
    return {"required": True, "content": {kind: {"schema": schema} for kind in media_types}}


def _lines(media_types: list[str]) -> dict[str, Any]:
    """A body that is a file of lines."""
    schema = {"type": "string"}
    return {"required": True, "content": {kind: {"schema": schema} for kind in media_types}}


def _header(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": REQUEST_HEADERS[name],
        "schema": {"type": "string"},
    }


def _statuses(path: str, declared: list[Parameter], handler: HTTPRouteHandler) -> list[str]:
    statuses = ["500"]
    if path.startswith(("/v1", "/version", "/health/ready")):
        statuses.append("503")
    if declared or path.startswith("/v1"):
        statuses.append("400")
        statuses += [] if {"scope", "answers"} & set(handler.opt) else ["406"]
    if path.startswith("/v1"):
        statuses += ["401", "403", "429"]
    if "{" in path:
        statuses += ["404", "410"] if path.startswith("/v1") else ["404"]
    if handler.opt.get("body") or handler.opt.get("lines"):
        statuses += ["413", "415", "422"]
    if handler.opt.get("conflicts") or handler.opt.get("is_write") or _may_conflict(handler):
        statuses.append("409")
    if handler.opt.get("is_write"):
        statuses += ["412", "422", "428"]
    return sorted(set(statuses))


def _may_conflict(handler: HTTPRouteHandler) -> bool:
    """A write to one record under a key."""
    return bool(handler.opt.get("scope")) and "POST" in handler.http_methods


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


def _add_schemas(made: dict[str, Any], app: Litestar) -> None:
    """Schemas that no return type names: the problem's and those of request bodies."""
    bodies = {h.opt["body"] for *_, h in _handlers(app) if "body" in h.opt}
    shapes = [Problem, *sorted(bodies, key=lambda shape: shape.__name__)]
    _, components = msgspec.json.schema_components(
        shapes, ref_template="#/components/schemas/{name}"
    )
    made.setdefault("components", {}).setdefault("schemas", {}).update(components)
