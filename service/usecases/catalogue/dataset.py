"""The whole data set at a revision: one archive, and the descriptions that stand in it."""

import hashlib
from dataclasses import replace

from service import limits
from service.formats.datasets.archive import told
from service.formats.datasets.edition import CSV, NDJSON, DataFile, Edition, data_path, in_order
from service.formats.files.archives import Archive
from service.formats.files.columns import every_column
from service.formats.files.record_files import CsvLines
from service.query.fields import Collection
from service.resources import licence
from service.store.catalogue import records
from service.store.catalogue.lists import ListQuery
from service.store.database import Database, Snapshot
from service.store.snapshots import WHOLE_BASE
from service.texts.messages import FALLBACK
from service.usecases.catalogue.exports import lines_of
from service.usecases.catalogue.files import Parts, RecordFile, written
from service.usecases.catalogue.lists import Selection
from service.usecases.single_flight_cache import Kept


class Editions:
    """The last editions described, by revision and language: to describe one is to write it."""

    def __init__(self) -> None:
        self._kept: Kept[Edition] = Kept(4)

    async def get(self, snapshot: Snapshot, edition: Edition) -> Edition:
        """With the figures of its files and of the whole archive."""
        return await self._kept.get(edition, lambda: described(snapshot, edition))


def edition_of(snapshot: Snapshot, lang: str, public_url: str) -> Edition:
    """The edition before any of its files is written."""
    snapshot.note(WHOLE_BASE)
    return Edition(snapshot.revision, snapshot.instant, lang, public_url)


async def archived(database: Database, as_of: str | None, public_url: str) -> Parts:
    """The archive that `/v1/exports/dataset.zip` gives, in English."""
    async with database.read(as_of) as snapshot:
        async for part in Writing(snapshot, edition_of(snapshot, FALLBACK, public_url)).parts():
            yield part


async def described(snapshot: Snapshot, edition: Edition) -> Edition:
    """With the figures of its files and of the whole archive."""
    writing, digest, size = Writing(snapshot, edition), hashlib.sha256(), 0
    async for part in writing.parts():
        digest.update(part)
        size += len(part)
    return replace(writing.edition, bytes=size, sha256=digest.hexdigest())


class Writing:
    """Writes the archive; `edition` has the files written so far."""

    def __init__(self, snapshot: Snapshot, edition: Edition) -> None:
        self.edition = edition
        self._snapshot = snapshot
        self._archive = Archive(edition.instant)

    async def parts(self) -> Parts:
        """The bytes, in bounded memory; the same revision gives the same."""
        for collection in in_order():
            for media_type, content in self._contents(collection):
                async for part in self._file(collection, media_type, content):
                    yield part
        for name, data in told(self.edition, licence()):
            yield self._archive.member(name, data)
        yield self._archive.end()

    def _contents(self, collection: Collection) -> tuple[tuple[str, Parts], ...]:
        by_id, lang = ListQuery(sort=("id",), lang=self.edition.lang), self.edition.lang
        table = CsvLines(every_column(collection))
        file = RecordFile(collection, by_id, Selection(lang=lang), table)
        lines = lines_of(self._snapshot, collection)
        return (CSV, written(self._snapshot, file)), (NDJSON, _batched(lines))

    async def _file(self, collection: Collection, media_type: str, content: Parts) -> Parts:
        yield self._archive.begin(data_path(collection, media_type))
        digest, size, n_lines = hashlib.sha256(), 0, 0
        async for part in content:
            digest.update(part)
            size += len(part)
            n_lines += part.count(b"\n")
            yield self._archive.write(part)
        rows = n_lines if media_type == NDJSON else await records.count(self._snapshot, collection)
        file = DataFile(collection, media_type, rows, size, digest.hexdigest())
        self.edition = self.edition.with_file(file)


async def _batched(lines: Parts) -> Parts:
    """Several lines in one piece."""
    held: list[bytes] = []
    async for line in lines:
        held.append(line)
        if len(held) == limits.FILE_BATCH:
            yield b"".join(held)
            held = []
    yield b"".join(held)
