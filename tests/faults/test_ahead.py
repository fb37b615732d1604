"""A standby shows a commit before its primary does, which waits for another one: nobody who saw it
is answered as of an earlier revision, and nobody waits for ever for what is lost."""

import asyncio
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from service import limits
from service.model.errors import Code, ServiceError
from service.store.database import Database
from tests.clients import until, watched_as
from tests.clusters import Cluster, standby
from tests.failovers import either, followed
from tests.replicas import following, until_on, where, write


@asynccontextmanager
async def ahead(first: Cluster, database: Database) -> AsyncIterator[int]:
    """Within, a commit waits for a standby that is not there, and the one that is there shows it:
    the revision."""
    before = await until_on(database, replica=True)
    first.set("synchronous_standby_names = 'FIRST 2 (second, missing)'")
    writing = asyncio.create_task(write(database))
    try:
        async with asyncio.timeout(30):
            while (await where(database))[1] == before:  # noqa: ASYNC110  # nobody tells
                await asyncio.sleep(0.01)
        yield before + 1
    finally:
        with suppress(subprocess.CalledProcessError):  # it was killed
            first.set("synchronous_standby_names = ''")
        await asyncio.gather(writing, return_exceptions=True)


@pytest.fixture
async def database(pair: tuple[Cluster, Cluster]) -> AsyncIterator[Database]:
    async with following(*pair) as opened:
        yield opened


async def revision_of(database: Database) -> int:
    """As of which the primary gives a read."""
    async with database.read() as read:
        return read.revision


async def test_F25_who_saw_a_commit_on_a_standby_is_not_sent_back_by_the_primary(
    pair: tuple[Cluster, Cluster], database: Database
) -> None:
    async with ahead(pair[0], database) as revision:
        assert await database.revision() == revision - 1
        reading = asyncio.create_task(revision_of(database))
        await asyncio.sleep(0.1)
        pair[0].set("synchronous_standby_names = ''")
        assert await reading == revision


async def test_F25_a_primary_that_stays_behind_is_not_read(
    pair: tuple[Cluster, Cluster], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BEHIND_SECONDS", 0.05)
    async with ahead(pair[0], database) as revision:
        with pytest.raises(ServiceError) as raised:
            await revision_of(database)
        assert raised.value.code == Code.DATABASE_UNAVAILABLE
        assert await where(database) == (True, revision)
    assert await revision_of(database) == revision


async def test_F25_what_does_not_come_for_long_counts_as_lost(
    pair: tuple[Cluster, Cluster], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BEHIND_SECONDS", 0.05)
    async with ahead(pair[0], database) as revision:
        monkeypatch.setattr(limits, "AHEAD_SECONDS", 0.1)
        await until_read(database, revision - 1)
        assert await where(database) == (False, revision - 1)
    assert await until_on(database, replica=True) == revision


@pytest.mark.parametrize(
    "path", ["/v1/vendors?limit=3", "/v1/products?limit=3", "/v1/timeline?limit=3", "/v1/coverage"]
)
async def test_F25_nobody_is_answered_from_memory_as_of_an_earlier_revision(
    pair: tuple[Cluster, Cluster], path: str
) -> None:
    own = Database(pair[0].url, replica_urls=[pair[1].url])
    await own.open()
    async with watched_as(own) as (client, watcher):
        assert (await client.get(path)).is_success
        async with ahead(pair[0], own) as revision:
            answer = await client.get("/v1/markets?limit=3")
            assert answer.headers["dataset-revision"] == str(revision)
            await until(lambda: watcher.is_heard)
            answer = await client.get(path)
            assert answer.headers["dataset-revision"] == str(revision)
    await own.close()


@pytest.mark.parametrize("is_moved", [False, True], ids=["either host", "one address"])
async def test_F25_what_was_seen_and_is_lost_is_waited_for_by_nobody(
    is_moved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BEHIND_SECONDS", 0.05)
    async with followed() as (first, second):
        third = standby(first, "third")
        third.stop()
        address = first.url if is_moved else either(first, third)
        async with following(first, second, address=address) as database:
            async with ahead(first, database) as revision:
                first.signal(signal.SIGKILL)
            taking_over = Cluster(third.folder, first.port, third.programs) if is_moved else third
            await asyncio.to_thread(taking_over.start)
            await asyncio.to_thread(taking_over.promote)
            await until_read(database, revision - 1)
            assert await where(database) == (False, revision - 1)
            assert await write(database) == revision
            await until_read(database, revision)


async def until_read(database: Database, revision: int) -> None:
    """As of that one, from the primary, and none of a later one meanwhile."""
    async with asyncio.timeout(30):
        while True:
            try:
                found = await revision_of(database)
                break
            except ServiceError as error:
                if error.code != Code.DATABASE_UNAVAILABLE:
                    raise
            await asyncio.sleep(0.02)
    assert found == revision
