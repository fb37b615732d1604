"""Parquet over HTTP: what goes out comes in; what unfolds without end or lies is refused."""

import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service import limits
from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.answers import assert_problem, bearer, exported
from tests.clients import Importer, served
from tests.make import new_key

PARQUET = "application/vnd.apache.parquet"
VENDORS = [
    {"id": "baidu", "name": "Baidu", "country": "CN", "aliases": ["百度", None, "B|D"]},
    {"id": "moonshot", "name": "Moonshot", "country": "CN", "aliases": None},
]


@pytest.fixture
async def importer(database: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(database, "write")
    async with served(database) as client:
        yield Importer(client, database, bearer(secret))


async def post(importer: Importer, body: bytes, ask: str = "") -> httpx.Response:
    return await importer.post(body, ask, content_type=PARQUET)


def file_of(table: pa.Table, **more: Any) -> bytes:
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd", **more)
    return written.getvalue()


def vendors(**more: Any) -> bytes:
    return file_of(pa.Table.from_pylist([VENDORS[0] | more, *VENDORS[1:]]))


async def test_what_goes_out_comes_in_and_changes_nothing(own_bundled: Database) -> None:
    before = await exported(own_bundled)
    _, secret = await new_key(own_bundled, "write")
    async with served(own_bundled) as client:
        importer = Importer(client, own_bundled, bearer(secret))
        for collection in COLLECTIONS:
            file = (await client.get(f"/v1/{collection.name}.parquet?lang=zh")).content
            answer = await post(importer, file, "&dry_run=true")
            assert answer.status_code == 200, (collection.name, answer.text)
            told = answer.json()
            assert told["kind"] == collection.kind
            assert told["counts"]["unchanged"] == told["counts"]["rows"]
        whole = (await client.get("/v1/exports/adoptions.parquet")).content
        answer = await post(importer, whole)
    assert answer.json()["counts"]["failed"] == 0
    assert await exported(own_bundled) == before


async def test_a_table_of_somebody_else_is_read_by_its_columns(importer: Importer) -> None:
    answer = await post(importer, vendors())
    assert (answer.status_code, answer.json()["counts"]["created"]) == (200, 2), answer.text
    shown = (await importer.get("/v1/vendors/baidu")).json()
    assert set(shown["aliases"]) == {"百度", "B|D"}


async def test_what_fits_several_kinds_is_to_say_which(importer: Importer) -> None:
    file = file_of(pa.table({"id": ["x"], "name": ["X"]}))
    answer = await post(importer, file)
    assert_problem(answer, 400, "empty_value")
    fault = answer.json()["errors"][0]
    assert (fault["parameter"], "vendor" in fault["allowed"]) == ("kind", True)
    assert (await post(importer, file, "&kind=vendor")).json()["counts"]["created"] == 1


async def test_what_is_wrong_with_a_row_is_told_with_its_line(importer: Importer) -> None:
    answer = await post(importer, vendors(country="CNN"), "&kind=vendor")
    assert_problem(answer, 422, "import_row_failed")
    assert [(e["line"], e["pointer"]) for e in answer.json()["errors"]] == [(2, "/country")]
    assert (await importer.get("/v1/vendors")).json()["data"] == []


async def test_a_large_one_is_a_job(importer: Importer) -> None:
    """By what it unfolds to."""
    rows = [{"id": f"v-{n}", "name": "V", "note": "long " * 100} for n in range(3000)]
    file = file_of(pa.Table.from_pylist(rows))
    assert len(file) < limits.IMPORT_AT_ONCE_BYTES
    assert (await post(importer, file, "&kind=vendor")).status_code == 202


def repeated(text: str, times: int) -> pa.Array:
    places = pa.repeat(pa.scalar(0, pa.int32()), times)
    return pa.DictionaryArray.from_arrays(places, pa.array([text]))


def dictionary_bomb() -> bytes:
    return file_of(
        pa.table({"id": repeated("x", 500_000), "note": repeated("n" * 900_000, 500_000)})
    )


def list_bomb() -> bytes:
    held = repeated("a" * 1000, 5_000_000)
    aliases = pa.ListArray.from_arrays(pa.array([0, len(held)], pa.int32()), held)
    return file_of(pa.table({"id": ["x"], "name": ["X"], "aliases": aliases}))


def many_nulls() -> bytes:
    return file_of(pa.table({"id": pa.nulls(60_000_000, pa.int8())}))


def large_pages(size: int = 30_000_000, times: int = 8) -> bytes:
    ids, cells = [f"v-{n}" for n in range(times)], pa.array(["n" * size] * times)
    return file_of(pa.table({"id": ids, "note": cells}), use_dictionary=False)


def deep() -> bytes:
    kind = pa.string()
    for _ in range(40):
        kind = pa.struct([("a", kind)])
    return file_of(pa.table({"id": ["x"], "note": pa.nulls(1, kind)}))


BOMBS = {
    "one text half a million times": dictionary_bomb,
    "one list of five million": list_bomb,
    "rows of nothing": many_nulls,
    "eight cells of thirty million": large_pages,
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
async def test_what_unfolds_without_end_is_refused(importer: Importer, bomb: Any) -> None:
    file = bomb()
    assert len(file) < 200_000
    answer = await post(importer, file, "&kind=vendor")
    assert_problem(answer, 413, "payload_too_large")
    assert "50000000 bytes of CSV" in answer.json()["detail"].replace(",", "")
    assert (await post(importer, vendors(), "&kind=vendor")).status_code == 200


def lying() -> bytes:
    """Its footer says that it holds nothing; the page is there all the same."""
    file = large_pages(900_000, 300)
    told = pq.ParquetFile(io.BytesIO(file)).metadata.row_group(0)
    body, footer = file[: -8 - footer_length(file)], file[-8 - footer_length(file) :]
    for size in {told.total_byte_size, told.column(1).total_uncompressed_size}:
        number = varint(size)
        assert number in footer
        footer = footer.replace(number, b"\x82" + b"\x80" * (len(number) - 2) + b"\0")
    lie = body + footer
    assert pq.ParquetFile(io.BytesIO(lie)).metadata.row_group(0).total_byte_size == 1
    return lie


def footer_length(file: bytes) -> int:
    return int.from_bytes(file[-8:-4], "little")


def varint(number: int) -> bytes:
    """As the compact protocol of Thrift has it."""
    left, found = number << 1, bytearray()
    while left > 0x7F:
        found.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes([*found, left])


async def test_a_footer_that_lies_helps_nothing(importer: Importer) -> None:
    assert_problem(await post(importer, lying(), "&kind=vendor"), 413, "payload_too_large")


NONE = {
    "nothing": b"",
    "the mark alone": b"PAR1",
    "zeros between marks": b"PAR1" + b"\0" * 40 + b"PAR1",
    "a footer longer than the file": b"PAR1" + b"\xff" * 8 + b"PAR1",
    "half a file": vendors()[:200],
    "lines": b'{"kind":"vendor","id":"x","name":"X"}\n',
}


@pytest.mark.parametrize("body", NONE.values(), ids=NONE)
async def test_what_is_none_is_told(importer: Importer, body: bytes) -> None:
    answer = await post(importer, body, "&kind=vendor")
    assert_problem(answer, 422, "import_row_failed")
    assert answer.json()["errors"][0]["code"] == "invalid_value"


@pytest.mark.parametrize("place", range(4, 400, 37))
async def test_a_flipped_byte_ends_nothing(importer: Importer, place: int) -> None:
    file = bytearray(vendors())
    file[-place] ^= 0xFF
    answer = await post(importer, bytes(file), "&kind=vendor&dry_run=true")
    assert answer.status_code in (200, 400, 413, 422), answer.text


TYPES = {
    "bytes": pa.array([b"x"]),
    "structs": pa.array([{"a": 1}]),
    "lists of lists": pa.array([[["x"]]]),
    "lists of structs": pa.array([[{"component": "input", "amount": 1.0}]]),
    "durations": pa.array([1], pa.duration("s")),
}


@pytest.mark.parametrize("column", TYPES.values(), ids=TYPES)
async def test_types_that_no_field_has_are_told(importer: Importer, column: pa.Array) -> None:
    file = file_of(pa.table({"id": ["x"], "name": ["X"], "no~te": column}))
    answer = await post(importer, file, "&kind=vendor")
    assert_problem(answer, 422, "import_row_failed")
    fault = answer.json()["errors"][0]
    assert (fault["pointer"], str(column.type).partition("<")[0] in fault["detail"]) == (
        "/no~0te",
        True,
    )


async def test_deep_ones_are_told(importer: Importer) -> None:
    assert_problem(await post(importer, deep(), "&kind=vendor"), 422, "import_row_failed")


TABLES = {
    "categories": pa.table({"id": ["x"], "name": pa.array(["X"]).dictionary_encode()}),
    "large texts": pa.table({"id": ["x"], "name": pa.array(["X"], pa.large_string())}),
    "whole numbers for text": pa.table({"id": ["x"], "name": ["X"], "note": [1]}),
    "nothing of a type": pa.table({"id": ["x"], "name": ["X"], "note": pa.nulls(1)}),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
async def test_what_libraries_write_is_read(importer: Importer, table: pa.Table) -> None:
    answer = await post(importer, file_of(table), "&kind=vendor")
    assert (answer.status_code, answer.json()["counts"]["created"]) == (200, 1), answer.text


async def test_two_columns_of_one_name_are_one_if_they_say_the_same(importer: Importer) -> None:
    twice = pa.Table.from_arrays(
        [pa.array(["x"]), pa.array(["X"]), pa.array(["Y"])], ["id", "name", "name"]
    )
    answer = await post(importer, file_of(twice), "&kind=vendor")
    assert_problem(answer, 422, "import_row_failed")
