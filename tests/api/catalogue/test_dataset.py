"""The whole data set in one file, which describes itself, stays what it is and comes in again."""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from jsonschema import Draft202012Validator

from service import limits
from service.query.registry import COLLECTIONS
from service.store.database import Database
from tests.answers import assert_problem, exported, records, table
from tests.clients import served
from tests.make import SMALL, VENDOR, put_all

PATH = "/v1/exports/dataset"
MARKED = '<b>A|B</b> & "Co" \\ 甲, 乙'


def unpacked(answer: httpx.Response) -> dict[str, bytes]:
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
async def files(client: httpx.AsyncClient) -> dict[str, bytes]:
    return unpacked(await client.get(f"{PATH}.zip"))


async def test_the_exports_are_listed_with_their_forms(client: httpx.AsyncClient) -> None:
    shown = records(await client.get("/v1/exports.ndjson"))
    assert [one["name"] for one in shown] == ["dataset", *(c.name for c in COLLECTIONS)]
    assert shown[0]["records"] == sum(one["records"] for one in shown[1:])
    for one in shown:
        for file in one["files"]:
            answer = await client.head(file["href"])
            assert answer.status_code == 200, file
            assert answer.headers["content-type"] == file["media_type"]


async def test_the_archive_holds_data_licence_schemas_and_descriptions(
    files: dict[str, bytes],
) -> None:
    for collection in COLLECTIONS:
        for name in (
            f"data/{collection.name}.csv",
            f"data/{collection.name}.ndjson",
            f"schema/{collection.name}.json",
        ):
            assert name in files
    assert b"CC BY 4.0" in files["LICENSE.txt"]
    for name in ("README.md", "croissant.json", "datapackage.json", "dcat.jsonld"):
        assert files[name]


async def test_its_tables_are_the_exports_of_the_collections(
    client: httpx.AsyncClient, files: dict[str, bytes]
) -> None:
    for collection in COLLECTIONS:
        answer = await client.get(f"/v1/{collection.name}.csv?sort=id")
        assert files[f"data/{collection.name}.csv"] == answer.content


async def test_every_line_meets_its_schema(files: dict[str, bytes]) -> None:
    for collection in COLLECTIONS:
        schema = json.loads(files[f"schema/{collection.name}.json"])
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for line in files[f"data/{collection.name}.ndjson"].splitlines():
            validator.validate(json.loads(line))
        assert not validator.is_valid({"kind": collection.kind, "nothing": 1})


async def test_the_lines_are_those_of_an_export(bundled: Database, files: dict[str, bytes]) -> None:
    whole = b"".join(files[name] for name in files if name.endswith(".ndjson"))
    assert whole == await exported(bundled)


async def test_the_same_revision_is_the_same_bytes(own_bundled: Database) -> None:
    async with served(own_bundled) as client:
        first = await client.get(f"{PATH}.zip?as_of=rev:1")
        await put_all(own_bundled, *SMALL)
        again = await client.get(f"{PATH}.zip?as_of=rev:1")
        newest = await client.get(f"{PATH}.zip")
    assert first.content == again.content
    assert first.headers["cache-control"].endswith("immutable")
    assert newest.content != first.content
    assert newest.headers["dataset-revision"] == "3"


async def test_a_tag_is_answered_304(client: httpx.AsyncClient) -> None:
    for address in (f"{PATH}.zip", f"{PATH}.croissant.json", f"{PATH}.jsonld"):
        tag = (await client.get(address)).headers["etag"]
        again = await client.get(address, headers={"if-none-match": tag})
        assert again.status_code == 304


async def test_a_large_one_is_streamed(
    bundled: Database, monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]
) -> None:
    monkeypatch.setattr(limits, "FILE_KEPT_BYTES", 1000)
    monkeypatch.setattr(limits, "FILE_KEPT_ROWS", 10)
    async with served(bundled) as client:
        answer = await client.get(f"{PATH}.zip")
        assert "content-length" not in answer.headers
        assert unpacked(answer) == files


async def test_names_with_markup_and_bars_survive(database: Database) -> None:
    await put_all(database, *SMALL, {**VENDOR, "id": "x", "name": MARKED, "aliases": ["a|b", "c"]})
    async with served(database) as client:
        found = unpacked(await client.get(f"{PATH}.zip?as_of=rev:1"))
    rows = csv.DictReader(io.StringIO(found["data/vendors.csv"].decode()))
    (row,) = [row for row in rows if row["id"] == "x"]
    assert (row["name"], row["aliases"]) == (MARKED, "a\\|b|c")


async def test_an_empty_base_is_a_whole_archive(database: Database) -> None:
    async with served(database) as client:
        found = unpacked(await client.get(f"{PATH}.zip"))
        assert (await client.get(f"{PATH}.croissant.json")).status_code == 200
    assert found["data/products.ndjson"] == b""
    assert found["data/products.csv"].startswith(b"id,")


