"""What can go wrong on the way between the service and PostgreSQL, made to order."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from service.store.database import Database

CHUNK = 65_536
COMMIT = b"COMMIT;\0"  # a query of its own
SETTINGS = ("sslmode", "host", "port", "user", "password")
# What becomes of a COMMIT: "lost" never arrives, "unanswered" is done and nobody hears of it.
Fate = Literal["arrives", "lost", "unanswered"]


class Link:
    """A connection through the proxy. `is_deaf`: it is cut when the server answers next."""

    def __init__(self, *ends: asyncio.StreamWriter) -> None:
        self.is_deaf = False
        self._ends = ends

    def cut(self) -> None:
        """Both ends are reset."""
        for end in self._ends:
            if not end.is_closing():
                _reset(end)


class FaultProxy:
    """Passes everything on until it is told otherwise; `url` leads through it.

    `delay` holds each chunk so many seconds; `refuses` resets who comes anew; `commit` is the fate
    of the next COMMITs; who sends what is `frozen_at` finds a black hole there, and `is_frozen`.
    """

    def __init__(self, url: str) -> None:
        self.delay = 0.0
        self.refuses = False
        self.commit: Fate = "arrives"
        self.frozen_at: bytes | None = None
        self.is_frozen = False
        self.url = self._through = url
        self._flows = asyncio.Event()
        self._flows.set()
        self._links: set[Link] = set()

    def blackhole(self) -> None:
        """Nothing moves in either direction, and nobody is told; also on new connections."""
        self._flows.clear()

    def heal(self) -> None:
        """As at the beginning; what was held is passed on."""
        self.delay, self.refuses, self.commit, self.frozen_at = 0.0, False, "arrives", None
        self._flows.set()

    def reset(self) -> None:
        """Every connection there is is aborted by an RST."""
        for link in list(self._links):
            link.cut()

    @property
    def n_connections(self) -> int:
        return len(self._links)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["FaultProxy"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = _by_way_of(self._through, server.sockets[0].getsockname()[1])
        try:
            yield self
        finally:
            server.close()
            self.reset()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refuses:
            _reset(writer)
            return
        from_server, to_server = await _connected(self._through)
        link = Link(writer, to_server)
        self._links.add(link)
        try:
            await asyncio.gather(
                self._ask(reader, to_server, link), self._answer(from_server, writer, link)
            )
        except OSError:
            link.cut()
        finally:
            self._links.discard(link)

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, link: Link
    ) -> None:
        while chunk := await reader.read(CHUNK):
            if self.frozen_at is not None and self.frozen_at in chunk:
                self.is_frozen = True
                self.blackhole()
            await self._held()
            if COMMIT in chunk and self.commit == "lost":
                link.cut()
                return
            link.is_deaf |= COMMIT in chunk and self.commit == "unanswered"
            writer.write(chunk)
            await writer.drain()
        writer.close()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, link: Link
    ) -> None:
        while chunk := await reader.read(CHUNK):
            await self._held()
            if link.is_deaf:
                link.cut()
                return
            writer.write(chunk)
            await writer.drain()
        writer.close()

    async def _held(self) -> None:
        await self._flows.wait()
        if self.delay:
            await asyncio.sleep(self.delay)


def _reset(writer: asyncio.StreamWriter) -> None:
    ours: socket.socket = writer.get_extra_info("socket")
    if ours.family != socket.AF_UNIX:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def _connected(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = _place(url)
    if host.startswith("/"):
        return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
    return await asyncio.open_connection(host, port)


def _place(url: str) -> tuple[str, int]:
    """Host, or folder of the socket, and port."""
    parts, given = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    return given.get("host") or parts.hostname or "localhost", int(
        given.get("port") or parts.port or 5432
    )


def _by_way_of(url: str, port: int) -> str:
    parts = urlsplit(url)
    kept: Sequence[tuple[str, str]] = [
        (name, value) for name, value in parse_qsl(parts.query) if name not in SETTINGS
    ]
    user = parts.netloc.rpartition("@")[0]
    query = urlencode([*kept, ("sslmode", "disable")])
    return parts._replace(netloc=f"{user}@127.0.0.1:{port}", query=query).geturl()


@dataclass
class Behind:
    """A service whose PostgreSQL stands behind the proxy; `database` is the same base directly."""

    client: httpx.AsyncClient
    proxy: FaultProxy
    database: Database
    headers: dict[str, str]

    async def patch(self, note: str, key: str = "") -> httpx.Response:
        named = {"if-match": "*", **({"idempotency-key": key} if key else {})}
        body = {"note": note, "comment": "test"}
        path = "/v1/vendors/acme"
        return await self.client.patch(path, json=body, headers={**self.headers, **named})
