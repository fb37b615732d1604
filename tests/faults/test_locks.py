"""F05, F13, F14, F17, F29, F43: what other sessions of the same server do to ours."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import asyncpg
import httpx
import psutil
import pytest

from service import limits
from service.model.errors import ServiceError
from service.store.database import Database
from tests.clients import WHY, served, until, until_answered, watched
from tests.make import SMALL, new_key, put, put_all
from tests.postgres import KILL, database_name, sql

SESSIONS = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name LIKE 'parity%' ORDER BY backend_start"
)
WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Of a service with a few records, by a key that may write."""
    await put_all(database, *SMALL)
    _, secret = await new_key(database, "write", "curate")
    async with served(database) as opened:
        opened.headers.update({"authorization": f"Bearer {secret}", "if-match": "*"})
        yield opened


@pytest.fixture
async def other(database: Database) -> AsyncIterator[asyncpg.Connection]:
    """A session of somebody else."""
    session = await asyncpg.connect(database.url)
    yield session
    await session.close()


async def edit(client: httpx.AsyncClient, note: str) -> httpx.Response:
    return await client.patch("/v1/vendors/acme", json={"note": note, **WHY})


@contextmanager
def frozen(pids: list[int]) -> Iterator[None]:
    stopped = [psutil.Process(pid) for pid in pids]
    try:
        for process in stopped:
            process.suspend()
        yield
    finally:
        for process in stopped:
            process.resume()


def _is_here(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).name().startswith("postgres")


async def test_F05_a_session_that_stands_still_holds_its_own_request_only(
    impatient: None, database: Database
) -> None:
    await put_all(database, *SMALL)
    async with served(database) as client:
        await asyncio.gather(*(client.get(f"/v1/vendors?limit={n}") for n in range(1, 9)))
        session = await asyncpg.connect(database.url)
        pids = [row["pid"] for row in await session.fetch(SESSIONS)]
        await session.close()
        if not all(_is_here(pid) for pid in pids):
            pytest.skip("the server is on another machine")
        with frozen(pids[-1:]):
            async with asyncio.timeout(60):
                asked = (client.get(f"/v1/vendors?limit={n}") for n in range(10, 30))
                answers = await asyncio.gather(*asked)
        assert {answer.status_code for answer in answers} <= {200, 503}
        slow = [answer for answer in answers if answer.status_code == 503]
        assert len(slow) <= 1 or {answer.json()["code"] for answer in slow} <= {
            "busy",
            "database_timeout",
        }
        await until_answered(client, "/v1/vendors?limit=30")


@pytest.mark.parametrize("lock", ["FOR UPDATE", "FOR NO KEY UPDATE"])
async def test_F13_a_record_that_somebody_holds_is_told(
    client: httpx.AsyncClient,
    other: asyncpg.Connection,
    lock: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "QUEUE_SECONDS", 0.4)
    async with other.transaction():
        await other.execute(f"SELECT id FROM vendor WHERE id = 'acme' {lock}")
        async with asyncio.timeout(60):
            refused = await edit(client, "held")
            assert (await client.get("/v1/vendors/acme")).status_code == 200
    assert (refused.status_code, refused.json()["code"]) == (409, "locked"), refused.text
    assert (await edit(client, "free")).status_code == 200


async def test_F14_writers_in_each_other_s_order_do_not_lock_each_other(
    client: httpx.AsyncClient,
) -> None:
    paths = ["/v1/vendors/acme", "/v1/products/p", "/v1/markets/m", "/v1/features/f"]

    async def write(order: list[str], n: int) -> list[int]:
        return [
            (await client.patch(path, json={"note": str(n), **WHY})).status_code for path in order
        ]

    both = [write(paths if n % 2 else paths[::-1], n) for n in range(6)]
    assert {status for one in await asyncio.gather(*both) for status in one} == {200}


async def test_F14_a_deadlock_with_somebody_else_is_told_and_leaves_nothing(
    client: httpx.AsyncClient, other: asyncpg.Connection
) -> None:
    await other.execute("SET deadlock_timeout = '10s'")  # ours finds out first
    async with other.transaction():
        await other.execute("SELECT id FROM vendor WHERE id = 'acme' FOR UPDATE")
        asked = asyncio.create_task(edit(client, "ours"))
        while not await other.fetchval(WAITING):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        taken = asyncio.create_task(other.execute("SELECT * FROM dataset FOR UPDATE"))
        refused = await asyncio.wait_for(asked, 60)
        await asyncio.wait_for(taken, 60)
    assert (refused.status_code, refused.json()["code"]) == (503, "busy"), refused.text
    assert refused.headers["retry-after"]
    assert (await client.get("/v1/vendors/acme")).json().get("note") is None
    assert (await edit(client, "again")).status_code == 200


@pytest.mark.parametrize("setting", ["idle_in_transaction_session_timeout", "transaction_timeout"])
async def test_F17_a_limit_of_the_server_s_own_is_told(database: Database, setting: str) -> None:
    session = await asyncpg.connect(database.url)
    is_known = await session.fetchval("SELECT count(*) FROM pg_settings WHERE name = $1", setting)
    await session.close()
    if not is_known:
        pytest.skip(f"this PostgreSQL has no {setting}")
    await sql(database, f"ALTER DATABASE {database_name(database.url)} SET {setting} = '250ms'")
    own = Database(database.url)
    await own.open()
    with pytest.raises(ServiceError) as read:
        async with own.read() as snapshot:
            await asyncio.sleep(0.7)
            await snapshot.connection.fetchval("SELECT 1")
    with pytest.raises(ServiceError) as written:
        async with own.write(actor="test", comment="test") as (connection, _):
            await asyncio.sleep(0.7)
            await connection.fetchval("SELECT 1")
    assert read.value.code in ("database_unavailable", "database_timeout")
    assert written.value.code in ("database_unavailable", "database_timeout", "outcome_unknown")
    assert await database.revision() == 0
    await own.close()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE vendor ADD COLUMN later text; SELECT make_revisioned('vendor')",
        "ALTER TABLE vendor ALTER COLUMN note TYPE varchar(100000)",
        "DROP INDEX IF EXISTS vendor_name; ANALYZE vendor",
    ],
    ids=["a column more", "another type", "an index less"],
)
async def test_F29_a_migration_beside_sessions_that_have_prepared_is_not_noticed(
    client: httpx.AsyncClient, other: asyncpg.Connection, change: str
) -> None:
    paths = ["/v1/vendors", "/v1/vendors/acme", "/v1/vendors/acme?as_of=rev:1", "/v1/vendors.csv"]

    async def asked() -> list[int]:
        reads = [(await client.get(path)).status_code for path in paths]
        return [*reads, (await edit(client, change[:20])).status_code]

    assert await asked() == [200] * 5
    try:
        await other.execute(change)
    except asyncpg.FeatureNotSupportedError:
        pytest.skip("a function of the base depends on the column")
    assert await asked() == [200] * 5


async def test_F43_what_is_committed_while_nobody_listens_is_caught_up(
    database: Database,
) -> None:
    await put_all(database, *SMALL)
    async with watched(database) as (client, watcher):
        await client.get("/v1/vendors/acme")
        for n in range(2):
            await sql(database, KILL)
            writer = Database(database.url)
            await writer.open()
            report = await put(writer, {"kind": "vendor", "id": f"v{n}", "name": "V"})
            await writer.close()
            newest = report.revision or 0
            await until(lambda newest=newest: watcher.newest >= newest)  # type: ignore[misc]
            answer = await client.get(f"/v1/vendors/v{n}")
            assert answer.status_code == 200
            assert int(answer.headers["dataset-revision"]) >= newest
