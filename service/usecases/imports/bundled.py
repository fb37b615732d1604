"""The edition that ships with the service: its files, and the release that it is cited by."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from service.formats.addresses import completed
from service.store.changes import revisions
from service.store.database import Database
from service.store.named_revisions import newest
from service.store.releases import Release
from service.usecases import releases
from service.usecases.catalogue.exports import export
from service.usecases.imports.files import ImportReport, load

FILE, ACTOR, COMMENT = "edition.toml", "command line", "bundled data: "


class EditionRelease(Struct, frozen=True, forbid_unknown_fields=True):
    """`sha256` is of the export of a base that holds the edition and nothing else."""

    name: str
    released_at: datetime
    comment: str
    sha256: str


class Edition(Struct, frozen=True, forbid_unknown_fields=True):
    """What `edition.toml` says of the files beside it, in the order in which they are loaded."""

    title: str
    edition: int
    date: date
    files: tuple[str, ...]
    release: EditionRelease


def edition_of(folder: Path) -> Edition:
    """What the folder's files are."""
    return msgspec.toml.decode((folder / FILE).read_bytes(), type=Edition)


def edition_lines(folder: Path) -> Iterator[bytes]:
    """All lines of the edition, completed, as one file has them."""
    for name in edition_of(folder).files:
        with (folder / name).open("rb") as lines:
            yield from completed(lines)


async def n_loaded(database: Database, folder: Path) -> int | None:
    """How many of the edition's files a base holds that was interrupted while it was made; None for
    any other base."""
    files = edition_of(folder).files
    async with database.session() as connection:
        n_revisions = await newest(connection)
        if n_revisions >= len(files) or await releases.every(connection):
            return None
        last = await revisions.get(connection, n_revisions)
    if not n_revisions:
        return 0
    is_ours = last is not None and last.comment == f"{COMMENT}{files[n_revisions - 1]}"
    return n_revisions if is_ours else None


async def load_edition(
    database: Database, folder: Path, n_before: int = 0
) -> AsyncIterator[tuple[str, ImportReport]]:
    """Load each of the files after the first so many as a revision: its name and what became of
    it."""
    for name in edition_of(folder).files[n_before:]:
        with (folder / name).open("rb") as lines:
            yield name, await load(database, completed(lines), comment=f"{COMMENT}{name}")


async def release_edition(
    database: Database, folder: Path, *, is_upgraded: bool = False
) -> Release | None:
    """Name the base after the edition, once, while it holds that and nothing else.

    A base that is older than its edition is looked at only where it `is_upgraded`.
    """
    edition = edition_of(folder)
    async with database.session() as connection:
        named = {release.name for release in await releases.every(connection)}
    is_young = is_upgraded or 0 < await database.revision() <= len(edition.files)
    if edition.release.name in named or not is_young:
        return None
    if await _sha256(database) != edition.release.sha256:
        return None
    told = edition.release
    async with database.operate() as connection:
        return await releases.freeze(
            connection, told.name, told.comment, ACTOR, released_at=told.released_at
        )


async def _sha256(database: Database) -> str:
    digest = hashlib.sha256()
    async for line in export(database):
        digest.update(line)
    return digest.hexdigest()