async def test_the_data_package_describes_every_file(
    client: httpx.AsyncClient, files: dict[str, bytes]
) -> None:
    package = json.loads(files["datapackage.json"])
    assert (await client.get(f"{PATH}.datapackage.json")).json() == package
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    resources = {one["path"]: one for one in package["resources"]}
    assert set(resources) == {
        name for name, data in files.items() if name.startswith("data/") and data
    }
    names = {one["name"] for one in package["resources"]}
    for path, one in resources.items():
        assert one["bytes"] == len(files[path])
        assert one["hash"] == f"sha256:{hashlib.sha256(files[path]).hexdigest()}"
        if path.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(files[path].decode())))
            fields = one["schema"]["fields"]
            assert [field["name"] for field in fields] == rows[0]
            assert one["rows"] == len(rows) - 1
            assert all(field["description"] for field in fields)
            for key in one["schema"].get("foreignKeys", ()):
                assert key["reference"]["resource"] in names


async def test_numbers_say_which_columns_tell_their_unit(files: dict[str, bytes]) -> None:
    package = json.loads(files["datapackage.json"])
    found = {
        f"{one['name']}.{field['name']}": field["unit"]["columns"]
        for one in package["resources"]
        for field in one.get("schema", {}).get("fields", ())
        if "unit" in field
    }
    assert found == {
        "monetizations.price.amount": ["price.currency", "price.per"],
        "investments.amount": ["currency", "status"],
        "investments.quantity": ["unit", "status"],
        "usage.value": ["metric"],
    }


async def test_croissant_names_every_column_and_the_archive(
    client: httpx.AsyncClient, files: dict[str, bytes]
) -> None:
    answer = await client.get(f"{PATH}.croissant.json")
    shown, inside = answer.json(), json.loads(files["croissant.json"])
    assert shown["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    archive, *parts = shown["distribution"]
    whole = await client.get(archive["contentUrl"].removeprefix("https://parity.example"))
    assert archive["sha256"] == hashlib.sha256(whole.content).hexdigest()
    assert {one["@id"] for one in parts} == {one["@id"] for one in inside["distribution"]}
    assert all(one["containedIn"] == {"@id": archive["@id"]} for one in parts)
    known = {one["@id"] for one in shown["distribution"]}
    fields = {field["@id"]: field for one in shown["recordSet"] for field in one["field"]}
    for field in fields.values():
        assert field["source"]["fileObject"]["@id"] in known
        if "references" in field:
            assert field["references"]["field"]["@id"] in fields
    assert shown["recordSet"] == inside["recordSet"]


async def test_dcat_leads_to_every_form(client: httpx.AsyncClient) -> None:
    shown = (await client.get(PATH, headers={"accept": "application/ld+json"})).json()
    assert shown["@type"] == "dcat:Dataset"
    assert {title["@language"] for title in shown["dct:title"]} == {"en", "zh"}
    urls = [one["dcat:downloadURL"]["@id"] for one in shown["dcat:distribution"]]
    assert len(urls) == 1 + 3 * len(COLLECTIONS)
    for url in urls:
        answer = await client.head(url.removeprefix("https://parity.example"))
        assert answer.status_code == 200, url
    assert {urlsplit(url).path.rpartition(".")[2] for url in urls[1:]} == {"gz", "parquet"}
    index = (await client.get("/v1.jsonld")).json()
    assert index["dcat:distribution"][0]["@id"] == shown["dcat:distribution"][0]["@id"]


async def test_the_chinese_archive_is_in_chinese(client: httpx.AsyncClient) -> None:
    found = unpacked(await client.get(f"{PATH}.zip?lang=zh"))
    assert "数据集" in found["README.md"].decode() or "知识库" in found["README.md"].decode()
    rows = csv.DictReader(io.StringIO(found["data/products.csv"].decode()))
    assert any(row["name_lang"] == "zh" for row in rows)


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        (f"{PATH}.parquet", 406, "not_acceptable"),
        (f"{PATH}.zip?as_of=rev:99", 400, "revision_unknown"),
        (f"{PATH}.zip?fields=id", 400, "unknown_parameter"),
        ("/v1/exports/datasets.csv.gz", 404, "not_found"),
    ],
)
async def test_what_is_not_there_is_told(
    client: httpx.AsyncClient, address: str, status: int, code: str
) -> None:
    problem: Any = assert_problem(await client.get(address), status, code)
    if code == "not_found":
        assert "dataset" in json.dumps(problem)


async def test_the_list_is_a_table_too(client: httpx.AsyncClient) -> None:
    assert table(await client.get("/v1/exports.csv"))[0]["name"] == "dataset"
