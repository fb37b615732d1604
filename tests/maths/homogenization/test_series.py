"""Points of a series carry the interval of the score as it was on their day (metrics.md, 4.9)."""

import json
from datetime import date
from pathlib import Path

import pytest

from service.maths.homogenization import series as module
from service.maths.homogenization.market import market_homogenization
from service.maths.homogenization.series import series
from service.maths.panel import kept
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import state_on
from service.maths.results import Absent
from service.usecases.analyses.case_facts import facts_of

ON = date(2026, 11, 24).toordinal()
MARKET = "chat-assistants"


@pytest.fixture(scope="module")
def panel(repository: Path) -> Panel:
    lines = (repository / "service/data/market.jsonl").read_text(encoding="utf-8").splitlines()
    return Panel(facts_of([json.loads(line) for line in lines], None, "sourced"), "preview")


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_the_limits_are_those_of_a_call_on_that_day(panel: Panel, confidence: float) -> None:
    points = market_homogenization(
        panel,
        market=MARKET,
        on=ON,
        series=True,
        confidence=confidence,
        date_draws=1,
        unknown="absent",
    ).series
    assert isinstance(points, list)
    assert len(points) > 100
    for point in points[::25]:
        day = date.fromisoformat(point.date).toordinal()
        then = market_homogenization(
            panel, market=MARKET, on=day, confidence=confidence, date_draws=1, unknown="absent"
        )
        assert point.score == pytest.approx(then.score, abs=1e-12)
        assert point.score_ci_low == pytest.approx(then.score_ci_low, abs=1e-12)
        assert point.score_ci_high == pytest.approx(then.score_ci_high, abs=1e-12)


def test_a_null_limit_has_its_reason(panel: Panel) -> None:
    found = market_homogenization(panel, market=MARKET, on=ON, series=True, date_draws=1)
    assert isinstance(found.series, list)
    missing = [point.date for point in found.series if point.score_ci_low is None]
    assert missing
    for day in missing:
        assert found.reasons[f"series.{day}.score_ci_low"]
        assert found.reasons[f"series.{day}.score_ci_high"]
    assert found.interval == "event"


def test_folded_points_have_the_same_limits(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = series(panel, MARKET, ON)
    monkeypatch.setattr(module, "_RECOMPUTE", 0)
    folded = series(panel, MARKET, ON)
    assert [p["score_ci_low"] for p in folded] == [p["score_ci_low"] for p in plain]


def test_too_large_a_market_has_none(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WITH_INTERVALS", 0)
    points = series(panel, MARKET, ON)
    assert points[-1]["score"] != Absent("not_computed")
    assert {point["score_ci_high"] for point in points} == {Absent("not_computed")}


def test_of_a_later_day_only_the_days_since_are_measured(
    panel: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[int]()

    def watched(given: Panel, market: str, day: int, unit: str) -> object:
        asked.append(day)
        return state_on(given, market, day, unit)

    monkeypatch.setattr(kept, "VALUES", type(kept.VALUES)(kept.MOST))
    monkeypatch.setattr(module, "state_on", watched)
    before = series(panel, MARKET, ON - 200, "vendor")
    n_before = len(asked)
    after = series(panel, MARKET, ON, "vendor")
    assert after[: len(before)] == before
    assert n_before == len(before)
    assert all(ON - 200 < day <= ON for day in asked[n_before:])
    asked.clear()
    earlier = series(panel, MARKET, ON - 400, "vendor")
    assert earlier == after[: len(earlier)]
    assert not asked
