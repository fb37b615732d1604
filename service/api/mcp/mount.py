"""`/mcp` over HTTP: who may ask, how much; then the SDK, loaded when it is first needed."""

import asyncio
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar import Request, asgi
from litestar.exceptions import MethodNotAllowedException
from msgspec import UNSET, Struct, UnsetType

from service import limits
from service.api.http.bodies import JSON, check_described
from service.api.http.lanes.incoming import GONE, ClientGone
from service.api.http.parameters import Language, parameters_of
from service.api.mcp.asking import Receive, Received
from service.api.presence import while_there
from service.model.errors import Code, ServiceError
from service.settings import LOOPBACK, Settings
from service.texts.sentences import sentence

PATH = "/mcp"
NO_MESSAGE = b"{}"
SDK = "service.api.mcp.server"


@asgi(PATH, copy_scope=True)
async def mcp(scope: Any, receive: Receive, send: Any) -> None:
    """The Model Context Protocol in all its versions, without sessions."""
    request: Request[Any, Any, Any] = Request(scope, receive)
    if request.method != "POST":
        raise MethodNotAllowedException(headers={"allow": "POST"})
    parameters_of(request, Language)
    settings: Settings = request.app.state.settings
    if settings.is_local:
        check_place(request.headers, settings.public_url)
    body = await _body(request, receive)
    if body.lstrip()[:1] == b"[":
        raise ServiceError(Code.INVALID_JSON, sentence("mcp.batch"))
    sdk: Any = await asyncio.to_thread(import_module, SDK)
    received = Received()
    try:
        read = body if _is_message(body) else NO_MESSAGE
        await while_there(request, sdk.answer(scope, _replayed(read), received.take))
    except ClientGone:
        await received.take({"type": "http.response.start", "status": GONE, "headers": []})
    await received.pass_on(send)


class _Message(Struct):
    id: str | int | UnsetType = UNSET


def _is_message(body: bytes) -> bool:
    """Whether it is JSON whose id, if it has one, is an id: what has another one the SDK takes for
    a notification, which nobody answers.
    """
    try:
        msgspec.json.decode(body, type=_Message)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def check_place(headers: Mapping[str, str], public_url: str) -> None:
    """On one's own machine only its own names are answered: no page of another site that has its
    name lead here gets through (DNS rebinding).

    Raises ServiceError `invalid_host`, `origin_refused`.
    """
    known = (*LOOPBACK, urlsplit(public_url).hostname or "")
    host, origin = headers.get("host", ""), headers.get("origin")
    if _name(f"//{host}") not in known:
        raise ServiceError(Code.INVALID_HOST, sentence("addresses.host", given=host[:80]))
    if origin is not None and _name(origin) not in known:
        raise ServiceError(Code.ORIGIN_REFUSED, sentence("addresses.origin", given=origin[:80]))


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


async def _body(request: Request[Any, Any, Any], receive: Receive) -> bytes:
    """Raises ServiceError `unsupported_media_type`, `payload_too_large`."""
    check_described(request, (JSON,))
    read, has_more = bytearray(), True
    while has_more and len(read) <= limits.BODY_BYTES:
        message = await receive()
        read += message.get("body", b"")
        has_more = message["type"] == "http.request" and message.get("more_body", False)
    if len(read) > limits.BODY_BYTES:
        detail = sentence("bodies.bytes", most=limits.BODY_BYTES)
        raise ServiceError(Code.PAYLOAD_TOO_LARGE, detail)
    return bytes(read)


def _replayed(body: bytes) -> Receive:
    """ASGI receive: the body that was read, and nothing more; whether the client is there is
    watched elsewhere."""
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Any:
        return messages.pop() if messages else await asyncio.Future()

    return received
