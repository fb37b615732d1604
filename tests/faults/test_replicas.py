"""Reads on a streaming replica: by revision, so that nobody goes back in time."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from service.model.errors import Code, ServiceError
from service.store.database import Database
from service.store.servers.pool import Pool
from service.store.servers.primary import RawConnection
from service.store.servers.replicas import Known
from service.store.snapshots import Overtaken
from service.telemetry.samples import ReplicaLoad
from tests.clients import watched_as
from tests.clusters import Cluster
from tests.postgres import admin
from tests.replicas import following, until_on, where, write

PAUSE, RESUME = "SELECT pg_wal_replay_pause()", "SELECT pg_wal_replay_resume()"


@pytest.fixture
async def database(pair: tuple[Cluster, Cluster]) -> AsyncIterator[Database]:
    async with following(*pair) as opened:
        yield opened


async def test_a_read_that_may_is_given_by_a_replica(database: Database) -> None:
    revision = await write(database)
    assert await until_on(database, replica=True) >= revision


async def test_a_read_that_does_not_say_so_is_given_by_the_primary(database: Database) -> None:
    await until_on(database, replica=True)
    async with database.read() as read:
        assert not await read.connection.fetchval("SELECT pg_is_in_recovery()")


async def test_F20_who_wrote_reads_it_though_the_replica_is_behind(
    pair: tuple[Cluster, Cluster], database: Database
) -> None:
    await until_on(database, replica=True)
    await admin(pair[1].url, PAUSE)
    revision = await write(database)
    assert await where(database) == (False, revision)
    await admin(pair[1].url, RESUME)
    assert await until_on(database, replica=True) == revision


async def test_F20_a_least_revision_holds_where_it_was_not_heard_of(
    pair: tuple[Cluster, Cluster], database: Database
) -> None:
    await until_on(database, replica=True)
    before = database.known()
    await admin(pair[1].url, PAUSE)
    revision = await write(database)
    database.known = lambda: Known(before.revision, 0)
    assert await where(database) == (True, before.revision)
    assert await where(database, least=revision) == (False, revision)
    await admin(pair[1].url, RESUME)


async def test_F20_a_primary_that_is_not_heard_is_asked_itself(database: Database) -> None:
    await until_on(database, replica=True)
    known = database.known()
    database.known = lambda: Known(known.revision, 5.0)
    assert not (await where(database))[0]


async def test_F20_each_writer_reads_its_own_write_at_once(database: Database) -> None:
    await until_on(database, replica=True)
    for _ in range(50):
        revision = await write(database)
        assert (await where(database))[1] >= revision


async def test_a_replica_that_went_back_is_not_believed(database: Database) -> None:
    await until_on(database, replica=True)
    revision = database.known().revision
    (replica,) = database._replicas._all
    replica.applied = revision + 5
    database.known = lambda: Known(revision + 5, 0)
    with pytest.raises(Overtaken):
        await where(database)


async def test_F20_how_far_behind_a_replica_is_can_be_seen(
    pair: tuple[Cluster, Cluster], database: Database
) -> None:
    def load() -> ReplicaLoad:
        (one,) = database.replica_loads(database.known().revision)
        return one

    await until_on(database, replica=True)
    before = load()
    assert (before.is_read, before.lag) == (True, 0.0)
    await admin(pair[1].url, PAUSE)
    await write(database)
    assert load().lag > 0.0
    await admin(pair[1].url, RESUME)
    await until_on(database, replica=True)
    assert load() == before


async def test_F21_a_replay_conflict_is_asked_of_the_primary(
    pair: tuple[Cluster, Cluster], database: Database
) -> None:
    await admin(pair[0].url, "CREATE TABLE worn AS SELECT generate_series(1, 1000) AS n")
    await write(database)
    await until_on(database, replica=True)
    with pytest.raises(Overtaken):
        async with database.read(least=0) as read:
            assert await read.connection.fetchval("SELECT pg_is_in_recovery()")
            await read.connection.fetchval("SELECT count(*) FROM worn")
            await admin(pair[0].url, "DELETE FROM worn", "VACUUM worn")
            for _ in range(600):
                await read.connection.fetchval("SELECT count(*) FROM worn")
                await asyncio.sleep(0.05)
    await admin(pair[0].url, "DROP TABLE worn")
    assert (await where(database))[0], "it is whole, and asked again"


async def test_F22_a_stopped_replica_is_left_and_found_again(
    pair: tuple[Cluster, Cluster], database: Database
) -> None:
    await until_on(database, replica=True)
    pair[1].stop()
    await until_on(database, replica=False)
    await write(database)
    pair[1].start()
    await until_on(database, replica=True)


async def test_F22_a_replica_that_hangs_is_left(
    pair: tuple[Cluster, Cluster], database: Database
) -> None:
    await until_on(database, replica=True)
    pair[1].signal(signal.SIGSTOP)
    try:
        await until_on(database, replica=False)
    finally:
        pair[1].signal(signal.SIGCONT)
    await until_on(database, replica=True)


async def test_a_replica_of_another_base_is_not_read(
    pair: tuple[Cluster, Cluster], bundled: Database
) -> None:
    own = Database(bundled.url, replica_urls=[pair[1].url])
    await own.open()
    own.known = lambda: Known(0, 0)
    await asyncio.sleep(0.3)
    assert not (await where(own))[0]
    await own.close()


@pytest.fixture
def away(pair: tuple[Cluster, Cluster]) -> Iterator[Cluster]:
    yield pair[0]
    pair[0].start()


async def test_while_the_primary_is_away_a_replica_stands_in(
    database: Database, away: Cluster
) -> None:
    revision = await write(database)
    await until_on(database, replica=True)
    away.signal(signal.SIGKILL)
    assert await where(database) == (True, revision)
    known = database.known()
    database.known = lambda: Known(known.revision, 30.0)
    assert await until_on(database, replica=True) == revision
    with pytest.raises(ServiceError) as raised:
        await where(database, least=revision + 1)
    assert raised.value.code == Code.DATABASE_UNAVAILABLE
    database.known = lambda: Known(known.revision, 60.0)
    with pytest.raises(ServiceError):
        await where(database)


@pytest.fixture
async def served(
    pair: tuple[Cluster, Cluster],
) -> AsyncIterator[tuple[Database, httpx.AsyncClient]]:
    """A database that reads on its replica, and a client of the service upon it."""
    own = Database(pair[0].url, replica_urls=[pair[1].url])
    await own.open()
    async with watched_as(own) as (client, _):
        await until_on(own, replica=True)
        yield own, client
    await own.close()


async def test_over_http_the_replica_gives_what_is_of_a_revision(
    served: tuple[Database, httpx.AsyncClient],
) -> None:
    own, client = served
    pool, own._pool = own._pool, Pool(_refused, size=1, name="test")
    for path in ("/v1/vendors?limit=7", "/v1/timeline?limit=7", "/v1/vendors?as_of=rev:1"):
        answer = await client.get(path)
        assert answer.status_code == 200, answer.text
        assert 0 <= int(answer.headers["dataset-age"]) <= 5
        assert answer.headers["server-timing"].endswith(", replica")
    remembered = await client.get("/v1/vendors?limit=7")
    assert (remembered.status_code, "dataset-age" in remembered.headers) == (200, False)
    own._pool = pool


async def test_over_http_an_answer_of_a_replica_that_stands_in_tells_its_age(
    served: tuple[Database, httpx.AsyncClient],
) -> None:
    own, client = served
    known = own.known()
    pool, own._pool = own._pool, Pool(_refused, size=1, name="test")
    own.known = lambda: Known(known.revision, 42.4)
    for path in ("/v1/vendors?limit=6", "/v1/coverage", "/v1/groups?limit=6&lang=zh"):
        answer = await client.get(path)
        assert (answer.status_code, answer.headers.get("dataset-age")) == (200, "42"), answer.text
    own._pool = pool
    answer = await client.get("/v1/vendors?limit=5")
    assert (answer.status_code, answer.headers.get("dataset-age")) == (200, None)
    assert "replica" not in answer.headers["server-timing"]


async def test_over_http_what_the_replica_lacks_the_primary_gives(
    pair: tuple[Cluster, Cluster], served: tuple[Database, httpx.AsyncClient]
) -> None:
    own, client = served
    await admin(pair[1].url, PAUSE)
    known = own.known()
    revision = await write(own)
    own.known = lambda: Known(known.revision, 0)
    for least in ("vendors?limit=3", "timeline?limit=3"):
        asked = {"min-dataset-revision": str(revision)}
        answer = await client.get(f"/v1/{least}", headers=asked)
        assert answer.headers["dataset-revision"] == str(revision), answer.text
    answer = await client.get(f"/v1/vendors?as_of=rev:{revision}")
    assert answer.status_code == 200, answer.text
    await admin(pair[1].url, RESUME)


async def _refused(**_: object) -> RawConnection:
    raise ConnectionRefusedError
