"""What the application holds for its handlers."""

from typing import Any

from litestar import Request

from service.store.database import Database


def database_of(request: Request[Any, Any, Any]) -> Database:
    found: Database = request.app.state.database
    return found
