"""Is it alive, is it ready, what is it."""

import platform
from importlib.metadata import version
from typing import Any, Literal

from litestar import Request, Response, get
from msgspec import Struct

from service.api.parameters import none_taken
from service.api.versions import API_VERSION
from service.store.database import Database

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
