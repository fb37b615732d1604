"""Analyses as tables and pages: the figures of the JSON answer, in other forms."""

import csv
import io
import re
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from service.api.http.examples import REQUESTS
from service.formats.analyses.presentations import FIGURES
from service.formats.analyses.tables import table_names
from service.store.database import Database
from service.texts.messages import section
from service.usecases.analyses.comparison import ComparisonAnswer
from service.usecases.analyses.declarations import ANALYSES, DECLARATIONS
from service.usecases.analyses.frame import ANSWER_TYPES
from service.usecases.analyses.side_by_side import SideBySideAnswer
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import FEATURE, SMALL, lines

CHINESE = re.compile(r"[\u4e00-\u9fff]")
OPERATIONS = [analysis.operation for analysis in ANALYSES] + ["compare", "list_homogenization"]
SHOWN = {declaration.operation: declaration.shown for declaration in DECLARATIONS}
SHAPES = {
    **ANSWER_TYPES,
    "compare": ComparisonAnswer,
    "list_homogenization": SideBySideAnswer,
}


def other(operation: str, suffix: str, more: str = "") -> str:
    path, _, query = REQUESTS[operation].partition("?")
    return f"{path}.{suffix}?{query}{more}"


def table(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def at(value: Any, path: str) -> Any:
    """What stands at a dotted path; keys of `reasons` have dots of their own."""
    if path in value:
        return value[path]
    step, _, rest = path.partition(".")
    return at(value[step], rest)


def test_every_analysis_has_a_presentation() -> None:
    assert set(SHOWN) == set(OPERATIONS)
    for operation, shown in SHOWN.items():
        assert shown.table in table_names(SHAPES[operation])
        assert {path.rpartition(".")[2] for path in shown.headline} <= set(section("figures"))


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_figures_are_those_of_the_answer(client: httpx.AsyncClient, operation: str) -> None:
    body = (await client.get(REQUESTS[operation])).json()
    rows = table(await client.get(other(operation, "csv", f"&table={FIGURES}")))
    assert len(rows) > 10
    for row in rows:
        value = at(body, row["path"])
        if isinstance(value, list):
            assert row["value"] == "|".join(map(str, value))
        elif isinstance(value, bool):
            assert row["value"] == str(value).lower()
        else:
            assert row["value"] == ("" if value is None else str(value))


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_every_table_has_the_rows_of_the_answer(
    client: httpx.AsyncClient, operation: str
) -> None:
    body = (await client.get(REQUESTS[operation])).json()
    for name in table_names(SHAPES[operation])[1:]:
        rows = table(await client.get(other(operation, "csv", f"&table={name}")))
        path = name if name.split(".")[0] in body else f"result.{name}"
        found = at(body, path)
        if (operation, name) == ("get_market_matrix", "cells"):
            found = [cell for row in found for cell in row]
        assert len(rows) == len(found)
        for row, shown in zip(rows, found, strict=True):
            for key, value in shown.items() if isinstance(shown, dict) else ():
                if isinstance(value, str | int | float) and not isinstance(value, bool):
                    assert row[key] == str(value)


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_every_column_is_told_in_chinese(client: httpx.AsyncClient, operation: str) -> None:
    for name in table_names(SHAPES[operation]):
        asked = other(operation, "metadata.json", f"&table={name}&lang=zh")
        fields = (await client.get(asked)).json()["schema"]["fields"]
        told = {field["name"]: field["title"] for field in fields}
        assert {column for column, title in told.items() if not CHINESE.search(title)} == set()


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_the_natural_table_is_the_default(client: httpx.AsyncClient, operation: str) -> None:
    chosen = SHOWN[operation].table
    plain = await client.get(other(operation, "csv"))
    asked = await client.get(other(operation, "csv", f"&table={chosen}"))
    assert plain.content == asked.content
    assert plain.headers["content-type"].startswith("text/csv")
    assert re.fullmatch(
        r'attachment; filename="parity-[a-z-]+-r2\.csv"', plain.headers["content-disposition"]
    )


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_page_has_its_parts(client: httpx.AsyncClient, operation: str, lang: str) -> None:
    answer = await client.get(other(operation, "md", f"&lang={lang}"))
    body = (await client.get(REQUESTS[operation] + f"&lang={lang}")).json()
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["content-language"] == lang
    text = answer.text.replace("\\", "")
    assert body.get("finding", "") in text
    headings = re.findall(r"^## (.*)$", answer.text, re.MULTILINE)
    for heading in (("Coverage", "Method", "How to cite"), ("数据覆盖", "方法", "引用方式"))[
        lang == "zh"
    ]:
        assert heading in headings
    assert body["method"]["version"] in text
    assert f"as_of=rev%3A2&lang={lang}>" in text
    for line in re.findall(r"^\|.*$", answer.text, re.MULTILINE):
        assert line.endswith(" |")


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_links_name_the_other_forms(client: httpx.AsyncClient, operation: str) -> None:
    body = (await client.get(REQUESTS[operation])).json()
    for form in ("csv", "md"):
        target = body["links"][form]
        assert target.partition("?")[0] == REQUESTS[operation].partition("?")[0] + f".{form}"
        linked, own = await client.get(target), await client.get(other(operation, form))
        assert linked.status_code == 200
        assert linked.content == own.content


async def test_a_filter_is_kept_in_links_and_citation(client: httpx.AsyncClient) -> None:
    words = 'vendor.country = "CN" AND launched >= "2023"'
    path = "/v1/markets/chat-assistants/homogenization"
    query = f"filter={quote(words)}&interval=year"
    body = (await client.get(f"{path}?{query}")).json()
    rows = table(await client.get(body["links"]["csv"]))
    assert [row["date"] for row in rows] == [p["date"] for p in body["result"]["series"]]
    page = (await client.get(body["links"]["md"])).text
    cited = re.findall(r"<https://parity\.example(.*)>", page)[0]
    again = (await client.get(cited)).json()
    assert again["result"] == {**body["result"], "as_of": "rev:2"}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("form", ["csv", "md"])
async def test_forms_refuse_what_they_do_not_know(
    client: httpx.AsyncClient, operation: str, form: str
) -> None:
    answer = await client.get(other(operation, form, "&nope=1"))
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")
    wrong = await client.get(other(operation, form, "&table=nope"))
    code = "unknown_value" if form == "csv" else "incompatible_parameters"
    assert (wrong.status_code, wrong.json()["code"]) == (400, code)


@pytest.mark.parametrize("form", ["csv", "md"])
async def test_validators_and_head(client: httpx.AsyncClient, form: str) -> None:
    path, plain = other("get_market_league", form), {"accept-encoding": "identity"}
    got, head = await client.get(path, headers=plain), await client.head(path, headers=plain)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    again = await client.get(path, headers={"if-none-match": got.headers["etag"]})
    assert again.status_code == 304
    wrong = await client.get("/v1/markets/nope/league." + form)
    assert (wrong.status_code, wrong.json()["code"]) == (404, "not_found")


async def test_names_are_no_markup_and_no_formula(database: Database) -> None:
    trap = {**FEATURE, "name": "=1|<b>[x](y)`*_"}
    others = [record for record in SMALL if record["kind"] != "feature"]
    await load(database, lines(*others, trap), comment="traps")
    path = "/v1/features/f/time-to-copy"
    async with served(database) as client:
        page = (await client.get(f"{path}.md?market=m")).text
        rows = table(await client.get(f"{path}.csv?market=m&table=figures&excel=true"))
    assert "# Time-to-copy of a feature: =1\\|\\<b\\>\\[x\\](y)\\`\\*\\_" in page
    values = {row["value"] for row in rows}
    assert "'" + trap["name"] in values
