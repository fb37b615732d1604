"""Tables with columns of the records that their rows point to come back in, too."""

import csv
import io
import json
from asyncio import to_thread
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from service.__main__ import main
from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.query.relations import embeddings
from service.query.selections import shown_names
from service.store.database import Database
from service.usecases.imports.jobs import work_off
from tests.answers import assert_problem, bearer
from tests.clients import Importer, served
from tests.make import new_key

BOUNDS = ("_min", "_max", "_precision")
RELATED = [c for c in COLLECTIONS if c.references]


@pytest.fixture
async def importer(own_bundled: Database) -> AsyncIterator[Importer]:
    _, secret = await new_key(own_bundled, "write")
    async with served(own_bundled) as client:
        yield Importer(client, own_bundled, bearer(secret))


def whole(collection: Collection) -> list[str]:
    """All fields of its own, and all of what its records point to."""
    forward = [hop.name for hop in embeddings(collection).values() if not hop.is_reverse]
    columns = [name for name in shown_names(collection) if not name.endswith(BOUNDS)]
    return [*columns, *forward]


async def ended(importer: Importer, answer: httpx.Response) -> dict[str, Any]:
    """The import, also of a file so long that it is a job."""
    if answer.status_code == 202:
        assert await work_off(importer.database)
        answer = await importer.get(answer.headers["location"])
    done: dict[str, Any] = answer.json()
    assert done.get("status") == "done", answer.text[:2000]
    return done


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
@pytest.mark.parametrize("collection", RELATED, ids=[c.name for c in RELATED])
async def test_a_table_with_all_of_what_it_points_to_changes_nothing(
    importer: Importer, collection: Collection, suffix: str, lang: str
) -> None:
    before = await importer.database.revision()
    asked = f"fields={','.join(whole(collection))}&lang={lang}"
    read = await importer.get(f"/v1/{collection.name}.{suffix}?{asked}")
    assert read.status_code == 200, read.text
    file = read.content
    is_csv = suffix == "csv"
    answer = await (importer.csv(collection.kind, file) if is_csv else importer.post(file))
    done = await ended(importer, answer)
    counts = done["counts"]
    assert counts["rows"] == counts["unchanged"] > 0 or collection.name == "offerings", done
    assert await importer.database.revision() == before


FAR = (
    "id,product_id,feature_id,stage,date,until,source_ids,note,confidence,dispute,null_reasons,"
    "evidence,product.vendor.name,product.vendor.names.zh,product.markets.name,product.vendor.aliases,"
    "feature.category,sources.title,product.vendor.country"
)


@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
async def test_so_does_one_with_columns_two_records_away(importer: Importer, suffix: str) -> None:
    asked = f"/v1/adoptions.{suffix}?fields={FAR}&product.vendor.country=CN"
    read = await importer.get(asked)
    assert read.status_code == 200, read.text
    file = read.content
    is_csv = suffix == "csv"
    answer = await (importer.csv("adoption", file) if is_csv else importer.post(file))
    assert answer.status_code == 200, answer.text
    counts = answer.json()["counts"]
    assert counts["rows"] == counts["unchanged"] > 10


async def rows(importer: Importer, path: str) -> list[dict[str, str]]:
    answer = await importer.get(path)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def table(records: list[dict[str, str]]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(records[0]))
    writer.writeheader()
    writer.writerows(records)
    return file.getvalue().encode()


PRODUCTS = (
    "/v1/products.csv?id=kimi&fields=id,vendor_id,names,aliases,market_ids,launched,"
    "source_ids,note,null_reasons,vendor.name,vendor.country,vendor.homepage,vendor.founded,"
    "vendor.aliases,markets.name,sources.publisher"
)


