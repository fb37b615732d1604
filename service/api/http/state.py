"""A request, and what the application holds for its handlers."""

from typing import Any, TypeAlias

from litestar import Request

from service.store.database import Database
from service.usecases.rate_limiter import Meter

AnyRequest: TypeAlias = Request[Any, Any, Any]


def database_of(request: AnyRequest) -> Database:
    found: Database = request.app.state.database
    return found


def meter_of(request: AnyRequest) -> Meter:
    found: Meter = request.app.state.meter
    return found
