"""Cells of which nobody knows, read as absent and left out, by hand (metrics.md, 18a)."""

import json
from typing import Any

import pytest

from service.usecases.analyses.compute import compute

ON = "2024-09-01"


def product(name: str, vendor: str, launched: str = "2024-01-01") -> dict[str, Any]:
    return {"kind": "product", "id": name, "vendor": vendor, "markets": ["m"], "launched": launched}


def has(name: str, *features: str, day: str = "2024-01-01") -> list[dict[str, Any]]:
    return [{"kind": "adoption", "product": name, "feature": f, "date": day} for f in features]


def looked(name: str, day: str, *features: str) -> dict[str, Any]:
    return {
        "kind": "survey",
        "product": name,
        "market": "m",
        "features": list(features) or None,
        "date": day,
    }


# Features w x y z. p1 (A): w x y, z surveyed absent. p2 (B): w x, y surveyed absent, z unknown.
# p3 (C): w z, the rest unknown. p4 (A): w x, the rest unknown.
WORLD = [
    product("p1", "A"),
    product("p2", "B"),
    product("p3", "C"),
    product("p4", "A"),
    *has("p1", "w", "x", "y"),
    *has("p2", "w", "x"),
    *has("p3", "w", "z"),
    *has("p4", "w", "x"),
    looked("p1", "2024-08-01", "z"),
    looked("p2", "2024-08-01", "y"),
]


def ask(metric: str, records: list[dict[str, Any]] = WORLD, **params: Any) -> Any:
    about = {} if metric == "vendor_portfolio" else {"market": "m"}
    call = {"metric": metric, "params": {"on": ON, **about, **params}}
    return compute(json.dumps({"records": records, "calls": [call]}).encode())[0]


def test_a_product() -> None:
    found = ask("product_homogenization", product="p1", unknown="exclude", min_joint_features=2)
    # p1 and p2 know w x y of each other: 2/3; p1 and p3 know w z: 1/2
    assert found["similarity_to_rivals"] == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert [n["product"] for n in found["nearest"]] == ["p2", "p3"]
    assert found["reasons"]["unique_features"] == "unknown_excluded"
    absent = ask("product_homogenization", product="p1", min_joint_features=2)
    assert absent["similarity_to_rivals"] == pytest.approx((2 / 3 + 1 / 4) / 2)


def test_too_little_known_of_a_product() -> None:
    found = ask("product_homogenization", product="p3", unknown="exclude")
    assert (found["similarity_to_rivals"], found["nearest"]) == (None, None)
    assert found["reasons"]["similarity_to_rivals"] == "mostly_unknown"


def test_a_pair() -> None:
    pair = {"product_a": "p1", "product_b": "p3"}
    assert ask("pair_similarity", **pair)["jaccard"] == 1 / 4
    found = ask("pair_similarity", **pair, unknown="exclude", min_joint_features=2)
    assert (found["jaccard"], found["only_a"], found["only_b"]) == (1 / 2, [], ["z"])
    few = ask("pair_similarity", **pair, unknown="exclude")
    assert (few["jaccard"], few["reasons"]["jaccard"]) == (None, "mostly_unknown")


def test_a_vendors_own_products() -> None:
    absent = ask("vendor_portfolio", vendor="A")
    assert absent["internal_similarity"] == pytest.approx(2 / 3)
    found = ask("vendor_portfolio", vendor="A", unknown="exclude", min_joint_features=2)
    assert (found["internal_similarity"], found["effective_products"]) == (1.0, 1.0)
    few = ask("vendor_portfolio", vendor="A", unknown="exclude")
    assert few["reasons"]["internal_similarity"] == "mostly_unknown"


def test_a_feature() -> None:
    # A has it, B lacks it, of C nobody knows
    assert ask("feature_homogenization", feature="y")["penetration"] == 1 / 3
    known = ask("feature_homogenization", feature="y", unknown="exclude")
    assert (known["penetration"], known["reasons"]["status"]) == (1 / 2, "unknown_excluded")


