"""No line runs through words: they have the ground around them."""

from datetime import date
from typing import Any

from service.formats.pictures import charts, ranking, timelines
from service.formats.pictures.picture import Canvas
from service.formats.pictures.ranking import Row
from service.formats.pictures.timelines import Event

CANVAS = Canvas(
    theme="dark", lang="en", width=400, revision=2, day=None, address="https://parity.example/v1"
)
X = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 9]}, "axis": {}}


def words(layers: list[dict[str, Any]], *, around: bool) -> list[str]:
    """What stands in them, or what has the ground around it, in the order in which it is drawn."""
    ground = charts.palette(CANVAS).ground
    return [
        value["text"]
        for layer in layers
        if layer["mark"]["type"] == "text" and (layer["mark"].get("stroke") == ground) == around
        for value in layer["data"]["values"]
    ]


def test_of_values_but_not_on_the_bar_of_what_is_unknown() -> None:
    rows = [
        Row(id="a", name="A", value=3.0, low=1.0, high=4.0, told="3"),
        Row(id="b", name="B", value=2.0, told="2"),
        Row(id="c", name="C", told="not known"),
    ]
    layers = ranking.points(rows, X, CANVAS)
    assert words(layers, around=True) == ["3", "2"]
    assert words(layers, around=False) == ["3", "2", "not known"]


def test_of_events() -> None:
    events = [
        Event(row="Chips", date="2024-05-01", told="10,000"),
        Event(row="Money", date="2025", told="¥1"),
    ]
    layers = timelines.timeline(events, date(2026, 11, 30), CANVAS)
    assert words(layers, around=True) == words(layers, around=False) == ["10,000", "¥1"]
