"""`/v1/releases`: frozen editions of the base, and their files."""

from functools import partial
from typing import Annotated, Literal

from litestar import Response
from msgspec import Meta, Struct

from service import limits
from service.api.http import bodies, idempotency
from service.api.http.access import caller
from service.api.http.idempotency import Made
from service.api.http.operation import Reading
from service.api.http.paging import Listing, Paged, PageShown, cut
from service.api.http.parameters import Nothing, parameters_of
from service.api.http.state import AnyRequest
from service.api.http.streaming import FileSent
from service.formats.json_records import instant_text
from service.formats.validation import text_faults
from service.model.releases import NAME_LENGTH, NAME_PATTERN, bibtex, citation
from service.query.types.characters import HIDDEN, clean
from service.store.database import Connection, Database
from service.store.releases import Release, ReleasedFile
from service.texts.messages import LANGUAGES
from service.usecases import releases

Name = Annotated[str, Meta(pattern=NAME_PATTERN, max_length=NAME_LENGTH, examples=["2026.11"])]
Comment = Annotated[
    str,
    Meta(min_length=1, max_length=1000, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["November"]),
]


class NewRelease(Struct, forbid_unknown_fields=True):
    """A name for the newest revision."""

    name: Name
    comment: Comment


class FileShown(Struct, kw_only=True):
    """One file; size and hash are of the uncompressed bytes."""

    collection: str
    format: str
    href: str
    rows: int
    bytes: int
    sha256: str


class ReleaseShown(Struct, kw_only=True):
    """A frozen edition. `as_of` with its name reads it at every address."""

    object: Literal["release"] = "release"
    name: str
    href: str
    revision: int
    released_at: str
    comment: str
    actor: str
    files: list[FileShown]
    citation: dict[str, str]
    bibtex: str


class ReleaseList(Struct, kw_only=True):
    """Releases, the newest first."""

    object: Literal["list"] = "list"
    data: list[ReleaseShown]
    page: PageShown | None


async def list_releases(reading: Reading[Paged]) -> Listing[ReleaseList]:
    """List releases.

    Frozen editions, the newest first, with their files.
    """
    page, after = cut(
        reading.window,
        await releases.every(reading.snapshot.connection),
        lambda release: release.name,
    )
    shown = [_shown(reading.request, release) for release in page]
    return Listing(ReleaseList(data=shown, page=None), after)


async def get_release(reading: Reading[Nothing], name: str) -> ReleaseShown:
    """One release.

    Its revision, files with hashes and counts, and how to cite it.
    """
    return _shown(reading.request, await releases.get(reading.snapshot.connection, name))


async def revision_of_release(database: Database, name: str, **_: str) -> int:
    """The revision that the release stands for. Raises ServiceError `not_found`."""
    async with database.session() as connection:
        return (await releases.get(connection, name)).revision


async def create_release(request: AnyRequest) -> Response[ReleaseShown]:
    """Freeze the newest revision.

    Takes no revision of its own. A name is given once and for ever.
    """
    parameters_of(request, Nothing)
    check = partial(text_faults, names=["comment"], forbidden=HIDDEN)
    new = await bodies.read(request, NewRelease, check)
    actor = caller(request).key_id or "anonymous"

    async def work(connection: Connection) -> Made:
        release = await releases.freeze(connection, new.name, clean(new.comment, HIDDEN), actor)
        shown = _shown(request, release)
        return Made(shown, 201, shown.href)

    return await idempotency.answer(request, work)


async def get_release_citation(reading: Reading[Nothing], name: str) -> ReleaseShown:
    """A release for BibTeX.

    The entry alone.
    """
    return _shown(reading.request, await releases.get(reading.snapshot.connection, name))


async def get_release_file(reading: Reading[Nothing], name: str, collection: str) -> FileSent:
    """A file of a release.

    `products.csv`, `products.ndjson`: the very bytes whose SHA-256 the release states.
    """
    release = await releases.get(reading.snapshot.connection, name)
    found = releases.file_of(release, f"{collection}.{reading.format.suffix}")
    return FileSent(
        name=f"parity-{release.name}-{found.collection}-r{release.revision}.{found.format}",
        make=lambda snapshot: releases.served(snapshot, found),
        is_large=found.bytes > limits.FILE_KEPT_BYTES,
        size=found.bytes,
    )


def _shown(request: AnyRequest, release: Release) -> ReleaseShown:
    href, day = f"/v1/releases/{release.name}", release.released_at.date()
    url = f"{request.app.state.settings.public_url}{href}"
    told = (release.name, release.revision, day, url)
    return ReleaseShown(
        name=release.name,
        href=href,
        revision=release.revision,
        released_at=instant_text(release.released_at),
        comment=release.comment,
        actor=release.actor,
        files=[_file(href, file) for file in release.files],
        citation={lang: citation(*told, lang) for lang in LANGUAGES},
        bibtex=bibtex(*told),
    )


def _file(href: str, file: ReleasedFile) -> FileShown:
    return FileShown(
        collection=file.collection,
        format=file.format,
        href=f"{href}/{file.collection}.{file.format}",
        rows=file.rows,
        bytes=file.bytes,
        sha256=file.sha256,
    )
