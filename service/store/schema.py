"""Brings a database to the newest migration."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LOCK = 7_020_262_018  # any constant: one migration at a time on a database


async def migrate(url: str, target: str = "head") -> None:
    """Upgrade or downgrade to `target`; a second runner waits for the first."""
    engine = create_async_engine(_asyncpg_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text(f"SELECT pg_advisory_lock({LOCK})"))
            await connection.commit()
            await connection.run_sync(_run, target)
            await connection.commit()
    finally:
        await engine.dispose()


def migrate_now(url: str, target: str = "head") -> None:
    asyncio.run(migrate(url, target))


def _asyncpg_url(url: str) -> str:
    scheme, _, rest = url.partition("://")
    if scheme not in ("postgres", "postgresql"):
        raise ValueError("The database URL starts with postgresql://.")
    return f"postgresql+asyncpg://{rest}"


def _run(connection: Connection, target: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    if target == "base" or target.startswith("-"):
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)