# A leads with five features; B copies each after 30 days; C has none: surveyed once, of two.
RACE = [
    *(product(v.lower(), v, "2023-01-01") for v in "ABC"),
    *(row for n in range(5) for row in has("a", f"f{n}", day=f"2024-0{n + 1}-01")),
    *(row for n in range(5) for row in has("b", f"f{n}", day=f"2024-0{n + 1}-28")),
    *has("c", "other", day="2023-01-01"),
    looked("c", "2024-08-15", "f0", "f1"),
]


def test_rivals_of_whom_nobody_knows_are_not_at_risk() -> None:
    absent, known = (ask("pooled_time_to_copy", RACE, unknown=way) for way in ("absent", "exclude"))
    assert absent["n_rows"] - known["n_rows"] == 5 - 2 + 2  # C in f2, f3, f4; `other`: A and B
    assert absent["n_copies"] == known["n_copies"] == 5
    assert absent["rival_days"] > known["rival_days"]


def test_a_follower_of_whom_less_is_known_expects_fewer_copies() -> None:
    leagues = {way: ask("vendor_league", RACE, unknown=way) for way in ("absent", "exclude")}
    rows = {way: {r["vendor"]: r for r in league["vendors"]} for way, league in leagues.items()}
    assert rows["exclude"]["C"]["n_at_risk"] < rows["absent"]["C"]["n_at_risk"]
    assert rows["exclude"]["C"]["expected_copies"] < rows["absent"]["C"]["expected_copies"]


def test_forecasts_keep_confirmed_and_unconfirmed_apart() -> None:
    sure = ask("copy_forecast", RACE, feature="f0")
    assert (sure["n_pending_confirmed"], sure["n_pending_unconfirmed"]) == (1, 0)
    assert sure["pending"] == [{"unit": "C", "confirmed": True}]
    doubtful = ask("copy_forecast", RACE, feature="f3")
    assert [row["vendor"] for row in doubtful["forecasts"]] == ["C"]
    assert doubtful["pending"] == [{"unit": "C", "confirmed": False}]
    left_out = ask("copy_forecast", RACE, feature="f3", unknown="exclude")
    assert (left_out["forecasts"], left_out["reasons"]["forecasts"]) == ([], "no_pending_rivals")


def test_time_to_copy_tells_confirmed_pending_rivals_from_others() -> None:
    confirmed, doubtful = (ask("feature_time_to_copy", RACE, feature=f) for f in ("f0", "f3"))
    assert [r.get("confirmed") for r in confirmed["rivals"]] == [None, True]
    assert [r.get("confirmed") for r in doubtful["rivals"]] == [None, False]
    assert "unknown_as_absent" not in confirmed["flags"]
    assert "unknown_as_absent" in doubtful["flags"]
    absent = ask("feature_time_to_copy", RACE, feature="f3", unknown="absent")
    assert "unknown_as_absent" not in absent["flags"]


def test_a_feature_older_than_the_tracking_has_no_forecast() -> None:
    tracked = {"kind": "market", "id": "m", "tracked_since": "2024-01"}  # 16 January
    found = ask("copy_forecast", [*RACE, tracked], feature="f0")
    assert found["reasons"]["forecasts"] == "origin_before_coverage"
    flags = ask("feature_time_to_copy", [*RACE, tracked], feature="f0")["flags"]
    assert "origin_before_coverage" in flags
    later = {**tracked, "tracked_since": "2023"}  # 2 July 2023
    assert ask("copy_forecast", [*RACE, later], feature="f0")["forecasts"]


def test_bands_of_age_are_chosen() -> None:
    found = ask("pooled_time_to_copy", RACE, age_bands_days=[60, 15])
    assert [b["to_days"] for b in found["hazard_bands"]] == [15.0, 60.0, None]
    less = ask("pooled_time_to_copy", RACE, band_prior_copies=0.001)
    more = ask("pooled_time_to_copy", RACE, band_prior_copies=1)
    empty = 2  # 90 to 180 days: nobody copied
    assert less["hazard_bands"][empty]["rate_per_day"] < more["hazard_bands"][empty]["rate_per_day"]
