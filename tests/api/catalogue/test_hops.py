"""Questions that go on to linked records: two far, and to those that point to a record."""

from typing import Any

import httpx
import pytest

from tests.answers import assert_problem, table
from tests.clients import Editor


async def listed(client: httpx.AsyncClient, question: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/{question}&limit=200")
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["page"]["next_cursor"] is None
    return list(body["data"])


async def products(client: httpx.AsyncClient, question: str) -> dict[str, dict[str, Any]]:
    return {p["id"]: p for p in await listed(client, f"products?{question}")}


async def test_two_hops_in_both_spellings(client: httpx.AsyncClient) -> None:
    chinese = await products(client, "vendor.country=CN")
    every = await listed(client, "adoptions?stage=preview")
    expected = [a["id"] for a in every if a["product_id"] in chinese]
    assert 0 < len(expected) < len(every)
    for asked in ("product.vendor.country=CN", 'filter=product.vendor.country%20=%20"CN"'):
        found = await listed(client, f"adoptions?stage=preview&{asked}")
        assert [a["id"] for a in found] == expected


async def test_records_that_point_to_one_in_both_spellings(client: httpx.AsyncClient) -> None:
    adoptions = await listed(client, "adoptions?feature_id=long-context")
    expected = {a["product_id"] for a in adoptions}
    assert set(await products(client, "adoptions.feature_id=long-context")) == expected
    filtered = await products(client, 'filter=adoptions.feature_id="long-context"')
    assert set(filtered) == expected
    others = await products(client, 'filter=NOT%20adoptions.feature_id="long-context"')
    assert set(others) == set(await products(client, "")) - expected


async def test_markets_by_the_vendors_of_their_products(client: httpx.AsyncClient) -> None:
    """Backwards through a list, and on."""
    chinese = await products(client, "vendor.country=CN")
    markets = {m for product in chinese.values() for m in product["market_ids"]}
    found = await listed(
        client, "markets?products.vendor.country__not=US&products.vendor_id=deepseek"
    )
    assert {m["id"] for m in found} <= markets
    assert found


async def test_partial_dates_stay_open_behind_hops(client: httpx.AsyncClient) -> None:
    asked = "/v1/products?adoptions.date__lt=2023-07&limit=200"
    certain = (await client.get(asked)).json()
    possible = (await client.get(f"{asked}&date_match=possible")).json()
    undecided = certain["meta"]["date_undecided"]
    assert undecided == {"adoptions.date": possible["total"]["value"] - certain["total"]["value"]}
    assert undecided["adoptions.date"] > 0


async def test_groups_files_and_the_timeline_ask_the_same(client: httpx.AsyncClient) -> None:
    asked = "product.vendor.country=CN"
    count = (await client.get(f"/v1/adoptions?{asked}&limit=1")).json()["total"]["value"]
    rows = table(await client.get(f"/v1/adoptions.csv?{asked}"))
    groups = (await client.get(f"/v1/aggregate/adoptions?group_by=stage&{asked}")).json()
    assert len(rows) == count == sum(group["count"] for group in groups["data"])
    events = await client.get(f"/v1/timeline?kind=adoption&limit=1&{asked}")
    dated = (await client.get(f"/v1/adoptions?{asked}&date__isnull=false&limit=1")).json()
    assert events.json()["total"] == dated["total"]


async def test_the_timeline_by_the_kind_of_its_vendor(client: httpx.AsyncClient) -> None:
    found = await listed(client, "timeline?product.vendor.type=lab&kind=product")
    expected = await products(client, "vendor.type=lab&launched__isnull=false")
    assert {e["record_id"] for e in found} == set(expected)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("product.vendor.contry", "product.vendor.country"),
        ("product.vendr.country", "product.vendor.country"),
        ("produt.vendor.country", "product.vendor.country"),
        ("product.markets.layer", "product.market.layer"),
        ("product.market_ids.layer", "product.market.layer"),
        ("product.adoption.stage", "product.adoptions.stage"),
    ],
)
async def test_a_wrong_step_is_told_the_right_one(
    client: httpx.AsyncClient, name: str, near: str
) -> None:
    flat = assert_problem(await client.get(f"/v1/adoptions?{name}=x"), 400, "unknown_parameter")
    assert near in flat["errors"][0]["did_you_mean"]
    with_sign = await client.get(f"/v1/adoptions?{name}__not=x")
    assert f"{near}__not" in with_sign.json()["errors"][0]["did_you_mean"]
    text = await client.get(f'/v1/adoptions?filter={name}="x"')
    assert near in assert_problem(text, 400, "unknown_field")["errors"][0]["did_you_mean"]


