"""Lists as files: all rows at one revision, in bounded memory."""

import asyncio
import zlib
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from service import limits
from service.formats.files.record_files import Lines
from service.model.errors import Code, ServiceError
from service.model.notices import unfinished
from service.query.fields import Collection
from service.query.issues import RULES
from service.query.views import ISSUES
from service.store.catalogue import lists, rules
from service.store.catalogue.lists import ListQuery
from service.store.database import Database, Snapshot
from service.texts.sentences import sentence
from service.usecases.catalogue.lists import Selection, shown
from service.usecases.catalogue.merged_ids import resolved
from service.usecases.catalogue.spools import spooled
from service.usecases.changes.revision_watcher import RevisionWatcher

Parts: TypeAlias = AsyncGenerator[bytes, None]
GZIP_LEVEL, GZIP_WINDOW = 6, 31


@dataclass(frozen=True)
class RecordFile:
    """Which records, how they are shown, and what makes lines of them.

    `rules`: the issues are those of these rules alone; `unfinished` took too long to look for. What
    is heavy to write is written in a thread.
    """

    collection: Collection
    query: ListQuery
    selection: Selection
    lines: Lines
    rules: tuple[str, ...] = RULES
    unfinished: tuple[str, ...] = ()
    is_heavy: bool = False


async def checked(snapshot: Snapshot, file: RecordFile) -> RecordFile:
    """The file as it can be written. Raises ServiceError `unknown_reference`, `too_many_rows`,
    `database_timeout` where every rule takes too long."""
    file = await _resolved(snapshot, file)
    if file.collection is ISSUES:
        looked = await rules.looked_for(snapshot, file.query)
        if not looked.counts:
            raise _unfinished(looked.unfinished)
        file = replace(file, rules=looked.snapshot.rules, unfinished=looked.unfinished)
    most = limits.FILE_ROWS_MAX
    if await lists.is_longer(_judged(snapshot, file), file.collection, file.query, most):
        raise too_many_rows()
    return file


def too_many_rows() -> ServiceError:
    """A file would be cut off."""
    detail = sentence("exports.many_rows", most=f"{limits.FILE_ROWS_MAX:,}")
    return ServiceError(Code.TOO_MANY_ROWS, detail)


def _unfinished(slow: tuple[str, ...]) -> ServiceError:
    """There is nothing to write."""
    detail = sentence("exports.unfinished", rules=", ".join(slow))
    return ServiceError(Code.DATABASE_TIMEOUT, detail)


async def is_large(snapshot: Snapshot, file: RecordFile) -> bool:
    """Whether it is not worth trying to hold the file as a whole."""
    file, most = await _resolved(snapshot, file), limits.FILE_KEPT_ROWS
    return await lists.is_longer(_judged(snapshot, file), file.collection, file.query, most)


async def written(snapshot: Snapshot, file: RecordFile) -> Parts:
    """The bytes of the file, batch after batch."""
    file = await _resolved(snapshot, file)
    snapshot = replace(_judged(snapshot, file), on=file.selection.on)
    work = asyncio.to_thread if file.is_heavy else _at_once
    yield await work(file.lines.header)
    found = lists.batches(snapshot, file.collection, file.query, limits.FILE_BATCH)
    async for rows in found:
        records = await shown(snapshot, file.collection, rows, file.selection)
        yield await work(file.lines.lines, records)
    if file.unfinished:
        yield file.lines.told([unfinished(file.unfinished, file.selection.lang)])
    if last := await work(file.lines.end):
        yield last


async def _at_once(make: Callable[..., bytes], *given: Any) -> bytes:
    return make(*given)


def _judged(snapshot: Snapshot, file: RecordFile) -> Snapshot:
    """With the day and the rules by which its issues are judged."""
    return replace(snapshot, unchecked_before=file.query.unchecked_before, rules=file.rules)


async def _resolved(snapshot: Snapshot, file: RecordFile) -> RecordFile:
    """With the ids under which records stand now in the filter."""
    found = await resolved(snapshot, file.collection, file.query.filter)
    return replace(file, query=replace(file.query, filter=found.filter))


async def gzipped(parts: Parts) -> Parts:
    """The same as one gzip file; without a time in it, so equal content is equal bytes."""
    coder = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_WINDOW)
    async with aclosing(parts):
        async for part in parts:
            if coded := coder.compress(part):
                yield coded
    yield coder.flush()


async def at_revision(
    database: Database, watcher: RevisionWatcher, revision: int, make: Callable[[Snapshot], Parts]
) -> Parts:
    """A file on a connection of its own, which is free again when all is read, whoever still has to
    be sent it. Raises ServiceError `busy` when too many are sent."""
    with watcher.place("files", limits.FILES_MAX):
        async with aclosing(spooled(_read(database, revision, make))) as parts:
            async for part in parts:
                yield part


async def _read(database: Database, revision: int, make: Callable[[Snapshot], Parts]) -> Parts:
    async with (
        database.read(f"rev:{revision}") as snapshot,
        aclosing(make(snapshot)) as parts,
    ):
        async for part in parts:
            yield part
