"""`GET /v1` and the service's own addresses: what there is, is it alive, is it ready, what runs."""

import platform
from importlib.metadata import version
from typing import Literal

from msgspec import Struct

from service.api.directory import AddressGroup, directory
from service.api.http.operation import Reading
from service.api.http.parameters import Language, Nothing
from service.api.http.state import database_of
from service.api.http.versions import API_VERSION, PROMISE
from service.query.registry import COLLECTIONS
from service.usecases.analyses.declarations import ANALYSES as DECLARED


class Live(Struct):
    """The process answers."""

    status: Literal["live"]


class Checks(Struct):
    """What was looked at: whether the database answers, takes writes, can read its pages."""

    database: Literal["ok"]
    writes: Literal["ok", "read_only"]
    pages: Literal["ok", "damaged"]


class Ready(Struct):
    """The database answers too."""

    status: Literal["ready"]
    revision: int
    checks: Checks


class ServiceVersion(Struct):
    """What runs here."""

    name: str
    version: str
    api_version: str
    revision: int
    python: str
    postgres: str


async def get_live(_: Reading[Nothing]) -> Live:
    """Is the process alive.

    Touches nothing.
    """
    return Live("live")


async def get_ready(reading: Reading[Nothing]) -> Ready:
    """Can it answer.

    503 while the database cannot be reached; one that takes no writes, or cannot read some page,
    answers all the same, and `checks` says so.
    """
    found = await database_of(reading.request).ready()
    writes: Literal["ok", "read_only"] = "read_only" if found.is_read_only else "ok"
    pages: Literal["ok", "damaged"] = "damaged" if found.is_damaged else "ok"
    return Ready("ready", found.revision, Checks("ok", writes, pages))


async def get_service_version(reading: Reading[Nothing]) -> ServiceVersion:
    """What runs here.

    Versions of the service, the contract, the data and what carries them.
    """
    found = await database_of(reading.request).ready()
    return ServiceVersion(
        name="parity",
        version=version("parity"),
        api_version=API_VERSION,
        revision=found.revision,
        python=platform.python_version(),
        postgres=found.postgres,
    )


ANALYSES = {
    analysis.operation.removeprefix("get_"): analysis.path.replace("record_id:str", "id")
    for analysis in DECLARED
}
READY = "/health/ready"
LINKS = {
    "corrections": "/v1/corrections",
    "revisions": "/v1/revisions",
    "methods": "/v1/methods",
    "releases": "/v1/releases",
    "openapi": "/openapi.json",
    "docs": "/docs",
    "compatibility": PROMISE,
    "problems": "/problems",
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
    groups: dict[str, AddressGroup]


async def get_index(reading: Reading[Language]) -> Index:
    """What there is.

    Collections, analyses, every address with what may be done there, the newest revision.
    """
    links = [
        CollectionLink(c.name, c.description(reading.lang), f"/v1/{c.name}") for c in COLLECTIONS
    ]
    groups = directory(reading.request.app)
    return Index("index", reading.snapshot.revision, links, ANALYSES, LINKS, groups)


class Entrance(Struct):
    """Where to go from here."""

    object: Literal["service"]
    name: str
    description: str
    links: dict[str, str]


async def get_entrance(_: Reading[Nothing]) -> Entrance:
    """Where to go from here.

    The index of the API, its descriptions, its codes.
    """
    links = {"index": "/v1", **LINKS, "catalog": "/.well-known/api-catalog", "ready": READY}
    return Entrance("service", "Parity", "The AI market knowledge base with an API.", links)
