"""The maths against plain loops over the records, on random markets with loose dates."""

import math
from datetime import date
from typing import Any

import pytest

from tests.random_markets import FEATURES
from tests.slow import copying, likeness
from tests.slow.lives import NEVER, drawn
from tests.slow.markets import ask, ask_each, known

DAYS = ("2022-03-15", "2023-06-30", "2024-12-31")
CALLS = [(seed, day, least) for seed in range(12) for day in DAYS for least in ("preview", "ga")]
DRAWS = 15
near = pytest.approx


@pytest.mark.parametrize(("seed", "day", "least"), CALLS)
@pytest.mark.parametrize("unit", ["product", "vendor"])
def test_scores_and_contributions(seed: int, day: str, least: str, unit: str) -> None:
    on, found = known(seed, day, least)
    ours = ask(seed, "market_homogenization", day, least, unit=unit, date_draws=1, unknown="absent")
    units = likeness.held(found, "m", on, unit)
    assert ours["score"] == near(likeness.score(units), abs=1e-12)
    assert ours["n_products"] == len(units)
    whole = likeness.score(units)
    if whole is None:
        return
    for row in ours["feature_contributions"]:
        rest = likeness.score(likeness.without_item(units, row["feature"]))
        assert row["contribution"] == near(None if rest is None else whole - rest, abs=1e-12)
    for row in ours["product_contributions"]:
        rest = likeness.score(likeness.without_unit(units, row["product"]))
        assert row["contribution"] == near(None if rest is None else whole - rest, abs=1e-12)
    before = likeness.held(found, "m", on - 365, unit)
    assert ours["change"]["from_score"] == near(likeness.score(before), abs=1e-12)


@pytest.mark.parametrize(("seed", "day"), [(s, d) for s in range(8) for d in DAYS])
def test_scores_of_business_models(seed: int, day: str) -> None:
    on, found = known(seed, day, "preview", "monetization")
    ours = ask(seed, "business_model_homogenization", day, "preview")
    units = likeness.held(found, "m", on)
    assert ours["score"] == near(likeness.score(units), abs=1e-12)


@pytest.mark.parametrize(("seed", "day", "least"), CALLS[::2])
def test_the_range_over_date_draws(seed: int, day: str, least: str) -> None:
    on, found = known(seed, day, least)
    ours = ask(seed, "market_homogenization", day, least, date_draws=DRAWS, unknown="absent")
    if ours["score"] is None:
        return
    scores = [likeness.score(likeness.held_in_draw(found, "m", on, m)) for m in range(DRAWS)]
    every = [ours["score"], *(s for s in scores if s is not None)]
    assert (ours["score_date_low"], ours["score_date_high"]) == near((min(every), max(every)))


@pytest.mark.parametrize(("seed", "day", "least"), CALLS)
def test_every_point_of_the_series(seed: int, day: str, least: str) -> None:
    on, found = known(seed, day, least)
    points = ask(seed, "market_homogenization", day, least, series=True, date_draws=1)["series"]
    inside = [life for life in found.values() if "m" in life.markets]
    edges = {x for life in inside for x in (life.launch, life.stop)}
    edges |= {x for life in inside for s in life.spells if s.start_day < s.end_day
              for x in (s.start_day, s.end_day)}  # fmt: skip
    days = sorted(x for x in edges if x <= on)
    assert [date.fromisoformat(p["date"]).toordinal() for p in points] == days
    for point, then in zip(points, days, strict=True):
        units = likeness.held(found, "m", then)
        assert point["score"] == near(likeness.score(units), abs=1e-12)
        assert point["n_features"] == len(set().union(*(i for _, i in units.values())))


