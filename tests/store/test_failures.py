"""A failing database is told as such, and nothing half-done stays."""

import asyncio
from contextlib import AsyncExitStack

import asyncpg
import pytest

from service import limits
from service.model.errors import ServiceError
from service.store.database import Database
from service.store.failures import CODES, _code
from service.usecases.imports.files import load
from tests.make import SMALL, lines
from tests.postgres import KILL, admin


async def test_f03_a_killed_connection_is_503_and_the_next_read_works(database: Database) -> None:
    with pytest.raises(ServiceError) as caught:
        async with database.read() as snapshot:
            await admin(database.url, KILL)
            await snapshot.connection.fetchval("SELECT 1")
    assert caught.value.code == "database_unavailable"
    assert await database.revision() == 0


async def test_a_killed_write_says_that_its_fate_is_unknown(database: Database) -> None:
    with pytest.raises(ServiceError) as caught:
        async with database.write(actor="test", comment="test") as (connection, _):
            await admin(database.url, KILL)
            await connection.execute("SELECT 1")
    assert caught.value.code == "outcome_unknown"
    assert await database.revision() == 0


async def test_f11_no_free_connection_is_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(8):
            await stack.enter_async_context(database.read())
        monkeypatch.setattr(limits, "ACQUIRE_SECONDS", 0.05)
        with pytest.raises(ServiceError) as caught:
            async with database.read():
                raise AssertionError("a ninth connection of eight")
    assert caught.value.code == "busy"


async def test_f16_a_runaway_statement_is_cut(database: Database) -> None:
    with pytest.raises(ServiceError) as caught:
        async with database.read() as snapshot:
            await snapshot.connection.fetchval("SELECT pg_sleep(5)", timeout=0.05)
    assert caught.value.code == "database_timeout"


async def test_a_cancelled_import_leaves_nothing(database: Database) -> None:
    def endless() -> object:
        yield from lines(*SMALL)
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await load(database, endless(), comment="test")  # type: ignore[arg-type]
    assert await database.revision() == 0


async def test_f15_writers_queue_and_numbers_have_no_gaps(database: Database) -> None:
    async def one(n: int) -> int | None:
        vendor = {"kind": "vendor", "id": f"v{n}", "name": "V"}
        return (await load(database, lines(vendor), comment="race")).revision

    taken = await asyncio.gather(*(one(n) for n in range(8)))
    assert sorted(taken) == list(range(1, 9))  # type: ignore[type-var]
    async with database.read() as snapshot:
        rows = await snapshot.connection.fetch("SELECT id, recorded_at FROM revision ORDER BY id")
    instants = [row["recorded_at"] for row in rows]
    assert instants == sorted(instants)


async def test_nothing_is_written_without_a_revision(database: Database) -> None:
    connection = await asyncpg.connect(database.url)
    try:
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute(
                "INSERT INTO vendor (id, evidence) VALUES ('sneaky', 'unstated')"
            )
    finally:
        await connection.close()


def _every_sqlstate() -> list[tuple[str, str]]:
    found = []
    for name in dir(asyncpg.exceptions):
        kind = getattr(asyncpg.exceptions, name)
        state = getattr(kind, "sqlstate", None)
        if isinstance(state, str):
            found.append((name, state))
    return found


INTERNAL = {  # faults of ours: they must be seen as 500
    "0A", "2F", "42", "26", "24", "3B", "HV", "P0", "2B", "0L", "0P", "25", "F0", "01", "02",
    "03", "09", "0B", "0F", "0Z", "10", "20", "27", "2D", "34", "38", "39", "3F", "40", "44", "55",
    "72",
}  # fmt: skip


@pytest.mark.parametrize(("name", "state"), _every_sqlstate())
def test_every_sqlstate_has_a_code(name: str, state: str) -> None:
    code = _code(state, is_write=False)
    assert code != "internal_error" or state[:2] in INTERNAL or state[:2] == "23", name


def test_codes_are_known_to_the_table_of_errors() -> None:
    from service.model.errors import Code

    assert set(CODES.values()) | {"outcome_unknown", "internal_error"} <= set(Code)


@pytest.mark.parametrize(
    "date", ["-044", "-044-03-15", "-44-03", "0000", "10000", "10000-01-01", "infinity", "1e3", ""]
)
async def test_a33_no_row_has_a_date_that_no_driver_reads(database: Database, date: str) -> None:
    """Whoever writes it: the first and last day of each row are made by these functions."""
    connection = await asyncpg.connect(database.url)
    try:
        for whole in (date, f"[{date}..2024]", f"[2024..{date}]") if date else ("",):
            with pytest.raises(asyncpg.DataError):
                await connection.fetchrow("SELECT edtf_min($1), edtf_max($1)", whole)
    finally:
        await connection.close()
