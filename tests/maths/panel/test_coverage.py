"""What is known of a market, and the score over known cells (metrics.md, 18a)."""

import json
from typing import Any

from service.usecases.analyses.compute import compute

RECORDS: list[dict[str, Any]] = [
    {"kind": "product", "id": p, "vendor": p, "markets": ["m"], "launched": "2020-01-01"}
    for p in ("a", "b")
] + [
    {"kind": "adoption", "product": p, "feature": f, "date": "2020-01-01", "sources": s}
    for p, f, s in (
        ("a", "w", ["x"]), ("a", "x", []), ("a", "y", []), ("b", "w", []), ("b", "x", []),
    )
]  # fmt: skip


def survey(product: str, features: list[str] | None, day: str = "2023-08-01") -> dict[str, Any]:
    return {"kind": "survey", "product": product, "market": "m", "features": features, "date": day}


def answer(*more: dict[str, Any], **params: object) -> dict[str, Any]:
    asked = {"market": "m", "on": "2024-01-01", **params}
    call = {"metric": "market_homogenization", "params": asked}
    found = compute(json.dumps({"records": [*RECORDS, *more], "calls": [call]}).encode())[0]
    assert isinstance(found, dict)
    return found


def test_a_present_cell_is_known_and_an_unsurveyed_absence_is_not() -> None:
    assert answer()["coverage"] == {
        "known_share": 5 / 6, "n_surveyed_products": 0, "n_products": 2, "n_features": 3,
        "dated_share": 1.0, "day_precision_share": 1.0, "sourced_share": 0.2, "reasons": {},
    }  # fmt: skip


def test_a_survey_makes_an_absence_known_for_a_year() -> None:
    for features in (["y"], None):
        assert answer(survey("b", features))["coverage"]["known_share"] == 1.0
    assert answer(survey("b", ["y"], "2022-12-31"))["coverage"]["known_share"] == 5 / 6
    later = answer(survey("b", ["y"], "2024-01-02"))["coverage"]
    assert later["known_share"] == 1.0  # what it did not find was not there before either


def test_the_score_with_unknown_cells_absent_and_its_bounds() -> None:
    found = answer()
    assert found["readings"] == {"unknown_absent": 2 / 3}
    assert (found["score_lowest"], found["score_highest"]) == (2 / 3, 1.0)
    surveyed = answer(survey("b", None))
    assert (surveyed["score"], surveyed["score_lowest"]) == (2 / 3, 2 / 3)
    assert surveyed["reasons"]["model"] == "all_known"


def test_the_excluding_score_says_why_it_is_null() -> None:
    found = answer(unknown="exclude")
    assert (found["score"], found["reasons"]["score"]) == (None, "mostly_unknown")
    assert answer(survey("b", None), unknown="exclude")["score"] == 2 / 3


def test_unsourced_facts_count_only_when_asked_for() -> None:
    doubtful = {**RECORDS[2], "product": "b", "feature": "y", "status": "unsourced"}
    asked = ({"unknown": "absent"}, {"unknown": "absent", "evidence": "any"})
    assert [answer(doubtful, **params)["score"] for params in asked] == [2 / 3, 1.0]
