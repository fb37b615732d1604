"""A pool whose server has gone away."""

import asyncio
import time
from typing import Any

import asyncpg
import pytest

from service.store.database import Database
from service.store.servers.pool import Pool
from service.telemetry.logs import entry_of

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
        until = time.monotonic() + 30
        while not (lines := [r for r in caplog.records if r.name == "asyncpg.pool"]):
            assert time.monotonic() < until
            await asyncio.sleep(0.01)
    finally:
        pool.cut()
    entry = entry_of(lines[0])
    assert entry["message"] == f"{FLOOR} ({told})"
    assert "error" not in entry
