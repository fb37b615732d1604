"""Asking: filters in both spellings, facets, fields, include, samples, aggregates, the schema."""

import httpx
import pytest

from service import limits
from service.query.registry import COLLECTIONS

NAMES = [c.name for c in COLLECTIONS]


async def body(client: httpx.AsyncClient, address: str, status: int = 200) -> dict:
    answer = await client.get(address)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_example_1_of_the_design(client: httpx.AsyncClient) -> None:
    found = await body(
        client,
        "/v1/products?market_ids=chat-assistants&vendor.country=CN&launched__gte=2023-06"
        "&sort=-launched&fields=id,name,launched,vendor.name&include=vendor&facets=vendor.type"
        "&limit=2&lang=zh",
    )
    first = found["data"][0]
    assert set(first) == {"object", "id", "name", "launched", "vendor"}
    assert set(first["vendor"]) == {"object", "id", "name"}
    assert found["meta"]["applied"]["filter"] == (
        'market_ids:"chat-assistants" AND launched >= "2023-06" AND vendor.country = "CN"'
    )
    buckets = found["facets"]["vendor.type"]["buckets"]
    assert sum(b["count"] for b in buckets) == found["total"]["value"]
    assert "大型科技公司" in [b["label"] for b in buckets]


async def test_fields_alone_bring_what_they_name(client: httpx.AsyncClient) -> None:
    found = await body(client, "/v1/products/kimi?fields=name,vendor.name")
    assert found == {
        "object": "product", "id": "kimi", "name": "Kimi",
        "vendor": {"object": "vendor", "id": "moonshot-ai", "name": "Moonshot AI"},
    }  # fmt: skip


async def test_both_spellings_find_the_same(client: httpx.AsyncClient) -> None:
    flat = await body(client, "/v1/products?vendor.country=CN,US&launched__lt=2024&limit=200")
    whole = '(vendor.country = "CN" OR vendor.country = US) AND launched < "2024"'
    written = (await client.get("/v1/products", params={"filter": whole, "limit": 200})).json()
    assert flat["data"] == written["data"] != []
    echoed = flat["meta"]["applied"]["filter"]
    again = (await client.get("/v1/products", params={"filter": echoed, "limit": 200})).json()
    assert again["data"] == flat["data"]


async def test_undecided_dates_are_counted(client: httpx.AsyncClient) -> None:
    certain = await body(client, "/v1/adoptions?date__gte=2024-03-10&limit=1")
    loose = await body(client, "/v1/adoptions?date__gte=2024-03-10&date_match=possible&limit=1")
    undecided = certain["meta"]["date_undecided"]["date"]
    assert undecided == loose["total"]["value"] - certain["total"]["value"] > 0
    assert certain["meta"]["warnings"][0]["code"] == "date_undecided"


async def test_include_goes_two_records_far(client: httpx.AsyncClient) -> None:
    found = await body(client, "/v1/products/kimi?include=adoptions.feature,markets,date_bounds")
    adoptions = found["adoptions"]["data"]
    assert all(a["feature"]["id"] == a["feature_id"] for a in adoptions)
    assert [m["id"] for m in found["markets"]["data"]] == found["market_ids"]
    assert found["launched_min"] <= found["launched_max"]
    deep = "/v1/vendors/openai?include=products.adoptions.feature"
    assert (await body(client, deep, 400))["code"] == "filter_too_complex"


async def test_an_embedded_list_says_where_it_goes_on(client: httpx.AsyncClient) -> None:
    market = await body(client, "/v1/features/web-search?include=adoptions")
    listed = await body(client, "/v1/adoptions?feature_id=web-search&sort=id&limit=200")
    assert market["adoptions"]["data"] == listed["data"][:100]


async def test_a_sample_is_decided_by_its_seed(client: httpx.AsyncClient) -> None:
    async def drawn(seed: int) -> list[str]:
        found = await body(client, f"/v1/features?sample=7&seed={seed}")
        return [record["id"] for record in found["data"]]

    assert await drawn(1) == await drawn(1) != await drawn(2)
    assert len(await drawn(3)) == 7
    assert (await body(client, "/v1/features?sample=7&cursor=x", 400))["code"] in (
        "incompatible_parameters", "cursor_invalid",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "code", "near"),
    [
        ("marketids=x", "unknown_parameter", "market_ids"),
        ("launched__gt3=2024", "unknown_operator", "launched__gt"),
        ("vendor.contry=CN", "unknown_parameter", "vendor.country"),
        ("status=", "empty_value", ""),
        ("status=actve", "unknown_value", "active"),
        ("vendor_id=openia", "unknown_reference", "openai"),
        ("launched__gte=2024-13", "invalid_date", ""),
        ("launched__gte=2024,2025", "invalid_value", ""),
        ("launched__isnull=maybe", "invalid_value", ""),
        ("fields=nme", "unknown_field", "name"),
        ("include=vendr", "unknown_field", "vendor"),
        ("facets=vendor.typ", "unknown_field", "vendor.type"),
        ("filter=statu=active", "unknown_field", "status"),
        ("revision__gte=9999999999999999999999", "invalid_value", ""),
        ("seed=3", "incompatible_parameters", ""),
    ],
)
async def test_a_wrong_question_is_refused(
    client: httpx.AsyncClient, query: str, code: str, near: str
) -> None:
    found = await body(client, f"/v1/products?{query}", 400)
    assert found["code"] == code
    assert not near or near in found["errors"][0]["did_you_mean"]


