"""What a client sends, and whether it is still there: bodies are taken in within a time, from
nobody too many at once, and for a moment only once the service stops.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from math import inf
from typing import Any, TypeAlias, TypeVar

from service import limits
from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence

GONE = 499  # what logs say of an answer that nobody was there to take
T = TypeVar("T")
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


class ClientGone(asyncio.CancelledError):
    """The connection was closed before the answer was there."""


class Senders:
    """The bodies that are on their way, and how many each address sends."""

    def __init__(self) -> None:
        self._sending = Counter[str]()
        self._awaited = set[asyncio.Timeout]()
        self.until = inf  # when the service, which stops, takes none any more

    def stop(self) -> None:
        """What is on its way has BODY_STOP_SECONDS left."""
        self.until = asyncio.get_running_loop().time() + limits.BODY_STOP_SECONDS
        for timeout in self._awaited:
            timeout.reschedule(min(self.until, timeout.when() or inf))

    def begin(self, address: str) -> None:
        """Raises ServiceError `too_many_bodies`."""
        if self._sending[address] >= limits.BODIES_AT_ONCE:
            detail = sentence("bodies.at_once", most=limits.BODIES_AT_ONCE)
            raise ServiceError(Code.TOO_MANY_BODIES, detail)
        self._sending[address] += 1

    def end(self, address: str) -> None:
        self._sending[address] -= 1
        if not self._sending[address]:
            del self._sending[address]

    async def awaited(self, receive: Receive, until: float) -> Message:
        """The next part. Raises ServiceError `request_timeout`, `busy` where the service stops."""
        try:
            async with asyncio.timeout_at(min(until, self.until)) as timeout:
                self._awaited.add(timeout)
                return await receive()
        except TimeoutError:
            if self.until < until:
                raise ServiceError(Code.BUSY, sentence("bodies.stopping")) from None
            raise ServiceError(Code.REQUEST_TIMEOUT, sentence("bodies.slow")) from None
        finally:
            self._awaited.discard(timeout)


class Incoming:
    """The body of one request, and how far it has been read."""

    def __init__(
        self,
        receive: Receive,
        headers: dict[str, str],
        senders: Senders,
        address: Callable[[], str],
    ) -> None:
        self._receive = receive
        length = headers.get("content-length", "0")
        self.has_more = length != "0" or "transfer-encoding" in headers
        self._senders, self._address = senders, address
        self._sender: str | None = None
        self._until = 0.0
        self._parts = self._bytes = 0
        self._heard: Message | None = None

    @staticmethod
    def check_framing(headers: dict[str, str]) -> None:
        """RFC 9112, 6.1: a body comes in chunks or in a length, in no other coding, not in both.

        Raises ServiceError `invalid_framing`.
        """
        coding = headers.get("transfer-encoding", "chunked").strip().lower()
        if coding != "chunked" or {"transfer-encoding", "content-length"} <= headers.keys():
            raise ServiceError(Code.INVALID_FRAMING, sentence("addresses.framing"))

    async def receive(self) -> Message:
        """ASGI receive.

        Raises ServiceError `request_timeout` where less comes than BODY_RATE bytes a second after
        the first BODY_SECONDS, `busy`, `incomplete_body`, `too_many_bodies`, and `invalid_framing`
        where it comes in crumbs.
        """
        if self._heard is not None:
            message, self._heard = self._heard, None
            return message
        if not self.has_more:
            return await self._receive()
        if self._sender is None:
            self._begin()
        message = await self._senders.awaited(self._receive, self._until)
        if message["type"] != "http.request":
            self.close()
            raise ServiceError(Code.INCOMPLETE_BODY, sentence("bodies.incomplete"))
        self._weigh(len(message.get("body", b"")))
        if not message.get("more_body", False):
            self.close()
        return message

    def _weigh(self, n_bytes: int) -> None:
        self._until += n_bytes / limits.BODY_RATE
        self._parts += 1
        self._bytes += n_bytes
        least, most = limits.BODY_PART_BYTES, limits.BODY_PARTS
        if self._parts > most and self._bytes < self._parts * least:
            detail = sentence("bodies.crumbs", least=least, most=most)
            raise ServiceError(Code.INVALID_FRAMING, detail)

    def _begin(self) -> None:
        sender = self._address()
        self._senders.begin(sender)
        self._sender = sender
        self._until = asyncio.get_running_loop().time() + limits.BODY_SECONDS

    def close(self) -> None:
        """Nothing more comes, or nothing more is wanted."""
        self.has_more = False
        if self._sender is not None:
            self._senders.end(self._sender)
            self._sender = None

    async def left(self) -> None:
        """Until the client has left. What else is heard of it meanwhile is received later."""
        while (message := await self._receive())["type"] != "http.disconnect":
            self._heard = message

    def before(self, send: Send) -> Send:
        """ASGI send: a refusal waits for the rest of the body."""

        async def sent(message: Message) -> None:
            is_refusal = message["type"] == "http.response.start" and message["status"] >= 400
            if is_refusal and self.has_more:
                await self._drain()
            await send(message)

        return sent

    async def _drain(self) -> None:
        """A server that closes a connection with bytes unread takes its own answer back."""
        left = limits.DRAINED_BYTES
        try:
            async with asyncio.timeout(limits.DRAINED_SECONDS):
                while self.has_more and left > 0:
                    part = (await self._next()).get("body", b"")
                    left -= max(len(part), limits.DRAINED_PART_BYTES)
        except TimeoutError:
            return

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            self.close()
        return message


async def unless(left: Coroutine[Any, Any, None], work: Awaitable[T]) -> T:
    """What the work comes to. Raises ClientGone, and ends the work, where the client leaves."""
    made, gone = asyncio.ensure_future(work), asyncio.ensure_future(left)
    try:
        await asyncio.wait((made, gone), return_when=asyncio.FIRST_COMPLETED)
        if not made.done():
            raise ClientGone
        return made.result()
    finally:
        for one in (made, gone):
            one.cancel()
        await asyncio.gather(made, gone, return_exceptions=True)
