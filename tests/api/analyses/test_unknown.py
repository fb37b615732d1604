"""The unknown cells of a market over HTTP: by what they bring, at random, and what came of them."""

from typing import Any

import httpx
import pytest

from service.store.database import Database
from tests.answers import assert_problem, bearer, table
from tests.clients import Editor, served
from tests.make import new_key, put_all

ADDRESS = "/v1/markets/m/unknown"
SOURCE = ["https://example.org/a"]
WHY = {"comment": "gone through"}
PRODUCTS = {f"p{n}": f"v{n}" for n in range(5)}
FEATURES = [f"f{n}" for n in range(8)]


@pytest.fixture
async def small(database: Database) -> Any:
    """Five vendors with a product each, eight features, no survey."""
    products = [
        {"kind": "product", "id": p, "vendor": v, "markets": ["m"], "launched": "2024-01-01"}
        for p, v in PRODUCTS.items()
    ]
    adoptions = [
        {
            "kind": "adoption",
            "product": p,
            "feature": f,
            "stage": "ga",
            "date": "2024-02-01",
            "sources": SOURCE,
        }
        for i, p in enumerate(PRODUCTS)
        for j, f in enumerate(FEATURES)
        if (i + j) % 3 == 0
    ]
    await put_all(
        database,
        {"kind": "market", "id": "m", "name": "M"},
        *({"kind": "vendor", "id": v} for v in PRODUCTS.values()),
        *({"kind": "feature", "id": f, "name": f.upper()} for f in FEATURES),
        *products,
        *adoptions,
    )
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        yield Editor(client, bearer(secret))


async def unknown(editor: Editor, query: str = "") -> dict[str, Any]:
    answer = await editor.client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def settle(editor: Editor, cell: dict[str, Any], **more: Any) -> httpx.Response:
    body = {"product_id": cell["product_id"], "sources": SOURCE, **WHY, **more}
    return await editor.send("POST", "/v1/markets/m/surveys", body)


async def test_without_surveys_there_are_bounds_and_no_guess(small: Editor) -> None:
    found = await unknown(small)
    assert (found["n_products"], found["n_features"], found["n_unknown"]) == (5, 8, 27)
    assert found["known_share"] == pytest.approx(13 / 40)
    assert 0 <= found["score_lowest"] < found["score_highest"] <= 1
    assert found["sample"] is None
    homogenization = (await small.client.get("/v1/markets/m/homogenization")).json()["result"]
    assert homogenization["score"] is None
    assert found["score_lowest"] == pytest.approx(homogenization["score_lowest"])


async def test_what_brings_most_stands_first_and_pages_go_on(small: Editor) -> None:
    whole = (await unknown(small, "limit=200"))["data"]
    worth = [round(row["narrowing"], 12) for row in whole]
    assert worth == sorted(worth, reverse=True)
    assert whole[0]["feature_name"] == whole[0]["feature_id"].upper()
    first = await unknown(small, "limit=10")
    rest = (await small.client.get(first["page"]["next"])).json()
    assert [*first["data"], *rest["data"]] == whole[:20]


@pytest.mark.parametrize("side", ["present", "absent"])
async def test_settling_a_cell_brings_what_was_told(small: Editor, side: str) -> None:
    before = await unknown(small)
    cell = before["data"][0]
    made = await settle(small, cell, **{side: [cell["feature_id"]]})
    assert made.status_code == 201, made.text
    after = await unknown(small)
    widths = [found["score_highest"] - found["score_lowest"] for found in (before, after)]
    assert widths[0] - widths[1] == pytest.approx(cell[f"narrowing_if_{side}"], abs=1e-12)
    assert after["n_unknown"] == before["n_unknown"] - 1
    told = (cell["narrowing_if_present"] + cell["narrowing_if_absent"]) / 2
    assert cell["narrowing"] == pytest.approx(told)


async def test_a_sample_says_later_how_much_of_it_is_present(small: Editor) -> None:
    drawn = await unknown(small, "sample=10&seed=3")
    cells = drawn["data"]
    assert len(cells) == 10
    assert {cell["state"] for cell in cells} == {"unknown"}
    estimate = drawn["sample"]["estimate"]
    assert (estimate["n_unknown"], estimate["n_drawn"], estimate["n_settled"]) == (27, 10, 0)
    assert estimate["present_share"] is None
    assert estimate["reasons"]["present_share"] == "none_settled"
    assert estimate["quality"] == "insufficient"
    by_product: dict[str, list[str]] = {}
    for cell in cells[:6]:
        by_product.setdefault(cell["product_id"], []).append(cell["feature_id"])
    here = 0
    for product, features in by_product.items():
        here += 1
        made = await settle(
            small, {"product_id": product}, present=features[:1], absent=features[1:]
        )
        assert made.status_code == 201, made.text
    later = (await small.client.get(drawn["sample"]["again"])).json()
    names = [(cell["product_id"], cell["feature_id"]) for cell in cells]
    assert [(cell["product_id"], cell["feature_id"]) for cell in later["data"]] == names
    found = later["sample"]["estimate"]
    assert (found["n_drawn"], found["n_settled"], found["n_present"]) == (10, 6, here)
    assert found["ci_low"] < found["present_share"] == here / 6 < found["ci_high"]
    assert found["quality"] == "thin"
    asked = f"sample=10&seed=3&drawn_at={drawn['sample']['drawn_at']}"
    assert (await unknown(small, asked))["data"] == later["data"]


