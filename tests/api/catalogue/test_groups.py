"""What groups answer over HTTP: dates, filling, conditions, order, pages."""

from itertools import pairwise

import httpx
import pytest

from service.query.registry import COLLECTIONS
from service.usecases.catalogue.groups import periods_between
from tests.answers import records


async def body(client: httpx.AsyncClient, address: str, status: int = 200) -> dict:
    answer = await client.get(f"/v1/aggregate/{address}")
    assert answer.status_code == status, answer.text
    return answer.json()


async def pages(client: httpx.AsyncClient, address: str) -> list[dict]:
    found = await body(client, address)
    groups = found["data"]
    while found["page"]["next"]:
        found = (await client.get(found["page"]["next"])).json()
        groups += found["data"]
    assert found["total_groups"] == {"value": len(groups), "relation": "eq"}
    return groups


async def test_pages_by_a_metric_are_the_whole(client: httpx.AsyncClient) -> None:
    asked = "adoptions?group_by=product_id,stage,year(date)&metrics=count,min(date)&sort=-count"
    whole, paged = (
        await pages(client, f"{asked}&limit=200"),
        await pages(client, f"{asked}&limit=7"),
    )
    assert paged == whole
    assert all(a["count"] >= b["count"] for a, b in pairwise(whole))
    assert len({(g["product_id"], g["stage"], g["year(date)"]) for g in whole}) == len(whole)


async def test_the_first_and_the_last_date_are_dates(client: httpx.AsyncClient) -> None:
    found = await pages(
        client, "adoptions?group_by=feature_id&metrics=min(date),max(date)&sort=-max(date)"
    )
    row = next(group for group in found if group["feature_id"] == "web-search")
    listed = (await client.get("/v1/adoptions?feature_id=web-search&sort=date&limit=200")).json()
    assert row["min(date)"] == "[..2022-12-07]"
    assert listed["data"][0]["date"].strip("[.]") == "2022-12-07"
    assert set(row) == {"feature_id", "min(date)", "max(date)"}
    wrong = await body(
        client, "adoptions?group_by=feature_id&metrics=min(date)&having=min(date)>=2", 400
    )
    assert wrong["code"] == "unknown_field"


async def test_every_period_is_filled_for_every_other_key(client: httpx.AsyncClient) -> None:
    groups = await pages(client, "adoptions?group_by=stage,quarter(date)&fill=zero&limit=200")
    named = [g["quarter(date)"] for g in groups if g["quarter(date)"]]
    span = periods_between(min(named), max(named))
    for stage in {group["stage"] for group in groups}:
        of_stage = [g["quarter(date)"] for g in groups if g["stage"] == stage]
        assert [q for q in of_stage if q] == span
    bare = await pages(client, "adoptions?group_by=stage,quarter(date)&limit=200")
    assert [group for group in groups if group["count"]] == bare


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("group_by=month(date)&fill=zero&having=count>=5", "incompatible_parameters"),
        ("group_by=stage&fill=zero", "incompatible_parameters"),
        ("group_by=year(date),month(date)&fill=zero", "incompatible_parameters"),
        ("group_by=stage&having=coumt>=5", "unknown_field"),
        ("group_by=stage&having=count", "invalid_value"),
        ("group_by=stage,evidence,product_id,feature_id", "invalid_value"),
        ("group_by=stage&sort=-cont", "unknown_field"),
        ("group_by=stage&metrics=sum(stage)", "unknown_field"),
        ("group_by=week(date)", "unknown_field"),
        ("group_by=market.layer", "unknown_field"),
        ("group_by=", "empty_value"),
        ("group_by=stage&metrics=", "empty_value"),
        ("group_by=stage&having=", "empty_value"),
    ],
)
async def test_a_wrong_grouping_is_refused(
    client: httpx.AsyncClient, query: str, code: str
) -> None:
    assert (await body(client, f"adoptions?{query}", 400))["code"] == code


async def test_what_has_no_period_is_counted_whatever_is_measured(
    client: httpx.AsyncClient,
) -> None:
    by_count = await body(client, "adoptions?group_by=quarter(date)&limit=200")
    other = await body(
        client, "adoptions?group_by=quarter(date)&metrics=count_distinct(product_id)&limit=200"
    )
    unknown = next(g["count"] for g in by_count["data"] if g["quarter(date)"] is None)
    assert by_count["meta"]["date_unbucketed"] == {"quarter(date)": unknown}
    assert other["meta"]["date_unbucketed"] == {"quarter(date)": unknown}
    assert "count" not in other["data"][0]
    assert str(unknown) in by_count["meta"]["warnings"][0]["detail"]


async def test_undecided_dates_are_counted_as_in_the_list(client: httpx.AsyncClient) -> None:
    grouped = await body(client, "adoptions?group_by=stage&date__gte=2024-03-10")
    listed = (await client.get("/v1/adoptions?date__gte=2024-03-10&limit=1")).json()
    assert grouped["meta"]["date_undecided"] == listed["meta"]["date_undecided"] != {}


async def test_numbers_are_ordered_as_numbers(client: httpx.AsyncClient) -> None:
    values = [int(g["value"]) for g in await pages(client, "usage?group_by=value&limit=200")]
    assert values == sorted(values)
    assert len({len(str(value)) for value in values}) > 1


@pytest.mark.parametrize("name", [c.name for c in COLLECTIONS])
async def test_groups_list_and_file_have_the_same_records(
    client: httpx.AsyncClient, name: str
) -> None:
    asked = "recorded_at__gte=2020-01-01&evidence__not=unsourced"
    asked = asked if name != "sources" else "recorded_at__gte=2020-01-01"
    groups = await pages(client, f"{name}?group_by=revision&{asked}")
    listed = (await client.get(f"/v1/{name}?{asked}&limit=1")).json()
    rows = records(await client.get(f"/v1/{name}.ndjson?{asked}"))
    assert listed["total"]["value"] == len(rows)
    used = [row for row in rows if row.get("dispute") != "other"]  # the rest is in no figure
    assert sum(group["count"] for group in groups) == len(used)
