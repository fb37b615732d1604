"""A database that reads on standbys: which of them gave a read, and what it saw."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.jobs.worker import ended
from service.model.errors import ServiceError
from service.store.database import Database
from service.store.snapshots import Overtaken
from service.usecases.changes.revision_watcher import RevisionWatcher
from tests.clients import caught_up
from tests.clusters import Cluster


@asynccontextmanager
async def following(first: Cluster, *others: Cluster, address: str = "") -> AsyncIterator[Database]:
    """A database with replicas that hears what is committed; of several hosts it has an address."""
    opened = Database(address or first.url, replica_urls=[other.url for other in others])
    await opened.open()
    watcher = RevisionWatcher(opened)
    listening = asyncio.create_task(watcher.listen())
    try:
        await caught_up(watcher)
        yield opened
    finally:
        await ended(listening)
        await opened.close()


async def where(database: Database, least: int = 0) -> tuple[bool, int]:
    """Whether a replica gave a read, and the revision that it saw."""
    async with database.read(least=least) as read:
        return await read.connection.fetchval("SELECT pg_is_in_recovery()"), read.revision


async def write(database: Database) -> int:
    async with database.write(actor="test", comment="test") as (_, revision):
        return revision


async def until_on(database: Database, *, replica: bool) -> int:
    """The revision that the first such read saw."""
    async with asyncio.timeout(30):
        while True:
            try:
                is_replica, revision = await where(database)
            except (Overtaken, ServiceError):  # it has just broken, and nobody has seen it yet
                is_replica, revision = not replica, 0
            if is_replica == replica:
                return revision
            await asyncio.sleep(0.02)
