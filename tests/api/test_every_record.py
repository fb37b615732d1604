"""Whatever a base may hold goes out and comes in again, by the command line and over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.__main__ import main
from service.commands.import_ import import_
from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.answers import bearer, exported
from tests.clients import Importer, served
from tests.legal_records import base
from tests.make import new_key, put_all
from tests.postgres import EMPTY, fresh

SEEDS = [1, 2, 3]
pytestmark = pytest.mark.parametrize("seed", SEEDS)


@asynccontextmanager
async def importing(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


async def by_command(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch, *options: str
) -> str:
    """What `parity import` says, on success."""
    monkeypatch.setenv("PARITY_DATABASE_URL", database.url)
    told = await asyncio.to_thread(CliRunner().invoke, import_, [str(file), *options])
    assert told.exit_code == 0, told.output
    return str(told.output).splitlines()[-1]


async def urls(database: Database) -> list[str]:
    async with database.read() as snapshot:
        rows = await snapshot.connection.fetch("SELECT url FROM source ORDER BY url")
    return [row["url"] for row in rows]


async def test_an_export_makes_the_same_base_elsewhere(
    templates: str,
    database: Database,
    seed: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await put_all(database, *base(seed))
    file = tmp_path / "base.jsonl"
    file.write_bytes(await exported(database))
    async for other in fresh(templates, EMPTY):
        await by_command(other, file, monkeypatch)
        assert await exported(other) == file.read_bytes()
        assert await urls(other) == await urls(database)
    async for other in fresh(templates, EMPTY):
        async with importing(other) as importer:
            answer = await importer.post(file.read_bytes())
            assert answer.status_code == 200, answer.text
        assert await exported(other) == file.read_bytes()


async def test_every_list_comes_in_again_and_changes_nothing(
    database: Database, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put_all(database, *base(seed))
    before = await exported(database)
    async with importing(database) as importer:
        for collection in COLLECTIONS:
            for suffix, ask in (("ndjson", ""), ("csv", ""), ("csv", "?lang=zh")):
                file = tmp_path / f"{collection.name}.{suffix}"
                file.write_bytes((await importer.get(f"/v1/{file.name}{ask}")).content)
                is_csv = suffix == "csv"
                answer = await (
                    importer.csv(collection.kind, file.read_bytes())
                    if is_csv
                    else importer.post(file.read_bytes())
                )
                assert answer.status_code == 200, answer.text
                counts = answer.json()["counts"]
                assert counts["unchanged"] == counts["rows"] > 0
                told = await by_command(database, file, monkeypatch)
                assert "0 created, 0 updated" in told
    assert await database.revision() == 1
    assert await exported(database) == before


async def test_a_table_whose_columns_fit_many_kinds_is_asked_about(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    file = tmp_path / "names"
    file.write_bytes(b"id,name\nx%d,X\n" % seed)
    monkeypatch.setenv("PARITY_DATABASE_URL", database.url)
    told = CliRunner().invoke(main, ["import", "--format", "csv", str(file)])
    assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
    assert "its columns fit market, vendor, feature, business_model" in told.stderr
    assert "1 created" in await by_command(database, file, monkeypatch, "--kind", "vendor")
