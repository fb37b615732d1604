"""Connections in wrong ways, over a socket: what is sent slowly, oddly, or not at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from tests.postgres import serving_bundled

PATIENT = 30
CLOSED = b"Connection: close\r\n\r\n"
LIVE = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n"
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
