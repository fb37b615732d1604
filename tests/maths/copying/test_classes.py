"""Which features stay uncopied, by category (metrics.md, 13.5), worked out by hand."""

from datetime import date
from typing import Any

import pytest
from msgspec import UNSET

from service.maths.copying.classes import CopyClasses, copy_classes
from service.maths.panel.panel import Panel
from service.usecases.analyses.case_facts import facts_of

DAY = date(2024, 12, 31).toordinal()  # day 365 of what is first on 1 January
ADOPTIONS = (
    ("A", "x1", "2024-01-01"),
    ("B", "x1", "2024-04-10"),
    ("C", "x1", "2024-07-19"),
    ("A", "x2", "2024-01-01"),
    ("B", "y1", "2024-01-01"),
    ("A", "y1", "2024-02-20"),
    ("C", "z1", "2024-01-01"),
    ("A", "z1", "2024-01-02"),
    ("B", "z1", "2024-01-02"),
    ("D", "z1", "2024-01-02"),
)
CATEGORIES = {"x1": "x", "x2": "x", "y1": "y", "z1": None}


def _classes(**given: Any) -> CopyClasses:
    records: list[dict[str, Any]] = [
        {"kind": "feature", "id": feature, "category": category}
        for feature, category in CATEGORIES.items()
    ]
    records += [
        {"kind": "product", "id": v, "vendor": v, "markets": ["m"], "launched": "2020-01-01"}
        for v in "ABCD"
    ]
    records += [
        {"kind": "adoption", "product": v, "feature": f, "date": day, "stage": "ga"}
        for v, f, day in ADOPTIONS
    ]
    found = copy_classes(
        Panel(facts_of(records)), market="m", on=DAY, by="feature.category", **given
    )
    assert found is not UNSET
    return found


def test_the_curve_of_a_class_is_over_the_rows_of_all_its_features() -> None:
    """x: six rivals, one copy at 100, one at 200: S(365) = 5/6 x 4/5. y: three, one at 50."""
    x, y, _ = _classes().classes
    assert (x.n_features, x.n_rows, x.n_copies) == (2, 6, 2)
    assert x.share_copied_within_year == pytest.approx(1 / 3)
    assert x.median_time_to_copy_days is None
    assert (y.n_rows, y.n_copies) == (3, 1)
    assert y.share_copied_within_year == pytest.approx(1 / 3)


def test_what_had_rivals_and_no_copy_is_named() -> None:
    found = _classes()
    x, y, z = found.classes
    assert (x.uncopied_share, x.uncopied_features) == (0.5, ["x2"])
    assert (y.uncopied_share, y.uncopied_features) == (0.0, [])
    assert (found.n_features, found.n_uncopied) == (4, 1)
    assert z.uncopied_features == []


def test_a_feature_that_all_had_at_once_has_no_rivals() -> None:
    found = _classes()
    z = found.classes[-1]
    assert (z.category, z.n_features, z.n_rows) == (None, 1, 0)
    assert found.reasons["classes.None.uncopied_share"] == "no_features"
    assert found.reasons["classes.None.median_time_to_copy_days"] == "too_few_rivals"


def test_with_a_window_of_a_day_less_it_has() -> None:
    assert _classes(simultaneity_days=0).classes[-1].n_copies == 3


def test_nothing_is_told_if_it_was_not_asked_for() -> None:
    assert copy_classes(Panel(facts_of([])), market="m", on=DAY) is UNSET
