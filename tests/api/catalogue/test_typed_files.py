"""Parquet and Arrow of lists, records, groups and analyses: the values of the JSON, with types."""

import io
import json
from datetime import date
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from service import limits
from service.api.http.examples import PATH_EXAMPLES
from service.formats.files import typed_files
from service.query.registry import COLLECTIONS
from service.usecases.analyses.declarations import DECLARATIONS
from tests.answers import assert_problem, records, table

FORMS = ("parquet", "arrow")
TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
}
PATHS = {c.name: f"/v1/{c.name}" for c in COLLECTIONS}
PATHS |= {"timeline": "/v1/timeline", "quality-issues": "/v1/quality/issues"}
PLAIN = ("string", "int64", "double")


def read(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    if answer.headers["content-type"] == TYPES["parquet"]:
        return pq.read_table(io.BytesIO(answer.content))
    assert answer.headers["content-type"] == TYPES["arrow"]
    return pa.ipc.open_stream(answer.content).read_all()


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
async def test_a_file_holds_what_the_list_holds(client: httpx.AsyncClient, path: str) -> None:
    shown = records(await client.get(f"{path}.ndjson?lang=zh"))
    rows = table(await client.get(f"{path}.csv?lang=zh"))
    held = read(await client.get(f"{path}.parquet?lang=zh"))
    assert held.column_names == list(rows[0] if rows else held.column_names)
    assert held.equals(read(await client.get(f"{path}.arrow?lang=zh")))
    for record, row in zip(shown, held.to_pylist(), strict=True):
        for name in record.keys() & row.keys() - {"null_reasons", "field_sources", "rates"}:
            if name in ("recorded_at", "updated_at"):
                assert row[name].isoformat(timespec="milliseconds")[:-6] == record[name][:-1]
            elif isinstance(record[name], dict):
                assert dict(row[name]) == record[name]
            elif record[name] != row[name]:
                assert float(record[name]) == row[name], name


async def test_dates_have_days_and_prices_numbers(client: httpx.AsyncClient) -> None:
    held = read(await client.get("/v1/monetizations.parquet?id__isnull=false&fields=since,price"))
    schema = {field.name: str(field.type) for field in held.schema}
    assert schema == {
        "id": "string",
        "since": "string",
        "since_min": "date32[day]",
        "since_max": "date32[day]",
        "since_precision": "string",
        "price.amount": "double",
        "price.currency": "string",
        "price.per": "string",
    }
    priced = [row for row in held.to_pylist() if row["price.amount"] is not None]
    assert priced
    dated = [row for row in held.to_pylist() if row["since"] and len(row["since"]) == 4]
    assert all(row["since_max"] == date(int(row["since"]), 12, 31) for row in dated)


async def test_brought_records_are_columns_and_lists(client: httpx.AsyncClient) -> None:
    query = "fields=vendor.name,vendor.aliases,markets.name&id=kimi&lang=zh"
    (row,) = read(await client.get(f"/v1/products.arrow?{query}")).to_pylist()
    assert row["vendor.name"] == "月之暗面"
    assert isinstance(row["vendor.aliases"], list)
    assert "对话助手" in "".join(row["markets.name"])


@pytest.mark.parametrize("form", FORMS)
async def test_one_record_and_its_parts_are_tables(client: httpx.AsyncClient, form: str) -> None:
    (kimi,) = read(await client.get(f"/v1/products/kimi.{form}")).to_pylist()
    assert kimi["vendor_id"] == "moonshot-ai"
    held = read(await client.get(f"/v1/products/kimi/adoptions.{form}"))
    assert set(held.column("product_id").to_pylist()) == {"kimi"}


@pytest.mark.parametrize("form", FORMS)
async def test_suffix_and_accept_say_the_same(client: httpx.AsyncClient, form: str) -> None:
    by_suffix = await client.get(f"/v1/markets.{form}")
    by_accept = await client.get("/v1/markets", headers={"accept": TYPES[form]})
    assert by_suffix.content == by_accept.content
    assert by_suffix.headers["etag"] == by_accept.headers["etag"]
    named = f'attachment; filename="parity-markets-r2.{form}"'
    assert by_suffix.headers["content-disposition"] == named


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("given", ["limit=5", "facets=evidence", "include=vendor", "excel=true"])
async def test_what_would_cut_it_is_refused(
    client: httpx.AsyncClient, form: str, given: str
) -> None:
    answer = await client.get(f"/v1/products.{form}?{given}")
    assert_problem(answer, 400, "incompatible_parameters")


async def test_it_says_what_it_is_and_where_it_can_be_had_again(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products.parquet?vendor.country=CN&lang=zh")
    told = read(answer).schema.metadata
    assert told[b"revision"].decode() == answer.headers["dataset-revision"]
    assert told[b"kind"] == b"product"
    assert told[b"license"] == b"https://creativecommons.org/licenses/by/4.0/"
    url = told[b"url"].decode()
    assert url.endswith("/v1/products?vendor.country=CN&as_of=rev%3A2&lang=zh")
    assert url in told[b"citation"].decode()
    again = read(await client.get(url.replace("/v1/products?", "/v1/products.parquet?")))
    assert again.equals(read(answer))
    country = read(await client.get("/v1/vendors.parquet?lang=zh")).schema.field("country")
    assert b"ISO 3166-1" in country.metadata[b"description"]


GROUPS = [
    "products?group_by=status,vendor.country&metrics=count,share,min(launched)",
    "investments?group_by=currency,status&metrics=sum(amount),median(amount),count_distinct(date)",
    "adoptions?group_by=year(date)&date__lt=1990",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("asked", GROUPS)
async def test_groups_are_tables(client: httpx.AsyncClient, asked: str, form: str) -> None:
    path, _, query = asked.partition("?")
    shown = (await client.get(f"/v1/aggregate/{asked}&limit=200")).json()
    held = read(await client.get(f"/v1/aggregate/{path}.{form}?{query}"))
    assert held.to_pylist() == shown["data"]
    types = {field.name: str(field.type) for field in held.schema}
    assert types.get("count", "int64") == "int64"
    assert types.get("share", "double") == types.get("sum(amount)", "double") == "double"
    assert types.get("min(launched)", "string") == "string"


ADDRESSES = {
    "compare": "/v1/compare?products=kimi,doubao",
    "list_homogenization": "/v1/homogenization",
}
NEEDS_MARKET = ("get_feature_forecast", "get_feature_homogenization", "get_vendor_time_to_copy")


def address(declaration: Any) -> str:
    if declaration.operation in ADDRESSES:
        return ADDRESSES[declaration.operation]
    shown = PATH_EXAMPLES.get((declaration.path, "record_id"))
    query = "?market=chat-assistants" if declaration.operation in NEEDS_MARKET else ""
    return str(declaration.path).replace("{record_id:str}", str(shown)) + query


@pytest.mark.parametrize("declaration", DECLARATIONS, ids=lambda d: d.operation)
async def test_every_table_of_every_analysis(client: httpx.AsyncClient, declaration: Any) -> None:
    """Types come of the result: an answer of nothing has those of one that is full."""
    path, _, query = address(declaration).partition("?")
    names = await _tables(client, path, query)
    for name in names:
        asked = f"?table={name}&on=2026-06-30&{query}"
        rows = table(await client.get(f"{path}.csv{asked}"))
        held = read(await client.get(f"{path}.parquet{asked}"))
        assert held.num_rows == len(rows), name
        assert held.equals(read(await client.get(f"{path}.arrow{asked}")))
        assert not [field for field in held.schema if pa.types.is_null(field.type)]
        for row, cells in zip(held.to_pylist(), rows, strict=True):
            for column in row.keys() & cells.keys():
                if isinstance(row[column], float):
                    assert float(cells[column]) == row[column]
                elif isinstance(row[column], str):
                    assert cells[column] in (row[column], row[column].capitalize(), cells[column])
        assert json.loads(held.schema.metadata[b"method"])["id"] == declaration.method
        assert held.schema.metadata[b"table"] == name.encode()


async def _tables(client: httpx.AsyncClient, path: str, query: str) -> list[str]:
    refused = await client.get(f"{path}.parquet?table=no-such-table&{query}")
    (fault,) = [one for one in refused.json()["errors"] if one["parameter"] == "table"]
    allowed: list[str] = fault.get("allowed") or ["figures"]
    return allowed


@pytest.mark.parametrize("form", FORMS)
async def test_a_large_list_is_streamed_in_groups(
    client: httpx.AsyncClient, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(await client.get(f"/v1/adoptions.{form}?lang=zh"))
    monkeypatch.setattr(limits, "FILE_KEPT_ROWS", 10)
    monkeypatch.setattr(limits, "FILE_BATCH", 50)
    monkeypatch.setattr(typed_files, "GROUP_ROWS", 100)
    answer = await client.get(f"/v1/adoptions.{form}?lang=zh&as_of=rev:2")
    assert "content-length" not in answer.headers
    assert read(answer).equals(whole)
    if form == "parquet":
        groups = pq.ParquetFile(io.BytesIO(answer.content)).num_row_groups
        assert groups == -(-whole.num_rows // 100)


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
async def test_an_export_is_the_whole_collection(
    client: httpx.AsyncClient, collection: Any
) -> None:
    got = await client.get(f"/v1/exports/{collection.name}.parquet?lang=zh")
    assert "content-encoding" not in got.headers
    listed = await client.get(f"/v1/{collection.name}.parquet?lang=zh&sort=id")
    assert read(got).equals(read(listed))
    files = (await client.get("/v1/exports")).json()["data"][1]["files"]
    assert files[-1]["media_type"] == TYPES["parquet"]


async def test_other_answers_have_no_such_tables(client: httpx.AsyncClient) -> None:
    for path in ("/v1/search.parquet?q=kimi", "/v1/coverage.arrow", "/v1/exports/products.arrow"):
        assert_problem(await client.get(path), 406, "not_acceptable")
