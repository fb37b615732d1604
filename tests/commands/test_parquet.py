"""What goes out as Parquet comes in by `parity import`."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.answers import exported
from tests.clients import served


def parity(database: Database, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PARITY_DATABASE_URL": database.url}
    command = [sys.executable, "-m", "service", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


async def test_what_goes_out_comes_in_and_changes_nothing(
    client: httpx.AsyncClient, own_bundled: Database, tmp_path: Path
) -> None:
    before = await exported(own_bundled)
    for collection in COLLECTIONS:
        file = tmp_path / f"{collection.kind}.parquet"
        file.write_bytes((await client.get(f"/v1/{collection.name}.parquet?lang=zh")).content)
        ran = parity(own_bundled, "import", str(file))
        assert (ran.returncode, "no change" in ran.stdout) == (0, True), (collection.name, ran)
    assert await exported(own_bundled) == before


async def test_what_was_edited_comes_in(
    client: httpx.AsyncClient, own_bundled: Database, tmp_path: Path
) -> None:
    file = tmp_path / "edited.parquet"
    file.write_bytes((await client.get("/v1/monetizations.parquet?product_id=kimi")).content)
    read = pq.read_table(file)
    rows = read.to_pylist(maps_as_pydicts="strict")
    rate = {"component": "input", "amount": 0.15, "currency": "USD", "per": "million-tokens"}
    rows[0] |= {
        "price.amount": 12.5,
        "price.currency": "CNY",
        "price.per": "month",
        "rates": [rate],
        "null_reasons": {},
    }
    pq.write_table(pa.Table.from_pylist(rows, read.schema), file)
    ran = parity(own_bundled, "import", str(file))
    assert "1 updated" in ran.stdout, ran
    async with served(own_bundled) as edited:
        shown = (await edited.get(f"/v1/monetizations/{rows[0]['id']}")).json()
    assert shown["price"] == {"amount": "12.5", "currency": "CNY", "per": "month"}
    assert shown["rates"] == [rate | {"amount": "0.15"}]


def test_a_table_of_somebody_else_is_read_by_its_columns(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "vendors.parquet"
    rows = [
        {"id": "baidu", "name": "Baidu", "country": "CN", "aliases": ["百度", "B|D"]},
        {"id": "moonshot", "name": "Moonshot", "country": "CNN", "aliases": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows[:1]), file)
    assert "1 created" in parity(database, "import", str(file), "--kind", "vendor").stdout
    pq.write_table(pa.Table.from_pylist(rows), file)
    ran = parity(database, "import", str(file), "--kind", "vendor")
    assert (ran.returncode, "line 3 /country" in ran.stderr) == (1, True)


@pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + b"\0" * 40 + b"PAR1"])
def test_what_is_none_is_told(bundled: Database, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.parquet"
    file.write_bytes(content)
    ran = parity(bundled, "import", str(file))
    assert (ran.returncode, "Traceback" in ran.stderr) == (1, False)
    assert "Parquet" in ran.stderr
