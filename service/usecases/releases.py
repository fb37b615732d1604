"""Releases: a revision frozen under a name, its files made anew and held to their hashes."""

import hashlib
import logging
from datetime import datetime

from service.formats.files.columns import every_column
from service.formats.files.record_files import CsvLines, Lines, NdjsonLines
from service.formats.json_records import record_keys
from service.model.errors import Code, ServiceError, not_found
from service.model.suggestions import nearest
from service.query.fields import Collection
from service.query.registry import BY_NAME, COLLECTIONS
from service.store import releases
from service.store.catalogue import records
from service.store.catalogue.lists import ListQuery
from service.store.database import Connection, Snapshot
from service.store.releases import Naming, Release, ReleasedFile
from service.store.snapshots import of_writer
from service.texts.sentences import sentence
from service.usecases.catalogue.files import Parts, RecordFile, written
from service.usecases.catalogue.lists import Selection
from service.usecases.webhooks.announcements import tell_release

FORMATS = ("csv", "ndjson")
log = logging.getLogger("parity")


async def every(connection: Connection) -> list[Release]:
    """The newest first."""
    return await releases.every(connection)


async def get(connection: Connection, name: str) -> Release:
    """Raises ServiceError `not_found` with the nearest names."""
    release = await releases.find(connection, name)
    if release is None:
        known = [other.name for other in await releases.every(connection)]
        raise not_found("release", name, nearest(name, known))
    return release


async def freeze(
    connection: Connection,
    name: str,
    comment: str,
    actor: str,
    *,
    released_at: datetime | None = None,
) -> Release:
    """Name the newest revision, in the caller's transaction; now, if no instant is given.

    Raises ServiceError `release_exists`.
    """
    if await releases.find(connection, name) is not None:
        raise releases.taken(name)
    snapshot = await of_writer(connection)
    files = [
        await _described(snapshot, collection, form)
        for collection in COLLECTIONS
        for form in FORMATS
    ]
    naming = Naming(name, comment, actor, released_at)
    release = await releases.insert(connection, naming, snapshot.revision, files)
    await tell_release(connection, release)
    return release


async def _described(snapshot: Snapshot, collection: Collection, form: str) -> ReleasedFile:
    names = _names(collection, form)
    digest, size = hashlib.sha256(), 0
    async for part in written(snapshot, _file(collection, form, names)):
        digest.update(part)
        size += len(part)
    return ReleasedFile(
        collection=collection.name,
        format=form,
        rows=await records.count(snapshot, collection),
        bytes=size,
        sha256=digest.hexdigest(),
        names=names,
    )


def _names(collection: Collection, form: str) -> tuple[str, ...]:
    """What stands in the file today; a field that joins the collection later does not join it."""
    if form == "csv":
        return tuple(column.name for column in every_column(collection))
    return tuple(record_keys(collection))


def _file(collection: Collection, form: str, names: tuple[str, ...]) -> RecordFile:
    by_id, selection = ListQuery(sort=("id",), lang="en"), Selection(lang="en")
    return RecordFile(collection, by_id, selection, _lines(collection, form, names))


def _lines(collection: Collection, form: str, names: tuple[str, ...]) -> Lines:
    if form != "csv":
        return NdjsonLines(list(names))
    known = {column.name: column for column in every_column(collection)}
    return CsvLines([known[name] for name in names])


def file_of(release: Release, name: str) -> ReleasedFile:
    """`products.csv` of a release. Raises ServiceError `not_found`."""
    files = {f"{file.collection}.{file.format}": file for file in release.files}
    if name not in files:
        raise not_found("release_file", name, nearest(name, files))
    return files[name]


async def served(snapshot: Snapshot, file: ReleasedFile) -> Parts:
    """The bytes that were released; the last of them only when all of them are the same.

    Raises ServiceError `internal_error` where they are not.
    """
    wanted = _file(BY_NAME[file.collection], file.format, file.names)
    digest, before = hashlib.sha256(), b""
    async for part in written(snapshot, wanted):
        if before:
            yield before
        digest.update(part)
        before = part
    if digest.hexdigest() != file.sha256:
        name = f"{file.collection}.{file.format}"
        log.error("released file %s of revision %d has changed", name, snapshot.revision)
        raise ServiceError(Code.INTERNAL_ERROR, sentence("releases.changed", name=name))
    yield before
