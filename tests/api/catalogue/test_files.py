"""Lists as CSV and NDJSON: the same rows as the list, at one revision."""

import random
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from service import limits
from service.query.registry import COLLECTIONS
from tests.answers import records, table

PATHS = {c.name: f"/v1/{c.name}" for c in COLLECTIONS}
PATHS |= {"timeline": "/v1/timeline", "quality-issues": "/v1/quality/issues"}
FORMS = ("csv", "ndjson")
TYPES = {"csv": "text/csv", "ndjson": "application/x-ndjson"}
FILTERS = {
    "products": ["vendor.country=CN", "launched__gte=2024", "market_ids=chat-assistants",
                 "launched__lt=2024-06&date_match=possible", "status=discontinued",
                 "filter=" + quote('vendor.country = "US" OR launched < "2023"'), "on=2024-05"],
    "adoptions": ["stage=ga", "date__gte=2025", "product.vendor_id=openai",
                  "date__lte=2024&date_match=possible", "feature.category=reasoning",
                  "on=2024", "feature_id=web-search,voice-call"],
    "monetizations": ["business_model_id=subscription",
                      "price.amount__gte=10&price.currency=USD&price.per=month",
                      "since__isnull=true", "product.vendor_id=openai,google"],
}  # fmt: skip
GROUPS = {"products": "status", "adoptions": "stage", "monetizations": "business_model_id"}


async def walked(client: httpx.AsyncClient, path: str, query: str) -> list[dict[str, Any]]:
    """All records of a list, page after page."""
    found: list[dict[str, Any]] = []
    target: str | None = f"{path}?limit=97&{query}"
    while target:
        body = (await client.get(target)).json()
        found += body["data"]
        target = body["page"]["next"]
    return found


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
async def test_a_file_is_its_list(client: httpx.AsyncClient, path: str) -> None:
    listed = await walked(client, path, "lang=zh")
    written = records(await client.get(f"{path}.ndjson?lang=zh"))
    rows = table(await client.get(f"{path}.csv?lang=zh"))
    assert written == listed
    assert [row["id"] for row in rows] == [record["id"] for record in listed]
    assert [row["revision"] for row in rows] == [str(record["revision"]) for record in listed]


@pytest.mark.parametrize("seed", range(12))
async def test_rows_total_and_groups_agree(client: httpx.AsyncClient, seed: int) -> None:
    draw = random.Random(seed)
    name = draw.choice(list(FILTERS))
    query = "&".join(draw.sample(FILTERS[name], draw.randint(1, 2)))
    if query.count("date_match") > 1 or query.count("filter=") > 1:
        query = query.rpartition("&")[0]
    rows = table(await client.get(f"/v1/{name}.csv?{query}"))
    lines_ = records(await client.get(f"/v1/{name}.ndjson?{query}"))
    total = (await client.get(f"/v1/{name}?{query}&limit=1")).json()["total"]["value"]
    target = f"/v1/aggregate/{name}?group_by={GROUPS[name]}&limit=200&{query}"
    groups = (await client.get(target)).json()["data"]
    assert len(rows) == len(lines_) == total == sum(group["count"] for group in groups)


async def test_cells_are_the_records_values(client: httpx.AsyncClient) -> None:
    rows = {row["id"]: row for row in table(await client.get("/v1/products.csv?lang=zh"))}
    for record in await walked(client, "/v1/products", "lang=zh&include=date_bounds"):
        row = rows[record["id"]]
        assert row["name"] == record["name"]
        assert row["names.en"] == record["names"].get("en", "")
        assert row["market_ids"].split("|") == record["market_ids"]
        for name in ("launched", "launched_min", "launched_max", "launched_precision"):
            assert row[name] == (record[name] or "")


async def test_money_and_rates_have_columns(client: httpx.AsyncClient) -> None:
    rows = {row["id"]: row for row in table(await client.get("/v1/monetizations.csv"))}
    priced = 0
    for record in await walked(client, "/v1/monetizations", ""):
        row, price = rows[record["id"]], record["price"] or {}
        priced += bool(price)
        for part in ("amount", "currency", "per"):
            assert row[f"price.{part}"] == (price.get(part) or "")
        assert len([rate for rate in row["rates"].split("|") if rate]) == len(record["rates"] or [])
    assert priced


async def test_fields_choose_columns_in_their_order(client: httpx.AsyncClient) -> None:
    query = "fields=vendor.name,launched,markets.name,name&vendor.country=FR&lang=zh"
    rows = table(await client.get(f"/v1/products.csv?{query}"))
    assert list(rows[0]) == [
        "id", "vendor.name", "launched", "launched_min", "launched_max", "launched_precision",
        "markets.name", "name",
    ]  # fmt: skip
    assert rows[0]["vendor.name"]
    assert records(await client.get(f"/v1/products.ndjson?{query}")) == await walked(
        client, "/v1/products", query
    )


async def test_a_view_reaches_into_its_records(client: httpx.AsyncClient) -> None:
    query = "fields=date,product.name,product.vendor_id&kind=adoption&product_id=kimi&lang=zh"
    rows = table(await client.get(f"/v1/timeline.csv?{query}"))
    assert {row["product.name"] for row in rows} == {"Kimi 智能助手"}
    assert {row["product.vendor_id"] for row in rows} == {"moonshot-ai"}


