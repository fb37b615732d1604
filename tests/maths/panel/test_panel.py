"""How stored dates become days (metrics.md, 2.1 and 2.2)."""

from datetime import date
from typing import Any

import numpy as np

from service.maths.panel.panel import Panel
from service.usecases.analyses.case_facts import facts_of


def a_panel(launched: str | None, *adoptions: dict[str, Any], **product: Any) -> Panel:
    records = [{"kind": "product", "id": "p", "vendor": "v", "markets": ["m"],
                "launched": launched, **product}]  # fmt: skip
    rows = (
        {"kind": "adoption", "product": "p", "feature": "f", "stage": "ga"} | a for a in adoptions
    )
    return Panel(facts_of([*records, *rows]))


def spell(panel: Panel, row: int = 0) -> tuple[str, str | None]:
    start, end = int(panel.adoptions.start[row]), int(panel.adoptions.end[row])
    last = date.max.toordinal()
    return day(start), day(end) if end <= last else None


def day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def test_a_representative_day_is_the_lower_middle() -> None:
    for text, middle in (("2024-12", "2024-12-16"), ("2023", "2023-07-02"), ("2024", "2024-07-01")):
        assert spell(a_panel("2020-01-01", {"date": text})) == (middle, None)


def test_an_open_start_is_the_last_day() -> None:
    panel = a_panel("2020-01-01", {"date": "[..2024-03-31]"})
    assert spell(panel) == ("2024-03-31", None)
    assert day(int(panel.adoptions.lo[0])) == "2020-01-01"


def test_dated_before_the_launch_is_at_launch() -> None:
    panel = a_panel("2022-05", {"date": "2021"})
    assert (spell(panel), panel.warnings) == (("2022-05-16", None), ["before_launch"])


def test_the_same_text_as_the_launch_is_the_same_day_in_every_draw() -> None:
    panel = a_panel("2022", {"date": "2022"})
    launch, _ = panel.life_draws(np.array([0]), 50)
    start, _ = panel.spell_draws(panel.adoptions, 50)
    assert (start == launch).all()
    assert len(set(start[0].tolist())) > 10


def test_an_end_cuts_into_the_interval_of_its_start() -> None:
    panel = a_panel("2020-01-01", {"date": "2023", "until": "2023-03-10"})
    assert spell(panel) == ("2023-02-03", "2023-03-10")


def test_an_end_before_the_start_is_ignored() -> None:
    panel = a_panel("2020-01-01", {"date": "2023-05-01", "until": "2023-04-01"})
    assert (len(panel.adoptions), panel.warnings) == (0, ["contradictory_dates"])


def test_a_spell_after_the_discontinuation_is_ignored() -> None:
    panel = a_panel("2020-01-01", {"date": "2023-05-01"}, discontinued="2022-01-01")
    assert (len(panel.adoptions), panel.warnings) == (0, ["after_discontinuation"])


def test_evidence_stands_in_for_a_launch() -> None:
    panel = a_panel(None, {"date": "[..2023-02-01]"}, {"date": "2023-01", "feature": "g"})
    assert (day(int(panel.lives.launch[0])), panel.warnings) == (
        "2023-01-16",
        ["launch_from_evidence"],
    )


def test_without_any_date_a_product_never_counts() -> None:
    panel = a_panel(None, {"date": None})
    on = date(2024, 1, 1).toordinal()
    assert (panel.live(on).any(), panel.warnings) == (np.False_, ["launch_unknown"])
    assert panel.undated("m", on) == 1


def test_a_date_is_resolved_once_whatever_the_day_asked_about() -> None:
    panel = a_panel("2020-01-01", {"date": "2023", "until": "2023-03"})
    assert spell(panel) == ("2023-02-14", "2023-03-16")


def test_a_draw_stays_inside_the_life_of_the_same_draw() -> None:
    panel = a_panel("2023", {"date": "2023-06", "until": "2024-02"}, discontinued="2024")
    launch, life_end = panel.life_draws(np.array([0]), 200)
    start, end = panel.spell_draws(panel.possible_adoptions, 200)
    assert (start >= launch).all()
    assert (end <= life_end).all()


def test_what_lost_a_dispute_is_no_fact_of_a_file_either() -> None:
    won, lost = ({"date": day, "dispute": mark} for day, mark in
                 (("2024-03-01", "preferred"), ("2025-03-01", "other")))  # fmt: skip
    panel = a_panel("2020-01-01", won, lost)
    assert [spell(panel, row) for row in range(len(panel.adoptions.start))] == [
        ("2024-03-01", None)
    ]
