"""`GET /v1`: what there is."""

import platform
from importlib.metadata import version
from typing import Any, Literal

from litestar import Request, Response, get
from msgspec import Struct

from service.api.http.conditional import Content, respond
from service.api.http.languages import language
from service.api.http.parameters import LANG, Query, none_taken
from service.api.http.versions import API_VERSION
from service.formats.json_records import encode
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.usecases.analyses.declarations import ANALYSES as DECLARED

NO_STORE = {"cache-control": "no-store"}


class Live(Struct):
    """The process answers."""

    status: Literal["live"]


class Ready(Struct):
    """The database answers too."""

    status: Literal["ready"]
    revision: int


class Version(Struct):
    """What runs here."""

    name: str
    version: str
    api_version: str
    revision: int
    python: str
    postgres: str


@get("/health/live", operation_id="get_live", summary="Is the process alive", tags=["Service"],
     sync_to_thread=False)  # fmt: skip
def live(request: Request[Any, Any, Any]) -> Response[Live]:
    """Touches nothing."""
    none_taken(request)
    return Response(Live("live"), headers=NO_STORE)


@get("/health/ready", operation_id="get_ready", summary="Can it answer", tags=["Service"])
async def ready(request: Request[Any, Any, Any]) -> Response[Ready]:
    """503 while the database cannot be reached."""
    none_taken(request)
    database: Database = request.app.state.database
    found = await database.ready()
    return Response(Ready("ready", found.revision), headers=NO_STORE)


@get("/version", operation_id="get_version", summary="What runs here", tags=["Service"])
async def get_version(request: Request[Any, Any, Any]) -> Response[Version]:
    """Versions of the service, the contract, the data and what carries them."""
    none_taken(request)
    database: Database = request.app.state.database
    found = await database.ready()
    body = Version(
        name="parity",
        version=version("parity"),
        api_version=API_VERSION,
        revision=found.revision,
        python=platform.python_version(),
        postgres=found.postgres,
    )
    return Response(body, headers=NO_STORE)


ANALYSES = {
    analysis.operation.removeprefix("get_"): analysis.path.replace("record_id:str", "id")
    for analysis in DECLARED
}
LINKS = {
    "corrections": "/v1/corrections",
    "revisions": "/v1/revisions",
    "methods": "/v1/methods",
    "releases": "/v1/releases",
    "openapi": "/openapi.json",
    "docs": "/docs",
    "version": "/version",
}


class CollectionLink(Struct):
    """A collection and where its list stands."""

    name: str
    description: str
    href: str


class Index(Struct):
    """What there is, at which revision."""

    object: Literal["index"]
    revision: int
    collections: list[CollectionLink]
    analyses: dict[str, str]
    links: dict[str, str]


@get("/v1", operation_id="get_index", summary="What there is", tags=["Service"],
     opt={"parameters": [LANG]})  # fmt: skip
async def get_index(request: Request[Any, Any, Any]) -> Response[Index]:
    """Collections, analyses, the newest revision."""
    query = Query(request)
    lang = query.lang() or language(request)[0]
    query.finish([LANG.name])
    database: Database = request.app.state.database
    revision = await database.revision()

    async def content() -> Content:
        links = [CollectionLink(c.name, c.doc, f"/v1/{c.name}") for c in COLLECTIONS]
        return Content(encode(Index("index", revision, links, ANALYSES, LINKS)), {})

    return await respond(
        request, revision=revision, question=[], lang=lang, is_pinned=False, content=content
    )
