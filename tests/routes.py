"""The routes of the application, with ids that exist in the bundled data."""

import re
from collections.abc import Iterator
from functools import cache
from operator import itemgetter

from litestar import Litestar
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from service.app import _application
from service.query.registry import COLLECTIONS
from service.usecases.analyses.declaration import Analysis

KNOWN = {"markets": "chat-assistants", "vendors": "openai", "products": "kimi",
         "features": "long-context", "business-models": "subscription",
         "methods": "time-to-copy", "groups": "bat", "docs": "asking",
         "reference": "get_product"}  # fmt: skip
SUBJECTS = {"markets": "chat-assistants", "features": "memory", "products": "kimi",
            "vendors": "openai"}  # fmt: skip
PREFIXES = {c.name: c.prefix for c in COLLECTIONS if c.prefix}
_HOLE = re.compile(r"\{[a-z_]+\}")


@cache
def application() -> Litestar:
    return _application(State({}), [])


def operations(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Path format, method and handler of everything but OPTIONS, in the same order always."""
    for route in app.routes:
        found = [
            (method, handler)
            for handler in getattr(route, "route_handlers", [])
            for method in handler.http_methods - {"OPTIONS"}
        ]
        for method, handler in sorted(found, key=itemgetter(0)):
            yield route.path_format, method, handler


def filled(path: str) -> str:
    """The path with an id in every hole."""
    kind = path.split("/")[2 if path.startswith(("/v1/", "/docs/reference/")) else 1]
    fact = f"{PREFIXES.get(kind, 'whk')}_{'0' * 26}"
    return _HOLE.sub(KNOWN.get(kind, fact), path)


def target(analysis: Analysis, subject: str = "") -> str:
    """The address of an analysis, in the market where it needs one."""
    path = analysis.path.replace("{record_id:str}", subject or SUBJECTS[analysis.collection.name])
    return f"{path}?market=chat-assistants" if analysis.market in ("required", "optional") else path
