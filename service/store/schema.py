"""Brings a database to the newest migration."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from service import limits
from service.model.errors import Code, ServiceError
from service.resources import resource
from service.store.failures import translated
from service.texts.sentences import sentence

MIGRATIONS = resource("migrations")
LOCK = 7_020_262_018  # any constant: one migration at a time on a database


async def migrate(url: str, target: str = "head") -> None:
    """Upgrade or downgrade to `target`; a second runner waits for the first.

    Raises ServiceError `database_unavailable`, `revision_unknown`.
    """
    async with _connected(url) as connection:
        await connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
        await connection.commit()
        await connection.run_sync(_run, target)
        await connection.commit()


async def is_migrated(url: str) -> bool:
    """Whether any migration has run. Raises ServiceError `database_unavailable`."""
    async with _connected(url) as connection:
        return await connection.run_sync(lambda base: inspect(base).has_table("alembic_version"))


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(
        _asyncpg_url(url),
        poolclass=NullPool,
        connect_args={"timeout": limits.CONNECT_SECONDS},
    )
    try:
        async with translated(), engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        detail = sentence("server.migration")
        raise ServiceError(Code.DATABASE_UNAVAILABLE, detail) from error.orig
    finally:
        await engine.dispose()


def _asyncpg_url(url: str) -> str:
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgres", "postgresql"):
        raise ValueError("The database URL starts with postgresql://.")
    return f"postgresql+asyncpg://{rest}"


def _run(connection: Connection, target: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    move = command.downgrade if target == "base" or target.startswith("-") else command.upgrade
    try:
        move(config, target)
    except CommandError as error:
        detail = sentence("server.migration_target", error=str(error))
        raise ServiceError(Code.REVISION_UNKNOWN, detail) from error
