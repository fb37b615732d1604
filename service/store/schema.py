"""Brings a database to the newest migration."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from service import limits
from service.model.errors import Code, ServiceError
from service.resources import resource
from service.store.failures import translated
from service.store.servers.primary import Primary
from service.store.statements import load
from service.texts.sentences import sentence

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection

MIGRATIONS = resource("migrations")
RUN = load("migrations")
LOCK = 7_020_262_018  # any constant: one migration at a time on a database
# Of SQLSTATE: what another session's locks do to a statement.
LOCKED_OUT = ("55P03", "40P01")


async def migrate(url: str, target: str = "head") -> None:
    """Upgrade or downgrade to `target`, beside readers and writers: a statement that does not get
    its lock soon lets them pass and tries again. A second runner waits for the first.

    Raises ServiceError `database_unavailable`, `revision_unknown`, and `locked` where others held
    on to a table for ten minutes.
    """
    if target == "head" and await version_of(url) == newest_migration():
        return
    async with _connected(url) as connection:
        await _have_turn(connection)
        await _drop_half_built(connection)
        await _patiently(connection, target)
        await connection.commit()


async def _have_turn(connection: "AsyncConnection") -> None:
    """Asked for again and again: who waits inside a statement holds a snapshot, for which an index
    that the other builds CONCURRENTLY would wait in turn."""
    from sqlalchemy import text  # alembic and its connection take half a second to load

    while not await connection.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")):
        await connection.commit()
        await asyncio.sleep(limits.MIGRATION_LOOK_SECONDS)
    await connection.execute(text(f"SET lock_timeout = '{limits.MIGRATION_LOCK_SECONDS:g}s'"))
    await connection.commit()


async def _drop_half_built(connection: "AsyncConnection") -> None:
    """An index whose building CONCURRENTLY failed serves nobody and costs every write."""
    from sqlalchemy import text

    found = await connection.execute(text(RUN["half_built"].text))
    for (name,) in found.all():
        await connection.execute(text(f"DROP INDEX {name}"))
    await connection.commit()


async def _patiently(connection: "AsyncConnection", target: str) -> None:
    """Each migration is a transaction of its own: a new try goes on where the last one stopped."""
    from sqlalchemy.exc import DBAPIError

    try:
        async with asyncio.timeout(limits.MIGRATION_SECONDS):
            for tries in count():
                try:
                    return await connection.run_sync(_run, target)
                except DBAPIError as error:
                    if getattr(error.orig, "sqlstate", None) not in LOCKED_OUT:
                        raise
                await connection.rollback()
                await asyncio.sleep(_pause(tries))
    except TimeoutError:
        raise ServiceError(Code.LOCKED, sentence("server.migration_locked")) from None


def _pause(tries: int) -> float:
    """Seconds, each twice the last, with chance: whoever holds the lock has its own rhythm."""
    longest = min(limits.MIGRATION_LOOK_SECONDS * 2.0**tries, limits.MIGRATION_PAUSE_MAX)
    return longest * random.uniform(0.5, 1)  # noqa: S311


async def is_migrated(url: str) -> bool:
    """Whether any migration has run. Raises ServiceError `database_unavailable`."""
    return await version_of(url) is not None


def is_known(migration: str) -> bool:
    """Whether there is a migration of that number."""
    return any((MIGRATIONS / "versions").glob(f"{migration}_*.py")) and migration.isdigit()


def newest_migration() -> str:
    """The number of the newest migration."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


async def version_of(url: str) -> str | None:
    """The number of the last migration that has run; "" where all were undone, None before any."""
    async with translated():
        connection = await Primary(_address(url)).connect(timeout=limits.CONNECT_SECONDS)
        try:
            if not await RUN["is_there"].value(connection):
                return None
            return str(await RUN["last"].value(connection) or "")
        finally:
            await connection.close()


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator["AsyncConnection"]:
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.pool import NullPool

    connect = partial(Primary(_address(url)).connect, timeout=limits.CONNECT_SECONDS)
    engine = create_async_engine("postgresql+asyncpg://", poolclass=NullPool, async_creator=connect)
    try:
        async with translated(), engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        detail = sentence("server.migration")
        raise ServiceError(Code.DATABASE_UNAVAILABLE, detail) from error.orig
    finally:
        await engine.dispose()


def _address(url: str) -> str:
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgres", "postgresql"):
        raise ValueError("The database URL starts with postgresql://.")
    return f"postgresql://{rest}"


def _run(connection: "Connection", target: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    move = command.downgrade if target == "base" or target.startswith("-") else command.upgrade
    try:
        move(config, target)
    except CommandError as error:
        detail = sentence("server.migration_target", error=str(error))
        raise ServiceError(Code.REVISION_UNKNOWN, detail) from error
