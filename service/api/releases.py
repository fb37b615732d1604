"""`/v1/releases`: frozen editions of the base, and their files."""

from typing import Annotated, Any, Literal

from litestar import Request, Response, get, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from service import limits
from service.api.http import bodies, idempotency
from service.api.http.access import caller
from service.api.http.conditional import Content, respond
from service.api.http.idempotency import Made
from service.api.http.languages import language
from service.api.http.parameters import Query
from service.api.http.state import database_of
from service.api.http.streaming import FileAsked, send
from service.formats.files.record_files import FORMS
from service.formats.json_records import encode, instant_text
from service.model.releases import NAME_LENGTH, NAME_PATTERN, bibtex, citation
from service.store.database import Connection, Snapshot
from service.store.releases import Release, ReleasedFile
from service.texts.messages import LANGUAGES
from service.usecases import releases

Asked = Request[Any, Any, Any]
BIBTEX = "application/x-bibtex"
ONE = "/v1/releases/{name:str}"
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
    """All releases, the newest first."""

    object: Literal["list"] = "list"
    data: list[ReleaseShown]


@get("/v1/releases", operation_id="list_releases", summary="List releases", tags=["Releases"],
     opt={"parameters": []})  # fmt: skip
async def list_releases(request: Asked) -> Response[ReleaseList]:
    """Frozen editions, the newest first, with their files."""
    Query(request).finish(())
    database = database_of(request)
    found = [_shown(request, release) for release in await releases.every(database)]
    return await _answer(
        request, await database.revision(), ReleaseList(data=found),
        question=[release.name for release in found], is_pinned=False,
    )  # fmt: skip


@get(ONE, operation_id="get_release", summary="One release", tags=["Releases"],
     opt={"parameters": []})  # fmt: skip
async def get_release(request: Asked, name: FromPath[str]) -> Response[ReleaseShown]:
    """Its revision, files with hashes and counts, and how to cite it."""
    Query(request).finish(())
    release = await releases.get(database_of(request), name)
    return await _answer(
        request, release.revision, _shown(request, release), question=[], is_pinned=True
    )


@post("/v1/releases", operation_id="create_release", summary="Freeze the newest revision",
      tags=["Releases"], opt={"parameters": [], "scope": "curate", "body": NewRelease,
                             "headers": idempotency.HEADERS})  # fmt: skip
async def create_release(request: Asked) -> Response[ReleaseShown]:
    """Takes no revision of its own. A name is given once and for ever."""
    Query(request).finish(())
    new = await bodies.read(request, NewRelease)
    actor = caller(request).key_id or "anonymous"

    async def work(connection: Connection) -> Made:
        release = await releases.freeze(connection, new.name, new.comment, actor)
        shown = _shown(request, release)
        return Made(shown, 201, shown.href)

    return await idempotency.answer(request, work)


@get(f"{ONE}/citation.bib", operation_id="get_release_citation", summary="A release for BibTeX",
     tags=["Releases"],
     opt={"parameters": [], "answers": BIBTEX, "is_validated": True})  # fmt: skip
async def get_release_citation(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """The entry alone."""
    Query(request).finish(())
    release = await releases.get(database_of(request), name)

    async def content() -> Content:
        return Content(_shown(request, release).bibtex.encode(), {})

    return await respond(
        request, revision=release.revision, question=[], lang="en", is_pinned=True,
        content=content, media_type=BIBTEX,
    )  # fmt: skip


@get(f"{ONE}/{{file:str}}", operation_id="get_release_file", summary="A file of a release",
     tags=["Releases"],
     opt={"parameters": [], "answers": FORMS["csv"].media_type,
          "also": [FORMS["ndjson"].media_type], "is_validated": True})  # fmt: skip
async def get_release_file(
    request: Asked, name: FromPath[str], file: FromPath[str]
) -> Response[bytes]:
    """`products.csv`, `products.ndjson`: the very bytes whose SHA-256 the release states."""
    Query(request).finish(())
    release = await releases.get(database_of(request), name)
    found = releases.file_of(release, file)

    async def is_large(_: Snapshot) -> bool:
        return found.bytes > limits.FILE_KEPT_BYTES

    return await send(
        request,
        FileAsked(
            name=f"{release.name}-{found.collection}",
            suffix=found.format,
            media_type=FORMS[found.format].media_type,
            question=found.sha256,
            lang="en",
            as_of=release.name,
            is_large=is_large,
            make=lambda snapshot: releases.served(snapshot, found),
            size=found.bytes,
        ),
    )


async def _answer(
    request: Asked, revision: int, shown: Struct, *, question: object, is_pinned: bool
) -> Response[Any]:
    async def content() -> Content:
        return Content(encode(shown), {})

    return await respond(
        request, revision=revision, question=question, lang=language(request)[0],
        is_pinned=is_pinned, content=content,
    )  # fmt: skip


def _shown(request: Asked, release: Release) -> ReleaseShown:
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


HANDLERS = [
    list_releases, get_release, create_release, get_release_citation, get_release_file,
]  # fmt: skip
