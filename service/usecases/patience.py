"""Streams that end: a reader who stands still does not keep a connection for ever."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator

from service.model.errors import ServiceError


class Patient(AsyncIterator[bytes]):
    """The parts of a stream, until its time is over; a late reader gets an error, not an end."""

    def __init__(self, parts: AsyncGenerator[bytes, None], seconds: float) -> None:
        self._parts = parts
        self._first: bytes | None = None
        self._is_over = False
        self._closing: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(seconds, self._give_up)

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
        try:
            return await anext(self._parts)
        except BaseException:
            self._timer.cancel()
            raise

    def _give_up(self) -> None:
        self._is_over = True
        self._closing = asyncio.get_running_loop().create_task(self._close())

    async def _close(self) -> None:
        """What runs at this moment ends with its part."""
        with contextlib.suppress(RuntimeError):
            await self._parts.aclose()
