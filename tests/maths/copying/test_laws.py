"""The laws of sections 10, 12 and 13 on random markets."""

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.usecases.analyses.compute import compute

DAYS = st.integers(0, 700)
ON = "2026-06-30"


def iso(day: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=day)).isoformat()


@st.composite
def markets(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Vendors with one product each, some late, some gone, some with the features."""
    found: list[dict[str, Any]] = [{"kind": "market", "id": "m"}]
    found += [{"kind": "feature", "id": f} for f in ("f", "g", "h")]
    for n in range(draw(st.integers(2, 8))):
        launch = draw(st.sampled_from([0, 0, 0, 50, 200]))
        end = draw(st.sampled_from([None, None, 400]))
        found.append({"kind": "vendor", "id": f"v{n}"})
        found.append(
            {"kind": "product", "id": f"p{n}", "vendor": f"v{n}", "markets": ["m"],
             "launched": iso(launch), "discontinued": None if end is None else iso(end)}
        )  # fmt: skip
        for feature in draw(st.sets(st.sampled_from(["f", "g", "h"]))):
            found.append(
                {"kind": "adoption", "product": f"p{n}", "feature": feature, "stage": "ga",
                 "date": iso(draw(DAYS))}
            )  # fmt: skip
    return found


def ask(records: list[dict[str, Any]], metric: str, **params: Any) -> Any:
    call = {"metric": metric, "params": {"market": "m", "on": ON, **params}}
    return compute(json.dumps({"records": records, "calls": [call]}).encode())[0]


@settings(max_examples=60, deadline=None)
@given(markets())
def test_every_rival_has_one_fate(records: list[dict[str, Any]]) -> None:
    found = ask(records, "feature_time_to_copy", feature="f")
    if found["origin_date"] is None:
        return
    fates = ("n_copied", "n_born_with", "n_exited", "n_pending")
    assert sum(found[name] for name in fates) == found["n_rivals"] == len(found["rivals"])
    assert abs(sum(found["first_mover_probability"].values()) - 1) < 1e-9
    if found["time_to_first_copy_days"] is not None:
        assert found["time_to_first_copy_days"] > 7
    shares = [found["share_copied"][h]["value"] for h in ("30", "90", "180", "365")]
    known = [share for share in shares if share is not None]
    assert known == sorted(known)


@settings(max_examples=40, deadline=None)
@given(markets())
def test_a_later_day_only_appends_to_the_curve(records: list[dict[str, Any]]) -> None:
    early, late = (
        ask(records, "feature_time_to_copy", feature="f", on=on)
        for on in ("2025-06-30", "2026-06-30")
    )
    if early["origin_date"] is None or early["conditional_from_days"] is None:
        return
    assert early["n_copied"] <= late["n_copied"]
    steps = [(s["days"], s["survival"]) for s in early["curve"]]
    assert [(s["days"], s["survival"]) for s in late["curve"]][: len(steps)] == steps
    if early["median_time_to_copy_days"] is not None:
        assert early["median_time_to_copy_days"] == late["median_time_to_copy_days"]


@settings(max_examples=40, deadline=None)
@given(markets())
def test_the_league_adds_up(records: list[dict[str, Any]]) -> None:
    found = ask(records, "vendor_league")
    rows = found["vendors"]
    copied = sum(row["n_copied"] for row in rows)
    assert abs(sum(row["expected_copies"] for row in rows) - copied) < 1e-9
    assert abs(sum(row["first_credits"] for row in rows) - found["n_features"]) < 1e-9
    if found["n_contested_features"]:
        assert abs(sum(row["innovator_share"] for row in rows) - 1) < 1e-9


@settings(max_examples=25, deadline=None)
@given(markets())
def test_pooled_speed_lies_between_the_market_and_the_raw_ratio(
    records: list[dict[str, Any]],
) -> None:
    for row in ask(records, "pooled_time_to_copy")["features"]:
        raw = row["copies"] / row["expected_copies"]
        low, high = sorted((1.0, raw))
        assert low - 1e-9 <= row["speed"] <= high + 1e-9
