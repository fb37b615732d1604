"""Values that are traps for spreadsheets."""

import csv
import io

import pytest

from service.store.database import Database
from service.usecases.imports.files import load
from tests.answers import table
from tests.clients import served
from tests.make import PRODUCT, SMALL, VENDOR, lines

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "＝1",
    'a "b", c',
    "a,b",
    "'q",
    " lead",
    "中文，逗号",
    "a|b\\c",
]


@pytest.fixture
async def hostile(database: Database) -> Database:
    """Vendors whose names are traps for spreadsheets."""
    rows = [
        {**VENDOR, "id": f"v{place:02}", "name": name, "aliases": [name, "z"]}
        for place, name in enumerate(HOSTILE)
    ]
    usage = {"kind": "usage", "product": PRODUCT["id"], "metric": "downloads", "period": "2024",
             "value": 5, "sources": ["https://a.example/u"]}  # fmt: skip
    await load(database, lines(*SMALL, *rows, usage), comment="traps")
    return database


async def test_a105_hostile_values_come_back_as_they_were(hostile: Database) -> None:
    async with served(hostile) as client:
        rows = table(await client.get("/v1/vendors.csv?id__prefix=v0,v1"))
    assert [row["name"] for row in rows] == [name.strip() for name in HOSTILE]
    assert "a\\|b\\\\c|z" in {row["aliases"] for row in rows}


async def test_a105_excel_takes_nothing_for_a_formula(hostile: Database) -> None:
    async with served(hostile) as client:
        answer = await client.get("/v1/vendors.csv?id__prefix=v0,v1&excel=true")
        usage = await client.get("/v1/usage.csv?excel=true")
    assert answer.content.startswith(b"\xef\xbb\xbfid,")
    assert answer.content.count(b"\r\n") == len(HOSTILE) + 1
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    names = [name.strip() for name in HOSTILE]
    guarded = [f"'{name}" if name[0] in "=+-@＝" else name for name in names]
    assert [row["name"] for row in rows] == guarded
    assert ",5," in usage.text
