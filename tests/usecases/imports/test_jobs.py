"""Imports as jobs: accepted, worked off by anyone, taken over from the dead, applied once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from service import limits
from service.model.errors import ServiceError
from service.store.database import Database
from service.store.imports import jobs
from service.usecases.imports import jobs as importing_jobs
from service.usecases.imports.jobs import work_off
from tests.answers import assert_problem, bearer, exported
from tests.clients import Importer, served
from tests.make import ADOPTION, MARKET, SMALL, VENDOR, lines, new_key
from tests.postgres import sql

ASYNC = {"prefer": "respond-async"}


@pytest.fixture
async def importer(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


async def accepted(importer: Importer, *records: dict[str, Any], ask: str = "") -> str:
    answer = await importer.send(*records, ask=ask, **ASYNC)
    assert answer.status_code == 202, answer.text
    return str(answer.headers["location"])


async def shown(importer: Importer, href: str) -> dict[str, Any]:
    told: dict[str, Any] = (await importer.get(href)).json()
    return told


async def test_a_job_is_accepted_and_then_done(importer: Importer) -> None:
    answer = await importer.send(*SMALL, **ASYNC)
    queued = answer.json()
    assert (answer.status_code, queued["status"], queued["rows"]) == (202, "queued", [])
    assert answer.headers["preference-applied"] == "respond-async"
    assert (queued["counts"]["rows"], queued["ended_at"]) == (None, None)
    assert await importer.database.revision() == 0
    assert await work_off(importer.database)
    done = await shown(importer, answer.headers["location"])
    assert (done["status"], done["revision"], done["error"]) == ("done", 1, None)
    assert list(done["counts"].values()) == [5, 5, 0, 0, 0]
    assert done["progress"] == {"rows_read": 5, "stage": None}
    rows = (await importer.get(f"{done['href']}/rows")).json()["data"]
    assert [(r["line"], r["outcome"]) for r in rows] == [(n, "created") for n in range(1, 6)]
    revision = await _revision(importer.database)
    assert revision == (done["actor"], "test")
    assert not await work_off(importer.database)


async def _revision(database: Database) -> tuple[str, str]:
    async with database.read() as snapshot:
        row = await snapshot.connection.fetchrow("SELECT actor, comment FROM revision WHERE id = 1")
    return row["actor"], row["comment"]


async def test_a_large_body_is_a_job_and_its_bytes_are_dropped_at_the_end(
    importer: Importer,
) -> None:
    answer = await importer.post(b"\n".join(lines(*SMALL)) + b"\n" * 1_000_000)
    assert (answer.status_code, "preference-applied" in answer.headers) == (202, False)
    await work_off(importer.database)
    assert (await shown(importer, answer.headers["location"]))["status"] == "done"
    async with importer.database.session() as connection:
        assert await connection.fetchval("SELECT body FROM import_job") is None


async def test_more_than_fifty_million_bytes_are_refused(importer: Importer) -> None:
    answer = await importer.post(b"\n" * 50_000_001)
    assert_problem(answer, 413, "payload_too_large")
    assert await importer.count() == 0


async def test_a_failed_job_keeps_its_report(importer: Importer) -> None:
    href = await accepted(importer, *SMALL, {**ADOPTION, "feature": "g"})
    await work_off(importer.database)
    told = await shown(importer, href)
    assert (told["status"], told["error"]["code"]) == ("failed", "import_row_failed")
    assert (told["counts"]["failed"], told["revision"]) == (1, None)
    rows = (await importer.get(f"{href}/rows?outcome=failed")).json()["data"]
    assert [(r["line"], r["errors"][0]["pointer"]) for r in rows] == [(6, "/feature")]
    assert await exported(importer.database) == b""
    revert = await importer.client.post(f"{href}/revert?comment=x", headers=importer.headers)
    assert_problem(revert, 409, "nothing_to_revert")


async def test_a_dry_job_tells_all_rows_and_stores_nothing(importer: Importer) -> None:
    bad = {**ADOPTION, "feature": "g"}
    href = await accepted(importer, *SMALL, bad, ask="&dry_run=true&on_error=skip")
    await work_off(importer.database)
    told = await shown(importer, href)
    assert (told["status"], told["would_be_revision"], told["revision"]) == ("done", 1, None)
    rows = (await importer.get(f"{href}/rows")).json()["data"]
    assert [r["outcome"] for r in rows] == [*["created"] * 5, "failed"]
    assert await importer.database.revision() == 0


async def test_a_job_that_changes_nothing_takes_no_revision(importer: Importer) -> None:
    await importer.send(*SMALL)
    href = await accepted(importer, *SMALL)
    await work_off(importer.database)
    told = await shown(importer, href)
    assert (told["status"], told["revision"], told["counts"]["unchanged"]) == ("done", None, 5)
    assert await importer.database.revision() == 1


async def test_jobs_of_several_workers_are_each_done_once_in_their_order(
    importer: Importer,
) -> None:
    for n in range(4):
        await accepted(importer, MARKET, {**VENDOR, "id": f"v{n}"})
    others = [Database(importer.database.url) for _ in range(2)]
    for other in others:
        await other.open()
    while any(await asyncio.gather(*(work_off(d) for d in (importer.database, *others)))):
        pass
    for other in others:
        await other.close()
    listed = (await importer.get("/v1/imports")).json()["data"]
    assert [job["status"] for job in listed] == ["done"] * 4
    assert {job["revision"] for job in listed} == {1, 2, 3, 4}
    assert sum(job["counts"]["created"] for job in listed) == 5


async def test_a_job_of_a_dead_worker_is_taken_over_when_its_lease_ends(
    importer: Importer,
) -> None:
    href = await accepted(importer, *SMALL)
    async with importer.database.operate() as connection:
        dead = await jobs.claim(connection)
    assert dead is not None
    assert not await work_off(importer.database)
    assert (await shown(importer, href))["status"] == "running"
    await sql(importer.database, "UPDATE import_job SET leased_until = now() - interval '1s'")
    assert await work_off(importer.database)
    assert (await shown(importer, href))["revision"] == 1


async def test_who_lost_the_lease_writes_nothing(importer: Importer) -> None:
    """A worker thought dead comes back: the other one's report and revision stand."""
    href = await accepted(importer, *SMALL)
    async with importer.database.operate() as connection:
        late = await jobs.claim(connection)
    assert late is not None
    await sql(importer.database, "UPDATE import_job SET leased_until = now() - interval '1s'")
    assert await work_off(importer.database)
    with pytest.raises(importing_jobs._LeaseLost):
        await importing_jobs._do(importer.database, late)
    assert (await shown(importer, href))["revision"] == 1
    assert await importer.database.revision() == 1