async def test_the_order_of_columns_is_part_of_the_name(client: httpx.AsyncClient) -> None:
    one = await client.get("/v1/vendors.csv?fields=type,country")
    other = await client.get("/v1/vendors.csv?fields=country,type")
    assert one.headers["etag"] != other.headers["etag"]
    assert other.text.startswith("id,country,type\n")


async def test_many_records_are_no_column(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products.csv?fields=adoptions.feature_id")
    assert (answer.status_code, answer.json()["code"]) == (400, "incompatible_parameters")
    written = records(await client.get("/v1/products.ndjson?fields=adoptions.feature_id&id=kimi"))
    assert written[0]["adoptions"]["data"]


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
@pytest.mark.parametrize("form", FORMS)
async def test_files_refuse_what_they_do_not_know(
    client: httpx.AsyncClient, path: str, form: str
) -> None:
    answer = await client.get(f"{path}.{form}?nope=1&limit=5&cursor=x&count=none&facets=status")
    assert answer.status_code == 400
    told = {(e["code"], e["parameter"]) for e in answer.json()["errors"]}
    assert ("unknown_parameter", "nope") in told
    for name in ("limit", "cursor", "count", "facets"):
        assert ("incompatible_parameters", name) in told


async def test_paging_is_refused_by_accept_too(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products?limit=5", headers={"accept": "text/csv"})
    assert (answer.status_code, answer.json()["code"]) == (400, "incompatible_parameters")
    excel = await client.get("/v1/products?excel=true")
    assert excel.json()["code"] == "incompatible_parameters"


@pytest.mark.parametrize("form", FORMS)
async def test_the_suffix_wins_over_accept(client: httpx.AsyncClient, form: str) -> None:
    suffixed = await client.get(f"/v1/vendors.{form}", headers={"accept": "application/json"})
    asked = await client.get("/v1/vendors", headers={"accept": f"{TYPES[form]}, */*;q=0.1"})
    assert suffixed.content == asked.content
    for answer in (suffixed, asked):
        assert answer.headers["content-type"].partition(";")[0] == TYPES[form]
        assert "Accept" in answer.headers["vary"]
        named = f'attachment; filename="parity-vendors-r2.{form}"'
        assert answer.headers["content-disposition"] == named


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("text/csv", "text/csv"), ("text/csv;q=0.4, application/json;q=0.5", "application/json"),
     ("text/*", "text/csv"), ("*/*", "application/json"), ("application/*", "application/json"),
     ("application/json;q=0, */*", "text/csv"), ("application/x-ndjson", "application/x-ndjson")],
)  # fmt: skip
async def test_accept_decides(client: httpx.AsyncClient, accept: str, kind: str) -> None:
    answer = await client.get("/v1/markets", headers={"accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == kind


async def test_what_else_is_not_acceptable(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/markets", headers={"accept": "application/xml"})
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("form", FORMS)
async def test_validators_and_head(client: httpx.AsyncClient, form: str) -> None:
    path, plain = f"/v1/features.{form}?lang=zh", {"accept-encoding": "identity"}
    got = await client.get(path, headers=plain)
    head = await client.head(path, headers=plain)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "content-length", "dataset-revision", "content-type"):
        assert head.headers[name] == got.headers[name]
    again = await client.get(path, headers={"if-none-match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = (await client.get("/v1/features?lang=zh", headers=plain)).headers["etag"]
    assert other != got.headers["etag"]


async def test_a_pinned_file_is_immutable(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/products.csv?as_of=rev:1")
    assert answer.headers["cache-control"].endswith("immutable")
    assert answer.headers["dataset-revision"] == "1"


async def test_too_many_rows_are_refused_whole(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_ROWS_MAX", 10)
    refused = await client.get("/v1/sources.csv?url__prefix=https")
    assert (refused.status_code, refused.json()["code"]) == (400, "too_many_rows")
    few = await client.get("/v1/markets.csv?layer=device")
    assert few.status_code == 200


async def test_a_large_file_is_streamed_and_the_same(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await client.get("/v1/adoptions.csv?sort=-date")
    monkeypatch.setattr(limits, "FILE_KEPT_BYTES", 1000)
    monkeypatch.setattr(limits, "FILE_BATCH", 50)
    streamed = await client.get("/v1/adoptions.csv?sort=-date&date_match=certain")
    assert "content-length" not in streamed.headers
    assert streamed.content == whole.content
    head = await client.head("/v1/adoptions.csv?sort=-date&date_match=certain")
    assert (head.status_code, head.content) == (200, b"")
    assert "content-length" not in head.headers


@pytest.mark.parametrize("name", ["adoptions", "products", "investments"])
async def test_groups_as_a_file(client: httpx.AsyncClient, name: str) -> None:
    investments = "vendor_id,status&metrics=count,sum(amount)&currency=USD"
    key = {"adoptions": "feature_id,quarter(date)", "products": "vendor.country",
           "investments": investments}[name]  # fmt: skip
    target, listed = f"/v1/aggregate/{name}?group_by={key}&limit=200", []
    while target:
        body = (await client.get(target)).json()
        listed, target = listed + body["data"], body["page"]["next"]
    rows = table(await client.get(f"/v1/aggregate/{name}.csv?group_by={key}"))
    assert rows == [{k: "" if v is None else str(v) for k, v in g.items()} for g in listed]
    refused = await client.get(f"/v1/aggregate/{name}.csv?group_by={key}&limit=5&nope=1")
    told = {(e["code"], e["parameter"]) for e in refused.json()["errors"]}
    assert told == {("incompatible_parameters", "limit"), ("unknown_parameter", "nope")}
