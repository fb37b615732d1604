"""What a measure says of its parameters."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import pytest

from service.maths.homogenization.market import market_homogenization
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.parameters import MeasureParameters, Unit, UnknownCells
from service.maths.results import Absent, Figures
from service.usecases.analyses.case_facts import facts_of
from service.usecases.analyses.declarations import METRICS
from tests.random_markets import market

DAY = 739_000


@dataclass(frozen=True, kw_only=True)
class Asked(MeasureParameters, UnknownCells):
    vendor: str
    unit: Unit = "product"


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    score: float | None
    on: str
    reasons: dict[str, str]


@measure(Asked, Answer)
def headline_first(panel: Panel, asked: Asked) -> Iterator[Figures]:
    """A headline, and what costs more."""
    yield {"score": Absent("mostly_unknown") if asked.unknown == "exclude" else 0.25}


@pytest.fixture(scope="module")
def panel() -> Panel:
    return Panel(facts_of(market(1), None, "any"))


def test_a_measure_says_what_it_may_be_asked() -> None:
    asked = inspect.signature(headline_first).parameters
    assert next(iter(asked)) == "panel"
    assert {n for n, p in asked.items() if p.default is p.empty} == {"panel", "on", "vendor"}
    assert asked["unit"].annotation is Unit


def test_a_parameter_that_a_measure_does_not_have_is_refused(panel: Panel) -> None:
    with pytest.raises(TypeError):
        market_homogenization(panel, on=DAY, market="m", bogus=1)


@pytest.mark.parametrize("name", METRICS)
def test_what_is_declared_has_the_defaults_of_the_measure(name: str) -> None:
    metric = METRICS[name]
    measured = inspect.signature(metric.compute).parameters
    declared = {field.name: field.default for field in metric.own if field.name in measured}
    assert declared == {name: measured[name].default for name in declared}
