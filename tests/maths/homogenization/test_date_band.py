"""The band over drawn dates: scored afresh, and by what differs between draws."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from service.maths.homogenization import date_band as module
from service.maths.homogenization.date_band import date_band
from service.maths.panel.panel import Panel
from service.maths.parameters import DateDraws, Unit
from service.usecases.analyses.case_facts import facts_of
from tests import random_markets

DAYS = [date(2021, 2, 10), date(2021, 6, 15), date(2022, 6, 15)]


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("unit", ["product", "vendor"])
@pytest.mark.parametrize("block", [2, 512])
def test_the_difference_between_draws_gives_the_scores_of_the_draws(
    seed: int, unit: Unit, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_BLOCK", block)
    by_difference, n_draws = module._by_difference, list[int]()

    def both(*given: Any) -> list[float]:
        found = by_difference(*given)
        assert np.allclose(found, list(module._afresh(*given)), atol=1e-12)
        n_draws.append(len(found))
        return found

    monkeypatch.setattr(module, "_by_difference", both)
    monkeypatch.setattr(module, "_RECOMPUTE", -1)
    panel = Panel(facts_of(random_markets.market(seed, 3 + seed % 9), None, "any"))
    for day in DAYS:
        date_band(panel, "m", day.toordinal(), unit, 0.5, DateDraws(date_draws=40))
    assert len(n_draws) == len(DAYS)


def test_of_a_large_market_no_draw_is_scored_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*_: object) -> float:
        raise AssertionError

    monkeypatch.setattr(module, "_RECOMPUTE", -1)
    monkeypatch.setattr(module, "score", again)
    panel = Panel(facts_of(random_markets.market(4), None, "any"))
    found = date_band(panel, "m", DAYS[1].toordinal(), "product", 0.5, DateDraws(date_draws=40))
    assert found["score_date_low"] != found["score_date_high"]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("unit", ["product", "vendor"])
@pytest.mark.parametrize("cells", [1, 2_000_000])
def test_of_a_small_market_only_the_outermost_draws_are_scored_from_nothing(
    seed: int, unit: Unit, cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CELLS", cells)
    panel = Panel(facts_of(random_markets.market(seed, 3 + seed % 9), None, "any"))
    afresh, n_scored, n_drawn = module._afresh, list[int](), list[int]()
    states = module._states

    def drawn(*given: Any) -> Any:
        found = states(*given)
        n_drawn.append(len(found))
        return found

    def scored(*given: Any) -> Any:
        n_scored.append(len(given[3]))
        return afresh(*given)

    monkeypatch.setattr(module, "_states", drawn)
    monkeypatch.setattr(module, "_afresh", scored)
    draws = DateDraws(date_draws=80)
    asked = [(panel, "m", day.toordinal(), unit, 0.5, draws) for day in DAYS]
    found = [date_band(*one) for one in asked]
    assert sum(n_scored) < sum(n_drawn)
    monkeypatch.setattr(module, "_FEW", 1_000)
    assert [date_band(*one) for one in asked] == found