async def test_a_value_behind_hops_is_checked_like_any(client: httpx.AsyncClient) -> None:
    wrong = await client.get("/v1/adoptions?product.vendor.country=cn&feature_id=memory")
    assert wrong.json()["errors"][0]["did_you_mean"] == ["CN"]
    unknown = await client.get("/v1/products?adoptions.feature_id=long-contxt")
    problem = assert_problem(unknown, 400, "unknown_reference")
    assert problem["errors"][0]["did_you_mean"] == ["long-context"]
    operator = await client.get("/v1/adoptions?product.vendor.country__gt=CN")
    assert_problem(operator, 400, "unknown_operator")


@pytest.mark.parametrize("spelling", ["{}=2024", "filter={}>2024"])
async def test_a_question_goes_two_records_far(client: httpx.AsyncClient, spelling: str) -> None:
    asked = spelling.format("product.vendor.products.launched")
    problem = assert_problem(await client.get(f"/v1/adoptions?{asked}"), 400, "filter_too_complex")
    assert "2" in problem["errors"][0]["detail"]


@pytest.mark.parametrize(
    "asked",
    [
        "adoptions.date=2023-01,2023-02,2023-03,2023-04,2023-05",
        "filter=" + "%20OR%20".join(f"adoptions.date>2023-0{n}" for n in range(1, 7)),
        "adoptions.date__gte=2023&adoptions.date__not=2024-01,2024-02,2024-03,2024-04",
    ],
)
async def test_dates_of_several_records_are_compared_a_few_times(
    client: httpx.AsyncClient, asked: str
) -> None:
    """Each value doubles the ways in which their days can come together."""
    answer = await client.get(f"/v1/features?{asked}")
    assert_problem(answer, 400, "filter_too_complex")
    few = await client.get("/v1/features?adoptions.date__gte=2023&adoptions.date__lt=2024&limit=1")
    assert few.status_code == 200


async def test_a_merged_id_behind_hops_is_its_survivor(editor: Editor) -> None:
    merged = await editor.send(
        "POST", "/v1/vendors/tencent/merge", {"into": "baidu", "comment": "a try"}, if_match="*"
    )
    assert merged.status_code == 200, merged.text
    asked = "/v1/adoptions?limit=1&product.vendor_id="
    old, new = [(await editor.client.get(asked + one)).json() for one in ("tencent", "baidu")]
    assert old["total"] == new["total"]
    assert old["meta"]["resolved"] == {"tencent": "baidu"}


async def test_the_schema_says_where_one_can_go(client: httpx.AsyncClient) -> None:
    schema = (await client.get("/v1/schema")).json()
    known = {c["name"]: c for c in schema["collections"]}
    assert schema["hops_max"] == 2
    hops = {hop["word"]: hop for hop in known["products"]["hops"]}
    assert hops["vendor"] == {"word": "vendor", "to": "vendors", "leads_to_several": False}
    assert hops["adoptions"] == {"word": "adoptions", "to": "adoptions", "leads_to_several": True}
    for name, collection in known.items():
        for hop in collection["hops"]:
            asked = f"/v1/{name}?{hop['word']}.id__isnull=true&limit=1"
            assert (await client.get(asked)).status_code == 200, asked
            for further in known[hop["to"]]["hops"]:
                asked = f"/v1/{name}?{hop['word']}.{further['word']}.revision__gte=1&count=none"
                assert (await client.get(f"{asked}&limit=1")).status_code == 200, asked


async def test_a_list_by_a_field_of_what_it_points_to(client: httpx.AsyncClient) -> None:
    by_name = await listed(client, "products?sort=vendor.name&include=vendor")
    names = [product["vendor"]["name"].encode() for product in by_name]
    assert names == sorted(names)
    walked: list[str] = []
    path = "/v1/products?sort=-vendor.founded,vendor.name&limit=7"
    while path:
        page = (await client.get(path)).json()
        walked += [product["id"] for product in page["data"]]
        path = page["page"]["next"]
    whole = await listed(client, "products?sort=-vendor.founded,vendor.name")
    assert walked == [product["id"] for product in whole]
    rows = table(await client.get("/v1/products.csv?sort=vendor.name&fields=id"))
    assert [row["id"] for row in rows] == [product["id"] for product in by_name]