@pytest.mark.parametrize(("seed", "day", "least"), CALLS)
@pytest.mark.parametrize("where", ["m", None])
@pytest.mark.parametrize("dates", ["spread", "bound"])
def test_time_to_copy(seed: int, day: str, least: str, where: str | None, dates: str) -> None:
    on, found = known(seed, day, least)
    inside = copying.members(found, where, on)
    basic = {"market": where, "date_draws": 1, "unknown": "absent", "dates": dates}
    answers = ask_each(
        seed, "feature_time_to_copy", day, least, [basic | {"feature": f} for f in FEATURES]
    )
    for feature, ours in zip(FEATURES, answers, strict=True):
        lives = copying.roomed(inside, feature, on, 7, dates)
        slow = copying.race(lives, feature, on)
        if slow is None:
            assert ours["origin_date"] is None
            continue
        assert ours["origin_date"] == date.fromordinal(slow.origin).isoformat()
        assert ours["first_movers"] == slow.first
        assert {r["unit"]: r["status"] for r in ours["rivals"]} == slow.status
        assert _near(ours) == copying.near(lives, slow, on, 7)
        start = copying.conditioning(slow.all_rows)
        assert ours["conditional_from_days"] == start
        if start is None:
            continue
        for edge, name in (("lo", "median_earliest_days"), ("hi", "median_latest_days")):
            edged = copying.at_edge(lives, edge) if dates == "spread" else lives
            moved = copying.race(edged, feature, on)
            assert ours[name] == (copying.median(moved.all_rows) if moved else None)
        if dates == "bound" or ours["date_sensitivity"] is None:
            spans = copying.presence([life for life in lives if life.launch <= on])
            _has_the_curve(ours, slow, spans, on, start)


def _near(ours: Any) -> list[tuple[str, str, int, bool]]:
    return [(*p["units"], p["days_apart"], p["certain"]) for p in ours["near_simultaneous"]]


@pytest.mark.parametrize(("seed", "day", "least"), CALLS[::3])
@pytest.mark.parametrize("window", [0, 30])
def test_rivals_within_days_of_each_other(seed: int, day: str, least: str, window: int) -> None:
    on, found = known(seed, day, least)
    ours = ask(seed, "near_simultaneous", day, least, simultaneity_days=window)
    inside, expected = copying.members(found, "m", on), []
    for feature in sorted(FEATURES):
        lives = copying.roomed(inside, feature, on, window, "spread")
        slow = copying.race(lives, feature, on, window)
        expected += [(feature, *p) for p in copying.near(lives, slow, on, window)] if slow else []
    shown = [(p["feature"], *p["units"], p["days_apart"], p["certain"]) for p in ours["pairs"]]
    assert sorted(shown) == sorted(expected)
    assert [p[4] for p in shown] == sorted((p[4] for p in shown), reverse=True)


def _has_the_curve(
    ours: Any, slow: copying.Race, spans: copying.Presence, on: int, start: int
) -> None:
    """Where nothing is drawn."""
    ends = {vendor: own[-1][1] for vendor, own in spans.items()}
    steps = copying.curve(slow.all_rows, start)
    shown = [(s["days"], s["at_risk"], s["copied"], s["survival"]) for s in ours["curve"]]
    assert [s[:3] for s in shown] == [s[:3] for s in steps]
    assert [s[3] for s in shown] == near([s[3] for s in steps])
    assert ours["median_time_to_copy_days"] == copying.half(steps)
    for h, share in ours["share_copied_with_exits"].items():
        if share is not None:
            slow_share = copying.with_exits(slow, ends, on, start, int(h))
            assert share == near(slow_share, abs=1e-12)


@pytest.mark.parametrize(("seed", "day"), [(s, d) for s in range(8) for d in DAYS[1:]])
def test_the_mean_curve_over_date_draws(seed: int, day: str) -> None:
    on, found = known(seed, day, "preview")
    inside = copying.members(found, "m", on)
    features = FEATURES[:6]
    about = [{"feature": f, "date_draws": DRAWS, "unknown": "absent"} for f in features]
    answers = ask_each(seed, "feature_time_to_copy", day, "preview", about)
    for feature, ours in zip(features, answers, strict=True):
        if ours["conditional_from_days"] is None or ours["date_sensitivity"] is None:
            continue
        lives = copying.roomed(inside, feature, on, 7, "spread")
        races = [copying.race_in_draw(lives, feature, on, m)[1] for m in range(DRAWS)]
        until = ours["follow_up_days"]
        mixed = copying.Mixture([r for r in races if r], ours["conditional_from_days"], until)
        assert ours["median_time_to_copy_days"] == mixed.median()
        assert (ours["ci_low"], ours["ci_high"]) == (mixed.limit(0.025), mixed.limit(0.975))
        for h, share in ours["share_copied"].items():
            if share["value"] is not None:
                assert share["value"] == near(1 - mixed.survival(int(h)), abs=1e-9)
        for step in ours["curve"]:
            assert step["survival"] == near(mixed.survival(step["days"]), abs=1e-9)


