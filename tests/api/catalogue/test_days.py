"""The world on a day is the same through every door."""

import csv
import io
from collections.abc import AsyncIterator

import httpx
import pytest

from service.store.database import Database
from service.usecases.imports.files import load
from tests.clients import served
from tests.make import FEATURE, MARKET, PRODUCT, VENDOR, lines

SOURCED = {"sources": ["urn:one"]}
# By id: launched, discontinued, and the facts that stand in for a launch.
PRODUCTS = {
    "recorded": ("2024-01-10", None),
    "evident": (None, None),
    "unsourced": (None, None),
    "announced": (None, None),
    "unknown": (None, None),
    "gone": ("2023", "2024-03"),
    "later": ("2025", None),
}


def adoption(product: str, day: str | None, **more: object) -> dict:
    fact = {"kind": "adoption", "product": product, "feature": FEATURE["id"], "date": day}
    return {**fact, "stage": "ga", **SOURCED, **more}


FACTS = [
    {"kind": "source", "url": "urn:one"},
    {"kind": "business_model", "id": "b", "names": {"en": "B"}},
    adoption("evident", "2024-02-01"),
    adoption("evident", "2024-06", stage="preview"),
    adoption("unsourced", "2024-02-01", sources=[], status="unsourced"),
    adoption("announced", "2024-02-01", stage="announced"),
    adoption("gone", "2023-07"),
    adoption("recorded", "2024-01-10"),
    adoption("later", "2025-06"),
    adoption("later", None),
    {
        "kind": "monetization",
        "product": "gone",
        "business_model": "b",
        "since": "2023-06",
        **SOURCED,
    },
]


@pytest.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    products = [
        {**PRODUCT, "id": name, "name": name, "launched": launched, "discontinued": discontinued}
        for name, (launched, discontinued) in PRODUCTS.items()
    ]
    report = await load(database, lines(VENDOR, MARKET, FEATURE, *products, *FACTS), comment="days")
    assert report.failed == 0, report.faults
    async with served(database) as client:
        yield client


async def ids(client: httpx.AsyncClient, path: str) -> list[str]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return [record.get("product_id", record["id"]) for record in answer.json()["data"]]


async def test_a_product_without_a_launch_lives_from_its_evidence(
    client: httpx.AsyncClient,
) -> None:
    assert await ids(client, "/v1/products?on=2024-01-31") == ["gone", "recorded"]
    assert await ids(client, "/v1/products?on=2024-02-01") == ["evident", "gone", "recorded"]
    found = (await client.get("/v1/products?on=2024-02-01")).json()
    assert found["meta"]["date_undecided"] == {"launched": 3}
    assert found["meta"]["warnings"][0]["code"] == "date_undecided"
    assert await ids(client, "/v1/products?on=2024-02-01&date_match=possible") == [
        "announced",
        "evident",
        "gone",
        "recorded",
        "unknown",
        "unsourced",
    ]


async def test_a_list_and_an_analysis_see_the_same_products(client: httpx.AsyncClient) -> None:
    for day in ("2023-12-31", "2024-01-31", "2024-02-01", "2024-04-01", "2025-12-31"):
        listed = await ids(client, f"/v1/products?on={day}")
        answer = await client.get(f"/v1/markets/{MARKET['id']}/matrix?on={day}")
        assert answer.json()["coverage"]["n_products"] == len(listed), day


async def test_status_is_that_of_the_day_through_every_door(client: httpx.AsyncClient) -> None:
    for day, status in (
        ("2022-05-05", "not_launched"),
        ("2024-02-01", "active"),
        ("2024-03-15", None),
        ("2024-04-01", "discontinued"),
    ):
        asked = f"on={day}&fields=status"
        record = (await client.get(f"/v1/products/gone?{asked}")).json()
        assert record["status"] == status
        known = (await client.get(f"/v1/products/gone?on={day}")).json()["null_reasons"]
        assert known.get("status") == (None if status else "unknown")
        file = (await client.get(f"/v1/products/gone.csv?{asked}")).text
        assert [row["status"] for row in csv.DictReader(io.StringIO(file))] == [status or ""]
        adoptions = "/v1/adoptions?product_id=gone&include=product&date_match=possible"
        for fact in (await client.get(f"{adoptions}&on={day}")).json()["data"]:
            assert fact["product"]["status"] == status
        compared = (await client.get(f"/v1/compare?products=gone,recorded&on={day}")).json()
        row = next(r for r in compared["rows"] if r["attribute"] == "status")
        assert row["cells"][0]["value"] == status
    assert (await client.get("/v1/products/gone")).json()["status"] == "discontinued"


