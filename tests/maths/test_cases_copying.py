"""The worked cases of sections 10 to 14 of metrics.md."""

import json

import pytest

from service.usecases.compute import compute
from tests.cases_runner import CASES, calls, differences

METRICS = (
    "feature_time_to_copy",
    "copy_trend",
    "vendor_league",
    "pooled_time_to_copy",
    "copy_forecast",
    "forecast_backtest",
)


@pytest.mark.parametrize(("case_id", "index"), calls(*METRICS))
def test_the_answer_is_the_expected_one(case_id: str, index: int) -> None:
    assert differences(case_id, index) == []


@pytest.mark.parametrize(("case_id", "index"), calls("feature_time_to_copy", "vendor_league"))
def test_the_order_of_records_changes_nothing(case_id: str, index: int) -> None:
    case = json.loads((CASES / f"{case_id}.json").read_bytes())
    asked = {**case, "calls": [case["calls"][index]]}
    turned = {**asked, "records": case["records"][::-1]}
    assert compute(json.dumps(asked).encode()) == compute(json.dumps(turned).encode())
