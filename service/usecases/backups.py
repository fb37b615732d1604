"""A backup: the dump of one moment and a manifest by which what comes back is verified."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from service.model.errors import Code, ServiceError
from service.store.backups import dumps, fingerprints
from service.store.backups.fingerprints import Fingerprint, held
from service.store.database import Database
from service.store.schema import is_known, migrate
from service.store.transactions import primary_of
from service.texts.sentences import Sentence, sentence
from service.usecases.catalogue.exports import export

FORMAT = 1
DUMP, MANIFEST = "base.dump", "manifest.json"
Told = Callable[[int, int], None]  # how many bytes, of how many at most
_DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    KeyError,
    ValueError,
    msgspec.MsgspecError,
)


class Manifest(Struct, frozen=True, kw_only=True):
    """`answers`: by revision the SHA-256 of the base as it was exported at it."""

    format: int
    made_at: datetime
    parity: str
    postgres: str
    migration: str
    revision: int
    tables: dict[str, Fingerprint]
    answers: dict[str, str]
    bytes: int
    sha256: str

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


async def back_up(database: Database, out: BinaryIO, told: Told) -> Manifest:
    """Write the database as it is at one moment, while others read and write.

    Raises ServiceError `database_unavailable`, `internal_error`.
    """
    url = await primary_of(database.url)
    async with held(url) as moment:
        digest, size = hashlib.sha256(), 0
        with zipfile.ZipFile(out, "w") as archive:
            with archive.open(DUMP, "w", force_zip64=True) as member:
                async for part in dumps.dumped(url, moment.name):
                    member.write(part)
                    digest.update(part)
                    size += len(part)
                    told(size, moment.bytes)
            manifest = Manifest(
                format=FORMAT,
                made_at=datetime.now(UTC),
                parity=version("parity"),
                postgres=moment.postgres,
                migration=moment.migration,
                revision=moment.revision,
                tables=moment.tables,
                answers=await _answers(database, moment.revision),
                bytes=size,
                sha256=digest.hexdigest(),
            )
            archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    return manifest


async def _answers(database: Database, revision: int) -> dict[str, str]:
    """What the base says at its newest revision and at one of its past."""
    return {str(one): await _answer(database, one) for one in {revision, revision // 2} if one}


async def _answer(database: Database, revision: int) -> str:
    digest = hashlib.sha256()
    async with aclosing(export(database, as_of=f"rev:{revision}")) as lines:
        async for line in lines:
            digest.update(line)
    return digest.hexdigest()


def checked(file: Path, told: Told) -> Manifest:
    """The manifest of a backup of which every byte is as it was written.

    Raises ServiceError `invalid_value`.
    """
    with _opened(file) as archive:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
        digest, size = hashlib.sha256(), 0
        for part in _parts(archive):
            digest.update(part)
            size += len(part)
            told(size, manifest.bytes)
    if (size, digest.hexdigest()) != (manifest.bytes, manifest.sha256):
        raise _refused(sentence("backups.damaged", file=str(file)))
    if manifest.format != FORMAT or not is_known(manifest.migration):
        raise _refused(sentence("backups.newer", parity=manifest.parity))
    return manifest


async def restore(url: str, file: Path, manifest: Manifest, told: Told) -> None:
    """Into an empty database, all or nothing, and compared with what was backed up.

    Raises ServiceError `already_exists`, `invalid_value`, `internal_error`.
    """
    url = await primary_of(url)
    if not await fingerprints.is_empty(url):
        raise ServiceError(Code.ALREADY_EXISTS, sentence("backups.occupied"))
    with _opened(file) as archive:
        await dumps.restored(url, _counted(_parts(archive), told, manifest.bytes))
    try:
        await _verify(url, manifest)
    except BaseException:
        await fingerprints.clear(url)
        raise
    await fingerprints.analyze(url)
    await migrate(url)


async def _verify(url: str, manifest: Manifest) -> None:
    found = await fingerprints.fingerprints(url)
    names = sorted(found.keys() | manifest.tables.keys())
    if wrong := [name for name in names if found.get(name) != manifest.tables.get(name)]:
        raise _refused(sentence("backups.differs", tables=", ".join(wrong)))


async def answers_again(database: Database, manifest: Manifest) -> bool:
    """Whether the base answers byte for byte as it did; True without a look where another version
    of the service made the backup, whose answers may have another form.
    """
    if manifest.parity != version("parity"):
        return True
    found = {revision: await _answer(database, int(revision)) for revision in manifest.answers}
    return found == manifest.answers


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except _DAMAGED:
        raise _refused(sentence("backups.damaged", file=str(file))) from None


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    with archive.open(DUMP) as member:
        while part := member.read(dumps.CHUNK):
            yield part


def _counted(parts: Iterator[bytes], told: Told, whole: int) -> Iterator[bytes]:
    size = 0
    for part in parts:
        yield part
        size += len(part)
        told(size, whole)


def _refused(detail: Sentence) -> ServiceError:
    return ServiceError(Code.INVALID_VALUE, detail)
