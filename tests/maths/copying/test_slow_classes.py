"""Classes of features against plain loops, on random markets (metrics.md, 13.5)."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from msgspec import UNSET

from service.maths.copying.classes import CopyClass, CopyClasses, copy_classes
from service.maths.panel.panel import Panel
from service.usecases.analyses.case_facts import facts_of
from tests.random_markets import FEATURES
from tests.slow import classes, copying
from tests.slow.classes import Run, classed
from tests.slow.lives import Life, lives

DAYS = ("2022-03-15", "2023-06-30", "2024-12-31")
CALLS = [(seed, day, least) for seed in range(12) for day in DAYS for least in ("preview", "ga")]


@cache
def _panel(seed: int, least: str) -> Panel:
    return Panel(facts_of(classed(seed)), least)


@cache
def _lives(seed: int, least: str) -> dict[str, Life]:
    return lives(classed(seed), "adoption", least)


def _ours(seed: int, on: int, least: str, **asked: Any) -> CopyClasses:
    basic = {"by": "feature.category", "unknown": "absent"}
    found = copy_classes(_panel(seed, least), on=on, **basic, **asked)
    assert found is not UNSET
    return found


@pytest.mark.parametrize(("seed", "day", "least"), CALLS)
@pytest.mark.parametrize("where", ["m", None])
@pytest.mark.parametrize("dates", ["spread", "bound"])
def test_classes(seed: int, day: str, least: str, where: str | None, dates: str) -> None:
    on = date.fromisoformat(day).toordinal()
    runs = classes.runs(copying.members(_lives(seed, least), where, on), FEATURES, on, dates)
    if where is not None:
        runs = [run for run in runs if run.race.origin >= classes.TRACKED.toordinal()]
    ours = _ours(seed, on, least, market=where, dates=dates)
    assert ours.n_features == len(runs)
    assert ours.n_uncopied == sum(run.uncopied for run in runs)
    names = [row.category for row in ours.classes]
    found = {classes.category(run.feature) for run in runs}
    assert names == [name for name in classes.CATEGORIES if name in found]
    for row in ours.classes:
        own = [run for run in runs if classes.category(run.feature) == row.category]
        _is_the_class(row, own, on, ours.reasons)


def _is_the_class(ours: CopyClass, own: list[Run], on: int, reasons: Any) -> None:
    rows, place = classes.pooled(own), f"classes.{ours.category}"
    assert (ours.n_features, ours.n_rows) == (len(own), len(rows))
    assert ours.n_copies == sum(event for _, _, event in rows)
    assert ours.median_time_to_copy_days == copying.median(rows)
    share = classes.share_within(rows, 365)
    shown = ours.share_copied_within_year
    if isinstance(share, str):
        assert (shown, reasons[f"{place}.share_copied_within_year"]) == (None, share)
    else:
        assert shown == pytest.approx(share, abs=1e-12)
    assert ours.uncopied_features == [run.feature for run in own if run.uncopied]
    contested = [run for run in own if run.race.status]
    uncopied = len(ours.uncopied_features) / len(contested) if contested else None
    assert ours.uncopied_share == (None if uncopied is None else pytest.approx(uncopied))
    _has_the_first_copies(ours, own, on, reasons)


def _has_the_first_copies(ours: CopyClass, own: list[Run], on: int, reasons: Any) -> None:
    shown = ours.first_copy_median_days, ours.first_copy_ci_low, ours.first_copy_ci_high
    rows = [row for run in own if (row := classes.exclusivity(run, on))[1] > row[0]]
    if len(rows) < 3:
        assert shown == (None, None, None)
        why = reasons[f"classes.{ours.category}.first_copy_median_days"]
        assert why == "too_few_features"
    else:
        assert shown == classes.half_with_limits(rows, 0.95)
