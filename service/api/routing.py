"""From an address to its answer. The framework finds the route; what a read does not need of it,
signatures and responses, is passed by."""

import re
from functools import lru_cache
from typing import Any, NamedTuple, cast

from litestar import Litestar, Request, Response
from litestar.datastructures import Headers
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from service.api.http.negotiation import without_suffix
from service.api.http.problems import handle

ROUTES_REMEMBERED = 256  # of a request its lane asks first, and then its answer
# Of one record, or of what belongs to it.
_OF_RECORD = re.compile(r"(/v1/[a-z-]+/)([A-Za-z0-9_-]+)((?:/[a-z-]+)?)\Z")
_SOME_ID = "-"  # no address has this word


class _Read(Request[Any, Any, Any]):
    """A request whose headers are taken apart once."""

    __slots__ = ("_headers",)

    @property
    def headers(self) -> Headers:
        try:
            return self._headers
        except AttributeError:
            self._headers: Headers = self._once_each() or super().headers
        return self._headers

    def _once_each(self) -> Headers | None:
        """A dictionary says the same where no header is there twice."""
        asked: Any = self.scope.get("asked")
        if asked is None:
            return None
        plain = {k.decode("latin-1"): v.decode("latin-1") for k, v in asked.headers.items()}
        return cast("Headers", plain)


class Route(NamedTuple):
    """Who answers an address, and the ids in it."""

    handler: HTTPRouteHandler
    path: str
    ids: dict[str, Any]


def route_of(app: Litestar, scope: Any) -> Route | None:
    """None: nobody answers, which the application says itself."""
    form, record_id = form_of(app, scope["path"])
    found = _route(app, scope["method"], form)
    if found is None or not record_id:
        return found
    return Route(found.handler, scope["path"], dict.fromkeys(found.ids, record_id))


def form_of(app: Litestar, path: str) -> tuple[str, str]:
    """An address that all records of a collection share, and the id in it; the address itself, and
    no id, where it has none."""
    found = _OF_RECORD.match(path)
    if found is None or found[2] in _words(app):
        return path, ""
    return f"{found[1]}{_SOME_ID}{found[3]}", found[2]


@lru_cache(8)
def _words(app: Litestar) -> frozenset[str]:
    """What stands in the place of an id and is none: `issues` of /v1/quality/issues."""
    parts = (route.path.split("/") for route in app.routes)
    return frozenset(some[3] for some in parts if len(some) > 3)


@lru_cache(ROUTES_REMEMBERED)
def _route(app: Litestar, method: Any, path: str) -> Route | None:
    try:
        _, handler, path, ids, _ = app.asgi_router.handle_routing(path=path, method=method)
    except HTTPException:
        return None
    return Route(handler, path, ids) if isinstance(handler, HTTPRouteHandler) else None


_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def template_of(app: Litestar, method: str, path: str) -> str | None:
    """The address as it stands in the OpenAPI document, without ids; None: nothing stands there."""
    path, _ = without_suffix(path)
    for tried in (method, *_METHODS):
        try:
            *_, template = app.asgi_router.handle_routing(path=path, method=tried)
        except HTTPException:
            continue
        return str(template)
    return None


async def answer(app: Litestar, route: Route | None, scope: Any, receive: Any, send: Any) -> None:
    """Answer a request; `route` is where `route_of` says."""
    if route is None or "operation" not in route.handler.opt:
        await app(scope, receive, send)
        return
    scope["app"] = scope["litestar_app"] = app
    scope["path"], scope["path_params"] = route.path, dict(route.ids)
    scope["route_handler"] = route.handler
    request = _Read(scope, receive, send)
    try:
        answered = await route.handler.fn(request)
    except Exception as error:  # noqa: BLE001, told as the application tells it
        answered = handle(request, error)
    if answered is None:
        answered = Response(None, status_code=route.handler.status_code)
    if isinstance(answered, Response):
        answered = answered.to_asgi_response(None, request)
    try:
        await answered(scope, receive, send)
    except ExceptionGroup as several:  # of what sends the parts of an answer
        raise _first(several) from several


def _first(several: ExceptionGroup[Exception]) -> Exception:
    one = several.exceptions[0]
    return _first(one) if isinstance(one, ExceptionGroup) else one
