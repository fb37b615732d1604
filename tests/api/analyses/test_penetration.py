"""How far features have spread, over HTTP: cut to a span, by its own thresholds, in two languages,
as tables."""

from typing import Any

import httpx
import pytest

from tests.answers import assert_problem, table

ASKED = "/v1/markets/chat-assistants/penetration"
DAY = "on=2026-11-29"


async def _body(client: httpx.AsyncClient, address: str) -> Any:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_series_is_cut_to_a_span_and_the_rows_are_not(client: httpx.AsyncClient) -> None:
    whole = (await _body(client, f"{ASKED}?{DAY}"))["result"]
    cut = (await _body(client, f"{ASKED}?{DAY}&from=2025-01-01&to=2025-12-31"))["result"]
    assert cut["features"] == whole["features"]
    assert {p["date"] for p in cut["series"]} == {
        "2025-03-31",
        "2025-06-30",
        "2025-09-30",
        "2025-12-31",
    }
    assert all(point in whole["series"] for point in cut["series"])


async def test_thresholds_and_filters_decide(client: httpx.AsyncClient) -> None:
    usual = (await _body(client, f"{ASKED}?{DAY}"))["result"]
    half = (await _body(client, f"{ASKED}?{DAY}&table_stakes_min=0.5"))["result"]
    assert half["status_counts"]["table_stakes"] > usual["status_counts"]["table_stakes"]
    chinese = (await _body(client, f"{ASKED}?{DAY}&vendor.country=CN"))["result"]
    assert 0 < chinese["n_vendors"] < usual["n_vendors"]


async def test_it_names_the_next_in_both_languages(client: httpx.AsyncClient) -> None:
    for lang in ("en", "zh"):
        body = await _body(client, f"{ASKED}?{DAY}&lang={lang}")
        first = body["result"]["features"][0]
        assert first["feature_name"] in body["finding"]


async def test_both_tables_are_there(client: httpx.AsyncClient) -> None:
    result = (await _body(client, f"{ASKED}?{DAY}"))["result"]
    for name in ("features", "series"):
        rows = table(await client.get(f"{ASKED}.csv?{DAY}&table={name}"))
        assert [row["feature"] for row in rows] == [row["feature"] for row in result[name]]


async def test_of_nothing_it_says_why(client: httpx.AsyncClient) -> None:
    body = await _body(client, f"{ASKED}?on=2001-01-01")
    assert (body["result"]["features"], body["result"]["series"]) == ([], [])
    assert body["reasons"]["features"] == "no_eligible_products"
    assert "no product is live" in body["finding"]


@pytest.mark.parametrize(
    ("given", "code", "parameter"),
    [
        ("period=weak", "unknown_value", "period"),
        ("period=event", "unknown_value", "period"),
        ("table_stakes_min=2", "invalid_value", "table_stakes_min"),
        ("change_window_days=0", "invalid_value", "change_window_days"),
        ("interval=month", "unknown_parameter", "interval"),
        ("from=x", "invalid_date", "from"),
    ],
)
async def test_what_cannot_be_is_refused(
    client: httpx.AsyncClient, given: str, code: str, parameter: str
) -> None:
    (fault,) = assert_problem(await client.get(f"{ASKED}?{given}"), 400, code)["errors"]
    assert fault["parameter"] == parameter