async def test_a_sample_is_stable_when_cells_are_added(small: Editor) -> None:
    def names(found: dict[str, Any]) -> set[tuple[str, str]]:
        return {(cell["product_id"], cell["feature_id"]) for cell in found["data"]}

    before = names(await unknown(small, "sample=12"))
    assert names(await unknown(small, "sample=12&seed=1")) != before
    assert names(await unknown(small, "sample=5")) < before
    body = {
        "product_id": "p0",
        "feature_id": "f9",
        "stage": "ga",
        "date": "2024-03-01",
        "sources": SOURCE,
        **WHY,
    }
    await small.send("PUT", "/v1/features/f9", {"name": "F9", **WHY})
    assert (await small.send("POST", "/v1/adoptions", body)).status_code == 201
    after = names(await unknown(small, "sample=12"))
    added = {cell for cell in after if cell[1] == "f9"}
    assert after - added <= before


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("drawn_on=2024-06-01", "drawn_on", "incompatible_parameters"),
        ("drawn_at=rev:1", "drawn_at", "incompatible_parameters"),
        ("sample=0", "sample", "invalid_value"),
        ("sample=3&drawn_at=rev:99", "drawn_at", "revision_unknown"),
        ("sample=3&drawn_at=rev:0", "drawn_at", "revision_unknown"),
        ("sample=3&drawn_at=yesterday", "drawn_at", "invalid_value"),
        ("sample=3&on=2024-05-01&drawn_on=2024-06-01", "drawn_on", "invalid_value"),
        ("sampel=3", "sampel", "unknown_parameter"),
    ],
)
async def test_what_cannot_be_drawn_is_told(
    small: Editor, query: str, parameter: str, code: str
) -> None:
    answer = await small.client.get(f"{ADDRESS}?{query}")
    problem = assert_problem(answer, 400, code)
    assert problem["errors"][0]["parameter"] == parameter


async def test_files_have_the_sample_or_every_cell(small: Editor) -> None:
    whole = table(await small.client.get(f"{ADDRESS}.csv"))
    assert len(whole) == 27
    assert {"product_id", "product_name", "feature_name", "narrowing"} <= whole[0].keys()
    drawn = table(await small.client.get(f"{ADDRESS}.csv?sample=4&seed=2"))
    shown = (await unknown(small, "sample=4&seed=2"))["data"]
    assert [row["product_id"] for row in drawn] == [row["product_id"] for row in shown]
    lines = await small.client.get(f"{ADDRESS}.ndjson")
    assert len(lines.text.splitlines()) == 27


async def test_a_market_of_nobody_has_no_cells(small: Editor) -> None:
    await small.send("PUT", "/v1/markets/empty", {"name": "Empty", **WHY})
    found = (await small.client.get("/v1/markets/empty/unknown?sample=5")).json()
    assert (found["data"], found["n_unknown"], found["score_lowest"]) == ([], 0, None)
    assert found["reasons"]["score_lowest"] == "no_eligible_products"
    assert found["sample"]["estimate"]["reasons"]["present_share"] == "all_known"
    assert_problem(await small.client.get("/v1/markets/n/unknown"), 404, "not_found")


async def test_coverage_of_one_market_tells_products_and_features(small: Editor) -> None:
    cell = {"product_id": "p1"}
    have = [f for j, f in enumerate(FEATURES) if (1 + j) % 3 == 0]
    lacks = [f for f in FEATURES if f not in have]
    made = await settle(small, cell, present=have, absent=lacks, date="2026-01-15")
    assert made.status_code == 201, made.text
    found = (await small.client.get("/v1/coverage?market=m&on=2026-02-01")).json()
    assert [one["market_id"] for one in found["markets"]] == ["m"]
    assert found["collections"] == []
    products = {one["product_id"]: one for one in found["products"]}
    assert products["p1"] == {
        "product_id": "p1",
        "product_name": "p1",
        "known_share": 1.0,
        "n_present": len(have),
        "n_absent": len(lacks),
        "n_unknown": 0,
        "is_audited": True,
        "last_surveyed": "2026-01-15",
    }
    assert (products["p0"]["is_audited"], products["p0"]["last_surveyed"]) == (False, None)
    assert found["products"][-1]["product_id"] == "p1"
    assert len(found["features"]) == 8
    totals = found["totals"]
    assert totals["n_audited"] == 1
    assert totals["n_known_absent"] == len(lacks)
    for name in ("n_present", "n_absent", "n_unknown"):
        each = [sum(one[name] for one in found[side]) for side in ("products", "features")]
        assert each == [totals[name]] * 2
    everything = (await small.client.get("/v1/coverage?on=2026-02-01")).json()
    assert (everything["products"], everything["totals"]) == ([], None)
    assert everything["collections"]
    assert found["markets"][0] in everything["markets"]


async def test_coverage_of_no_market_is_told_the_nearest(small: Editor) -> None:
    problem = assert_problem(
        await small.client.get("/v1/coverage?market=mm"), 400, "unknown_reference"
    )
    assert problem["errors"][0]["parameter"] == "market"
