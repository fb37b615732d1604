"""The feed of changes and the difference of revisions take the filter of the lists."""

from collections.abc import AsyncIterator

import httpx
import pytest

from service.usecases.imports.files import load
from tests.clients import served
from tests.make import ADOPTION, FEATURE, MARKET, PRODUCT, VENDOR, lines
from tests.postgres import EMPTY, fresh

FRENCH, CHINESE = {**VENDOR, "id": "f", "country": "FR"}, {**VENDOR, "id": "c", "country": "CN"}


@pytest.fixture(scope="module")
async def moved(templates: str) -> AsyncIterator[httpx.AsyncClient]:
    """Two vendors with a product each; then f moves to Germany, and both launches are moved."""
    async for database in fresh(templates, EMPTY):
        products = [{**PRODUCT, "id": f"p-{v}", "vendor": v} for v in "fc"]
        adoptions = [{**ADOPTION, "product": f"p-{v}"} for v in "fc"]
        await load(
            database, lines(FRENCH, CHINESE, MARKET, FEATURE, *products, *adoptions), comment="1"
        )
        await load(database, lines({**FRENCH, "country": "DE"}), comment="2")
        await load(database, lines(*({**p, "launched": "2025"} for p in products)), comment="3")
        async with served(database) as client:
            yield client


async def changes(client: httpx.AsyncClient, **asked: str) -> list[tuple[int, str, str]]:
    answer = await client.get("/v1/changes", params=asked)
    assert answer.status_code == 200, answer.text
    return [(c["revision"], c["type"], c["id"]) for c in answer.json()["data"]]


async def test_changes_of_records_that_meet_the_filter(moved: httpx.AsyncClient) -> None:
    asked = {"kinds": "product", "filter": "vendor.country = CN"}
    assert await changes(moved, **asked) == [
        (1, "product.created", "p-c"), (3, "product.updated", "p-c"),
    ]  # fmt: skip


async def test_before_or_after_the_change_is_enough(moved: httpx.AsyncClient) -> None:
    left = await changes(moved, kinds="vendor", filter="country = FR")
    assert left == [(1, "vendor.created", "f"), (2, "vendor.updated", "f")]
    assert await changes(moved, kinds="vendor", filter="country = DE") == [left[1]]


async def test_without_kinds_those_that_know_the_field_are_meant(
    moved: httpx.AsyncClient,
) -> None:
    found = await changes(moved, filter="product_id = p-c")
    assert {kind for _, kind, _ in found} == {"adoption.created"}
    everything = await changes(moved)
    assert await changes(moved, filter="revision > 0") == everything


async def test_pages_go_on_behind_what_does_not_meet_it(moved: httpx.AsyncClient) -> None:
    asked = {"filter": "launched >= 2024", "limit": "1"}
    seen, cursor = [], ""
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = (await moved.get("/v1/changes", params={**asked, **more})).json()
        seen += [(c["revision"], c["type"], c["id"]) for c in page["data"]]
        cursor = page["page"]["next_cursor"]
        if not page["has_more"]:
            break
    assert seen == await changes(moved, filter="launched >= 2024")
    assert len(seen) == 4
    file = await moved.get("/v1/changes.ndjson", params={"filter": "launched >= 2024"})
    assert len(file.text.splitlines()) == len(seen) + 1


@pytest.mark.parametrize(
    ("query", "code", "near"),
    [
        ("kinds=product&filter=lanched>2024", "unknown_field", "launched"),
        ("kinds=product,adoption&filter=launched>2024", "unknown_field", ""),
        ("filter=nothing_of_the_sort=1", "unknown_field", ""),
        ("filter=", "empty_value", ""),
        ("filter=launched > 2024-13", "invalid_date", ""),
    ],
)
async def test_a_wrong_filter_of_changes_is_refused(
    moved: httpx.AsyncClient, query: str, code: str, near: str
) -> None:
    for path in ("/v1/changes", "/v1/changes.ndjson", "/v1/changes/stream"):
        answer = await moved.get(f"{path}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, code), answer.text
        assert not near or answer.json()["errors"][0]["did_you_mean"][0] == near


async def test_a_difference_of_those_that_met_it_then_or_meet_it_now(
    moved: httpx.AsyncClient,
) -> None:
    async def ids(collection: str, text: str, start: str = "rev:1") -> list[str]:
        asked = {"collection": collection, "from": start, "filter": text}
        answer = await moved.get("/v1/diff", params=asked)
        assert answer.status_code == 200, answer.text
        found = answer.json()
        return sorted(r["id"] for part in ("added", "changed", "removed") for r in found[part])

    assert await ids("vendors", "country = FR") == await ids("vendors", "country = DE") == ["f"]
    assert await ids("vendors", "country = CN") == []
    assert await ids("products", "vendor.country = CN") == ["p-c"]
    assert await ids("products", "launched < 2025") == ["p-c", "p-f"]
    assert await ids("products", "vendor.country = CN", "rev:0") == ["p-c"]
    wrong = await moved.get("/v1/diff?collection=products&from=rev:1&filter=vendor_id=nope")
    assert wrong.json()["code"] == "unknown_reference"


async def test_a_filtered_difference_goes_on(moved: httpx.AsyncClient) -> None:
    asked = "/v1/diff?collection=products&from=rev:0&limit=1&filter=launched>=2024&lang=zh"
    first = (await moved.get(asked)).json()
    second = (await moved.get(first["page"]["next"])).json()
    assert [r["id"] for page in (first, second) for r in page["added"]] == ["p-c", "p-f"]
    assert second["page"]["next"] is None
    assert second["meta"]["lang"] == "zh"


@pytest.mark.parametrize("wrong", ["nonsense", "rev:999", "2026.99"])
async def test_the_later_revision_is_refused_by_its_name(
    client: httpx.AsyncClient, wrong: str
) -> None:
    answer = await client.get(f"/v1/diff?collection=products&from=rev:1&to={wrong}")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["parameter"]) == (400, "to")
    assert "as_of" not in error["detail"]
