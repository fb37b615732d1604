"""Where metrics are had: GET /metrics at an address of its own, which is the operator's.

Every worker listens there, and answers for all.
"""

import asyncio
import os
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from tempfile import TemporaryDirectory

SHARED = "PROMETHEUS_MULTIPROC_DIR"
PATH = "/metrics"
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = 10.0
HEAD_BYTES = 8192
_NO_QUESTION = (
    TimeoutError,
    ConnectionError,
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
)


@asynccontextmanager
async def exposed(host: str, port: int, text: Callable[[], bytes]) -> AsyncIterator[None]:
    """What `text` makes, for who asks while the block lasts. Raises OSError."""

    async def answer(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                await _answer(reader, writer, text)
        except _NO_QUESTION:
            return
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(answer, host, port, reuse_port=True, limit=HEAD_BYTES)
    try:
        yield
    finally:
        server.close()


async def _answer(reader: StreamReader, writer: StreamWriter, text: Callable[[], bytes]) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    method, _, rest = head.decode("latin-1").partition(" ")
    path = rest.partition(" ")[0].partition("?")[0]
    if path != PATH:
        status, body = "404 Not Found", f"Metrics are at {PATH}.\n".encode()
    elif method not in ("GET", "HEAD"):
        status, body = "405 Method Not Allowed\r\nAllow: GET, HEAD", b""
    else:
        status, body = "200 OK", await asyncio.to_thread(text)
    writer.write(
        f"HTTP/1.1 {status}\r\nContent-Type: {MEDIA_TYPE}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n".encode()
        + (b"" if method == "HEAD" else body)
    )
    writer.write_eof()
    await writer.drain()
    await reader.read()  # until they have it all


@contextmanager
def shared_folder(*, is_wanted: bool) -> Iterator[None]:
    """A folder for the processes that are started inside."""
    if not is_wanted:
        yield
        return
    with TemporaryDirectory(prefix="parity-metrics-") as folder:
        os.environ[SHARED] = folder
        try:
            yield
        finally:
            del os.environ[SHARED]
