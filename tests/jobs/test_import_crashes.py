"""A worker killed in the middle of an import: nothing half-done, and the next one does it."""

import asyncio
import json
import os
import random
import signal
from pathlib import Path

import httpx

from service.store.database import Database
from tests.answers import bearer
from tests.make import new_key
from tests.postgres import sql
from tests.servers import Running, serving

ROWS = 10_000


def body() -> bytes:
    records: list[dict[str, object]] = [
        {"kind": "market", "id": "crash"},
        {"kind": "vendor", "id": "crash"},
    ]
    records += [{"kind": "feature", "id": f"f{n}"} for n in range(100)]
    records += [
        {"kind": "product", "id": f"p{n}", "vendor": "crash", "markets": ["crash"]}
        for n in range(ROWS // 100)
    ]
    records += [
        {"kind": "adoption", "product": f"p{n // 100}", "feature": f"f{n % 100}", "stage": "ga",
         "date": "2024", "sources": ["urn:a"]}
        for n in range(ROWS)
    ]  # fmt: skip
    return b"\n".join(json.dumps(record).encode() for record in records)


async def test_f45_a_killed_worker_leaves_nothing_and_the_next_one_does_it_once(
    own_bundled: Database, tmp_path: Path
) -> None:
    database = own_bundled
    revision, facts = await _standing(database)
    _, secret = await new_key(database, "write")
    href = ""
    rng = random.Random(45)
    for _ in range(2):
        async with serving(database, tmp_path) as running:
            href = href or await _posted(running, secret)
            await _until_it_runs(database)
            await asyncio.sleep(rng.uniform(0, 0.8))
            for pid in _processes(running.process.pid):
                os.kill(pid, signal.SIGKILL)
            await running.process.wait()
        assert await _standing(database) in ((revision, facts), (revision + 1, facts + ROWS))
        await sql(
            database,
            "UPDATE import_job SET leased_until = now() - interval '1s' WHERE status = 'running'",
        )
    async with serving(database, tmp_path):
        await _until(database, "done")
    assert await _standing(database) == (revision + 1, facts + ROWS)


def _processes(pid: int) -> list[int]:
    """The process and all that it started, itself first."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(found for child in children for found in _processes(int(child)))]


async def _posted(running: Running, secret: str) -> str:
    async with httpx.AsyncClient(base_url=running.address, timeout=30) as client:
        answer = await client.post(
            "/v1/imports?comment=crash", content=body(),
            headers={**bearer(secret), "content-type": "application/x-ndjson"},
        )  # fmt: skip
    assert answer.status_code == 202, answer.text
    return str(answer.headers["location"])


async def _status(database: Database) -> str:
    async with database.session() as connection:
        return str(await connection.fetchval("SELECT status FROM import_job"))


async def _until_it_runs(database: Database) -> None:
    async with asyncio.timeout(60):
        while await _status(database) == "queued":  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _until(database: Database, status: str) -> None:
    async with asyncio.timeout(120):
        while await _status(database) != status:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def _standing(database: Database) -> tuple[int, int]:
    async with database.session() as connection:
        facts = await connection.fetchval("SELECT count(*) FROM adoption")
    return await database.revision(), facts
