"""A real PostgreSQL for every test: the embedded one, or PARITY_TEST_DATABASE_URL's."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import asyncpg
import httpx
import pytest

from service.app import create
from service.commands.serve import load_bundled
from service.settings import Settings
from service.store.database import Database
from service.store.embedded import embedded
from service.store.schema import migrate

EMPTY, BUNDLED = "parity_empty", "parity_bundled"
_serial = count(1)
SETTINGS = Settings.from_environment()


def of_database(url: str, name: str) -> str:
    """The same server's address with another database name."""
    head, query = url.partition("?")[::2]
    base = head.rpartition("/")[0]
    return f"{base}/{name}" + (f"?{query}" if query else "")


def database_name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a server on which databases may be made and dropped.

    Not under pytest's own folder: each new session of the user closes that to others, and so to
    the user as whom PostgreSQL runs where tests run as root.
    """
    if url := os.environ.get("PARITY_TEST_DATABASE_URL"):
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="parity-test-") as folder:
        Path(folder).chmod(0o755)
        with embedded(Path(folder)) as url:
            yield url


async def admin(server: str, *statements: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
async def templates(server: str) -> str:
    """Two template databases: migrated and empty, and with the bundled data."""
    await admin(
        server,
        f"DROP DATABASE IF EXISTS {EMPTY}",
        f"CREATE DATABASE {EMPTY}",
        f"DROP DATABASE IF EXISTS {BUNDLED}",
    )
    await migrate(of_database(server, EMPTY))
    await admin(server, f"CREATE DATABASE {BUNDLED} TEMPLATE {EMPTY}")
    database = Database(of_database(server, BUNDLED))
    await database.open()
    await load_bundled(database)
    await database.close()
    return server


async def _fresh(server: str, template: str) -> AsyncIterator[Database]:
    name = f"parity_test_{os.getpid()}_{next(_serial)}"
    await admin(server, f"CREATE DATABASE {name} TEMPLATE {template}")
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


@asynccontextmanager
async def served(
    database: Database, settings: Settings = SETTINGS
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole application, gateway and all, on the test's database."""
    own = Database(database._url)
    await own.open()
    transport = httpx.ASGITransport(create(own, settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
        yield client
    await own.close()


@pytest.fixture(scope="session")
async def client(bundled: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Reads the bundled data."""
    async with served(bundled) as opened:
        yield opened
