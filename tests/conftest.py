"""A real PostgreSQL for every test: the embedded one, or PARITY_TEST_DATABASE_URL's.

Where tests run in several processes, the first of them starts the server, makes the templates and
tells the others the address; each makes its databases from the templates.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.datastructures import State

from service.api.http.gateway import Gateway
from service.app import create
from service.settings import Settings
from service.store.database import Database
from tests.postgres import BUNDLED, EMPTY, admin, copy, make_templates, of_database, running

_serial = count(1)
SETTINGS = Settings.from_environment()
SERVER = pytest.StashKey[str]()
STOPS = pytest.StashKey[ExitStack]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Before each worker of pytest-xdist starts, in the process that starts it."""
    stash = node.config.stash
    if SERVER not in stash:
        stops = stash.setdefault(STOPS, ExitStack())
        stash[SERVER] = stops.enter_context(running())
        asyncio.run(make_templates(stash[SERVER]))
    node.workerinput["server"] = stash[SERVER]


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash.get(STOPS, ExitStack()).close()


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[str]:
    """URL of the server, with the templates unless this is the only process."""
    if shared := getattr(request.config, "workerinput", {}).get("server"):
        yield shared
        return
    with running() as url:
        yield url


@pytest.fixture(scope="session")
async def templates(server: str, request: pytest.FixtureRequest) -> str:
    """Two template databases: migrated and empty, and with the bundled data."""
    if not hasattr(request.config, "workerinput"):
        await make_templates(server)
    return server


async def _fresh(server: str, template: str) -> AsyncIterator[Database]:
    name = f"parity_test_{os.getpid()}_{next(_serial)}"
    await copy(server, template, name)
    database = Database(of_database(server, name))
    await database.open()
    yield database
    await database.close()
    await admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database(templates: str) -> AsyncIterator[Database]:
    """An empty base of the test's own."""
    async for opened in _fresh(templates, EMPTY):
        yield opened


@pytest.fixture
async def own_bundled(templates: str) -> AsyncIterator[Database]:
    """The bundled data, for a test that writes."""
    async for opened in _fresh(templates, BUNDLED):
        yield opened


@pytest.fixture(scope="session")
async def bundled(templates: str) -> AsyncIterator[Database]:
    """The bundled data, for tests that only read."""
    async for opened in _fresh(templates, BUNDLED):
        yield opened


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).parents[1]


_idle: list[Litestar] = []


@contextmanager
def created(database: Database, settings: Settings) -> Iterator[Gateway]:
    """`create`'s application, upon routes that an earlier test of this process has left.

    To lay out some 280 of them takes 0.2 seconds, more than most tests; all else is made anew.
    """
    taken: list[Litestar] = []

    def laid_out(*, state: State, lifespan: list[Any], **given: Any) -> Litestar:
        app = _idle.pop() if _idle else Litestar(state=state, lifespan=lifespan, **given)
        app.state, app._lifespan_managers = state, lifespan
        taken.append(app)
        return app

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys.modules[create.__module__], "Litestar", laid_out)
        gateway = create(database, settings)
    yield gateway
    _idle.extend(taken)


@asynccontextmanager
async def served(
    database: Database, settings: Settings = SETTINGS
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application, gateway and all, on the test's database."""
    own = Database(database._url)
    await own.open()
    with created(own, settings) as app:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            yield client
    await own.close()


@pytest.fixture(scope="session")
async def client(bundled: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Reads the bundled data."""
    async with served(bundled) as opened:
        yield opened