async def test_a_beat_extends_the_lease_and_tells_the_progress(importer: Importer) -> None:
    href = await accepted(importer, *SMALL)
    async with importer.database.operate() as connection:
        lease = await jobs.claim(connection)
        assert lease is not None
    await sql(importer.database, "UPDATE import_job SET leased_until = now() - interval '1s'")
    async with importer.database.session(is_write=True) as connection:
        assert await jobs.beat(connection, lease, 3, "vendors")
    assert not await work_off(importer.database)
    progress = (await shown(importer, href))["progress"]
    assert progress == {"rows_read": 3, "stage": "vendors"}


async def until(met: Callable[[], Awaitable[Any]]) -> None:
    async with asyncio.timeout(60):
        while not await met():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _is_running(importer: Importer, href: str) -> bool:
    return bool((await shown(importer, href))["status"] == "running")


async def test_a_cancelled_job_goes_back_into_the_queue(
    importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    href = await accepted(importer, *SMALL)
    held = Database(importer.database.url)
    await held.open()
    async with held.write(actor="other", comment="holds the lock"):
        working = asyncio.create_task(work_off(importer.database))
        await until(lambda: _is_running(importer, href))
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working
    await held.close()
    assert (await shown(importer, href))["status"] == "queued"
    assert await work_off(importer.database)
    assert (await shown(importer, href))["status"] == "done"


async def test_a_job_that_never_ends_is_given_up(importer: Importer) -> None:
    href = await accepted(importer, *SMALL)
    await sql(importer.database, f"UPDATE import_job SET claims = {limits.IMPORT_CLAIMS_MAX}")
    assert await work_off(importer.database)
    told = await shown(importer, href)
    assert (told["status"], "Given up" in told["error"]["detail"]) == ("failed", True)


KILL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'"
)


async def test_a_job_whose_backend_is_killed_is_done_the_next_time(importer: Importer) -> None:
    href = await accepted(importer, *SMALL)
    held = Database(importer.database.url)
    await held.open()
    async with held.write(actor="other", comment="holds the lock") as (connection, _):
        working = asyncio.create_task(work_off(importer.database))
        await until(lambda: connection.fetch(KILL))
        with pytest.raises(ServiceError) as caught:
            await working
    await held.close()
    assert caught.value.code == "outcome_unknown"
    assert (await shown(importer, href))["status"] == "queued"
    assert await exported(importer.database) == b""
    assert await work_off(importer.database)
    assert (await shown(importer, href))["status"] == "done"


async def test_a_job_sent_twice_under_one_key_is_one_job(importer: Importer) -> None:
    first = await importer.send(*SMALL, idempotency_key="k", **ASYNC)
    await work_off(importer.database)
    again = await importer.send(*SMALL, idempotency_key="k", **ASYNC)
    assert (again.status_code, again.content) == (202, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert await importer.count() == 1


async def test_a_job_of_csv(importer: Importer) -> None:
    answer = await importer.post(
        b"id,name\na,A\n", "&kind=vendor", **ASYNC, **{"content-type": "text/csv"}
    )
    await work_off(importer.database)
    told = await shown(importer, answer.headers["location"])
    assert (told["status"], told["kind"], told["counts"]["created"]) == ("done", "vendor", 1)


async def test_rows_are_forgotten_after_ninety_days_and_imports_never(importer: Importer) -> None:
    told = (await importer.send(*SMALL)).json()
    await sql(importer.database, "UPDATE import_job SET ended_at = now() - interval '91 days'")
    async with importer.database.operate() as connection:
        await jobs.prune(connection)
    assert (await importer.get(f"{told['href']}/rows")).json()["data"] == []
    assert (await shown(importer, told["href"]))["revision"] == 1
