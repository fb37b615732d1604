"""What a filter fixes is the same in all records that meet it; what units are missing is told."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.model.webhooks import Filter
from service.query.fields import Collection
from service.query.filters.expressions import And, text
from service.query.filters.parameters import filter_of
from service.query.filters.subscriptions import faults_of
from service.query.grouping import metric_names, metric_of
from service.query.paths import path_of, paths
from service.query.registry import COLLECTIONS, INVESTMENTS, MONETIZATIONS, USAGE
from service.query.units import fixed, metric_faults, sorting_faults
from tests.slow.filters import World
from tests.worlds import questions

MEASURED = [INVESTMENTS, USAGE, MONETIZATIONS]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.parametrize("collection", MEASURED, ids=lambda c: c.name)
async def test_what_a_filter_fixes_has_one_value(
    worlds: dict[tuple[str, str], World], collection: Collection, data: st.DataObject
) -> None:
    slow = worlds[collection.name, "rev:2"]
    units = {unit.name for path in paths(collection).values() for unit in path.units}
    known = {name: path for name, path in paths(collection).items() if name in units}
    some = data.draw(st.lists(questions(collection, slow, known), min_size=1, max_size=3))
    asked = And(tuple(some))
    possible = slow.possible(asked)
    rows = [row for row in slow.rows if row["id"] in possible]
    for name, only in fixed(asked):
        held = {row[name.replace(".", "_")] for row in rows}
        assert held <= {only}, text(asked)


def test_every_number_but_those_of_records_themselves_has_its_units() -> None:
    """A new measure is declared with its unit; what has none stands here."""
    numbers = {
        f"{c.name}.{name}": [unit.name for unit in path.units]
        for c in COLLECTIONS
        for name, path in paths(c).items()
        if path.type.is_numeric and not path.hops and path.field.name != "revision"
    }
    without = {name for name, units in numbers.items() if not units}
    assert without == set()
    assert numbers["monetizations.price.amount"] == ["price.currency", "price.per"]


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda c: c.name)
def test_every_figure_of_a_measure_wants_its_units(collection: Collection) -> None:
    for name in metric_names(collection):
        metric = metric_of(collection, name)
        units = metric.path.units if metric.path else ()
        assert bool(metric_faults([metric], [], And(()))) == bool(units)
        alike = {unit.name: [unit.example] for unit in units}
        expression, faults = filter_of(collection, alike)
        assert [*faults, *metric_faults([metric], [], expression)] == []


def test_a_term_behind_its_units_is_in_order() -> None:
    known = {name: path_of(INVESTMENTS, name) for name in ("amount", "currency", "status")}
    assert sorting_faults(["status", "-amount", "currency"], known, And(()))
    assert not sorting_faults(["status", "-currency", "-amount"], known, And(()))


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"amount__gte": ("9",)}, ["/filter/where/amount__gte"]),
        ({"amount__gte": ("9",), "currency": ("USD",)}, ["/filter/where/amount__gte"]),
        ({"amount__gte": ("9",), "currency": ("USD",), "status": ("planned",)}, []),
    ],
)
def test_a_subscription_compares_within_one_unit(
    where: dict[str, tuple[str, ...]], told: list[str]
) -> None:
    given = {"types": ("investment.*",), "filter": Filter(where=where)}
    faults = faults_of(given)
    assert [fault.pointer for fault in faults if fault.code == "mixed_units"] == told
    assert len(faults) == len(told)
