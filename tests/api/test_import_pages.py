"""What the service answers as JSON is taken back as its NDJSON is: pages of lists, and records."""

import json
from asyncio import to_thread
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.__main__ import main
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.store.database import Database
from service.usecases.imports.jobs import work_off
from tests.answers import assert_problem, bearer
from tests.clients import Importer, served
from tests.make import new_key

JSON, NDJSON = "application/json", "application/x-ndjson"


@pytest.fixture
async def importer(own_bundled: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(own_bundled, "write")
    async with served(own_bundled) as client:
        yield Importer(client, own_bundled, bearer(secret))


async def run(database: Database, file: Path, *words: str) -> Result:
    return await to_thread(
        CliRunner().invoke,
        main,
        ["import", str(file), *words],
        env={"PARITY_DATABASE_URL": database.url},
    )


@pytest.mark.parametrize("collection", COLLECTIONS, ids=[c.name for c in COLLECTIONS])
async def test_a_page_of_every_list_changes_nothing(
    importer: Importer, collection: Collection, tmp_path: Path
) -> None:
    before = await importer.database.revision()
    page = await importer.get(f"/v1/{collection.name}?limit=200")
    n_records = len(page.json()["data"])
    for ask in ("", "&dry_run=true"):
        answer = await importer.post(page.content, ask, content_type=JSON)
        assert answer.status_code == 200, answer.text
        counts = answer.json()["counts"]
        assert counts["rows"] == counts["unchanged"] == n_records
    file = tmp_path / "page.json"
    file.write_bytes(page.content)
    ran = await run(importer.database, file)
    assert f"{n_records} rows: 0 created, 0 updated, {n_records} unchanged" in ran.stdout, ran
    assert await importer.database.revision() == before


def over_lines(page: Any) -> str:
    return json.dumps(page, indent=2, ensure_ascii=False)


SHAPES: dict[str, Callable[[Any], str]] = {
    "over several lines": over_lines,
    "with tabs": lambda page: json.dumps(page, indent="\t").replace("\n", "\r\n"),
    "with a byte order mark": lambda page: "\ufeff" + json.dumps(page),
    "the first member beside the brace": lambda page: over_lines(page).replace("{\n", "{", 1),
    "its records alone": lambda page: json.dumps(page["data"]),
    "its records alone, over lines": lambda page: over_lines(page["data"]),
    "its records, one after the other": lambda page: "\n".join(map(over_lines, page["data"])),
    "two pages": lambda page: (
        json.dumps({**page, "data": page["data"][:1]})
        + "\n"
        + over_lines({**page, "data": page["data"][1:]})
    ),
}


@pytest.mark.parametrize("media_type", [JSON, NDJSON])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
async def test_a_page_is_read_however_it_was_written(
    importer: Importer, shape: Callable[[Any], str], media_type: str
) -> None:
    page = (await importer.get("/v1/vendors?country=CN&limit=200&include=products")).json()
    answer = await importer.post(shape(page).encode(), content_type=media_type)
    assert answer.status_code == 200, answer.text
    counts = answer.json()["counts"]
    assert counts["rows"] == counts["unchanged"] == len(page["data"]) > 0
    assert answer.json()["warnings"] == []


@pytest.mark.parametrize("shape", [json.dumps, over_lines], ids=["one line", "several lines"])
async def test_the_answer_that_is_one_record_is_taken(
    importer: Importer, shape: Callable[[Any], str]
) -> None:
    record = (await importer.get("/v1/products/kimi?include=vendor,adoptions")).json()
    answer = await importer.post(shape(record).encode(), content_type=JSON)
    assert answer.json()["counts"]["unchanged"] == 1, answer.text
    mended = {k: v for k, v in record.items() if k not in ("adoptions", "vendor")}
    answer = await importer.post(shape(mended | {"note": "mended"}).encode(), content_type=JSON)
    assert answer.json()["counts"]["updated"] == 1, answer.text


async def test_a_page_that_is_not_the_whole_list_is_taken_and_told(
    importer: Importer, tmp_path: Path
) -> None:
    page = await importer.get("/v1/products?limit=3")
    following = page.json()["page"]["next"]
    answer = await importer.post(page.content, content_type=JSON)
    assert answer.json()["counts"]["unchanged"] == 3
    (warning,) = answer.json()["warnings"]
    assert (warning["code"], following in warning["detail"]) == ("list_goes_on", True)
    assert (await importer.client.get(warning["href"])).status_code == 200
    chinese = await importer.post(page.content, content_type=JSON, accept_language="zh")
    assert "下一页" in chinese.json()["warnings"][0]["detail"]
    stored = (await importer.get(answer.json()["href"])).json()
    assert stored["warnings"] == [warning]
    file = tmp_path / "page.json"
    file.write_bytes(page.content)
    ran = await run(importer.database, file, "--dry-run")
    assert (ran.exit_code, following in ran.stderr) == (0, True), ran.output
    told = json.loads((await run(importer.database, file, "--json")).stdout)["warnings"]
    assert told == [warning]


async def test_pages_that_follow_each_other_are_the_whole_list(importer: Importer) -> None:
    first = await importer.get("/v1/vendors?country=CN&limit=10")
    pages = [first.content]
    following = first.json()["page"]["next"]
    while following:
        page = await importer.get(following)
        pages.append(page.content)
        following = page.json()["page"]["next"]
    assert len(pages) > 2
    whole = await importer.post(b"\n".join(pages))
    assert whole.json()["warnings"] == [], whole.text
    other = (await importer.get("/v1/markets?limit=200")).content
    cut = await importer.post(b"".join([pages[0], other]))
    assert cut.status_code == 200, cut.text
    assert [told["code"] for told in cut.json()["warnings"]] == ["list_goes_on"]


async def test_a_job_tells_it_too(importer: Importer) -> None:
    page = (await importer.get("/v1/products?limit=3")).content
    answer = await importer.post(page, content_type=JSON, prefer="respond-async")
    assert (answer.status_code, answer.json()["warnings"]) == (202, [])
    assert await work_off(importer.database)
    done = (await importer.get(answer.headers["location"])).json()
    assert done["status"] == "done"
    assert [told["code"] for told in done["warnings"]] == ["list_goes_on"]


async def test_faults_are_told_by_the_place_of_the_record_in_the_page(importer: Importer) -> None:
    page = (await importer.get("/v1/products?limit=3&fields=id,name,vendor_id,market_ids")).json()
    page["data"][1]["vendor_id"] = "opanai"
    page["data"][2]["href"] = "/v1/products/other"
    for shape in (json.dumps, over_lines):
        answer = await importer.post(shape(page).encode(), content_type=JSON)
        errors = assert_problem(answer, 422, "import_row_failed")["errors"]
        assert [(e["line"], e["pointer"]) for e in errors] == [(2, "/vendor_id"), (3, "/href")]


BROKEN = {
    "a comma too many": ('{\n "data": [\n  {"object": "vendor"},\n ]\n}', 4),
    "cut off": ('{"object": "list",\n "data": [\n', 2),
    "text behind it": ('{"data": []}\n[\n]\nend', 4),
    "a list that stands twice": ('{"data": [],\n "data": []}', 1),
    "an array that never ends": ('[{"kind": "vendor", "id": "x"}', 1),
}


@pytest.mark.parametrize(("text", "line"), BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_page_is_told_with_its_line(
    importer: Importer, text: str, line: int
) -> None:
    for media_type in (JSON, NDJSON):
        answer = await importer.post(text.encode(), "&on_error=skip", content_type=media_type)
        (error,) = assert_problem(answer, 422, "import_row_failed")["errors"]
        assert (error["code"], error["line"]) == ("invalid_json", line), error


async def test_lines_that_are_broken_stay_lines(importer: Importer) -> None:
    good = '{"kind": "vendor", "id": "acme"}'
    answer = await importer.post(
        f'{{"kind": "vendor", "id": "x"\n{good}\n'.encode(), "&dry_run=true"
    )
    assert answer.json()["counts"] == {
        "rows": 2,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "failed": 1,
    }


async def test_json_says_its_own_kinds(importer: Importer) -> None:
    answer = await importer.post(b"[]", "&kind=vendor", content_type=JSON)
    assert_problem(answer, 400, "incompatible_parameters")
    empty = await importer.post(b'{"object": "list", "data": []}', content_type=JSON)
    assert empty.json()["counts"]["rows"] == 0
