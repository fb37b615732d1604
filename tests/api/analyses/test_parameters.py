"""Every parameter of metrics.md 18 and 18a can be set over HTTP, and stands in the answer."""

import inspect

import httpx
import msgspec
import pytest

from service.usecases.analyses.declaration import Analysis, Metric
from service.usecases.analyses.declarations import ANALYSES, METRICS
from service.usecases.analyses.metrics import metric, names
from tests.routes import target

SECTION_18 = {
    "stage_min", "table_stakes_min", "unit", "differentiator_max", "simultaneity_days",
    "change_window_days", "confidence", "include_structure", "horizons_days", "null_draws",
    "rmst_tau_days", "permutations", "date_draws", "forecast_horizons_days", "seed",
    "backtest_step_days", "age_bands_days", "backtest_cutoffs", "band_prior_copies",
    "survey_valid_days", "unknown", "min_joint_features", "evidence",
}  # fmt: skip
OTHER = {
    "period": "month",
    "date_draws": "7", "seed": "3", "confidence": "0.8", "null_draws": "9", "permutations": "19",
    "unknown": "exclude", "survey_valid_days": "100", "min_joint_features": "2",
    "table_stakes_min": "0.6", "differentiator_max": "0.1", "simultaneity_days": "1",
    "change_window_days": "100", "include_structure": "true", "horizons_days": "10,20",
    "rmst_tau_days": "200", "forecast_horizons_days": "60", "backtest_step_days": "60",
    "backtest_cutoffs": "2", "age_bands_days": "60,400", "band_prior_copies": "2", "unit": "vendor",
    "dates": "bound",
    "limit": "2", "peers": "nearest", "min_peer_share": "0.2", "cell": "date", "min_count": "2",
    "max_lag_days": "300", "markets": "coding-assistants",
}  # fmt: skip
SUBJECTS = {"market", "markets", "feature", "product", "product_a", "product_b", "vendor", "on",
            "as_of", "series"}  # fmt: skip


def test_each_is_a_parameter_of_some_analysis_and_metric() -> None:
    over_http = {own.name for analysis in ANALYSES for own in analysis.own}
    over_http |= {"stage_min", "evidence"}
    shapes = (msgspec.structs.fields(metric(name).shape) for name in names())
    in_files = {field.name for shape in shapes for field in shape}
    assert over_http >= SECTION_18
    assert in_files >= SECTION_18


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda q: q.operation)
def test_all_of_a_metric_can_be_set(analysis: Analysis) -> None:
    takes = {name for metric in analysis.metrics for name in metric.takes}
    takes |= {f.name for m in analysis.metrics for f in msgspec.structs.fields(m.shape)}
    own = {field.name for field in analysis.own}
    assert takes - SUBJECTS - {"stage_min", "evidence", "interval"} == own - {"markets"}


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_defaults_are_those_of_the_maths(metric: Metric) -> None:
    signature = inspect.signature(metric.compute).parameters
    own = {field.name: field.default for field in metric.own if field.name in signature}
    assert own == {name: signature[name].default for name in own}


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda q: q.operation)
async def test_they_are_repeated_whether_given_or_not(
    client: httpx.AsyncClient, analysis: Analysis
) -> None:
    path = target(analysis)
    sign = "&" if "?" in path else "?"
    own = [field.name for field in analysis.own]
    plain = (await client.get(path)).json()["method"]["parameters"]
    assert set(plain) == {*own, "stage_min", "evidence"} - {"markets"}
    other = OTHER | ({"unit": "product"} if plain.get("unit") == "vendor" else {})
    query = "&".join(f"{name}={other[name]}" for name in own)
    answer = await client.get(f"{path}{sign}{query}")
    assert answer.status_code == 200, answer.text
    said = answer.json()["method"]["parameters"]
    assert {name for name in own if said[name] == plain.get(name)} == set()


async def test_the_coverage_hears_of_how_long_a_survey_speaks(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/matrix?on=2026-11-24"
    long, short = [
        (await client.get(f"{path}&survey_valid_days={days}")).json()["coverage"]
        for days in (3000, 1)
    ]
    assert long["n_surveyed_products"] == short["n_surveyed_products"]
    assert long["known_share"] > short["known_share"]


async def test_markets_are_pooled_with_the_one_asked_about(client: httpx.AsyncClient) -> None:
    path = "/v1/markets/chat-assistants/time-to-copy?on=2026-11-24"
    one = (await client.get(path)).json()
    other = (await client.get(path.replace("chat-assistants", "coding-assistants"))).json()
    both = (await client.get(f"{path}&markets=coding-assistants")).json()
    for part in ("result", "trend"):
        assert both[part]["n_rows"] == one[part]["n_rows"] + other[part]["n_rows"]
    assert both["result"]["markets"] == ["chat-assistants", "coding-assistants"]
    wrong = await client.get(f"{path}&markets=coding-asistants")
    assert wrong.json()["errors"][0]["did_you_mean"][0] == "coding-assistants"
