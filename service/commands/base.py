"""What every command shares: which database, and how a failure is told."""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import click

from service.model.errors import ServiceError
from service.settings import Settings
from service.store.database import Database
from service.store.embedded import embedded
from service.store.schema import migrate


@contextmanager
def database_url(settings: Settings) -> Iterator[str]:
    """The configured database, or the embedded one for as long as the block lasts."""
    if settings.database_url:
        yield settings.database_url
    else:
        with embedded(settings.data_dir) as url:
            yield url


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Database]:
    """A migrated, open database."""
    await migrate(url)
    database = Database(url, pool_size=2)
    await database.open()
    try:
        yield database
    finally:
        await database.close()


def settings() -> Settings:
    try:
        return Settings.from_environment()
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def run(work: Coroutine[Any, Any, int]) -> None:
    """Run to the end; the result is the exit code. Failures are told in one sentence."""
    try:
        code = asyncio.run(work)
    except ServiceError as error:
        raise click.ClickException(f"{error.detail} ({error.code})") from None
    sys.exit(code)
