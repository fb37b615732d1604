"""Streams that end: a reader who stands still does not keep a connection for ever."""

import asyncio
import contextlib
import weakref
from collections.abc import AsyncGenerator, AsyncIterator

from service.model.errors import ServiceError


class Patient(AsyncIterator[bytes]):
    """The parts of a stream, until its time is over; a late reader gets an error, not an end.

    Whoever reads it must `close` it, also when he leaves early.
    """

    def __init__(self, parts: AsyncGenerator[bytes, None], seconds: float) -> None:
        self._parts = parts
        self._first: bytes | None = None
        self._is_over = False
        self._closing: asyncio.Task[None] | None = None
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(seconds, _give_up, weakref.ref(self))

    async def begin(self) -> None:
        """Fetch the first part, so that what fails at once can still be told."""
        try:
            self._first = await anext(self._parts, b"")
        except BaseException:
            self._timer.cancel()
            raise

    async def __anext__(self) -> bytes:
        if self._is_over:
            raise ServiceError("database_timeout", "The file was not read in time.")
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return await anext(self._parts)

    async def close(self) -> None:
        """What runs at this moment ends with its part."""
        self._timer.cancel()
        with contextlib.suppress(RuntimeError):
            await self._parts.aclose()

    def give_up(self) -> None:
        self._is_over = True
        self._closing = asyncio.get_running_loop().create_task(self.close())


def _give_up(patient: "weakref.ref[Patient]") -> None:
    if (found := patient()) is not None:
        found.give_up()
