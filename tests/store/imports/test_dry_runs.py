"""A dry run does what the real one does, and leaves nothing: no row, no number, no trace."""

import random
from typing import Any

import msgspec
import pytest

from service.store.database import Database
from service.store.imports.jobs import Order
from service.usecases.imports import requests
from service.usecases.imports.reports import RowTold
from service.usecases.transactions import Intent
from tests.make import lines, put
from tests.random_imports import base, faulty

DIFFERENT = {"id", "dry_run", "revision", "would_be_revision", "created_at", "ended_at"}


async def do(database: Database, body: bytes, *, dry_run: bool, mode: str) -> Any:
    order = Order(
        mode=mode, on_error="skip", kind=None, dry_run=dry_run, sha256=bytes(32), actor="a",
        comment="c", may_curate=False,
    )  # fmt: skip

    def render(job: Any, rows: list[RowTold]) -> bytes:
        return msgspec.json.encode({"job": {**vars(job), "sha256": ""}, "rows": rows})

    intent = Intent("a", "c", dry_run)
    done = await requests.do(database, intent, order, body, 1000, render)
    return msgspec.json.decode(done.outcome.body), done.revision


def _comparable(told: Any) -> Any:
    """New facts are told under a new id each time."""
    job = {name: value for name, value in told["job"].items() if name not in DIFFERENT}
    rows = [
        {k: v for k, v in row.items() if k != "id" or row["outcome"] != "created"}
        for row in told["rows"]
    ]
    return job, rows


async def contents(database: Database) -> dict[str, str]:
    """A hash of every table, and where every sequence stands."""
    async with database.session() as connection:
        tables = await connection.fetch(
            "SELECT c.oid::regclass::text AS name FROM pg_class c"
            " WHERE relkind IN ('r', 'S') AND relnamespace = 'public'::regnamespace"
        )
        return {
            row["name"]: await connection.fetchval(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
                f" FROM (SELECT * FROM {row['name']}) t"
            )
            for row in tables
            if row["name"] != "idempotency"
        }


@pytest.mark.parametrize("mode", ["upsert", "create"])
@pytest.mark.parametrize("seed", range(6))
async def test_a_dry_run_tells_what_the_real_one_tells(
    database: Database, seed: int, mode: str
) -> None:
    rng = random.Random(seed)
    await put(database, *base(rng))
    body = b"\n".join(line if isinstance(line, bytes) else lines(line)[0] for line in faulty(rng))
    before = await contents(database)
    dry, newest = await do(database, body, dry_run=True, mode=mode)
    assert await contents(database) == before
    assert newest == 1
    real, written = await do(database, body, dry_run=False, mode=mode)
    assert _comparable(dry) == _comparable(real)
    assert dry["job"]["would_be_revision"] == real["job"]["revision"] == written == 2
    codes = {e["code"] for row in real["rows"] for e in row.get("errors", [])}
    assert codes >= {
        "invalid_json", "validation_failed", "unknown_field", "invalid_date", "invalid_value",
        "unknown_reference", "source_required", "conflict_natural_key",
    }  # fmt: skip
    assert ("already_exists" in codes) == (mode == "create")
