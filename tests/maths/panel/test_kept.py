"""What is computed once for the facts of a market, whatever is written elsewhere."""

from datetime import date
from typing import Any

import pytest

from service.maths.panel.panel import Panel
from service.maths.panel.unknown_cells import MarketCells, drawn_cells, unknown_cells
from service.maths.parameters import DateDraws
from service.usecases.analyses.case_facts import facts_of

ON = date(2024, 6, 1).toordinal()
RECORDS: list[dict[str, Any]] = [
    {"kind": "product", "id": name, "vendor": f"v-{name}", "markets": [market], "launched": "2023"}
    for name, market in (("a", "m"), ("b", "m"), ("x", "other"))
]
RECORDS += [
    {"kind": "adoption", "product": name, "feature": "f", "date": "2023-05", "stage": "ga"}
    for name in ("a", "x")
]
SURVEY = {"kind": "survey", "product": "b", "market": "m", "features": None, "date": "2024-01-01"}


def runs(*states: list[dict[str, Any]], key: str) -> list[bool]:
    """Of each state of the base, whether something of market m is computed anew."""
    computed = []
    for records in states:
        made: list[bool] = []
        Panel(facts_of(records)).kept("m", key, lambda made=made: made.append(True))
        computed.append(bool(made))
    return computed


def test_a_write_elsewhere_keeps_it() -> None:
    elsewhere = [
        {"kind": "adoption", "product": "x", "feature": "a-new-one", "date": "2024-01-01"},
        {"kind": "product", "id": "aa", "vendor": "v-x", "markets": ["other"], "launched": "2024"},
    ]
    assert runs(RECORDS, RECORDS + elsewhere, key="elsewhere") == [True, False]


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "adoption", "product": "b", "feature": "f", "date": "2024-01-01"},
        {"kind": "product", "id": "c", "vendor": "v-c", "markets": ["m"], "launched": "2024"},
        {"kind": "feature", "id": "f", "markets": ["other"]},
        {"kind": "market", "id": "m", "tracked_since": "2023-06"},
        SURVEY,
    ],
    ids=lambda more: more["kind"],
)
def test_a_write_in_the_market_does_not(more: dict[str, Any]) -> None:
    assert runs(RECORDS, [*RECORDS, more], key=f"inside {more['kind']}") == [True, True]


def test_it_is_kept_by_stage_and_key() -> None:
    panels = [Panel(facts_of(RECORDS), stage) for stage in ("preview", "ga")]
    made = [panel.kept("m", key, object) for panel in panels for key in ("one", "two")]
    assert len(set(map(id, made))) == 4
    assert panels[0].kept("m", "one", object) is made[0]


def test_it_is_kept_by_the_features_that_count() -> None:
    elsewhere = {"kind": "feature", "id": "f", "markets": ["other"]}
    panel = Panel(facts_of([*RECORDS, elsewhere]))
    inside = panel.within("m")
    assert inside is not panel
    made = [one.kept("m", "counting", object) for one in (panel, inside, panel.within("m"))]
    assert made[0] is not made[1]
    assert made[1] is made[2]


def drawn_on(panel: Panel, *days: str) -> list[bool]:
    """Of each day whether its unknown cells are drawn anew."""
    drawn = list[bool]()

    def note(cells: MarketCells, draws: DateDraws) -> Any:
        drawn[-1] = True
        return cells.has

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MarketCells, "drawn", note)
        for day in days:
            drawn.append(False)
            cells = unknown_cells(panel, "m", date.fromisoformat(day).toordinal(), 365)
            drawn_cells(cells, DateDraws(date_draws=7, seed=11))
    return drawn


def test_cells_are_drawn_again_only_for_days_on_which_others_are_known() -> None:
    more = [
        *RECORDS,
        SURVEY,
        {"kind": "adoption", "product": "a", "feature": "g", "date": "2024-03-01"},
        {"kind": "product", "id": "c", "vendor": "v-c", "markets": ["m"], "launched": "2024-05-01"},
        {"kind": "adoption", "product": "c", "feature": "g", "date": "2024-06-01"},
        {"kind": "adoption", "product": "b", "feature": "f", "date": "2023-11-01"},
    ]
    days = ("2024-02-01", "2024-02-02", "2024-03-01", "2024-05-31", "2024-06-01", "2024-02-03")
    again = drawn_on(Panel(facts_of(more)), *days)
    assert again == [True, False, True, False, True, False]
    assert drawn_on(Panel(facts_of(more)), "2024-12-31", "2025-01-01") == [False, True]
    sold = [{**one, "vendor": "v-a"} if one.get("id") == "b" else one for one in more]
    assert drawn_on(Panel(facts_of(sold)), "2024-02-01") == [True]
