"""Who asks, and what they may: what handlers need of authentication.

A row of `routes.py` says what it needs: a scope, `"key"` for a key of whatever scope, `"open"` for
everyone even where reads are closed; `read` is everyone's unless PARITY_PUBLIC_READ=false. Its cost
is what an answer takes from the caller's quota.
"""

from functools import cache
from typing import Any

from litestar.handlers import HTTPRouteHandler

from service.api.http.operation import Operation
from service.api.http.state import AnyRequest
from service.model.callers import Caller
from service.model.errors import Code, ServiceError
from service.model.keys import allows
from service.texts.sentences import sentence
from service.usecases.rate_limiter import Visit

DESCRIBING = ("/docs", "/openapi.json", "/problems", "/llms.txt", "/llms-full.txt")
OF_REPOSITORY = (
    "/README.md",
    "/CHANGELOG.md",
    "/CONTRIBUTING.md",
    "/SECURITY.md",
    "/LICENSE",
    "/LICENSE-DATA",
    "/openapi/clients",
)
OPEN = ("/", "/.well-known", "/health", "/version", *DESCRIBING, *OF_REPOSITORY)
COUNTED = ("/v1", "/mcp", "/oembed")  # and every page of the explorer
ANY_KEY = "key"


def caller(request: AnyRequest) -> Caller:
    found: Caller = request.scope["caller"]  # type: ignore[typeddict-item]
    return found


def visit(request: AnyRequest) -> Visit:
    """The caller with what the request cost and left."""
    found: Visit = request.scope["visit"]  # type: ignore[typeddict-item]
    return found


def require(who: Caller, scope: str) -> None:
    """Raises ServiceError `unauthenticated`, `forbidden`."""
    if who.key_id is None:
        is_any = scope == ANY_KEY
        detail = sentence("keys.needed") if is_any else sentence("keys.scope_needed", scope=scope)
        raise ServiceError(Code.UNAUTHENTICATED, detail)
    if scope != ANY_KEY and not allows(who.scopes, scope):
        detail = sentence("keys.scope_lacking", scope=scope, held=tuple(who.scopes))
        raise ServiceError(Code.FORBIDDEN, detail, scope=scope)


def is_under(path: str, prefixes: tuple[str, ...]) -> bool:
    return path in prefixes or path.startswith(_below(prefixes))


@cache
def _below(prefixes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{prefix}/" for prefix in prefixes)


def page_of(handler: HTTPRouteHandler | None, accept: str) -> Operation[Any] | None:
    """The page that a request asks for; it is read like any answer, wherever it stands."""
    operation: Operation[Any] | None = handler.opt.get("operation") if handler else None
    asked = operation.for_(accept) if isinstance(operation, Operation) else None
    return asked if asked is not None and "page" in asked.gives else None


def needed_scope(
    handler: HTTPRouteHandler | None,
    method: str,
    *,
    public_read: bool,
    page: Operation[Any] | None = None,
) -> str | None:
    """The scope that a request needs; None: everyone may."""
    default = "read" if handler is None or method in ("GET", "OPTIONS") else "write"
    scope: str = page.scope if page else (handler.opt if handler else {}).get("scope", default)
    return None if scope == "open" or (scope == "read" and public_read) else scope


def cost_of(handler: HTTPRouteHandler | None) -> int:
    """What an answer takes from the caller's quota."""
    return 1 if handler is None else int(handler.opt.get("cost", 1))
