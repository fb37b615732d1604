"""One look a second at the newest revision, shared by all who wait for the next."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from service import limits
from service.model.errors import Code, ServiceError
from service.store.database import Database
from service.texts.sentences import sentence

log = logging.getLogger("parity")


class Pulse:
    """One per worker; it looks only while somebody waits, and holds no connection between."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._newest = -1
        self._waiting = 0
        self._open: dict[str, int] = {}
        self._change = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self.is_closing = False

    @contextmanager
    def place(self, what: str, most: int) -> Iterator[None]:
        """One of `most` places for streams or waiting requests. Raises ServiceError `busy`."""
        self.check_place(what, most)
        self._open[what] = self._open.get(what, 0) + 1
        try:
            yield
        finally:
            self._open[what] -= 1

    def check_place(self, what: str, most: int) -> None:
        """Raises ServiceError `busy` when all places are taken, or nobody is let in any more."""
        if self._open.get(what, 0) >= most or self.is_closing:
            raise ServiceError(Code.BUSY, sentence("service.full", n=most), retry_after=5)

    async def beyond(self, revision: int, seconds: float) -> bool:
        """Whether a later revision came within the time; False at once when closing."""
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                while self._newest <= revision and not self.is_closing:
                    self._look()
                    await self._change.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1
        return not self.is_closing

    def close(self) -> None:
        """Wake everybody; nobody waits any more."""
        self.is_closing = True
        self._change.set()
        if self._looking is not None:
            self._looking.cancel()

    def _look(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._looks())

    async def _looks(self) -> None:
        pause = limits.POLL_SECONDS
        while self._waiting:
            try:
                newest = await self._database.revision()
                pause = limits.POLL_SECONDS
            except ServiceError as error:
                pause = min(pause * 2, limits.JOB_PAUSE_MAX)
                log.warning("cannot read the newest revision: %s", error.detail)
            else:
                self._tell(newest)
            await asyncio.sleep(pause)

    def _tell(self, newest: int) -> None:
        if newest != self._newest:
            self._newest = newest
            self._change.set()
            self._change = asyncio.Event()
