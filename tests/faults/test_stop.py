"""F35, F36: SIGTERM while clients send, wait and read: what is whole is answered, what is not is
told to come again, and nobody holds the server."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from service.store.database import Database
from service.usecases.imports.files import load
from tests.make import new_key
from tests.servers import Running, serving

HOST = b"Host: parity.test\r\n"
JSON = b"Content-Type: application/json\r\n"
SECONDS = 30
pytestmark = pytest.mark.chaos


@asynccontextmanager
async def connected(server: Running) -> AsyncIterator["Client"]:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.address[-5:].strip(":")))
    try:
        yield Client(reader, writer)
    finally:
        writer.close()


class Client:
    """One connection, byte by byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def send(self, data: bytes) -> None:
        self._writer.write(data)

    async def trickle(self, data: bytes) -> None:
        """A byte now and then, for as long as somebody takes it."""
        for byte in data:
            self._writer.write(bytes([byte]))
            await asyncio.sleep(0.1)

    async def head(self) -> bytes:
        """The answer up to its body; nothing where the connection was closed."""
        async with asyncio.timeout(SECONDS):
            try:
                return (await self._reader.readuntil(b"\r\n\r\n")).lower()
            except (asyncio.IncompleteReadError, ConnectionError):
                return b""

    async def body(self, head: bytes) -> bytes:
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        return await self._reader.readexactly(int(length))

    async def answer(self) -> bytes:
        """Everything until the connection is closed."""
        async with asyncio.timeout(SECONDS):
            return await self._reader.read()


async def stopped(server: Running) -> bytes:
    """What the server has said, once it has ended by itself."""
    await asyncio.wait_for(server.process.wait(), SECONDS)
    return await server.output


async def sent_away(kept: Client) -> None:
    """Until an answer is the last one of its connection, or there is none."""
    async with asyncio.timeout(SECONDS):
        while True:
            kept.send(b"GET /health/ready HTTP/1.1\r\n" + HOST + b"\r\n")
            last = await kept.head()
            if last == b"" or b"connection: close" in last:
                return
            await kept.body(last)
            await asyncio.sleep(0.05)


async def refused(server: Running) -> None:
    """Until nobody takes a new connection, or those who take one have ended."""
    async with asyncio.timeout(SECONDS):
        while True:
            try:
                async with httpx.AsyncClient(base_url=server.address, timeout=SECONDS) as client:
                    await client.get("/health/live")
            except httpx.TransportError:
                return
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("path", "length"), [(b"/v1/corrections", 60_000), (b"/v1/imports?comment=test", 5_000_000)]
)
async def test_F36_slow_bodies_hold_no_stop(
    own_bundled: Database, tmp_path: Path, path: bytes, length: int
) -> None:
    _, secret = await new_key(own_bundled, "write")
    key = f"Authorization: Bearer {secret}\r\n".encode()
    head = b"POST %b HTTP/1.1\r\n%b%b%bContent-Length: %d\r\n\r\n"
    head %= path, HOST, key, JSON, length
    async with (
        serving(own_bundled, tmp_path) as server,
        connected(server) as slow,
        connected(server) as silent,
        connected(server) as large,
    ):
        slow.send(head)
        silent.send(head + b"{")
        large.send(head + b" " * (length // 2))
        sending = asyncio.create_task(slow.trickle(b" " * 1000))
        await asyncio.sleep(1)
        server.process.terminate()
        for client in (silent, slow, large):
            answer = await client.answer()
            assert answer.startswith(b"HTTP/1.1 503"), answer
            assert b"connection: close" in answer.lower()
            assert b"retry-after: 1" in answer.lower()
            assert b'"code":"busy"' in answer, answer
        assert b"Killing worker" not in await stopped(server)
        sending.cancel()


async def test_F35_what_is_being_answered_is_answered(
    own_bundled: Database, tmp_path: Path
) -> None:
    """Nobody is answered on a connection that was kept, or begins a new one."""
    address = own_bundled.url
    async with (
        serving(own_bundled, tmp_path) as server,
        connected(server) as kept,
        connected(server) as reading,
        connected(server) as writing,
    ):
        kept.send(b"GET /health/live HTTP/1.1\r\n" + HOST + b"\r\n")
        first = await kept.head()
        assert first.startswith(b"http/1.1 200")
        await kept.body(first)
        holding = await asyncpg.connect(address)
        async with holding.transaction():
            await holding.execute("LOCK TABLE vendor IN ACCESS EXCLUSIVE MODE")
            reading.send(b"GET /v1/vendors?limit=1 HTTP/1.1\r\n" + HOST + b"\r\n")
            body = b'{"collection": "vendors", "record_id": "openai", "statement": "No."}'
            length = b"Content-Length: %d\r\n\r\n" % len(body)
            writing.send(b"POST /v1/corrections HTTP/1.1\r\n" + HOST + JSON + length + body)
            await asyncio.sleep(1)
            server.process.terminate()
            await sent_away(kept)
            await refused(server)
        await holding.close()
        read, written = await reading.answer(), await writing.answer()
        assert read.startswith(b"HTTP/1.1 200"), read
        assert written.startswith(b"HTTP/1.1 201"), written
        assert b"connection: close" in read.lower()
        assert b"Killing worker" not in await stopped(server)


async def test_F36_slow_headers_hold_no_stop(own_bundled: Database, tmp_path: Path) -> None:
    async with serving(own_bundled, tmp_path) as server, connected(server) as slow:
        slow.send(b"GET /v1/vendors HTTP/1.1\r\n")
        sending = asyncio.create_task(slow.trickle(b"X-Slow: " + b"x" * 1000))
        await asyncio.sleep(1)
        server.process.terminate()
        assert b"Killing worker" not in await stopped(server)
        sending.cancel()


LONG = b"GET /v1/vendors.ndjson HTTP/1.1\r\n"
LAST_CHUNK = b"0\r\n\r\n"
RECORDS = 20_000  # of so many bytes together that no buffer on the way holds them
NOTE = "n" * 1000


@pytest.mark.parametrize("reads_on", [False, True], ids=["stands still", "reads on"])
async def test_F36_who_does_not_read_an_answer_is_cut_off_and_who_does_has_it_whole(
    own_bundled: Database, tmp_path: Path, *, reads_on: bool
) -> None:
    made = ({"kind": "vendor", "id": f"v-{n}", "name": "V", "note": NOTE} for n in range(RECORDS))
    await load(own_bundled, (json.dumps(one).encode() for one in made), comment="w")
    async with serving(own_bundled, tmp_path, PARITY_QUOTA_HOUR="0") as server:
        with socket.socket() as small:
            small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            small.connect(("127.0.0.1", int(server.address.rpartition(":")[2])))
            reader, writer = await asyncio.open_connection(sock=small, limit=4096)
            writer.write(LONG + HOST + b"\r\n")
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(1)
            server.process.terminate()
            if not reads_on:
                await asyncio.wait_for(server.process.wait(), 60)
            told = bytearray()
            async with asyncio.timeout(60):
                while part := await _part(reader):
                    told += part
            writer.close()
        await asyncio.wait_for(server.process.wait(), 60)
        assert told.endswith(LAST_CHUNK) is reads_on, "whoever is cut off can tell"
        assert (b"Killing worker" in await server.output) is not reads_on


async def _part(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(65_536)
    except ConnectionError:
        return b""
