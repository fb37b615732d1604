"""What no confidence decides is computed once, and the limits are those of the confidence asked."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.maths.copying import backtest, drawn_races, exposure, market, trend
from service.maths.copying.feature import feature_time_to_copy
from service.maths.homogenization import series
from service.maths.homogenization.market import market_homogenization
from service.maths.panel import kept
from service.maths.panel.panel import Panel
from service.usecases.analyses.case_facts import facts_of

ON = date(2026, 11, 24).toordinal()
MARKET = "chat-assistants"
ASKED: list[tuple[Callable[..., Any], dict[str, Any], Any, str]] = [
    (market_homogenization, {"series": True, "date_draws": 1}, series, "scores_without_items"),
    (market.pooled_time_to_copy, {}, exposure, "fit"),
    (trend.copy_trend, {}, trend, "_permuted"),
    (feature_time_to_copy, {"feature": "long-context"}, drawn_races, "first_days"),
    (backtest.forecast_backtest, {}, backtest, "_score_cutoff"),
]


@pytest.fixture(scope="module")
def panel(repository: Path) -> Panel:
    lines = (repository / "service/data/market.jsonl").read_text(encoding="utf-8").splitlines()
    return Panel(facts_of([json.loads(line) for line in lines], None, "sourced"), "preview")


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "VALUES", type(kept.VALUES)(kept.MOST))


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize(
    ("measure", "more", "module", "work"), ASKED, ids=lambda one: getattr(one, "__name__", "")
)
def test_another_confidence_takes_no_work_again(
    panel: Panel,
    monkeypatch: pytest.MonkeyPatch,
    measure: Callable[..., Any],
    more: dict[str, Any],
    module: Any,
    work: str,
) -> None:
    called: list[str] = []
    does = getattr(module, work)

    def watched(*given: Any, **named: Any) -> Any:
        called.append(work)
        return does(*given, **named)

    monkeypatch.setattr(module, work, watched)
    asked = {"market": MARKET, "on": ON, **more}
    wide = measure(panel, confidence=0.95, **asked)
    assert called
    called.clear()
    narrow = measure(panel, confidence=0.8, **asked)
    assert not called
    assert narrow != wide
    monkeypatch.setattr(kept, "VALUES", type(kept.VALUES)(kept.MOST))
    assert measure(panel, confidence=0.8, **asked) == narrow
