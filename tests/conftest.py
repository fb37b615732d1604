"""A real PostgreSQL for every test: the embedded one, or PARITY_TEST_DATABASE_URL's.

Where tests run in several processes, the first of them starts the server, makes the templates and
tells the others the address; each makes its databases from the templates.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from service import limits
from service.store.database import Database
from service.usecases.computing import pool
from tests.clients import served
from tests.deadlines import Deadlines
from tests.postgres import BUNDLED, EMPTY, fresh, make_templates, running

SERVER = pytest.StashKey[str]()
STOPS = pytest.StashKey[ExitStack]()


# A machine that stands still for a second or two is no fault of what is tested. A test of
# impatience sets a limit of its own.
PATIENT = (
    *("ACQUIRE", "ANSWER", "BEGIN", "CONNECT", "LISTEN", "QUEUE", "REPLAY", "STATEMENT"),
    *("BODY", "DRAWING", "FOLLOWED", "LEDGER", "RULE", "RULES", "VALKEY", "WEBHOOK"),
    *("HEAVY_WAIT", "LIGHT_WAIT", "WRITE_WAIT"),
)
PATIENCE_SECONDS = 60.0


def pytest_configure() -> None:
    for name in PATIENT:
        setattr(limits, f"{name}_SECONDS", PATIENCE_SECONDS)


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


@pytest.fixture
def deadlines(monkeypatch: pytest.MonkeyPatch) -> Deadlines:
    """Of the analyses that processes compute; none is ever over by itself."""
    made = Deadlines()

    def endless(_: float) -> asyncio.Timeout:
        made.append(asyncio.timeout(None))
        return made[-1]

    monkeypatch.setattr(pool, "timeout", endless)
    return made


@pytest.fixture
async def database(templates: str) -> AsyncIterator[Database]:
    """An empty base of the test's own."""
    async for opened in fresh(templates, EMPTY):
        yield opened


@pytest.fixture
async def own_bundled(templates: str) -> AsyncIterator[Database]:
    """The bundled data, for a test that writes."""
    async for opened in fresh(templates, BUNDLED):
        yield opened


@pytest.fixture(scope="session")
async def bundled(templates: str) -> AsyncIterator[Database]:
    """The bundled data, for tests that only read."""
    async for opened in fresh(templates, BUNDLED):
        yield opened


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
async def client(bundled: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Reads the bundled data."""
    async with served(bundled) as opened:
        yield opened
