"""A client of Parity, the AI market knowledge base: typed, sync and async."""

from parity_client._async_client import AsyncClient
from parity_client._calls import Event
from parity_client._client import Client
from parity_client._operations import API_VERSION
from parity_client._problems import (
    BadRequest,
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    ParityError,
    QuotaExceeded,
    ServerError,
    Stale,
    Unauthorized,
    Unavailable,
)
from parity_client._requests import headers_of

__version__ = API_VERSION
__all__ = [
    "API_VERSION",
    "AsyncClient",
    "BadRequest",
    "Client",
    "Conflict",
    "Event",
    "Forbidden",
    "Gone",
    "Invalid",
    "NotFound",
    "ParityError",
    "QuotaExceeded",
    "ServerError",
    "Stale",
    "Unauthorized",
    "Unavailable",
    "headers_of",
]
