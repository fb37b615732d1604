"""A file is read as fast as PostgreSQL gives it; what its reader has not taken yet waits in memory,
then on disk. So a connection is held for as long as reading takes, not for as long as sending does.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from tempfile import SpooledTemporaryFile
from typing import IO

from service import limits


async def spooled(parts: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """The same bytes. Raises what the parts raise, after what came before it."""
    with SpooledTemporaryFile(max_size=limits.SPOOL_BYTES) as file:
        spool = _Spool(file)
        filling = asyncio.create_task(spool.fill(parts))
        try:
            while piece := await spool.taken():
                yield piece
            await filling
        finally:
            spool.is_left = True
            await asyncio.wait([filling])


class _Spool:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._n_put = self._n_taken = 0
        self._is_whole = self.is_left = False
        self._stirred = asyncio.Event()

    async def fill(self, parts: AsyncGenerator[bytes, None]) -> None:
        """A part that is being read is read to its end, whoever leaves meanwhile."""
        try:
            async with aclosing(parts):
                async for part in parts:
                    if self.is_left:
                        break
                    self._put(part)
        finally:
            self._is_whole = True
            self._stirred.set()

    async def taken(self) -> bytes:
        """The next piece; none where it ends."""
        while self._n_taken == self._n_put and not self._is_whole:
            self._stirred.clear()
            await self._stirred.wait()
        self._file.seek(self._n_taken)
        piece = self._file.read(limits.SPOOL_PIECE_BYTES)
        self._n_taken += len(piece)
        return piece

    def _put(self, part: bytes) -> None:
        self._file.seek(self._n_put)
        self._n_put += self._file.write(part)
        self._stirred.set()
