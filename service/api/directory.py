"""Every address of the application, by what it is about: read off the routes themselves."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from service.api.http.openapi.components import TAGS

PAGES = "Pages"


class AddressOperation(Struct):
    """What may be done there; `schema` is its place in the OpenAPI document, null for a page."""

    method: str
    operation_id: str
    summary: str
    schema: str | None


class Address(Struct):
    """A path, with a name in braces for each part that varies."""

    path: str
    operations: list[AddressOperation]


class AddressGroup(Struct):
    """Addresses of one kind."""

    description: str
    addresses: list[Address]


@lru_cache(maxsize=1)
def directory(app: Litestar) -> dict[str, AddressGroup]:
    """All groups by name; within them by path, within it by method."""
    groups: dict[str, dict[str, list[AddressOperation]]] = {}
    for path, method, handler in sorted(_operations(app), key=lambda found: found[:2]):
        declared = handler.opt.get("operation")
        tag = declared.tag if declared else PAGES
        shown = AddressOperation(
            method=method,
            operation_id=declared.id if declared else str(handler.operation_id),
            summary=declared.summary if declared else str(handler.summary),
            schema=_schema(path, method) if tag != PAGES else None,
        )
        groups.setdefault(tag, {}).setdefault(path, []).append(shown)
    return {
        tag: AddressGroup(text, [Address(*found) for found in groups[tag].items()])
        for tag, text in {**TAGS, PAGES: "For people and for programs that look around."}.items()
        if tag in groups
    }


def _operations(app: Litestar) -> list[tuple[str, str, HTTPRouteHandler]]:
    """What has a summary: not the parts of a page, nor OPTIONS."""
    return [
        (route.path_format, str(method), handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        if handler.opt.get("operation") or handler.summary
        for method in handler.http_methods - {"OPTIONS"}
    ]


def _schema(path: str, method: str) -> Any:
    pointer = path.replace("~", "~0").replace("/", "~1")
    return f"/openapi.json#/paths/{quote(pointer, safe='~')}/{method.lower()}"
