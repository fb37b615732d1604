"""A catalogue that still uses ids which were merged or retired."""

from datetime import date
from typing import Any

import pytest

from service.query.registry import BY_KIND
from service.store.catalogue import records
from service.store.curation import retired_ids
from service.store.database import Database
from service.usecases.catalogue.preconditions import Precondition
from service.usecases.curation.merges import merge
from service.usecases.imports.files import ImportReport, load
from service.usecases.imports.models_dev import read_models_dev
from service.usecases.transactions import Writing
from tests.make import MODEL, catalogue, put

JANUARY, APRIL = date(2026, 1, 1), date(2026, 4, 1)
OTHER = {**MODEL, "id": "gpt-9-turbo", "name": "GPT-9 Turbo"}
RESELLER: dict[str, Any] = {"id": "shop", "name": "Shop", "models": {"openai/gpt-9": MODEL}}
DATA = catalogue(MODEL, OTHER, shop=RESELLER)


async def merged(database: Database, kind: str, old: str, new: str) -> None:
    async with database.write(actor="test", comment="test") as (connection, revision):
        writing = Writing(connection, revision, is_dry=False)
        await merge(writing, BY_KIND[kind], old, {"into": new}, Precondition())


async def stored(database: Database, table: str) -> list[dict[str, Any]]:
    async with database.read() as snapshot:
        return [dict(row) for row in await snapshot.connection.fetch(f"SELECT * FROM {table}")]


async def imported(database: Database, day: Any) -> ImportReport:
    found = await read_models_dev(database, DATA, name="", taken=day)
    return await load(database, found.lines, comment="test")


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("product", "openai-gpt-9", "openai-gpt-9-turbo"), ("vendor", "openai", "open-ai"),
     ("market", "language-models", "models"), ("feature", "reasoning-mode", "thinking"),
     ("feature", "context-200k", "long-context"), ("business_model", "api-usage", "metered")],
)  # fmt: skip
async def test_a_catalogue_with_a_merged_id_is_read_as_the_survivor_s(
    database: Database, kind: str, old: str, new: str
) -> None:
    assert (await imported(database, JANUARY)).faults == []
    if new not in {row["id"] for row in await stored(database, kind)}:
        await put(database, {"kind": kind, "id": new, "name": new})
    await merged(database, kind, old, new)
    again = await imported(database, JANUARY)
    assert (again.faults, again.created, again.updated) == ([], 0, 0)
    later = await imported(database, APRIL)
    assert later.faults == []
    assert {row["id"] for row in await stored(database, kind)}.isdisjoint({old})


async def test_a_model_that_was_retired_does_not_come_back(database: Database) -> None:
    data = catalogue(MODEL)
    for kind, old in (("vendor", "openai"), ("product", "openai-gpt-9-turbo")):
        async with database.write(actor="test", comment="test") as (connection, revision):
            await retired_ids.put(connection, BY_KIND[kind], old, revision)
            await records.delete(connection, BY_KIND[kind], old)
    found = await read_models_dev(database, data, name="", taken=JANUARY)
    assert found.counts["models that were retired"] == 1
    report = await load(database, found.lines, comment="test")
    assert report.faults == []
    assert await stored(database, "product") == []
