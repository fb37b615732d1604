"""All features at once against the race of each: the same figures, bit for bit."""

import numpy as np
import pytest

from bench.markets import LAST, facts
from service.maths.copying.curve import CopyCurve
from service.maths.copying.diffusion import diffusion
from service.maths.copying.medians import feature_medians
from service.maths.copying.risk_set import RiskSet
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel
from service.maths.parameters import Race, Unit
from service.usecases.analyses.case_facts import facts_of
from tests.random_markets import market

WINDOWS = (0, 7, 400)


def one_by_one(risk_set: RiskSet) -> list[tuple[int, ...]]:
    found = []
    for feature in risk_set.features.tolist():
        run = diffusion(risk_set, feature)
        curve = CopyCurve(run, 0.95)
        reached = (curve.median.days, curve.median.low, curve.median.high)
        days = [None] * 4 if curve.start is None else [curve.start, *reached]
        found.append((feature, run.origin, *(NEVER if day is None else day for day in days)))
    return found


def at_once(risk_set: RiskSet) -> list[tuple[int, ...]]:
    columns = vars(feature_medians(risk_set, 0.95)).values()
    return list(zip(*(column.tolist() for column in columns), strict=True))


@pytest.mark.parametrize("unit", ["vendor", "product"])
@pytest.mark.parametrize("seed", range(40))
def test_small_markets_with_gaps_and_ends(seed: int, unit: Unit) -> None:
    panel, on = Panel(facts_of(market(seed), None, "any")), 739_000
    for window in WINDOWS:
        risk_set = RiskSet(panel, "m", on, Race(window), unit)
        assert at_once(risk_set) == one_by_one(risk_set)


def test_blocks_of_a_large_market() -> None:
    risk_set = RiskSet(Panel(facts(2_000, 150, 180_000, n_vendors=900, seed=3)), "m", LAST)
    found = at_once(risk_set)
    assert found == one_by_one(risk_set)
    assert np.mean([row[3] < NEVER for row in found]) > 0.5


def test_a_market_without_features() -> None:
    risk_set = RiskSet(Panel(facts_of([], None, "any")), "m", LAST)
    assert at_once(risk_set) == []
