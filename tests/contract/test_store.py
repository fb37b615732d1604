"""The registry, the tables and the statements agree."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from service.commands.schema import dump
from service.model.external_ids import SCHEMES
from service.query.fields import Collection
from service.query.filters.expressions import Comparison
from service.query.filters.parameters import filter_names
from service.query.operators import Operator
from service.query.paths import Path as FieldPath
from service.query.registry import COLLECTIONS
from service.query.sorting import sortable_names
from service.store.catalogue import exports, facts, lists
from service.store.catalogue.fact_scopes import WHOLE, Read
from service.store.catalogue.lists import ListQuery
from service.store.database import Database, Snapshot
from service.store.embedded import MAJOR
from service.store.imports import run, staging
from service.store.schema import is_migrated, migrate
from service.usecases.catalogue.exports import export
from service.usecases.imports.files import load
from tests.postgres import EMPTY, admin, of_database

BOOKKEEPING = {"revision", "recorded_at", "updated_at"}


def names(collection: Collection) -> str:
    return collection.name


@pytest.mark.parametrize("collection", COLLECTIONS, ids=names)
async def test_tables_hold_exactly_the_registry(bundled: Database, collection: Collection) -> None:
    async with bundled.read() as snapshot:
        rows = await snapshot.connection.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_name = $1"
            " AND is_generated = 'NEVER'",
            collection.table,
        )
    assert {row["column_name"] for row in rows} == {*collection.columns, *BOOKKEEPING}


@pytest.mark.parametrize("collection", COLLECTIONS, ids=names)
async def test_every_list_statement_runs_now_and_in_the_past(
    bundled: Database, collection: Collection
) -> None:
    """Every filter, every sort, as compiled for the current and for an earlier revision."""
    comparisons = [example(path, operator) for path, operator in filter_names(collection).values()]
    sorts = [(f"{sign}{name}",) for sign, name in product(("", "-"), sortable_names(collection))]
    for as_of in (None, "rev:1"):
        async with bundled.read(as_of) as snapshot:
            for comparison in comparisons:
                query = ListQuery(filter=comparison, limit=1)
                await lists.page(snapshot, collection, query)
                await lists.page(snapshot, collection, replace(query, is_possible=True))
            for sort in sorts:
                await _walk(snapshot, collection, sort)


def example(path: FieldPath, operator: Operator) -> Comparison:
    """A comparison with a value that the path takes."""
    samples = {
        "date": "2024-05",
        "decimal": "1.5",
        "number": "1.5",
        "count": "7",
        "instant": "2026-01-01",
        "null_reason": "none",
        "external_ids": "wikidata:Q95",
        "external_id": SCHEMES[path.part].example if path.part in SCHEMES else "",
    }
    values = () if operator is Operator.IS_NULL else (samples.get(path.type.name, "x"),)
    return Comparison(path, operator, values)


async def _walk(snapshot: Snapshot, collection: Collection, sort: tuple[str, ...]) -> None:
    whole = await lists.page(snapshot, collection, ListQuery(sort=sort, limit=200))
    walked: list[str] = []
    place: tuple[str | None, ...] = ()
    while len(walked) < 200:
        query = ListQuery(sort=sort, limit=40, after=place)
        page = await lists.page(snapshot, collection, query)
        walked += [record["id"] for record in page.records]
        if page.after is None:
            break
        place = tuple(page.after)
    assert walked[:200] == [record["id"] for record in whole.records]


async def test_every_import_and_export_statement_prepares(own_bundled: Database) -> None:
    async with own_bundled.write(actor="test", comment="test") as (connection, _):
        for collection in COLLECTIONS:
            await staging.create(connection, collection)
            await connection.prepare(run._update(collection))
            await connection.prepare(run._insert(collection))
    async with own_bundled.read("rev:1") as snapshot:
        for collection in COLLECTIONS[1:]:
            await snapshot.connection.prepare(exports._selected(snapshot.relation, collection, ""))
        assert (await facts.load(snapshot, WHOLE, Read())).product_ids


async def test_down_and_up_again_on_data(templates: str, repository: Path) -> None:
    name = "parity_downgrade"
    await admin(templates, f"CREATE DATABASE {name} TEMPLATE {EMPTY}")
    url = of_database(templates, name)
    database = Database(url)
    await database.open()
    data = (repository / "service/data/market.jsonl").read_bytes()
    try:
        await load(database, data.splitlines(), comment="before")
        await migrate(url, "base")
        await migrate(url)
        await database.close()
        await database.open()
        assert await database.revision() == 0
        await load(database, data.splitlines(), comment="after")
        assert b"".join([line async for line in export(database)]) == data
    finally:
        await database.close()
        await admin(templates, f"DROP DATABASE {name} WITH (FORCE)")


async def test_a_base_is_migrated_or_not(templates: str) -> None:
    name = "parity_unmigrated"
    await admin(templates, f"CREATE DATABASE {name}")
    try:
        assert not await is_migrated(of_database(templates, name))
        assert await is_migrated(of_database(templates, EMPTY))
    finally:
        await admin(templates, f"DROP DATABASE {name} WITH (FORCE)")


async def test_schema_file_is_current(templates: str, repository: Path) -> None:
    url = of_database(templates, EMPTY)
    database = Database(url)
    await database.open()
    version = (await database.ready()).postgres
    await database.close()
    if not version.startswith(f"{MAJOR}."):
        pytest.skip(f"schema.sql is dumped with PostgreSQL {MAJOR}; this server is {version}")
    assert dump(url) == (repository / "migrations/schema.sql").read_text(encoding="utf-8")
