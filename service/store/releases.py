"""Named revisions; their files are described here and made anew from the revision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from service.model.errors import Code, ServiceError
from service.store.database import Connection
from service.store.statements import load
from service.texts.sentences import sentence

SQL = load("releases")


class ReleasedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file as it was frozen; `names` are its columns or keys, which later ones do not join."""

    collection: str
    format: str
    rows: int
    bytes: int
    sha256: str
    names: tuple[str, ...]


class Naming(NamedTuple):
    """What a release is called, why, by whom, and as of which instant (None: now)."""

    name: str
    comment: str
    actor: str
    released_at: datetime | None = None


@dataclass(frozen=True)
class Release:
    """A revision with a name."""

    name: str
    revision: int
    released_at: datetime
    comment: str
    actor: str
    files: tuple[ReleasedFile, ...]


async def every(connection: Connection) -> list[Release]:
    """The newest first."""
    return [_release(row) for row in await SQL["every"].rows(connection)]


async def find(connection: Connection, name: str) -> Release | None:
    row = await SQL["get"].row(connection, name=name)
    return None if row is None else _release(row)


async def insert(
    connection: Connection, naming: Naming, revision: int, files: list[ReleasedFile]
) -> Release:
    """Raises ServiceError `release_exists`."""
    row = await SQL["insert"].row(
        connection,
        **naming._asdict(),
        revision=revision,
        files=msgspec.json.encode(files).decode(),
    )
    if row is None:
        raise taken(naming.name)
    return _release(row)


def taken(name: str) -> ServiceError:
    return ServiceError(Code.RELEASE_EXISTS, sentence("releases.taken", name=name))


_files = msgspec.json.Decoder(tuple[ReleasedFile, ...]).decode


def _release(row: Any) -> Release:
    return Release(**{**row, "files": _files(row["files"])})