@pytest.mark.parametrize(("seed", "day"), [(s, d) for s in range(8) for d in DAYS[1:]])
def test_first_movers_and_medians_over_date_draws(seed: int, day: str) -> None:
    on, found = known(seed, day, "preview")
    inside = copying.members(found, "m", on)
    features = FEATURES[:6]
    about = [{"feature": feature, "date_draws": DRAWS} for feature in features]
    answers = ask_each(seed, "feature_time_to_copy", day, "preview", about)
    for feature, ours in zip(features, answers, strict=True):
        if ours["origin_date"] is None:
            continue
        lives = copying.roomed(inside, feature, on, 7, "spread")
        races = [copying.race_in_draw(lives, feature, on, m) for m in range(DRAWS)]
        wins: dict[str, float] = {}
        for copies, _ in races:
            best = [v for v, d in copies.items() if d == min(copies.values())]
            for vendor in best:
                wins[vendor] = wins.get(vendor, 0.0) + 1 / len(best) / DRAWS
        if len(ours["first_mover_probability"]) > 1:
            assert ours["first_mover_probability"] == near(wins)
        if ours["date_sensitivity"] is None:
            continue
        medians = [
            math.inf if (half := copying.median(run.all_rows)) is None else half
            for _, run in races
            if run is not None and copying.conditioning(run.all_rows) is not None
        ]
        assert ours["date_sensitivity"]["n_draws"] == len(medians)
        if medians:
            low = sorted(medians)[math.floor(0.025 * len(medians))]
            assert ours["date_sensitivity"]["median_low"] == (None if low == math.inf else low)


@pytest.mark.parametrize(("seed", "day", "least"), CALLS)
def test_pooled_figures_and_the_league(seed: int, day: str, least: str) -> None:
    on, found = known(seed, day, least)
    inside = copying.members(found, "m", on)
    each = {f: copying.roomed(inside, f, on, 7, "spread") for f in FEATURES}
    runs = {f: r for f in FEATURES if (r := copying.race(each[f], f, on)) is not None}
    rows = [row for r in runs.values() for row in r.all_rows]
    ours = ask(seed, "pooled_time_to_copy", day, least)
    assert ours["n_rows"] == len(rows)
    assert ours["n_copies"] == sum(event for _, _, event in rows)
    assert ours["rival_days"] == sum(out - entry for entry, out, _ in rows)
    assert ours["pooled_km_median_days"] == copying.median(rows)
    shown = [(b["copies"], b["rival_days"]) for b in ours["hazard_bands"]]
    assert shown in ([], copying.bands(rows))
    league = ask(seed, "vendor_league", day, least)
    assert league["n_features"] == len(runs)
    for row in league["vendors"]:
        own = [r for run in runs.values() for r in run.rows.get(row["vendor"], [])]
        assert row["n_copied"] == sum(event for _, _, event in own)
        assert row["expected_copies"] == near(copying.expected(rows, own), abs=1e-9)
        assert row["median_copy_days"] == copying.median(own)
        credit = sum(1 / len(r.first) for r in runs.values() if row["vendor"] in r.first)
        assert row["first_credits"] == near(credit)


def test_the_slow_draws_stay_in_the_life() -> None:
    _, found = known(1, DAYS[2], "preview")
    for life in found.values():
        launch, stop, spells = drawn(life, 3)
        assert launch < stop <= NEVER
        assert all(launch <= start for start, _ in spells)
