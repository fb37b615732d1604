"""Imports: all or nothing, idempotent, told row by row."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from service.formats.import_format.lines import read_many
from service.query.registry import BY_KIND
from service.query.rows import Row, Rows
from service.store.database import Database
from service.store.imports import matches, run, staging
from service.usecases.imports.files import load
from tests.answers import exported
from tests.make import ADOPTION, FEATURE, PRODUCT, SMALL, lines, put, put_all


async def test_order_of_lines_does_not_matter(database: Database) -> None:
    report = await put(database, *SMALL)
    assert (report.created, report.failed, report.revision) == (5, 0, 1)


async def test_the_same_file_again_changes_nothing_and_takes_no_revision(
    database: Database,
) -> None:
    await put(database, *SMALL)
    report = await put(database, *SMALL)
    assert (report.unchanged, report.revision) == (5, None)
    assert await database.revision() == 1


async def test_a_change_is_one_revision_and_the_old_answer_stays(database: Database) -> None:
    await put(database, *SMALL)
    before = await exported(database)
    report = await put(database, {**PRODUCT, "launched": "2024-01-15"})
    assert (report.updated, report.revision) == (1, 2)
    assert b'"2024-01-15"' in await exported(database)
    assert await exported(database, "rev:1") == before


async def test_one_bad_row_and_nothing_is_stored(database: Database) -> None:
    report = await put(database, *SMALL, {**ADOPTION, "product": "q", "date": "2024-13"})
    assert (report.failed, report.revision, await database.revision()) == (1, None, 0)
    assert [(f.line, f.pointer, f.code, f.did_you_mean) for f in report.faults] == [
        (6, "/date", "invalid_date", ()),
        (6, "/product", "unknown_reference", ()),
    ]
    assert await exported(database) == b""


async def test_a_dangling_reference_names_the_nearest(database: Database) -> None:
    report = await put(database, *SMALL, {**ADOPTION, "feature": "ff", "date": "2025"})
    assert [(f.line, f.pointer, f.code, f.did_you_mean) for f in report.faults] == [
        (6, "/feature", "unknown_reference", ("f",))
    ]


async def test_skip_loads_the_good_rows(database: Database) -> None:
    orphan = {**PRODUCT, "id": "q", "vendor": "nobody"}
    follower = {**ADOPTION, "product": "q"}
    report = await put(database, *SMALL, orphan, follower, skip=True)
    assert (report.created, report.failed, report.revision) == (5, 2, 1)


async def test_a_dry_run_reports_the_same_and_stores_nothing(database: Database) -> None:
    rehearsed = await put(database, *SMALL, dry_run=True)
    assert await database.revision() == 0
    real = await put(database, *SMALL)
    assert (rehearsed.created, rehearsed.updated) == (real.created, real.updated)


async def test_a_natural_key_twice_in_a_file_is_refused(database: Database) -> None:
    report = await put(database, *SMALL, ADOPTION)
    assert [(f.line, f.code) for f in report.faults] == [(6, "conflict_natural_key")]


async def test_a_fact_named_by_id_changes_its_date_and_keeps_its_history(
    database: Database,
) -> None:
    await put(database, *SMALL)
    async with database.read() as snapshot:
        fact = await snapshot.connection.fetchval("SELECT id FROM adoption")
    report = await put(database, {**ADOPTION, "id": fact, "date": "2024-02-14"})
    assert (report.created, report.updated) == (0, 1)
    async with database.read("rev:1") as snapshot:
        old = await snapshot.connection.fetchrow("SELECT id, date FROM adoption_at(1)")
    assert tuple(old) == (fact, "2024-02")


async def test_a_fact_needs_a_source_or_says_that_it_has_none(database: Database) -> None:
    bare = {k: v for k, v in ADOPTION.items() if k != "sources"}
    report = await put(database, *SMALL[1:], bare)
    assert [f.code for f in report.faults] == ["source_required"]
    assert (await put(database, *SMALL[1:], {**bare, "status": "unsourced"})).failed == 0


async def test_bundled_data_come_back_byte_for_byte(database: Database, repository: Path) -> None:
    file = (repository / "service/data/market.jsonl").read_bytes()
    await load(database, file.splitlines(), comment="test")
    assert await exported(database) == file


def _nodes(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["Node Type"]
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


@pytest.mark.parametrize("kind", ["adoption", "feature"])
async def test_a_record_that_stands_is_not_compared_with_all_of_its_file(
    database: Database, kind: str
) -> None:
    products = [{**PRODUCT, "id": f"p{n}"} for n in range(300)]
    features = [{**FEATURE, "id": f"f{n}"} for n in range(300)]
    facts = [{**ADOPTION, "product": f"p{n}", "feature": f"f{n}"} for n in range(300)]
    await put_all(database, *SMALL, *products, *features, *facts)
    changed = [{**one, "note": "Seen."} for one in (facts if kind == "adoption" else features)]
    collection = BY_KIND[kind]
    async with database.write(actor="test", comment="test") as (connection, _):
        await staging.stage(connection, rows_of(changed))
        await connection.execute(
            "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
        )
        for statement in (matches.statement(collection), run._decide(collection, is_edit=False)):
            told = await connection.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
            assert "Tid Scan" in _nodes(msgspec.json.decode(told)[0]["Plan"]), "each is met once"


def rows_of(records: list[dict[str, Any]]) -> Iterator[Row | Rows]:
    for row in read_many(lines(*records)):
        assert not isinstance(row, list)
        yield row
