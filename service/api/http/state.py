"""A request, its whole answer, and what the application holds for its handlers."""

from typing import Any, TypeAlias

from litestar import Request, Response
from msgspec import Struct

from service.store.database import Database
from service.usecases.rate_limiter import Meter

AnyRequest: TypeAlias = Request[Any, Any, Any]
BODILESS = (204, 304)


class Answer(Struct):
    """A whole answer to a read, without what a response of the framework costs."""

    body: bytes
    headers: dict[str, str]
    media_type: str = "application/json"
    status: int = 200

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        """ASGI application."""
        headers = [(k.encode("latin-1"), v.encode("latin-1")) for k, v in self.headers.items()]
        if self.status not in BODILESS:
            charset = "; charset=utf-8" if self.media_type.startswith("text/") else ""
            headers.append((b"content-type", f"{self.media_type}{charset}".encode()))
            headers.append((b"content-length", b"%d" % len(self.body)))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


AnyAnswer: TypeAlias = Answer | Response[Any]


def database_of(request: AnyRequest) -> Database:
    found: Database = request.app.state.database
    return found


def meter_of(request: AnyRequest) -> Meter:
    found: Meter = request.app.state.meter
    return found
