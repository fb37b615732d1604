"""What processes of ours say on their standard error, told in the log of the one that started them.

They write tracebacks and what libraries warn of there, which no log may hold as it is.
"""

import asyncio
import logging
import os
from asyncio import StreamReader, StreamReaderProtocol

log = logging.getLogger("parity")
LINE_BYTES = 64_000
TOO_LONG = b"a line that was too long to be told"


async def relayed(said: StreamReader, name: str) -> None:
    """Each line as a record, until nobody can say anything more."""
    while line := await _next(said):
        log.warning("%s: %s", name, line.decode(errors="replace").rstrip())


async def _next(said: StreamReader) -> bytes:
    """A line; of one that is too long no part, in which half a secret might stand."""
    is_long = False
    while True:
        try:
            line = await said.readuntil(b"\n")
        except asyncio.IncompleteReadError as end:
            line = end.partial
        except asyncio.LimitOverrunError as error:
            await said.readexactly(error.consumed)
            is_long = True
            continue
        return TOO_LONG if is_long else line


async def relayed_from(descriptor: int, name: str) -> None:
    """The same of the end of a pipe, which is closed at last."""
    said = StreamReader(limit=LINE_BYTES)
    loop = asyncio.get_running_loop()
    pipe = os.fdopen(descriptor, "rb", buffering=0)
    transport, _ = await loop.connect_read_pipe(lambda: StreamReaderProtocol(said), pipe)
    try:
        await relayed(said, name)
    finally:
        transport.close()
