"""Events through time: exact dates as marks, imprecise ones as bars as long as what they may be."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from service.formats.pictures import charts
from service.formats.pictures.lines import shortened
from service.formats.pictures.picture import Canvas
from service.formats.pictures.ranking import ROW
from service.formats.pictures.theme import LABEL
from service.model.dates import parse_date

AXIS, EXACT_DAYS = 28, 1
_NAMES = 0.34  # of the width, at most
_COLOUR = {"field": "colour", "type": "nominal", "scale": None}


class Facts(Struct, frozen=True):
    """What is drawn of a list: all that it has, or as many of its `total` as a picture takes."""

    data: list[dict[str, Any]]
    total: int
    on: date


class Event(Struct, frozen=True, kw_only=True):
    """In a row of this name, on a date as stored; `told` stands behind it."""

    row: str
    date: str
    told: str = ""
    is_marked: bool = False


def height(events: Sequence[Event]) -> int:
    """In pixels."""
    return ROW * len({event.row for event in events}) + AXIS


def bounds(text: str) -> tuple[date | None, date]:
    """The first and the last day that a date as stored may mean; None: who knows when."""
    said = parse_date(text)
    return said.lo, said.hi


def first_day(dates: Sequence[str], on: date) -> date:
    """Where a picture of them begins: a quarter of a year before the first."""
    days = [lo or hi for lo, hi in map(bounds, dates)]
    first = min([*days, on])
    return date.fromordinal(max(1, first.toordinal() - 91))


def timeline(events: Sequence[Event], on: date, canvas: Canvas) -> list[dict[str, Any]]:
    """The rows in the order in which they come."""
    first = first_day([event.date for event in events], on)
    x = charts.time("from", first, on, canvas)
    values = [_value(event, first, canvas) for event in events]
    exact = [one for one in values if one["days"] <= EXACT_DAYS]
    vague = [one for one in values if one["days"] > EXACT_DAYS]
    y, to = _y(), {"field": "to"}
    told = [one for one in values if one["text"]]
    return [
        charts.layer(
            "bar", vague, {"x": x, "x2": to, "y": y, "color": _COLOUR}, height=8, opacity=0.55
        ),
        charts.layer("point", exact, {"x": x, "y": y, "color": _COLOUR}, opacity=1, size=80),
        *charts.on_ground(charts.words(told, {**x, "field": "to"}, y, align="left", dx=9), canvas),
    ]


def _value(event: Event, first: date, canvas: Canvas) -> dict[str, Any]:
    lo, hi = bounds(event.date)
    colours = charts.palette(canvas)
    return {
        "name": shortened(event.row, canvas.width * _NAMES, LABEL),
        "from": (lo or first).isoformat(),
        "to": hi.isoformat(),
        "days": (hi - lo).days + 1 if lo else EXACT_DAYS + 1,
        "text": event.told,
        "colour": colours.orange if event.is_marked else colours.blue,
    }


def _y() -> dict[str, Any]:
    return charts.names("name", grid=True, sort=None)
