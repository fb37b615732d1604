"""One POST to a webhook: to a checked address, without redirects, proxies or decompression."""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any, Protocol

import httpcore

from service import limits
from service.model.webhooks import Answer, Message, signed_headers
from service.texts.sentences import sentence
from service.usecases.webhooks.targets import (
    Resolve,
    TargetRefused,
    checked_addresses,
    parse,
    resolve,
)

AGENT = "Parity-Webhooks/1"
SAID_CHARACTERS = 500
_BROKEN = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    OSError,
    ssl.SSLError,
)


class Post(Protocol):
    """Sends a message; never raises for what the receiver does."""

    async def __call__(self, message: Message) -> Answer: ...


class Guard(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that passed the check, never to a name resolved again.

    TLS and the Host header still carry the name, since httpcore takes both from the URL.
    """

    def __init__(self, *, allow_private: bool, resolver: Resolve) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises TargetRefused, or httpcore.ConnectError when no address answers."""
        addresses = await checked_addresses(
            host, port, allow_private=self._allow_private, resolver=self._resolver
        )
        failure: httpcore.ConnectError | None = None
        for address in addresses:
            try:
                return await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError as error:
                failure = error
        raise failure or httpcore.ConnectError("no address")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Poster:
    """POSTs messages; `trust` adds certificates of one's own. `outcomes` counts what came of it: an
    answer that takes it, another one, or none."""

    def __init__(
        self,
        *,
        allow_private: bool,
        resolver: Resolve = resolve,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._guard = Guard(allow_private=allow_private, resolver=resolver)
        self._trust = trust
        self.outcomes = {"delivered": 0, "refused": 0, "failed": 0}

    async def __call__(self, message: Message) -> Answer:
        """The status and the first 64 KB of the answer, within ten seconds in all; a message that
        nobody can sign is not sent."""
        answer = await self._answer(message)
        refused = "failed" if answer.status is None else "refused"
        self.outcomes["delivered" if answer.is_success else refused] += 1
        return answer

    async def _answer(self, message: Message) -> Answer:
        if not message.secrets:
            return Answer(None, b"", sentence("deliveries.sealed"))
        try:
            async with asyncio.timeout(limits.WEBHOOK_SECONDS):
                return await self._post(message)
        except TargetRefused as error:
            return Answer(None, b"", sentence("deliveries.refused", why=error.args[0]))
        except TimeoutError:
            return Answer(None, b"", sentence("deliveries.late"))
        except _BROKEN as error:
            said = f"{type(error).__name__}: {error}"[:SAID_CHARACTERS]
            return Answer(None, b"", sentence("deliveries.broken", said=said))

    async def _post(self, message: Message) -> Answer:
        target = parse(message.url, allow_private=self._allow_private)
        headers = {
            "host": target.netloc,
            "content-type": "application/json",
            "content-length": str(len(message.body)),
            "user-agent": AGENT,
            "accept-encoding": "identity",
            **signed_headers(message),
        }
        async with (
            httpcore.AsyncConnectionPool(
                network_backend=self._guard, ssl_context=self._trust, max_connections=1
            ) as pool,
            pool.stream(
                "POST", message.url, headers=list(headers.items()), content=message.body
            ) as response,
        ):
            return Answer(response.status, await _beginning(response), None, _retry_after(response))


def _retry_after(response: httpcore.Response) -> str:
    found = (value for name, value in response.headers if name.lower() == b"retry-after")
    return next(found, b"").decode("latin-1").strip()[:SAID_CHARACTERS]


async def _beginning(response: httpcore.Response) -> bytes:
    kept = bytearray()
    async for chunk in response.aiter_stream():
        kept += chunk
        if len(kept) >= limits.WEBHOOK_ANSWER_BYTES:
            break
    return bytes(kept[: limits.WEBHOOK_ANSWER_BYTES])
