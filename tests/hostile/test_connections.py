"""Connections in wrong ways, over a socket: what is sent slowly, oddly, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from tests.postgres import serving_bundled

PATIENT = 30
CLOSED = b"Connection: close\r\n\r\n"
LIVE = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /v1/corrections HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
IN_CHUNKS = POST + b"Transfer-Encoding: chunked\r\n" + CLOSED
ODD = {
    # RFC 9112, 2.2: a recipient may take a single LF for the end of a line.
    "A43 bare LF": ((LIVE + CLOSED).replace(b"\r\n", b"\n"), b"200"),
    "A43 bare LF after one line": (LIVE.replace(b"\r\n", b"\n", 1) + CLOSED, b"200"),
    "A43 bare CR": ((LIVE + CLOSED).replace(b"\r\n", b"\r"), b"400"),
    "A44 absolute form": (LIVE.replace(b"/health", b"http://evil.test/health") + CLOSED, b"200"),
    "A44 another scheme": (LIVE.replace(b"/health", b"gopher://evil.test/health") + CLOSED, b"200"),
    "A44 a tunnel": (
        b"CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test:443\r\n" + CLOSED,
        b"405",
    ),
    "a method of 9,000 letters": (LIVE.replace(b"GET", b"G" * 9000) + CLOSED, b"405"),
    "a method that is no text": (LIVE.replace(b"GET", b"G\xff") + CLOSED, b"400"),
    "a version that there is not": (LIVE.replace(b"1.1", b"9.9") + CLOSED, b"400"),
    "no version": (b"GET /health/live\r\n\r\n", b"400"),
    "the beginning of TLS": (b"\x16\x03\x01\x00\xf5\x01" + bytes(240), b"400"),
    "nothing but NUL": (bytes(5000), b"400"),
    "all of the service": (LIVE.replace(b"GET /health/live", b"OPTIONS *") + CLOSED, b"404"),
    "an upgrade to HTTP/2": (
        LIVE + b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n" + CLOSED,
        b"200",
    ),
    "an upgrade to a socket": (
        LIVE + b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" + CLOSED,
        b"200",
    ),
    "bytes in the address": (LIVE.replace(b"live", b"\xff\xfe") + CLOSED, b"400"),
    "a chunk of less than nothing": (IN_CHUNKS + b"-2\r\n{}\r\n0\r\n\r\n", b"400"),
    "a chunk beyond 64 bits": (IN_CHUNKS + b"1" + b"0" * 40 + b"\r\n{}", b"400"),
    "5,000 trailers": (IN_CHUNKS + b"0\r\n" + b"X-T: a\r\n" * 5000 + b"\r\n", b"400"),
    "extensions of a chunk": (IN_CHUNKS + b"2;" + b"a=b;" * 20_000 + b"\r\n{}\r\n", b"400"),
    "50,000 crumbs": (IN_CHUNKS + b"1\r\n \r\n" * 50_000 + b"0\r\n\r\n", b"400"),
    "two lengths in one": (POST + b"Content-Length: 2, 2\r\n" + CLOSED + b"{}", b"400"),
    "a length beyond 64 bits": (POST + b"Content-Length: " + b"9" * 30 + b"\r\n" + CLOSED, b"400"),
    "2,000 parameters": (LIVE.replace(b"live", b"live?" + b"a=1&" * 20_000) + CLOSED, b"414"),
}


@pytest.fixture(scope="module")
async def port(templates: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[int]:
    folder = tmp_path_factory.mktemp("connections")
    async with serving_bundled(templates, folder) as own:
        yield own


@asynccontextmanager
async def connected(port: int, sent: bytes) -> AsyncIterator[asyncio.StreamReader]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    try:
        yield reader
    finally:
        writer.close()


async def answered(port: int, sent: bytes) -> bytes:
    async with connected(port, sent) as reader:
        return await asyncio.wait_for(reader.read(), PATIENT)


@pytest.mark.parametrize(("sent", "status"), ODD.values(), ids=ODD.keys())
async def test_an_odd_request_gets_one_answer_of_ours(
    port: int, sent: bytes, status: bytes
) -> None:
    answer = await answered(port, sent)
    assert answer.partition(b"\r\n")[0].split(b" ")[1:2] == [status], answer
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"evil" not in answer


async def test_every_request_of_a_pipeline_is_answered_in_its_order(port: int) -> None:
    other = LIVE.replace(b"live", b"none")
    answers = await answered(port, (LIVE + b"\r\n" + other + b"\r\n") * 100 + LIVE + CLOSED)
    statuses = [one[:3] for one in answers.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [b"200", b"404"] * 100 + [b"200"]


async def test_a50_idle_connections_keep_nobody_out(port: int) -> None:
    async with AsyncExitStack() as held:
        for _ in range(300):
            reader = await held.enter_async_context(connected(port, LIVE + b"\r\n"))
            assert (await asyncio.wait_for(reader.readline(), PATIENT)).split()[1] == b"200"
        assert b" 200 " in await answered(port, LIVE + CLOSED)


@pytest.mark.chaos
async def test_a48_slow_headers_keep_nobody_out_and_are_closed(port: int) -> None:
    async with AsyncExitStack() as held:
        slow = [
            await held.enter_async_context(connected(port, LIVE + b"X-A: ")) for _ in range(200)
        ]
        assert b" 200 " in await answered(port, LIVE + CLOSED)
        ends = await asyncio.wait_for(asyncio.gather(*(one.read() for one in slow)), PATIENT)
    assert not [end for end in ends if b" 200 " in end]
