"""Knows the newest revision and what it wrote: told at each commit, and shared by all who ask."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager

from service import limits
from service.model.errors import Code, ServiceError
from service.store.changes.notifications import Notifications, Topic, listening
from service.store.database import Database
from service.store.servers.replicas import Known
from service.store.snapshots import WHOLE_BASE, Snapshot
from service.texts.sentences import sentence
from service.usecases.changes.shared_revision import NOT_SHARED, SharedRevision

log = logging.getLogger("parity")


class RevisionWatcher:
    """One per worker. While it hears PostgreSQL it knows the newest revision without asking; else
    it looks once a second, and only while somebody waits.

    `newest` is the newest revision known, -1 before the first look; `epoch` counts how often it has
    gone back, which happens where a base is restored.
    """

    def __init__(
        self, database: Database, shared: SharedRevision = NOT_SHARED, *, is_strict: bool = False
    ) -> None:
        """`is_strict`: PostgreSQL is asked for the newest revision all the same."""
        self._database = database
        self._shared = shared
        self._is_strict = is_strict
        self._written: dict[str, int] = {}
        self._is_heard = False
        self._heard_at = -math.inf
        self._noted = -1
        self._ahead_since = math.inf
        self._timeline: int | None = None
        self._stirred = asyncio.Event()
        self._on_keys: Callable[[], None] = lambda: None
        self._waiting = 0
        self._open: dict[str, int] = {}
        self._change = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._asking_next: asyncio.Task[None] | None = None
        self.newest = -1
        self.epoch = 0
        self.is_closing = False
        database.on_revision = self.note
        database.known = self.known

    @property
    def is_heard(self) -> bool:
        """Whether PostgreSQL is listened to, and all that it told was looked at."""
        return self._is_heard

    @property
    def is_current(self) -> bool:
        """Whether `newest` is the newest revision that this machine has committed or read, and
        that others have told of."""
        newest = self.newest
        return self._is_heard and self._noted <= newest and self._shared.newest <= newest

    @property
    def _seen(self) -> int:
        """The newest revision that anybody of this machine has committed or read."""
        return max(self._noted, self._shared.newest)

    @property
    def is_followed(self) -> bool:
        """Whether the base was looked at a moment ago; an event loop that stands still hears
        nothing, and only other threads find that."""
        return time.monotonic() - self._heard_at < limits.FOLLOWED_SECONDS

    def supposes(self, snapshot: Snapshot) -> bool:
        """Whether a read that has asked nothing goes on at `newest`, without asking."""
        return not self._is_strict and self.is_current and snapshot.suppose(self.newest)

    def known(self) -> Known:
        """The newest revision that anybody of this machine has committed, read or heard of."""
        revision = max(self.newest, self._seen)
        return Known(revision, time.monotonic() - self._heard_at, self.newest)

    def is_unwritten(self, tables: Set[str], since: int) -> bool:
        """Whether no revision after `since` wrote one of the tables, of which `*` is any."""
        if since >= self.newest:
            return since == self.newest
        if not tables or WHOLE_BASE in tables:
            return False
        return all(self._written.get(table, self.newest) <= since for table in tables)

    def note(self, revision: int) -> None:
        """A revision that this worker has committed or read: until its tables are known nothing is
        answered out of memory."""
        if revision > max(self.newest, self._noted):
            self._noted = revision
            self._shared.advance(revision)
            self._stir("dataset")

    async def confirm(self) -> None:
        """Look by a statement that is sent after the call; all who call while another is under way
        share the next. What it finds shows in `is_current`. Raises a database failure."""
        if self._asking_next is None:
            self._asking_next = asyncio.create_task(self._confirm(self._asking))
        await asyncio.shield(self._asking_next)

    async def _confirm(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait((before,))
        self._asking, self._asking_next = self._asking_next, None
        if await self._database.revision() != self.newest:
            self._stir("dataset")

    def on_keys(self, call: Callable[[], None]) -> None:
        """Call it whenever a key may have changed."""
        self._on_keys = call

    async def listen(self) -> None:
        """Listen until cancelled; a lost connection is opened again, ever more seldom."""
        pause = limits.POLL_SECONDS
        while True:
            try:
                async with listening(self._database.primary, self._stir) as notifications:
                    pause = limits.POLL_SECONDS
                    await self._follow(notifications)
            except ServiceError as error:
                log.warning("not listening to the database: %s", error.detail)
            finally:
                self._is_heard = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, limits.LISTEN_PAUSE_MAX)

    async def _follow(self, notifications: Notifications) -> None:
        """Look at each commit told of, and once a second all the same: the connection may be dead
        without saying so. Raises a database failure."""
        self._on_keys()
        is_other = self._timeline not in (None, notifications.timeline)
        self._timeline = notifications.timeline
        while notifications.is_open:
            self._stirred.clear()
            standing = await notifications.standing()
            self._written = standing.written
            self._tell(standing.revision, is_other=is_other)
            is_other = False
            self._is_heard, self._heard_at = not self._stirred.is_set(), time.monotonic()
            try:
                async with asyncio.timeout(limits.POLL_SECONDS):
                    await self._stirred.wait()
            except TimeoutError:
                continue

    def _stir(self, topic: Topic | None) -> None:
        if topic == "api_key":
            self._on_keys()
            return
        self._is_heard = False
        self._stirred.set()

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
                while self.newest <= revision and not self.is_closing:
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
                if not self._is_heard and (found := await self._database.revision()) > self.newest:
                    self._tell(found)
                pause = limits.POLL_SECONDS
            except ServiceError as error:
                pause = min(pause * 2, limits.JOB_PAUSE_MAX)
                log.warning("cannot read the newest revision: %s", error.detail)
            await asyncio.sleep(pause)

    def _is_lost(self, newest: int, *, is_other: bool) -> bool:
        """Whether what was seen beyond the newest revision there is will not come any more: the
        primary went back, one that was promoted lacks it, or too long a time has passed."""
        now, is_behind = time.monotonic(), self._seen > newest
        stands = is_behind and newest == self.newest
        self._ahead_since = min(self._ahead_since, now) if stands else math.inf
        is_late = now - self._ahead_since > limits.AHEAD_SECONDS
        return newest < self.newest or (is_behind and (is_other or is_late))

    def _tell(self, newest: int, *, is_other: bool = False) -> None:
        if self._is_lost(newest, is_other=is_other):
            self._noted, self._ahead_since = newest, math.inf
            self._shared.put_back(newest)
            self._database.leave_replicas(newest)
        if newest != self.newest:
            if newest < self.newest:
                self.epoch += 1
            self.newest = newest
            self._change.set()
            self._change = asyncio.Event()
