"""The penetration of every feature: as the analysis of each has it, on each day of the series."""

from datetime import date, timedelta

import pytest

from service.maths.homogenization.feature import feature_homogenization
from service.maths.homogenization.penetration import market_penetration
from service.maths.homogenization.unknown_bounds import unit_cells
from service.maths.panel.panel import Panel
from service.usecases.analyses.case_facts import facts_of
from tests.random_markets import FEATURES, market

DAY = date(2024, 2, 10).toordinal()


@pytest.fixture(params=range(4))
def panel(request: pytest.FixtureRequest) -> Panel:
    return Panel(facts_of(market(request.param), None, "any"))


@pytest.mark.parametrize("period", ["quarter", "year"])
def test_each_point_is_what_the_feature_s_own_analysis_says(panel: Panel, period: str) -> None:
    found = market_penetration(panel, market="m", on=DAY, period=period)
    days = {date.fromisoformat(point.date) for point in found.series}
    for day in sorted(days)[:-1]:
        following = day + timedelta(days=1)
        assert following.day == 1
        assert following.month in ((1, 4, 7, 10) if period == "quarter" else (1,))
    for point in found.series:
        asked = {"market": "m", "feature": point.feature}
        own = feature_homogenization(panel, on=date.fromisoformat(point.date).toordinal(), **asked)
        assert point.penetration == own.penetration
        assert (point.n_vendors_with, point.n_vendors) == (own.n_vendors_with, own.n_vendors)
        assert own.first_seen is not None
        assert own.first_seen <= point.date
        assert own.penetration_low is not None
        assert own.penetration_high is not None
        assert point.penetration_lowest == own.penetration_low
        assert point.penetration_highest >= own.penetration_high


def test_the_row_of_a_feature_is_of_the_day(panel: Panel) -> None:
    found = market_penetration(panel, market="m", on=DAY)
    assert {row.feature for row in found.features} <= set(FEATURES)
    assert len(found.features) == found.n_features
    last = {point.feature: point for point in found.series if point.date == found.on}
    for row in found.features:
        own = feature_homogenization(panel, market="m", feature=row.feature, on=DAY)
        assert (row.status, row.first_seen) == (own.status, own.first_seen)
        assert row.penetration == last[row.feature].penetration
        before = feature_homogenization(panel, market="m", feature=row.feature, on=DAY - 365)
        assert row.change == pytest.approx(row.penetration - (before.penetration or 0))


def test_so_many_vendors_more_make_it_table_stakes(panel: Panel) -> None:
    found = market_penetration(panel, market="m", on=DAY)
    n = found.n_vendors
    for row in found.features:
        had = row.n_vendors_with + row.vendors_to_table_stakes
        assert (row.vendors_to_table_stakes == 0) == (row.status == "table_stakes")
        assert had == n or had >= 0.75 * n
        assert row.vendors_to_table_stakes == 0 or had - 1 < max(2, 0.75 * n)
    lacks = [
        r.vendors_to_table_stakes
        for r in found.features
        if r.status in ("contested", "differentiator")
    ]
    assert lacks == sorted(lacks)


def test_unknown_vendors_are_those_whose_cells_are(panel: Panel) -> None:
    found = market_penetration(panel, market="m", on=DAY, survey_valid_days=30)
    cells = unit_cells(panel, "m", DAY, "vendor", 30).known
    alive = sorted(row.feature for row in found.features if row.n_vendors_with)
    unknown = {row.feature: row.n_vendors_unknown for row in found.features}
    counted = (~cells).sum(axis=0).tolist()
    assert counted == [unknown[feature] for feature in alive]
    assert sum(counted)
