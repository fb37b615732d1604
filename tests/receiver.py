"""A real HTTP server on loopback that takes webhooks and answers as a test tells it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
from standardwebhooks import Webhook


class Request(NamedTuple):
    """One request as it came in."""

    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, object]:
        return msgspec.json.decode(self.body)  # type: ignore[no-any-return]

    def verify(self, secret: str) -> None:
        """Raises as a receiver's library does when the signature is not the secret's."""
        Webhook(secret).verify(self.body.decode(), self.headers)


Answer = Callable[[int], bytes]


def status(code: int, body: bytes = b"", *more: str) -> bytes:
    head = [f"HTTP/1.1 {code} X", f"Content-Length: {len(body)}", "Connection: close", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@dataclass
class Receiver:
    """`answer` is asked for the raw answer to the n-th request, counted from 0."""

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    answer: Answer = lambda _: status(204)
    hold: asyncio.Event | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {
                k.lower(): v for k, _, v in (line.partition(": ") for line in head[1:] if line)
            }
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.requests.append(Request(head[0].split(" ")[1], headers, body))
            if self.hold is not None:
                await self.hold.wait()
            writer.write(self.answer(len(self.requests) - 1))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook?a=1"
    try:
        yield receiver
    finally:
        server.close()
