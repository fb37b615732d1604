"""A pool whose server has gone away, and one that is closed while it is used."""

import asyncio
from typing import Any

import asyncpg
import pytest

from service import limits
from service.store.database import Database
from service.store.servers.pool import Pool
from service.telemetry.logs import entry_of
from tests.clients import until

PATIENCE = 60
FLOOR = "Failed to restore the pool connection floor; retrying"


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (
            ConnectionError("none of the hosts answers"),
            "ConnectionError: none of the hosts answers",
        ),
        (TimeoutError(), "TimeoutError"),
        (asyncpg.CannotConnectNowError("it starts"), "CannotConnectNowError: it starts"),
    ],
    ids=["refused", "hangs", "starts"],
)
async def test_a_session_that_cannot_be_opened_again_is_one_line(
    database: Database, caplog: pytest.LogCaptureFixture, failure: Exception, told: str
) -> None:
    made: list[Any] = []

    async def connect(**options: Any) -> Any:
        if made:
            raise failure
        made.append(await asyncpg.connect(database.primary.hosts[0], **options))
        return made[0]

    pool = Pool(connect, size=1, name="parity-test")
    await pool.open()
    try:
        made[0].terminate()
        await until(lambda: any(r.name == "asyncpg.pool" for r in caplog.records))
    finally:
        pool.cut()
    entry = entry_of(next(r for r in caplog.records if r.name == "asyncpg.pool"))
    assert entry["message"] == f"{FLOOR} ({told})"
    assert "error" not in entry


@pytest.mark.parametrize("n_used", [1, 3])
@pytest.mark.parametrize("is_whole", [True, False])
async def test_the_end_waits_for_who_uses_a_session_and_no_longer(
    database: Database, monkeypatch: pytest.MonkeyPatch, n_used: int, *, is_whole: bool
) -> None:
    monkeypatch.setattr(limits, "STATEMENT_SECONDS", 3600.0)
    pool = Pool(database.primary.connect, size=4, name="parity-test")
    await pool.open()
    used = [await pool.take() for _ in range(n_used + 1)]
    await pool.give_back(used.pop(), is_whole=True)
    closing = asyncio.create_task(pool.close())
    await asyncio.sleep(0)
    assert not closing.done()
    for connection in used:
        assert await connection.fetchval("SELECT 1") == 1
        await pool.give_back(connection, is_whole=is_whole)
    await asyncio.wait_for(closing, PATIENCE)
    assert pool.connections == {"in_use": 0, "idle": 0, "waiting": 0}
