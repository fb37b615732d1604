"""Real snapshots of the catalogue, in order, through the store."""

import asyncio
from pathlib import Path

import pytest

from service.model.dates import parse_date
from service.store.database import Database
from service.usecases.imports.files import ImportReport, load
from service.usecases.imports.models_dev import read_models_dev

NAMES = ("models.dev-2026-01-01.json", "models.dev-2026-07-02.json")
IN_MARKET = "product_id IN (SELECT id FROM product WHERE 'language-models' = ANY (market_ids))"


async def put(database: Database, file: Path) -> ImportReport:
    data = await asyncio.to_thread(file.read_bytes)
    found = await read_models_dev(database, data, name=file.name, taken=None)
    assert found.problems == []
    report = await load(database, found.lines, comment=file.name)
    assert report.faults == []
    return report


async def dates(database: Database, as_of: str) -> dict[str, str]:
    async with database.read(as_of) as snapshot:
        rows = await snapshot.connection.fetch(
            f"SELECT id, date FROM {snapshot.relation('adoption')} t WHERE {IN_MARKET}"
        )
    return {row["id"]: row["date"] for row in rows}


async def test_january_then_july(own_bundled: Database, repository: Path) -> None:
    folder = repository.parent / "shared/data"
    if not (folder / NAMES[0]).is_file():
        pytest.skip("the catalogue snapshots are not part of the project")
    january, july = [await put(own_bundled, folder / name) for name in NAMES]
    assert (january.revision, july.revision) == (3, 4)
    assert (await put(own_bundled, folder / NAMES[1])).revision is None
    before, after = await dates(own_bundled, "rev:3"), await dates(own_bundled, "rev:4")
    assert before.keys() < after.keys()
    for fact, old in before.items():
        assert _within(after[fact], old)
    async with own_bundled.read() as snapshot:
        gained = await snapshot.connection.fetchval(
            f"SELECT count(*) FROM adoption WHERE date LIKE '[2026-01-02..%' AND {IN_MARKET}"
        )
        vendors = await snapshot.connection.fetch("SELECT id FROM vendor")
    assert gained > 0
    assert not {"openrouter", "azure", "groq", "302ai"} & {row["id"] for row in vendors}


def _within(new: str, old: str) -> bool:
    inner, outer = parse_date(new), parse_date(old)
    starts_later = outer.lo is None or (inner.lo is not None and inner.lo >= outer.lo)
    return starts_later and inner.hi <= outer.hi
