"""Connections that die while an import is under way: told in time, nothing half-done."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from service import limits
from service.model.errors import ServiceError
from service.query.registry import BY_KIND
from service.store.database import Database
from service.store.imports import staging
from service.usecases.imports.files import load
from tests.make import SMALL, lines, put
from tests.postgres import KILL, admin

TURN_SECONDS = 30.0


def killed(database: Database, rows: int) -> Iterator[None]:
    """Yields, and half-way all connections of the database are ended by the server."""
    for number in range(rows):
        if number == rows // 2:
            thread = threading.Thread(target=lambda: asyncio.run(admin(database.url, KILL)))
            thread.start()
            thread.join()
        yield


async def test_f04_a_backend_killed_during_copy_is_told_at_once_and_the_worker_is_free(
    database: Database,
) -> None:
    vendor = BY_KIND["vendor"]
    width = len(staging.staged_columns(vendor))

    def records() -> Iterator[tuple[Any, ...]]:
        for number, _ in enumerate(killed(database, 50_000)):
            yield (number, None, f"v{number}", "{}", [], *[None] * (width - 5))

    async with asyncio.timeout(limits.COPY_SECONDS / 2):
        with pytest.raises(ServiceError) as caught:
            async with database.write(actor="test", comment="test") as (connection, _):
                await staging.create(connection, vendor)
                await staging.copy(connection, vendor, records())
    assert caught.value.code == "outcome_unknown"
    assert await database.revision() == 0
    assert (await put(database, *SMALL)).revision == 1


async def test_a_backend_killed_between_batches_stores_nothing(database: Database) -> None:
    some = lines(*SMALL)
    endless = (some[n % 5] for n, _ in enumerate(killed(database, 3 * limits.COPY_ROWS)))
    with pytest.raises(ServiceError) as caught:
        await load(database, endless, comment="test")
    assert caught.value.code == "outcome_unknown"
    assert await database.revision() == 0
    assert (await put(database, *SMALL)).created == 5


async def test_decoding_lets_others_work(database: Database) -> None:
    """A long file is read in a thread, every batch of it: each waits until others had a turn."""
    loop, turns = asyncio.get_running_loop(), list[bool]()

    def waiting() -> Iterator[bytes]:
        for number, line in enumerate(lines(*SMALL) * 3000):
            if number % limits.COPY_ROWS == limits.COPY_ROWS // 2:
                others = threading.Event()
                loop.call_soon_threadsafe(others.set)
                turns.append(others.wait(TURN_SECONDS))
                assert turns[-1], "nobody else has a turn while a batch is decoded"
            yield line

    await load(database, waiting(), comment="test", dry_run=True)
    assert len(turns) == 15_000 // limits.COPY_ROWS
