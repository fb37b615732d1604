"""Who took a feature up when: a row for each, what is dated to the day as a mark, all else as a
bar over the days that it may have been."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from service.formats.pictures import charts
from service.formats.pictures.lines import shortened, width_of
from service.formats.pictures.picture import Canvas, Picture
from service.formats.pictures.theme import LABEL
from service.formats.pictures.timelines import Facts
from service.model.dates import PartialDate, parse_date
from service.texts.labels import label
from service.texts.messages import counted, message, speaker
from service.texts.values import edtf_text

Record = Mapping[str, Any]
ROW, AXIS, LEGEND = 22, 26, 22  # pixels of height
ROWS_MAX = 40
_STAGES = ("announced", "preview", "ga")
_NAMES = 0.3  # of the width, at most
_BETWEEN, _AROUND = 18, 48  # pixels: words of the legend, beside names and chart


class _Row(Struct, frozen=True):
    name: str
    adoptions: list[Record]

    @property
    def order(self) -> tuple[bool, date, str]:
        """By the first time that somebody could use it; what was only announced last."""
        used = [one for one in self.adoptions if one["stage"] != "announced"]
        return not used, min(_when(one).hi for one in used or self.adoptions), self.name


def adoption_timeline(answer: Facts, canvas: Canvas) -> Picture:
    """Of one feature by vendor, of anything else by feature."""
    say, lang = speaker("pictures.adoptions", canvas.lang), canvas.lang
    dated = [one for one in answer.data if one["date"] is not None]
    features = {one["feature"]["name"] for one in answer.data}
    whose = next(iter(features)) if len(features) == 1 else None
    if not dated:
        title = say("none", name=whose or say("nobody"))
        why = say("no_dates") if answer.data else say("nothing")
        return charts.empty(title, say("subtitle.none"), f"{title}. {why}", why, canvas, 160)
    rows = _rows(dated, by_vendor=whose is not None)
    shown = rows[:ROWS_MAX]
    title = _title(rows, whose, canvas)
    cut = say("cut", n=len(shown), of=len(rows)) if len(shown) < len(rows) else ""
    undated = len(answer.data) - len(dated)
    missing = counted("pictures.adoptions.undated", undated, lang) if undated else ""
    return Picture(
        title=title,
        subtitle=say("subtitle.said") + cut + missing,
        alternative=f"{title}. {_told(shown, lang)}",
        spec={"layer": _layers(shown, answer.on, canvas)},
        height=ROW * len(shown) + AXIS + LEGEND,
    )


def _rows(dated: Sequence[Record], *, by_vendor: bool) -> list[_Row]:
    found: dict[str, list[Record]] = {}
    for one in dated:
        name = one["product"]["vendor"]["name"] if by_vendor else one["feature"]["name"]
        found.setdefault(name, []).append(one)
    return sorted((_Row(name, every) for name, every in found.items()), key=lambda row: row.order)


def _title(rows: Sequence[_Row], feature: str | None, canvas: Canvas) -> str:
    say, lang = speaker("pictures.adoptions", canvas.lang), canvas.lang
    used = [row for row in rows if not row.order[0]]
    if not used:
        return say("announced", name=feature or rows[0].name)
    first = min(
        (one for one in used[0].adoptions if one["stage"] != "announced"),
        key=lambda one: _when(one).hi,
    )
    day, product = edtf_text(first["date"], lang), first["product"]["name"]
    if feature is None:
        about = {"n": len(used), "first": used[0].name, "day": day}
        products = {one["product"]["name"] for row in rows for one in row.adoptions}
        if len(products) == 1:
            return say("product", product=product, **about)
        return say("features", **about)
    vendors = counted("findings.counts.vendors", len(used), lang)
    return say("feature", feature=feature, product=product, day=day, vendors=vendors)


def _told(rows: Sequence[_Row], lang: str) -> str:
    named = [
        message("pictures.adoptions.one", lang, name=row.name, day=edtf_text(first["date"], lang))
        for row in rows
        for first in [min(row.adoptions, key=lambda one: _when(one).hi)]
    ]
    return message("lists.semicolon", lang).join(named) + message("pictures.told_end", lang)


def _layers(rows: Sequence[_Row], on: date, canvas: Canvas) -> list[dict[str, Any]]:
    every = [one for row in rows for one in row.adoptions]
    earliest = min(_when(one).lo or _when(one).hi for one in every)
    first = date(earliest.year, 1, 1)
    marks = [_mark(row, one, first, canvas) for row in rows for one in row.adoptions]
    x, y = charts.time("from", first, on, canvas), _y(rows, canvas)
    colour = {"field": "colour", "type": "nominal", "scale": None}
    places = {"x": x, "y": y, "color": colour}
    lives = [_life(row, first, on, canvas) for row in rows]
    exact = [one for one in marks if one["is_exact"]]
    spans = [one for one in marks if not one["is_exact"]]
    ends = {"x2": {"field": "to"}, "y": y}
    opacity = {"field": "opacity", "type": "quantitative", "scale": None}
    return [
        charts.layer("rule", lives, {"x": x, **ends}, color=charts.palette(canvas).pale, size=3),
        charts.layer(
            "bar", spans, {**places, **ends, "opacity": opacity}, height=9, cornerRadius=3
        ),
        charts.layer("point", exact, places, size=80, opacity=1),
        _legend(every, max(width_of(name, LABEL) for name in y["sort"]), canvas),
    ]


def _mark(row: _Row, one: Record, first: date, canvas: Canvas) -> dict[str, Any]:
    when = _when(one)
    return {
        "row": _name(row, canvas),
        "from": (when.lo or first).isoformat(),
        "to": when.hi.isoformat(),
        "is_exact": when.lo == when.hi,
        "opacity": 0.25 if when.lo is None else 0.6,
        "colour": _colour(one["stage"], canvas),
    }


def _life(row: _Row, first: date, on: date, canvas: Canvas) -> dict[str, Any]:
    """From when it may have begun until it ended, or today."""
    ends = [one["until"] for one in row.adoptions]
    last = max((parse_date(end).hi for end in ends if end), default=on) if all(ends) else on
    begun = min(_when(one).lo or first for one in row.adoptions)
    return {"row": _name(row, canvas), "from": begun.isoformat(), "to": min(last, on).isoformat()}


def _legend(every: Sequence[Record], names: float, canvas: Canvas) -> dict[str, Any]:
    """What the colours say, above the first row; as far above its name as there is no room."""
    stages = [stage for stage in _STAGES if any(one["stage"] == stage for one in every)]
    values, place = list[dict[str, Any]](), 0.0
    for stage in stages:
        text = f"● {label(stage, canvas.lang)}"
        values.append({"text": text, "place": place, "colour": _colour(stage, canvas)})
        place += width_of(text, LABEL) + _BETWEEN
    lacking = max(0.0, place - _BETWEEN - (canvas.width - names - _AROUND))
    values = [{**value, "place": value["place"] - lacking} for value in values]
    encoding = {
        "text": {"field": "text"},
        "x": {"field": "place", "type": "quantitative", "scale": None, "axis": None},
        "y": {"value": -12},
        "color": {"field": "colour", "type": "nominal", "scale": None},
    }
    return charts.layer("text", values, encoding, align="left")


def _colour(stage: str, canvas: Canvas) -> str:
    colours = charts.palette(canvas)
    return {"ga": colours.blue, "preview": colours.orange}.get(stage, colours.muted)


def _name(row: _Row, canvas: Canvas) -> str:
    return shortened(row.name, canvas.width * _NAMES, LABEL)


def _y(rows: Sequence[_Row], canvas: Canvas) -> dict[str, Any]:
    order = list(dict.fromkeys(_name(row, canvas) for row in rows))
    return charts.names("row", sort=order)


def _when(one: Record) -> PartialDate:
    return parse_date(one["date"])
