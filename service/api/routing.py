"""From an address to its answer. The framework finds the route; what a read does not need of it,
signatures and responses, is passed by."""

from functools import lru_cache
from typing import Any, NamedTuple

from litestar import Litestar, Request, Response
from litestar.datastructures import Headers
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from service.api.http.negotiation import without_suffix
from service.api.http.problems import handle

ROUTES_REMEMBERED = 256  # of a request its lane asks first, and then its answer


class _Read(Request[Any, Any, Any]):
    """A request whose headers are taken apart once."""

    __slots__ = ("_headers",)

    @property
    def headers(self) -> Headers:
        try:
            return self._headers
        except AttributeError:
            self._headers: Headers = super().headers
        return self._headers


class Route(NamedTuple):
    """Who answers an address, and the ids in it."""

    handler: HTTPRouteHandler
    path: str
    ids: dict[str, Any]


def route_of(app: Litestar, scope: Any) -> Route | None:
    """None: nobody answers, which the application says itself."""
    return _route(app, scope["method"], scope["path"])


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
