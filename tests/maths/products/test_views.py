"""Neighbours, gaps, the matrix, the copy graph and comparisons, by hand and as invariants."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.formats.json_records import encode
from service.usecases.analyses.compute import compute

VENDORS = [{"kind": "vendor", "id": v, "names": {"en": v}} for v in "ABC"]
MARKET = [{"kind": "market", "id": "m", "names": {"en": "m"}}]


def product(vendor: str, launched: str = "2024-01-01") -> dict[str, Any]:
    return {"kind": "product", "id": vendor.lower(), "vendor": vendor, "names": {"en": vendor},
            "markets": ["m"], "launched": launched, "discontinued": None}  # fmt: skip


def adoption(vendor: str, feature: str, day: str, stage: str = "ga") -> dict[str, Any]:
    return {"kind": "adoption", "product": vendor.lower(), "feature": feature, "date": day,
            "stage": stage, "sources": ["https://example.org/a"]}  # fmt: skip


FEATURES = [{"kind": "feature", "id": f, "names": {"en": f}} for f in "wxyz"]
WORLD = [
    *MARKET, *VENDORS, *FEATURES, product("A"), product("B"), product("C"),
    adoption("A", "x", "2024-02-01"), adoption("B", "x", "2024-03-02"),
    adoption("C", "x", "2024-03"), adoption("B", "y", "2024-04-01"),
    adoption("C", "y", "2024-05-01", "preview"), adoption("A", "z", "2024-06-01"),
    {"kind": "survey", "product": "a", "market": "m", "features": ["y"], "date": "2024-08-01",
     "sources": ["https://example.org/s"]},
]  # fmt: skip


def ask(metric: str, records: list[dict[str, Any]] = WORLD, **params: Any) -> Any:
    asked = {"market": "m", "on": "2024-09-01", **params}
    case = {"records": records, "calls": [{"metric": metric, "params": asked}]}
    return json.loads(encode(compute(json.dumps(case).encode(), date(2026, 1, 1))[0]))


def test_neighbours_by_hand() -> None:
    found = ask("similar_products", product="a")["neighbours"]
    assert [(n["product"], n["jaccard"]) for n in found] == [("b", 1 / 3), ("c", 1 / 3)]
    assert found[0]["shared"], found[0]["only_this"] == (["x"], ["z"])
    assert found[0]["only_that"] == ["y"]


def test_gaps_by_hand() -> None:
    found = ask("gap_analysis", product="a")
    assert found["peers"] == {"rule": "market", "count": 2}
    (gap,) = found["missing"]
    assert (gap["feature"], gap["peer_share"], gap["state"]) == ("y", 1.0, "absent")
    assert gap["first_mover"] == {"product": "b", "date": "2024-04-01"}
    assert gap["gap_age_days"] == {"min": 153, "max": 153}
    assert gap["last_surveyed"] == "2024-08-01"
    assert [u["feature"] for u in found["unique"]] == ["z"]


def test_a_gap_nobody_looked_for_is_unknown() -> None:
    bare = [r for r in WORLD if r["kind"] != "survey"]
    (gap,) = ask("gap_analysis", bare, product="a")["missing"]
    assert (gap["state"], gap["last_surveyed"]) == ("unknown", None)


def test_the_matrix_by_hand() -> None:
    found = ask("market_matrix")
    assert [r["product"] for r in found["rows"]] == ["a", "b", "c"]
    assert [c["feature"] for c in found["columns"]] == ["x", "y", "z"]
    assert found["states"] == ["pap", "ppu", "ppu"]
    assert found["cells"][2] == ["ga", "preview", None]
    assert ask("market_matrix", cell="lag_days")["cells"][1] == [30, 0, None]


def test_the_copy_graph_by_hand() -> None:
    found = ask("copy_graph")
    assert [(e["leader"], e["follower"], e["weight"]) for e in found["edges"]] == [
        ("A", "B", 1.0), ("A", "C", 1.0), ("B", "C", 1.0),
    ]  # fmt: skip
    assert found["edges"][0]["median_lag_days"] == 30
    assert ask("copy_graph", max_lag_days=29)["edges"] == [
        e for e in found["edges"] if e["median_lag_days"] <= 29
    ]
    assert ask("copy_graph", min_count=2)["edges"] == []


@pytest.mark.parametrize("metric", ["similar_products", "gap_analysis"])
def test_a_product_without_features_has_a_reason(metric: str) -> None:
    found = ask(metric, [*WORLD, product("A") | {"id": "d"}], product="d")
    assert "unprofiled" in found["reasons"].values()


DAYS = st.dates(date(2024, 1, 1), date(2024, 8, 1)).map(date.isoformat)
WORLDS = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("wxyz")), DAYS, min_size=3
)


@settings(max_examples=60, deadline=None)
@given(world=WORLDS)
def test_weights_sum_to_copies_and_credits_to_features(world: dict[Any, str]) -> None:
    facts = [adoption(vendor, feature, day) for (vendor, feature), day in world.items()]
    base = [r for r in WORLD if r["kind"] not in ("adoption", "survey")]
    found = ask("copy_graph", [*base, *facts])
    assert sum(e["weight"] for e in found["edges"]) == pytest.approx(found["n_copies"])
    assert sum(n["first_credits"] for n in found["nodes"]) == pytest.approx(found["n_features"])
    assert sum(n["n_copied"] for n in found["nodes"]) == found["n_copies"]


@settings(max_examples=40, deadline=None)
@given(world=WORLDS)
def test_gaps_and_matrix_tell_the_same(world: dict[Any, str]) -> None:
    facts = [adoption(vendor, feature, day) for (vendor, feature), day in world.items()]
    base = [r for r in WORLD if r["kind"] not in ("adoption", "survey")]
    seen = [*base, *facts]
    matrix = ask("market_matrix", seen)
    for row, states in zip(matrix["rows"], matrix["states"], strict=True):
        gaps = ask("gap_analysis", seen, product=row["product"], min_peer_share=0)
        cells = zip(matrix["columns"], states, strict=True)
        lacking = {column["feature"] for column, state in cells if state != "p"}
        assert {g["feature"] for g in gaps["missing"]} == (
            lacking if gaps["peers"]["count"] else set()
        )
        for gap in gaps["missing"]:
            assert gap["peer_share"] > 0


def test_unknown_rivals_leave_observation() -> None:
    absent = ask("feature_time_to_copy", feature="z")
    excluded = ask("feature_time_to_copy", feature="z", unknown="exclude")
    assert (absent["n_at_risk"], excluded["n_at_risk"]) == (2, 0)
    assert excluded["n_pending_unconfirmed"] == 2
    assert excluded["reasons"]["median_time_to_copy_days"] == "no_rivals"
    confirmed = ask("feature_time_to_copy", feature="y", unknown="exclude", on="2024-08-01")
    assert confirmed["n_pending_confirmed"] == 1
