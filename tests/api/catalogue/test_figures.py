"""Figures of groups: exact numbers, quantiles and shares, without what lost a dispute."""

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import httpx
import pytest

from service.texts.messages import LANGUAGES
from tests.answers import table
from tests.clients import served
from tests.make import MARKET, PRODUCT, SOURCE, VENDOR, put_all
from tests.postgres import EMPTY, fresh

# By vendor, what was spent, in dollars.
SPENT = {
    "one": ["0.10", "0.20", "100000000000.05"],
    "two": ["7"],
    "three": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10.5", "11"],
    "four": [None],
}


def investment(vendor: str, amount: str | None, **more: Any) -> dict[str, Any]:
    return {
        "kind": "investment",
        "vendor": vendor,
        "type": "capex",
        "status": "actual",
        "amount": amount,
        "currency": "USD",
        "sources": SOURCE,
        **more,
    }


@pytest.fixture(scope="module")
async def figured(templates: str) -> AsyncIterator[httpx.AsyncClient]:
    spent = [
        investment(vendor, amount, date=f"{2001 + n}")
        for vendor, amounts in SPENT.items()
        for n, amount in enumerate(amounts)
    ]
    lost = [
        investment("two", "8", date="2024", dispute="other"),
        investment("two", "9", date="2024", dispute="preferred"),
        investment("three", "1000", date="2024-05", dispute="other"),
    ]
    visits = [
        {
            "kind": "usage",
            "product": "p",
            "metric": "visits",
            "value": 2**53 - 1 - n,
            "period": f"{2001 + n}",
            "sources": SOURCE,
        }
        for n in range(3)
    ]
    async for database in fresh(templates, EMPTY):
        vendors = [{**VENDOR, "id": vendor, "name": vendor} for vendor in ("acme", *SPENT)]
        await put_all(database, MARKET, *vendors, PRODUCT, *spent, *lost, *visits)
        async with served(database) as client:
            yield client


ASKED = "/v1/aggregate/investments{}?group_by=vendor_id&currency=USD&status=actual"


async def groups(client: httpx.AsyncClient, query: str) -> dict[str, dict[str, Any]]:
    """By vendor, with every number as it is written."""
    answer = await client.get(f"{ASKED.format('')}&{query}")
    assert answer.status_code == 200, answer.text
    found = json.loads(answer.text, parse_float=Decimal)
    return {group["vendor_id"]: group for group in found["data"]}


async def test_figures_are_exact_numbers(figured: httpx.AsyncClient) -> None:
    found = await groups(figured, "metrics=sum(amount),min(amount),max(amount),avg(amount)")
    assert found["one"]["sum(amount)"] == Decimal("100000000000.35")
    assert (found["one"]["min(amount)"], found["two"]["max(amount)"]) == (Decimal("0.1"), 9)
    assert found["two"]["avg(amount)"] == 8
    assert set(found["four"].values()) == {"four", None}
    visits = await figured.get("/v1/aggregate/usage?group_by=metric&metrics=sum(value),max(value)")
    assert visits.json()["data"] == [
        {"metric": "visits", "sum(value)": 3 * 2**53 - 6, "max(value)": 2**53 - 1}
    ]


async def test_numbers_among_the_keys_are_numbers(figured: httpx.AsyncClient) -> None:
    answer = await figured.get("/v1/aggregate/investments?group_by=amount&vendor_id=three")
    keys = [group["amount"] for group in answer.json()["data"]]
    assert keys == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10.5, 11]


async def test_quantiles_lie_between_the_numbers_next_to_them(figured: httpx.AsyncClient) -> None:
    found = await groups(figured, "metrics=p10(amount),median(amount),p90(amount)")
    shown = {vendor: [v for k, v in g.items() if k != "vendor_id"] for vendor, g in found.items()}
    assert shown["three"] == [2, 6, Decimal("10.5")]
    assert shown["one"] == [Decimal("0.12"), Decimal("0.2"), Decimal("80000000000.08")]
    assert shown["two"] == [Decimal("7.2"), 8, Decimal("8.8")]
    assert shown["four"] == [None, None, None]


async def test_shares_are_of_all_records_that_meet_the_filter(figured: httpx.AsyncClient) -> None:
    found = await groups(figured, "metrics=count,share&sort=-share")
    assert [found[v]["share"] * 17 for v in SPENT] == pytest.approx([3, 2, 11, 1])
    assert next(iter(found)) == "three"
    kept = await groups(figured, "metrics=share&having=share>=0.5")
    assert kept == {"three": {"vendor_id": "three", "share": found["three"]["share"]}}


async def test_groups_are_kept_by_a_median(figured: httpx.AsyncClient) -> None:
    asked = (
        "metrics=median(amount),count_distinct(date)&having=median(amount)>=6&sort=-median(amount)"
    )
    found = await groups(figured, asked)
    assert list(found) == ["two", "three"]
    assert [group["count_distinct(date)"] for group in found.values()] == [2, 11]


@pytest.mark.parametrize("suffix", [".csv", ".ndjson"])
async def test_a_file_of_groups_has_the_same_numbers(
    figured: httpx.AsyncClient, suffix: str
) -> None:
    query = "metrics=sum(amount),p90(amount),share"
    answer = await figured.get(f"{ASKED.format(suffix)}&{query}")
    listed = list((await groups(figured, query)).values())
    if suffix == ".csv":
        rows = table(answer)
        assert rows == [{k: "" if v is None else str(v) for k, v in g.items()} for g in listed]
    else:
        rows = [json.loads(line, parse_float=Decimal) for line in answer.text.splitlines()]
        assert rows == listed


async def test_what_lost_a_dispute_is_in_no_figure_and_counted(figured: httpx.AsyncClient) -> None:
    whole = (await figured.get("/v1/investments?limit=1")).json()["total"]["value"]
    found = (await figured.get("/v1/aggregate/investments?group_by=vendor_id")).json()
    assert found["meta"]["disputed_left_out"] == 2
    assert sum(group["count"] for group in found["data"]) == whole - 2
    of_two = (await figured.get("/v1/aggregate/investments?group_by=type&vendor_id=two")).json()
    assert (of_two["data"], of_two["meta"]["disputed_left_out"]) == (
        [{"type": "capex", "count": 2}],
        1,
    )


@pytest.mark.parametrize(
    "query",
    [
        "group_by=dispute",
        "group_by=type&dispute=other",
        "group_by=type&filter=dispute=other OR NOT dispute:*",
    ],
)
async def test_a_question_about_disputes_has_all_sides(
    figured: httpx.AsyncClient, query: str
) -> None:
    listed = (await figured.get(f"/v1/investments?limit=1&{query.partition('&')[2]}")).json()
    found = (await figured.get(f"/v1/aggregate/investments?{query}")).json()
    assert found["meta"]["disputed_left_out"] == 0
    assert sum(group["count"] for group in found["data"]) == listed["total"]["value"] > 1


@pytest.mark.parametrize("form", ["certain", "possible"])
async def test_groups_tell_of_dates_left_undecided(figured: httpx.AsyncClient, form: str) -> None:
    asked = f"investments?date__gte=2005-06&vendor_id=three&date_match={form}"
    for lang in LANGUAGES:
        listed = (await figured.get(f"/v1/{asked}&lang={lang}")).json()["meta"]
        query = f"/v1/aggregate/{asked}&group_by=type&lang={lang}"
        grouped = (await figured.get(query)).json()["meta"]
        assert grouped["date_undecided"] == {"date": 1}
        assert grouped["warnings"] == listed["warnings"]
        assert [warning["code"] for warning in grouped["warnings"]] == ["date_undecided"]
