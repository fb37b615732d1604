"""A request, and what the application holds for its handlers."""

from typing import Any, TypeAlias

from litestar import Request

from service.store.database import Database

AnyRequest: TypeAlias = Request[Any, Any, Any]


def database_of(request: AnyRequest) -> Database:
    found: Database = request.app.state.database
    return found
