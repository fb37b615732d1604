"""`parity compute` with odd files: an error or an honest null, never a crash."""

import json
from datetime import date
from typing import Any

import pytest

from service.usecases.analyses.compute import InvalidCase, compute
from service.usecases.analyses.metrics import metric as shape_of
from service.usecases.analyses.metrics import names
from tests.sweeping import unsound

TODAY = date(2026, 11, 26)
ABOUT = {"market": "m", "feature": "f", "product": "p", "product_a": "p", "product_b": "q",
         "vendor": "v"}  # fmt: skip
WORLD: list[dict[str, Any]] = [
    {"kind": "product", "id": "p", "vendor": "v", "markets": ["m"], "launched": "2020-01-01"},
    {"kind": "adoption", "product": "p", "feature": "f", "date": "2020-01-01", "stage": "ga"},
    {"kind": "monetization", "product": "p", "business_model": "seat", "since": "2020-01-01"},
]


def ask(metric: str, records: list[Any], **params: Any) -> Any:
    call = {"metric": metric, "params": {"on": "2024-01-01", **params}}
    return compute(json.dumps({"records": records, "calls": [call]}).encode(), TODAY)[0]


def about(metric: str) -> dict[str, str]:
    return {name: value for name, value in ABOUT.items() if name in shape_of(metric).takes}


@pytest.mark.parametrize("records", [[], WORLD], ids=["nothing", "one product"])
@pytest.mark.parametrize("metric", names())
def test_an_empty_base_has_reasons(metric: str, records: list[Any]) -> None:
    found = ask(metric, records, **about(metric))
    assert "error" not in found
    assert unsound(found) == []
    assert found["method"]["version"]
    assert found["coverage"]["n_products"] == len(records) // 2


def test_what_no_record_names_is_listed() -> None:
    found = ask("pair_similarity", WORLD, market="m", product_a="p", product_b="q")
    assert (found["jaccard"], found["reasons"]["jaccard"]) == (None, "not_live")
    assert found["unknown_references"] == ["product q"]
    assert "unknown_references" not in ask("market_homogenization", WORLD, market="m")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"market": "m", "on": "2030-01-01"}, "invalid_value"),
        ({"market": "m", "on": "2024-01"}, "invalid_value"),
        ({"market": "m", "as_of": "soon"}, "invalid_value"),
        ({"market": 5}, "invalid_value"),
        ({"market": "m", "confidence": 1}, "invalid_value"),
        ({"market": "m", "stage": "ga"}, "unknown_parameter"),
        ({}, "missing_parameter"),
    ],
)
def test_a_wrong_call_is_told(params: dict[str, Any], code: str) -> None:
    assert ask("market_homogenization", WORLD, **params)["error"]["code"] == code


def test_an_unknown_metric_has_its_nearest_name() -> None:
    error = ask("market_homogenisation", WORLD)["error"]
    assert (error["code"], error["did_you_mean"]) == ("unknown_metric", "market_homogenization")


@pytest.mark.parametrize(
    "record",
    [
        {"kind": "product", "id": "x"},
        {"kind": "product", "id": "x", "vendor": "v", "markets": "m"},
        {"kind": "product", "id": "x", "vendor": "v", "markets": ["m"], "launched": "20xx"},
        {"kind": "adoption", "product": "p", "feature": "g", "date": "2024-13"},
        {"kind": "adoption", "product": "p", "feature": "g", "stage": "beta"},
        {"kind": "adoption", "product": "p", "feature": "g", "recorded_at": "yesterday"},
        {"kind": "survey", "product": "p", "features": "all"},
    ],
)
def test_a_record_that_cannot_be_read_is_named(record: dict[str, Any]) -> None:
    error = ask("market_homogenization", [*WORLD, record], market="m")["error"]
    assert error["code"] == "invalid_record"
    assert error["detail"].startswith("records[3]")


@pytest.mark.parametrize("text", [b"", b"[]", b'{"records": [1], "calls": []}', b'{"calls": []}'])
def test_what_is_no_case(text: bytes) -> None:
    with pytest.raises(InvalidCase):
        compute(text, TODAY)


def test_seeds_and_defaults_are_in_the_answer() -> None:
    said = ask("market_homogenization", WORLD, market="m", seed=7)["method"]["parameters"]
    assert (said["seed"], said["date_draws"], said["unknown"]) == (7, 200, "model")
    assert said["survey_valid_days"] == 365
