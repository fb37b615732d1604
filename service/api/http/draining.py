"""A refused body is read to its end, within bounds, so that its sender can read the refusal."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from service import limits

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Body:
    """The body of one request, and how far it has been read."""

    def __init__(self, receive: Receive, headers: dict[str, str]) -> None:
        self._receive = receive
        length = headers.get("content-length", "0")
        self._has_more = length != "0" or "transfer-encoding" in headers

    async def receive(self) -> Message:
        """ASGI receive."""
        message = await self._receive()
        is_last = message["type"] != "http.request" or not message.get("more_body", False)
        self._has_more = self._has_more and not is_last
        return message

    def before(self, send: Send) -> Send:
        """ASGI send: a refusal waits for the rest of the body."""

        async def sent(message: Message) -> None:
            is_refusal = message["type"] == "http.response.start" and message["status"] >= 400
            if is_refusal and self._has_more:
                await self._drain()
            await send(message)

        return sent

    async def _drain(self) -> None:
        """A server that closes a connection with bytes unread takes its own answer back."""
        left = limits.DRAINED_BYTES
        try:
            async with asyncio.timeout(limits.DRAINED_SECONDS):
                while self._has_more and left > 0:
                    left -= len((await self.receive()).get("body", b""))
        except TimeoutError:
            return