@pytest.mark.parametrize("name", NAMES)
async def test_groups_add_up_to_the_list(client: httpx.AsyncClient, name: str) -> None:
    """Sum of groups = total = records of the pages, for every single-valued key."""
    schema = await body(client, "/v1/schema")
    fields = next(c for c in schema["collections"] if c["name"] == name)["fields"]
    total = (await body(client, f"/v1/{name}?limit=1"))["total"]["value"]
    for field in fields:
        if field["is_groupable"] and field["type"] != "references":
            grouped = await body(client, f"/v1/aggregate/{name}?group_by={field['name']}&limit=200")
            counted = [group["count"] for group in grouped["data"]]
            while grouped["page"]["next"]:
                grouped = await body(client, grouped["page"]["next"])
                counted += [group["count"] for group in grouped["data"]]
            shown = total - grouped["meta"]["disputed_left_out"]
            assert (sum(counted), len(counted)) == (shown, grouped["total_groups"]["value"])


async def test_example_4_of_the_design(client: httpx.AsyncClient) -> None:
    found = await body(
        client,
        "/v1/aggregate/adoptions?group_by=feature_id,quarter(date)&metrics=count"
        "&product.market_ids=chat-assistants&date__gte=2024&fill=zero&limit=200",
    )
    assert set(found["data"][0]) == {"feature_id", "quarter(date)", "count"}
    assert {"2024-Q1", "2024-Q2"} <= {group["quarter(date)"] for group in found["data"]}
    assert any(group["count"] == 0 for group in found["data"])


async def test_metrics_having_and_sort(client: httpx.AsyncClient) -> None:
    found = await body(
        client,
        "/v1/aggregate/investments?group_by=vendor.country&metrics=count,sum(amount)"
        "&having=count>=2&sort=-count&currency=USD&status=actual",
    )
    counts = [group["count"] for group in found["data"]]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) >= 2
    assert all(isinstance(group["sum(amount)"], int | float | None) for group in found["data"])
    wrong = await body(client, "/v1/aggregate/investments?group_by=vendor.contry", 400)
    assert wrong["errors"][0]["did_you_mean"][0] == "vendor.country"
    assert (await body(client, "/v1/aggregate/investments", 400))["code"] == "invalid_value"


async def test_an_analysis_takes_the_same_filter(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/homogenization"
    flat = await body(client, f"{path}?vendor.country=CN")
    written = await body(client, f"{path}?filter=vendor.country=CN")
    assert flat["result"] == written["result"]
    assert flat["result"]["n_vendors"] == 14


@pytest.mark.parametrize("q", ["搜索", "聯網", "lwss", "deep reserch", "memory"])
async def test_words_narrow_a_list_to_what_search_finds(client: httpx.AsyncClient, q: str) -> None:
    hits = (await client.get("/v1/search", params={"q": q, "type": "feature", "limit": 200})).json()
    listed = (await client.get("/v1/features", params={"q": q, "limit": 200})).json()
    assert [r["id"] for r in listed["data"]] == sorted(h["id"] for h in hits["data"]) != []
    assert listed["total"]["value"] == hits["total"]["value"]
    assert listed["meta"]["applied"]["q"] == q


async def test_words_go_with_filters_facets_and_cursors(client: httpx.AsyncClient) -> None:
    asked = {"q": "a", "vendor.country": "CN", "facets": "vendor.type", "sort": "-launched"}
    whole = (await client.get("/v1/products", params={**asked, "limit": 200})).json()
    assert len(whole["data"]) == whole["total"]["value"] > 2
    counted = whole["facets"]["vendor.type"]["buckets"]
    assert sum(bucket["count"] for bucket in counted) == whole["total"]["value"]
    address, seen = str(httpx.URL("/v1/products", params={**asked, "limit": 2})), []
    while address:
        page = (await client.get(address)).json()
        seen += [record["id"] for record in page["data"]]
        address = page["page"]["next"]
    assert seen == [record["id"] for record in whole["data"]]


async def test_words_read_the_revision_that_is_asked(client: httpx.AsyncClient) -> None:
    then = await body(client, "/v1/features?q=memory&as_of=rev:0")
    assert (then["data"], then["total"]["value"]) == ([], 0)
    assert (await body(client, "/v1/features?q=%20", 400))["code"] == "empty_value"
    facts = await body(client, "/v1/adoptions?q=memory", 400)
    assert facts["code"] == "unknown_parameter"


async def test_a_total_is_exact_to_a_bound_and_then_says_so(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = (await body(client, "/v1/vendors?country=CN"))["total"]
    assert whole == {"value": whole["value"], "relation": "eq"}
    for bound, relation in ((whole["value"], "eq"), (whole["value"] - 1, "gte")):
        monkeypatch.setattr(limits, "COUNT_MAX", bound)
        found = await body(client, f"/v1/vendors?country=CN&limit={bound}")
        assert found["total"] == {"value": bound, "relation": relation}


async def test_a_total_is_the_planners_or_none_where_that_is_asked_for(
    client: httpx.AsyncClient,
) -> None:
    counted = (await body(client, "/v1/adoptions"))["total"]["value"]
    for count in ("estimate&facets=stage", "estimate&product_id=kimi", "estimate&as_of=rev:1"):
        total = (await body(client, f"/v1/adoptions?count={count}"))["total"]
        assert total["relation"] == "estimate", count
        assert 0 < total["value"] < 100 * counted
    assert (await body(client, "/v1/adoptions?count=none"))["total"] is None
    few = await body(client, "/v1/adoptions?count=estimate&sample=3")
    assert few["total"] == {"value": 3, "relation": "eq"}


async def test_a_list_without_records_has_a_total_of_none(client: httpx.AsyncClient) -> None:
    for address in ("/v1/vendors?country=AQ", "/v1/timeline?date__lt=1900"):
        found = await body(client, address)
        assert (found["data"], found["total"]) == ([], {"value": 0, "relation": "eq"})