async def test_status_is_filtered_grouped_and_counted_by_the_day(
    client: httpx.AsyncClient,
) -> None:
    day = "on=2024-02-01&date_match=possible"
    assert await ids(client, f"/v1/products?{day}&status=active") == ["evident", "gone", "recorded"]
    facets = (await client.get(f"/v1/products?{day}&facets=status")).json()["facets"]["status"]
    assert {b["key"]: b["count"] for b in facets["buckets"]} == {"active": 3, None: 3}
    groups = (await client.get(f"/v1/aggregate/products?group_by=status&{day}")).json()["data"]
    assert groups == [{"status": "active", "count": 3}, {"status": None, "count": 3}]
    reached = "/v1/adoptions?product.status=active&on=2024-02-01"
    assert await ids(client, f"{reached}&sort=product_id") == ["evident", "gone", "recorded"]


async def test_spells_end_with_their_product(client: httpx.AsyncClient) -> None:
    """As in analyses; and what has no date at all cannot be decided."""
    for kind in ("adoptions", "monetizations"):
        path = f"/v1/{kind}?product_id=gone&on"
        assert await ids(client, f"{path}=2024-02-01") == ["gone"]
        assert await ids(client, f"{path}=2024-04-01") == []
        found = (await client.get(f"{path}=2024-03-15")).json()
        assert (found["data"], found["meta"]["date_undecided"]) == ([], {"product.discontinued": 1})
    found = (await client.get("/v1/products/later/adoptions?on=2024-04-01")).json()
    assert (found["data"], found["meta"]["date_undecided"]) == ([], {"date": 1})


async def test_what_a_record_brings_along_and_a_search_finds_is_of_the_day(
    client: httpx.AsyncClient,
) -> None:
    whole = "/v1/products/gone?include=adoptions&on="
    assert (await client.get(f"{whole}2024-02-01")).json()["adoptions"]["data"]
    assert not (await client.get(f"{whole}2024-04-01")).json()["adoptions"]["data"]
    for day, found in (("2024-01-31", []), ("2024-02-01", ["evident"])):
        hits = (await client.get(f"/v1/search?q=evident&type=product&on={day}")).json()["data"]
        assert [hit["id"] for hit in hits] == found


async def test_the_life_of_a_product_is_read_as_of_a_revision(
    client: httpx.AsyncClient, database: Database
) -> None:
    await load(database, lines(adoption("unknown", "2020-01-01")), comment="found late")
    assert "unknown" in await ids(client, "/v1/products?on=2024-02-01")
    assert "unknown" not in await ids(client, "/v1/products?on=2024-02-01&as_of=rev:1")


@pytest.mark.parametrize("asked", ["2001-01-01", "1999-12-31T23:59:59Z"])
async def test_as_of_before_the_first_revision_says_so(
    client: httpx.AsyncClient, asked: str
) -> None:
    recorded = (await client.get("/v1/revisions/1")).json()["recorded_at"]
    for path in ("/v1/products", "/v1/products/gone", "/v1/quality/issues.csv", "/v1/coverage"):
        answer = await client.get(f"{path}?as_of={asked}")
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (400, "revision_unknown"), path
        assert "rev:1" in problem["detail"]
        assert recorded in problem["detail"]
        assert problem["errors"][0]["parameter"] == "as_of"
    assert (await client.get("/v1/products?as_of=rev:0")).json()["data"] == []


async def test_an_open_start_is_listed_where_it_is_proven(
    client: httpx.AsyncClient, database: Database
) -> None:
    spans = ("[..2021-03-04]", "2021-03-05", "[2022-12-30..2023-02]", "[..2022]", "2024")
    days = ["2019", *spans, None]
    vendors = [{**VENDOR, "id": f"v{n}", "founded": day} for n, day in enumerate(days)]
    await load(database, lines(*vendors), comment="founded")
    for sort, expected in (("founded", days), ("-founded", [*days[-2::-1], None])):
        found, address = [], f"/v1/vendors?sort={sort}&limit=2&id__prefix=v"
        while address:
            page = (await client.get(address)).json()
            found += [vendor["founded"] for vendor in page["data"] if vendor["id"] != VENDOR["id"]]
            address = page["page"]["next"]
        assert found == expected
