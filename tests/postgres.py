"""The PostgreSQL of the tests and its two templates: empty, and with the bundled data."""

import asyncio
import io
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, redirect_stdout
from itertools import count
from pathlib import Path

import asyncpg

from service.commands.serve import load_bundled
from service.store.database import Database
from service.store.embedded import embedded
from service.store.schema import migrate
from tests.clusters import clusters, memory, primary
from tests.servers import serving

EMPTY, BUNDLED = "parity_empty", "parity_bundled"
# Nothing outlives the tests, which kill processes of ours and sessions but never the server: it
# need not survive a crash. Room for the pools of a worker on each core.
FORGETFUL = [
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET max_wal_size = '256MB'",
    "ALTER SYSTEM SET max_connections = 500",
]
KILL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_serial = count(1)


def of_database(url: str, name: str) -> str:
    """The same server's address with another database name."""
    head, query = url.partition("?")[::2]
    base = head.rpartition("/")[0]
    return f"{base}/{name}" + (f"?{query}" if query else "")


def database_name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


async def admin(server: str, *statements: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@contextmanager
def running() -> Iterator[str]:
    """URL of a server on which databases may be made and dropped.

    Not under pytest's own folder: each new session of the user closes that to others, and so to
    the user as whom PostgreSQL runs where tests run as root.
    """
    if url := os.environ.get("PARITY_TEST_DATABASE_URL"):
        yield url
        return
    if programs := os.environ.get("PARITY_TEST_POSTGRES"):
        with clusters() as folder:
            made = primary(folder, Path(programs))
            url = made.url.replace("/parity", "/postgres")
            asyncio.run(admin(url, *FORGETFUL))
            made.stop()
            made.start()
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="parity-test-", dir=memory()) as name:
        folder = Path(name)
        folder.chmod(0o755)
        with embedded(folder) as url:
            asyncio.run(admin(url, *FORGETFUL))
        with embedded(folder) as url:  # again: max_connections is read at the start
            yield url


async def make_templates(server: str) -> None:
    await admin(
        server,
        f"DROP DATABASE IF EXISTS {EMPTY}",
        f"CREATE DATABASE {EMPTY}",
        f"DROP DATABASE IF EXISTS {BUNDLED}",
    )
    await migrate(of_database(server, EMPTY))
    await copy(server, EMPTY, BUNDLED)
    database = Database(of_database(server, BUNDLED))
    await database.open()
    with redirect_stdout(io.StringIO()):
        await load_bundled(database)
    await database.close()


async def copy(server: str, template: str, name: str) -> None:
    """File by file is twice as fast as by way of the log."""
    await admin(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")


async def sql(database: Database, statement: str) -> None:
    await admin(database.url, statement)


async def fresh(server: str, template: str) -> AsyncIterator[Database]:
    """A database made from the template, and dropped at the end."""
    name = f"parity_test_{os.getpid()}_{next(_serial)}"
    await copy(server, template, name)
    database = Database(of_database(server, name))
    await database.open()
    yield database
    await database.close()
    await admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def serving_bundled(templates: str, folder: Path) -> AsyncIterator[int]:
    """The port of the service as a process that reads the bundled data."""
    async for database in fresh(templates, BUNDLED):
        async with serving(database, folder, PARITY_JOBS="false") as running:
            yield int(running.address.rpartition(":")[2])
