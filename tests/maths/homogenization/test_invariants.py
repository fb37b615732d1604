"""The invariants of metrics.md, 4.12, on random markets."""

import json
import math
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.usecases.analyses.compute import compute

FEATURES = [f"f{i}" for i in range(6)]
DAYS = ["2020-01-01", "2022-05-10", "2023-03-01", "2023-09", "2023", "2024-06-01", "[..2023-02-01]"]
Records = list[dict[str, Any]]


@st.composite
def markets(draw: st.DrawFn, *, exact: bool = False, one_each: bool = False) -> Records:
    days = DAYS[:3] if exact else DAYS
    records: Records = [{"kind": "market", "id": "m"}]
    for number in range(draw(st.integers(2, 6))):
        vendor = f"v{number}" if one_each else f"v{draw(st.integers(0, 3))}"
        until = draw(st.sampled_from([None, None, None, "2023-06-01"]))
        records.append(
            {"kind": "product", "id": f"p{number}", "vendor": vendor, "markets": ["m"],
             "launched": draw(st.sampled_from(days[:3])), "discontinued": until}
        )  # fmt: skip
        for feature in draw(st.sets(st.sampled_from(FEATURES))):
            records.append(adoption(f"p{number}", feature, draw(st.sampled_from(days))))
    return records


def adoption(product: str, feature: str, day: str = "2020-01-01") -> dict[str, Any]:
    return {"kind": "adoption", "product": product, "feature": feature, "date": day, "stage": "ga"}


def homogenization(records: Records, **params: object) -> dict[str, Any]:
    asked = {"market": "m", "on": "2023-12-01", "date_draws": 20, "unknown": "absent", **params}
    call = {"metric": "market_homogenization", "params": asked}
    answer = compute(json.dumps({"records": records, "calls": [call]}).encode())[0]
    assert isinstance(answer, dict)
    return answer


def profiled(records: Records) -> list[str]:
    return [row["product"] for row in homogenization(records)["product_contributions"]]


@settings(max_examples=150, deadline=None)
@given(markets())
def test_bounds_and_identities(records: Records) -> None:
    found = homogenization(records)
    if found["score"] is None:
        assert found["quality"] == "insufficient"
        return
    eps = 1e-12
    assert -eps <= found["score"] <= found["sorensen_mean"] + eps
    assert found["sorensen_mean"] <= found["overlap_mean"] + eps <= 1 + 2 * eps
    q0, q1, q2 = (found[f"effective_products_q{order}"] for order in range(3))
    assert 1 - eps <= q2 <= q1 + eps <= q0 + 2 * eps <= found["n_products"] + 3 * eps
    assert found["score_date_low"] <= found["score"] <= found["score_date_high"]
    for family in ("sorensen", "jaccard"):
        parts = (found[f"beta_{family}_{part}"] for part in ("turnover", "nestedness"))
        assert math.isclose(sum(parts), found[f"beta_{family}"], abs_tol=eps)
    beta = found["beta_sorensen"]
    assert math.isclose(found["beta_jaccard"], 2 * beta / (1 + beta), abs_tol=eps)
    change = found["change"]
    if change["within"] is not None:
        parts = (change[part] for part in ("within", "entry", "exit"))
        assert math.isclose(sum(parts), change["change"], abs_tol=eps)


@settings(max_examples=60, deadline=None)
@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_bit(records: Records, order: random.Random) -> None:
    shuffled = order.sample(records, len(records))
    params = {"series": True, "include_structure": True, "null_draws": 5}
    assert homogenization(shuffled, **params) == homogenization(records, **params)


@settings(max_examples=60, deadline=None)
@given(markets(exact=True))
def test_shifting_all_days_changes_no_figure(records: Records) -> None:
    moved = json.loads(json.dumps(records).replace('"202', '"212'))  # 36,525 days
    now, then = homogenization(records), homogenization(moved, on="2123-12-01")
    for answer in (now, then):
        del answer["on"], answer["change"]["from_date"]
    assert then == now


@settings(max_examples=80, deadline=None)
@given(markets())
def test_a_feature_of_all_never_lowers_and_of_one_never_raises(records: Records) -> None:
    before = homogenization(records)
    if before["score"] is None:
        return
    products = profiled(records)
    everywhere = [*records, *(adoption(product, "new") for product in products)]
    assert homogenization(everywhere)["score"] >= before["score"] - 1e-12
    single = [*records, adoption(products[0], "new")]
    assert homogenization(single)["score"] <= before["score"] + 1e-12
    assert homogenization(everywhere[:-1])["score"] <= homogenization(everywhere)["score"] + 1e-12


@settings(max_examples=60, deadline=None)
@given(markets())
def test_copies_of_a_vendors_products_change_nothing(records: Records) -> None:
    before = homogenization(records)
    if before["score"] is None:
        return
    copies: Records = []
    for record in records:
        if record["kind"] == "product" and record["vendor"] == records[1]["vendor"]:
            copies.append({**record, "id": f"{record['id']}-copy"})
            own = (a for a in records if a.get("product") == record["id"])
            copies += [{**a, "product": f"{record['id']}-copy"} for a in own]
    after = homogenization(records + copies)
    for field in ("score", *(f"effective_products_q{order}" for order in range(3))):
        assert math.isclose(after[field], before[field], abs_tol=1e-12)


@settings(max_examples=60, deadline=None)
@given(markets(one_each=True))
def test_one_product_per_vendor(records: Records) -> None:
    found = homogenization(records)
    if found["score"] is not None:
        n, score = found["n_vendors"], found["score"]
        assert math.isclose(found["effective_products_q2"], n / (1 + (n - 1) * score))
        assert math.isclose(found["mean_jaccard_all_pairs"], score, abs_tol=1e-12)


@settings(max_examples=60, deadline=None)
@given(markets(), st.sets(st.sampled_from(FEATURES), min_size=1))
def test_what_happens_later_changes_only_warnings(records: Records, features: set[str]) -> None:
    later = [adoption("p0", feature, "2024-01") for feature in sorted(features)]
    can_end = len(records[1]["launched"]) == 10 and not records[1]["discontinued"]
    ends = [{**records[1], "discontinued": "2024-03"}] if can_end else []
    after = homogenization([records[0], *(ends or records[1:2]), *records[2:], *later])
    before = homogenization(records)
    # a later adoption says of a cell that it was empty
    looks_back = {"warnings": [], "coverage": {}, "score_lowest": 0, "score_highest": 1}
    assert after | looks_back == before | looks_back
