"""What holds of the worked cases of copying besides their figures."""

import json
from typing import Any

import pytest

from service.usecases.analyses.compute import compute
from tests.cases_runner import CASES, calls


def test_several_markets_are_pooled_and_clustered_by_market_and_feature() -> None:
    case = json.loads((CASES / "r01.json").read_bytes())
    twin = [_twin(r) for r in case["records"] if r["kind"] in ("market", "product", "adoption")]
    asked = [
        {"metric": metric, "params": {"markets": markets, "on": "2026-06-30"}}
        for metric in ("pooled_time_to_copy", "copy_trend")
        for markets in (["m1"], ["m1", "m1-twin"])
    ]
    records = [*case["records"], *twin]
    one, two, slow, sure = compute(json.dumps({"records": records, "calls": asked}).encode())
    assert two["n_copies"] == 2 * one["n_copies"]
    assert {row["feature"] for row in two["features"]} >= {"m1/f01", "m1-twin/f01"}
    assert sure["log_hr_per_year"] == pytest.approx(slow["log_hr_per_year"], abs=0.05)
    assert sure["se_robust"] < slow["se_robust"]


def _twin(record: dict[str, Any]) -> dict[str, Any]:
    twin = {**record}
    for key in ("id", "product"):
        if key in twin:
            twin[key] = f"{twin[key]}-twin"
    return twin | ({"markets": ["m1-twin"]} if record["kind"] == "product" else {})


@pytest.mark.parametrize(("case_id", "index"), calls("feature_time_to_copy", "vendor_league"))
def test_the_order_of_records_changes_nothing(case_id: str, index: int) -> None:
    case = json.loads((CASES / f"{case_id}.json").read_bytes())
    asked = {**case, "calls": [case["calls"][index]]}
    turned = {**asked, "records": case["records"][::-1]}
    assert compute(json.dumps(asked).encode()) == compute(json.dumps(turned).encode())
