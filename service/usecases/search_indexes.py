"""The index of every revision that is asked for, made of the one before it and what was written."""

import asyncio
import ctypes
import gc
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import NamedTuple

from service.model.errors import ServiceError
from service.search.documents import TYPES, Document
from service.search.index import Index
from service.store import search as documents
from service.store.database import Database, Snapshot
from service.store.named_revisions import recorded_at
from service.store.search_changes import touched
from service.usecases.changes.revision_watcher import RevisionWatcher
from service.usecases.kept_reads import KeptReads
from service.usecases.stored_index import Stored, StoredIndex

log = logging.getLogger("parity")
KEPT, KEPT_OLD = 3, 1
LARGE = 5_000  # documents: so many are stored, to be read at the next start
CLAIM_PAUSE_SECONDS, CLAIM_SECONDS = 0.2, 60.0  # to wait for another worker that makes the index
AT_ONCE = 300  # documents that are joined while somebody waits


class _Kept(NamedTuple):
    revision: int
    whole: Index


class Indexes:
    """One per worker: of the newest revisions, which share most of what they are made of, and of
    an old one."""

    def __init__(
        self, watcher: RevisionWatcher, *, file: StoredIndex | None = None, large: int = LARGE
    ) -> None:
        """`file`: where the index of a base of so many documents is stored."""
        self._watcher = watcher
        self._file = file
        self._large = large
        self._epoch = watcher.epoch
        self._newest: list[_Kept] = []
        self._tables: frozenset[str] = frozenset()
        self._old: KeptReads[Index] = KeptReads(KEPT_OLD)
        self._lock = asyncio.Lock()
        self._joining: asyncio.Task[None] | None = None

    async def warm(self, database: Database) -> None:
        """Have the index of a large base before anybody asks for it."""
        if self._file is None:
            return
        try:
            async with database.read() as snapshot:
                if await documents.is_large(snapshot, self._large):
                    await self.get(snapshot)
        except ServiceError as error:
            log.warning("the index of search is made when it is asked for: %s", error.detail)

    @property
    def nbytes(self) -> int:
        """About how much memory the newest index takes, without the documents."""
        return self._newest[-1].whole.nbytes if self._newest else 0

    async def get(self, snapshot: Snapshot) -> Index:
        """The index at the snapshot's revision; a read that is not open is of the newest that is
        known, without asking, where that one's index is here."""
        if not snapshot.is_open and (index := self._at_newest(snapshot)) is not None:
            return index
        await snapshot.open()
        if not snapshot.is_current:
            return await self._old.get(snapshot, None, _built)
        index = self._known(snapshot.revision)
        if index is None:
            async with self._lock:
                index = self._known(snapshot.revision) or await self._made(snapshot)
        snapshot.note(*self._tables)
        return index

    def _at_newest(self, snapshot: Snapshot) -> Index | None:
        """None: PostgreSQL has to be asked."""
        index = self._known(self._watcher.newest)
        if index is None or not self._watcher.supposes(snapshot):
            return None
        snapshot.note(*self._tables)
        return index

    def _known(self, revision: int) -> Index | None:
        """The one at the revision, or at an earlier one after which nothing that it tells was
        written."""
        if self._epoch != self._watcher.epoch:
            self._epoch = self._watcher.epoch
            self._newest.clear()
        before = self._before(revision)
        if before is None:
            return None
        is_unwritten = self._watcher.newest >= revision and self._watcher.is_unwritten(
            self._tables, before.revision
        )
        return before.whole if is_unwritten or before.revision == revision else None

    def _before(self, revision: int) -> _Kept | None:
        known = [kept for kept in self._newest if kept.revision <= revision]
        return max(known, key=lambda kept: kept.revision, default=None)

    async def _made(self, snapshot: Snapshot) -> Index:
        before = self._before(snapshot.revision) or await self._stored(snapshot)
        index = await (self._first(snapshot) if before is None else _replaced(before, snapshot))
        self._keep(_Kept(snapshot.revision, index))
        if index.is_scattered and self._joining is None:
            self._joining = asyncio.create_task(self._join(self._newest[-1]))
        return index

    async def _first(self, snapshot: Snapshot) -> Index:
        """Made of all documents; of a large base by one process of this machine, and stored for
        the others and for the next start."""
        if self._file is None or not await documents.is_large(snapshot, self._large):
            return await self._built(snapshot)
        with await _claimed(self._file):
            if (before := await self._stored(snapshot)) is not None:
                return await _replaced(before, snapshot)
            index = await self._built(snapshot)
            made = Stored(snapshot.revision, snapshot.instant, self._tables, index)
            await asyncio.to_thread(self._file.write, made)
            return index

    async def _built(self, snapshot: Snapshot) -> Index:
        apart = snapshot.apart()
        index = await _built(apart)
        self._tables = frozenset(apart.tables)
        return index

    async def _stored(self, snapshot: Snapshot) -> _Kept | None:
        """The one that was stored, if it is of a revision of this base up to the snapshot's."""
        if self._file is None:
            return None
        with _uncollected():
            stored = await asyncio.to_thread(self._file.read)
        if stored is None or stored.revision > snapshot.revision:
            return None
        if await recorded_at(snapshot.connection, stored.revision) != stored.instant:
            return None
        self._tables = stored.tables
        return _Kept(stored.revision, stored.whole)

    def _keep(self, made: _Kept) -> None:
        others = [kept for kept in self._newest if kept.revision != made.revision]
        self._newest = sorted([*others, made], key=lambda kept: kept.revision)[-KEPT:]

    async def _join(self, kept: _Kept) -> None:
        """Put one of fewer pieces in its place; later ones are made of it."""
        epoch = self._epoch
        try:
            joined = await asyncio.to_thread(kept.whole.joined)
        finally:
            self._joining = None
        if epoch == self._epoch:
            self._newest = [one for one in self._newest if one.revision < kept.revision]
            self._keep(_Kept(kept.revision, joined))


async def _claimed(file: StoredIndex) -> AbstractContextManager[object]:
    """The right to make the index, for which it waits a minute."""
    until = asyncio.get_running_loop().time() + CLAIM_SECONDS
    while (claim := file.claim()) is None:
        if asyncio.get_running_loop().time() > until:
            return nullcontext()
        await asyncio.sleep(CLAIM_PAUSE_SECONDS)
    return claim


async def _built(snapshot: Snapshot) -> Index:
    with _uncollected():
        found = await documents.load(snapshot)
        return await asyncio.to_thread(_made, found)


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is made inside stands for long: the garbage collector, which stops all threads as it
    looks at it, does not do so, now or later."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def _made(found: list[Document]) -> Index:
    """What the making took beside the index goes back to the system: by itself glibc keeps it."""
    index = Index.of(found)
    if (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)
    return index


async def _replaced(before: _Kept, snapshot: Snapshot) -> Index:
    changed = await touched(snapshot, before.revision)
    if not changed:
        return before.whole
    found = await documents.load(snapshot.apart(), changed)
    gone = [(TYPES.index(kind), record_id) for kind, ids in changed.items() for record_id in ids]
    return await asyncio.to_thread(lambda: before.whole.replaced(found, gone).joined(most=AT_ONCE))