@pytest.mark.parametrize(
    ("column", "cell", "pointer", "kind"),
    [
        ("vendor.name", "Moonshine", "/vendor/name", "vendor"),
        ("vendor.country", "US", "/vendor/country", "vendor"),
        ("vendor.homepage", "", "/vendor/homepage", "vendor"),
        ("vendor.aliases", "Moon|Shine", "/vendor/aliases", "vendor"),
        ("markets.name", "Chat things", "/markets/name", "market"),
    ],
)
async def test_what_another_record_does_not_say_is_told_with_where_to_change_it(
    importer: Importer, tmp_path: Path, column: str, cell: str, pointer: str, kind: str
) -> None:
    (read,) = await rows(importer, PRODUCTS)
    assert read[column]
    changed = table([{**read, column: cell}])
    answer = await importer.csv("product", changed)
    (error,) = assert_problem(answer, 422, "import_row_failed")["errors"]
    assert (error["code"], error["pointer"], error["line"]) == ("invalid_value", pointer, 2)
    assert kind in error["detail"]
    assert ("moonshot-ai" if kind == "vendor" else "chat-assistants") in error["detail"]
    chinese = await importer.client.post(
        "/v1/imports?comment=t&kind=product",
        content=changed,
        headers={**importer.headers, "content-type": "text/csv", "accept-language": "zh"},
    )
    assert "修改" in chinese.json()["errors"][0]["detail"]
    skipped = await importer.csv("product", changed, "&on_error=skip&dry_run=true")
    assert skipped.json()["counts"]["failed"] == 1
    file = tmp_path / "products.csv"
    file.write_bytes(changed)
    environment = {"PARITY_DATABASE_URL": importer.database.url}
    ran = await to_thread(CliRunner().invoke, main, ["import", str(file)], env=environment)
    assert (ran.exit_code, pointer in ran.stderr) == (1, True), ran.output


async def test_a_changed_row_keeps_its_related_columns(importer: Importer) -> None:
    (read,) = await rows(importer, PRODUCTS)
    answer = await importer.csv("product", table([{**read, "note": "mended"}]))
    assert answer.json()["counts"]["updated"] == 1, answer.text
    assert (await importer.get("/v1/products/kimi")).json()["note"] == "mended"


async def test_another_record_is_compared_with_the_one_that_the_row_points_to(
    importer: Importer,
) -> None:
    (read,) = await rows(importer, PRODUCTS)
    answer = await importer.csv("product", table([{**read, "vendor_id": "openai"}]))
    errors = assert_problem(answer, 422, "import_row_failed")["errors"]
    assert {error["pointer"] for error in errors} >= {"/vendor/name", "/vendor/country"}
    assert all("openai" in error["detail"] for error in errors)
    keyed = {("vendor" if name == "vendor_id" else name): cell for name, cell in read.items()}
    assert (await importer.csv("product", table([keyed]))).json()["counts"]["unchanged"] == 1


async def test_too_many_values_are_told(importer: Importer) -> None:
    (read,) = await rows(importer, PRODUCTS)
    answer = await importer.csv("product", table([{**read, "markets.name": "Chat|More"}]))
    (error,) = assert_problem(answer, 422, "import_row_failed")["errors"]
    assert error["pointer"] == "/markets/name"


@pytest.mark.parametrize("column", ["vendor.nmae", "adoptions.date", "vendor.products.name"])
async def test_a_column_that_no_table_has_is_told(importer: Importer, column: str) -> None:
    (read,) = await rows(importer, PRODUCTS)
    answer = await importer.csv("product", table([{**read, column: "x"}]))
    (error,) = assert_problem(answer, 422, "import_row_failed")["errors"]
    assert (error["code"], error["pointer"]) == ("unknown_field", f"/{column}")
    assert column != "vendor.nmae" or "vendor.name" in error["did_you_mean"]


async def test_records_brought_along_with_a_few_of_their_names_and_figures(
    importer: Importer,
) -> None:
    """As lines: a member that has members is compared in those that are told."""
    record: dict[str, Any] = (await importer.get("/v1/products/kimi?lang=zh")).json()
    for vendor in (
        {"id": "moonshot-ai", "name": "月之暗面"},
        {"id": "moonshot-ai", "names": {"zh": "月之暗面"}},
    ):
        answer = await importer.post(json.dumps(record | {"vendor": vendor}).encode())
        assert answer.json()["counts"]["unchanged"] == 1, answer.text
    wrong = {"id": "moonshot-ai", "names": {"zh": "月亮"}}
    answer = await importer.post(json.dumps(record | {"vendor": wrong}).encode())
    assert_problem(answer, 422, "import_row_failed")
