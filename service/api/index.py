"""`GET /v1`: what there is."""

from typing import Any, Literal

from litestar import Request, Response, get
from msgspec import Struct

from service.api.conditional import Content, respond
from service.api.languages import language
from service.api.parameters import LANG, Query
from service.formats.json_records import encode
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.usecases.questions import QUESTIONS

ANALYSES = {q.operation.removeprefix("get_"): q.path.replace("record_id:str", "id")
            for q in QUESTIONS}  # fmt: skip
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
