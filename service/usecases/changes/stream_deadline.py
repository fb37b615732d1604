"""Ends a stream whose reader has stopped reading."""

import asyncio
import weakref
from collections.abc import AsyncGenerator, AsyncIterator

from service.model.errors import Code, ServiceError
from service.texts.sentences import sentence


class Patient(AsyncIterator[bytes]):
    """The parts of a stream, until its time is over; a late reader gets an error, not an end.

    A part that is being read is read to its end whoever leaves meanwhile, so that the connection
    it comes from stays in order. Whoever reads must `close` it, also when he leaves early.
    """

    def __init__(self, parts: AsyncGenerator[bytes, None], seconds: float) -> None:
        self._parts = parts
        self._next: asyncio.Task[bytes | None] | None = None
        self._is_begun = False
        self._is_over = False
        self._closing: asyncio.Task[None] | None = None
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, _give_up, weakref.ref(self))

    async def begin(self) -> None:
        """Fetch the first part, so that what fails at once can still be told."""
        try:
            await asyncio.shield(self._read())
        except BaseException:
            await self.close()
            raise
        self._is_begun = True

    async def __anext__(self) -> bytes:
        if self._is_over:
            raise ServiceError(Code.DATABASE_TIMEOUT, sentence("service.slow_reader"))
        task = self._next if self._is_begun and self._next else self._read()
        self._is_begun = False
        part = await asyncio.shield(task)
        if part is None:
            raise StopAsyncIteration
        return part

    async def close(self) -> None:
        self._timer.cancel()
        if self._next is not None and not self._next.done():
            await asyncio.gather(self._next, return_exceptions=True)
        await self._parts.aclose()

    def give_up(self) -> None:
        self._is_over = True
        self._closing = asyncio.get_running_loop().create_task(self.close())

    def _read(self) -> "asyncio.Task[bytes | None]":
        self._next = asyncio.get_running_loop().create_task(_part(self._parts))
        return self._next


async def _part(parts: AsyncGenerator[bytes, None]) -> bytes | None:
    return await anext(parts, None)


def _give_up(patient: "weakref.ref[Patient]") -> None:
    if (found := patient()) is not None:
        found.give_up()
