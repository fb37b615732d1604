"""Versions of products through time: those of one product a row each, else a row for each product;
what is dated to the day as a mark, all else as a bar over the days that it may have been."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from service.formats.pictures import charts, timelines
from service.formats.pictures.lines import width_of
from service.formats.pictures.picture import Canvas, Picture
from service.formats.pictures.ranking import apart
from service.formats.pictures.theme import LABEL
from service.formats.pictures.timelines import AXIS, Facts
from service.texts.messages import counted, message, speaker
from service.texts.values import edtf_text

Record = Mapping[str, Any]
ROW, ROWS_MAX = 22, 40
_CHART = 0.62  # of the width, about, what names leave
_KINDS = ("span", "day", "open")
_COLOUR = {"field": "colour", "type": "nominal", "scale": None}


class _Row(Struct, frozen=True):
    """`told` stands behind its last mark, or at the end of the row."""

    id: str
    name: str
    versions: list[Record]

    @property
    def dated(self) -> list[Record]:
        return [one for one in self.versions if one["date"] is not None]


def version_timeline(answer: Facts, canvas: Canvas) -> Picture:
    """Of one product by version, of several by product, those with most versions first."""
    say, lang = speaker("pictures.versions", canvas.lang), canvas.lang
    if not answer.data:
        why = say("nothing")
        return charts.empty(say("none"), say("subtitle.none"), why, why, canvas)
    is_one = len({one["product_id"] for one in answer.data}) == 1
    rows = _versions(answer.data) if is_one else _products(answer.data)
    shown = rows[-ROWS_MAX:] if is_one else rows[:ROWS_MAX]
    title = _title(answer.data, canvas.lang, is_one=is_one)
    told = message("lists.semicolon", lang).join(_told(row, lang, is_one=is_one) for row in shown)
    return Picture(
        title=title,
        subtitle=_subtitle(answer, shown, len(rows), canvas.lang, is_one=is_one),
        alternative=f"{title}{say('told', rows=told)}",
        spec={"layer": _layers(shown, answer.on, canvas, is_one=is_one)},
        height=ROW * len(shown) + AXIS,
    )


def _versions(data: Sequence[Record]) -> list[_Row]:
    """By the day on which each was out at the latest, those without a date last."""
    return [_Row(one["id"], one["name"], [one]) for one in sorted(data, key=_order)]


def _products(data: Sequence[Record]) -> list[_Row]:
    found: dict[str, list[Record]] = {}
    for one in sorted(data, key=_order):
        found.setdefault(one["product_id"], []).append(one)
    rows = [_Row(id_, own[0]["product"]["name"], own) for id_, own in found.items()]
    return sorted(rows, key=lambda row: (-len(row.versions), _order(row.versions[0])))


def _order(one: Record) -> tuple[bool, date, date, str]:
    if one["date"] is None:
        return True, date.max, date.max, one["name"]
    lo, hi = timelines.bounds(one["date"])
    return False, hi, lo or date.min, one["name"]


def _title(data: Sequence[Record], lang: str, *, is_one: bool) -> str:
    say = speaker("pictures.versions", lang)
    dated = sorted((one for one in data if one["date"] is not None), key=_order)
    products = len({one["product_id"] for one in data})
    values = {
        "product": data[0]["product"]["name"],
        "products": counted("findings.counts.products", products, lang),
        "versions": counted("pictures.versions.n", len(data), lang),
    }
    if not dated:
        return say(f"undated.{'product' if is_one else 'products'}", **values)
    first, last = dated[0], dated[-1]
    values |= {"first": first["name"], "first_day": edtf_text(first["date"], lang)}
    values |= {"last": last["name"], "day": edtf_text(last["date"], lang)}
    values |= {"of": last["product"]["name"]}
    if not is_one:
        return say("products", **values)
    return say(f"product.{'several' if len(dated) > 1 else 'one'}", **values)


def _subtitle(answer: Facts, shown: Sequence[_Row], rows: int, lang: str, *, is_one: bool) -> str:
    say = speaker("pictures.versions", lang)
    exact = sum(_is_exact(one["date"]) for one in answer.data if one["date"])
    undated = sum(one["date"] is None for one in answer.data)
    parts = [say("subtitle.said", exact=exact, n=len(answer.data))]
    if undated:
        parts.append(counted("pictures.versions.undated.n", undated, lang))
    if not is_one:
        parts.append(say("subtitle.last"))
    if len(shown) < rows:
        parts.append(say("cut.rows", n=len(shown), of=rows))
    if answer.total > len(answer.data):
        parts.append(say("cut.versions", n=len(answer.data), of=answer.total))
    return "".join(parts)


def _is_exact(text: str) -> bool:
    lo, hi = timelines.bounds(text)
    return lo == hi


def _told(row: _Row, lang: str, *, is_one: bool) -> str:
    """What a row says, in words."""
    say = speaker("pictures.versions", lang)
    last = edtf_text(row.dated[-1]["date"], lang) if row.dated else say("when")
    if is_one:
        return say("one.version", name=row.name, day=last)
    return say("one.product", name=row.name, versions=_count(row, lang), day=last)


def _count(row: _Row, lang: str) -> str:
    return counted("pictures.versions.n", len(row.versions), lang)


def _layers(
    rows: Sequence[_Row], on: date, canvas: Canvas, *, is_one: bool
) -> list[dict[str, Any]]:
    dates = [one["date"] for row in rows for one in row.dated]
    last = max([on, *(timelines.bounds(text)[1] for text in dates)])
    days = timelines.first_day(dates, on), last
    names = apart([row.name for row in rows], [row.id for row in rows], canvas)
    named = list(zip(names, rows, strict=True))
    x = charts.time("from", *days, canvas)
    y = charts.names("name", scale={"domain": names})
    latest = max(dates, key=lambda text: timelines.bounds(text)[1], default=None)
    marks = [
        _mark(name, one, days, canvas, is_marked=not is_one and one["date"] == latest)
        for name, row in named
        for one in row.versions
    ]
    words = [_words(name, row, days, canvas, is_one=is_one) for name, row in named]
    lines = _leaders(marks, words, days) if is_one else [_lane(*one, days) for one in named]
    colours, ends = charts.palette(canvas), {"x": x, "x2": {"field": "to"}, "y": y}
    thin, wide = {"color": colours.grid, "size": 1}, {"color": colours.pale, "size": 3}
    lanes = charts.layer("rule", lines, ends, **(thin if is_one else wide))
    return [
        *_before(marks, days, ends, canvas),
        lanes,
        *_drawn(marks, ends, canvas),
        *_written(words, x, y),
    ]


def _before(
    marks: Sequence[dict[str, Any]],
    days: tuple[date, date],
    ends: dict[str, Any],
    canvas: Canvas,
) -> list[dict[str, Any]]:
    """What nobody knows the day of, and how far back the others may lie: once for each row."""
    colours, is_round = charts.palette(canvas), {"cornerRadius": 3}
    unknown = [one for one in marks if one["kind"] == "unknown"]
    opened = sorted((one for one in marks if one["kind"] == "open"), key=lambda one: one["to"])
    last = {one["name"]: one["to"] for one in opened}
    tails = [{"name": name, "from": days[0].isoformat(), "to": to} for name, to in last.items()]
    return [
        charts.layer("bar", unknown, ends, color=colours.unknown, height=13, **is_round),
        charts.layer("bar", tails, ends, color=colours.pale, height=9, opacity=0.75, **is_round),
    ]


def _drawn(
    marks: Sequence[dict[str, Any]], ends: dict[str, Any], canvas: Canvas
) -> list[dict[str, Any]]:
    kinds = {kind: [one for one in marks if one["kind"] == kind] for kind in _KINDS}
    at, ground = {"x": ends["x"], "y": ends["y"]}, charts.palette(canvas).ground
    edged, last = {"stroke": _COLOUR, "color": _COLOUR}, {**ends["x"], "field": "to"}
    hollow = {"fill": ground, "strokeWidth": 2, "opacity": 1}
    return [
        charts.layer("bar", kinds["span"], ends | edged, height=8, opacity=0.6, strokeWidth=2),
        charts.layer("point", kinds["day"], {**at, "color": _COLOUR}, opacity=0.85),
        charts.layer("point", kinds["open"], {**at, "x": last, "stroke": _COLOUR}, **hollow),
    ]


def _mark(
    name: str, one: Record, days: tuple[date, date], canvas: Canvas, *, is_marked: bool
) -> dict[str, Any]:
    """Where nobody knows when, it is as long as the picture."""
    if one["date"] is None:
        return _span(name, days) | {"kind": "unknown"}
    lo, hi = timelines.bounds(one["date"])
    colours = charts.palette(canvas)
    kind = "open" if lo is None else "day" if lo == hi else "span"
    colour = colours.orange if is_marked else colours.blue
    return _span(name, (lo or days[0], hi)) | {"colour": colour, "kind": kind}


def _lane(name: str, row: _Row, days: tuple[date, date]) -> dict[str, Any]:
    """From the first version of a product on."""
    lo, hi = timelines.bounds(row.dated[0]["date"]) if row.dated else days
    return _span(name, (lo or hi, days[1]))


def _leaders(
    marks: Sequence[dict[str, Any]], words: Sequence[dict[str, Any]], days: tuple[date, date]
) -> list[dict[str, Any]]:
    """From the name of a version to its mark, where no words stand between."""
    return [
        {"name": mark["name"], "from": days[0].isoformat(), "to": mark["from"]}
        for mark, word in zip(marks, words, strict=True)
        if not word["is_before"]
    ]


def _span(name: str, days: tuple[date, date]) -> dict[str, Any]:
    return {"name": name, "from": days[0].isoformat(), "to": days[1].isoformat()}


def _words(
    name: str, row: _Row, days: tuple[date, date], canvas: Canvas, *, is_one: bool
) -> dict[str, Any]:
    """The day beside the mark of a version, on the side that has room; how many at the end of the
    row of a product."""
    lang, word = canvas.lang, {"name": name, "is_before": False}
    if not is_one:
        return {**word, "from": days[1], "text": str(len(row.versions))}
    if not row.dated:
        return {**word, "from": days[0], "text": message("pictures.versions.when", lang)}
    told = edtf_text(row.dated[0]["date"], lang)
    lo, hi = timelines.bounds(row.dated[0]["date"])
    scale, need = (
        canvas.width * _CHART / ((days[1] - days[0]).days or 1),
        width_of(told, LABEL) + 20,
    )
    before, behind = (((lo or hi) - days[0]).days * scale, (days[1] - hi).days * scale)
    is_before = behind < need <= before  # where there is none, the chart makes room behind
    return {**word, "from": lo or hi if is_before else hi, "text": told, "is_before": is_before}


def _written(
    words: Sequence[dict[str, Any]], x: dict[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    before = [one for one in words if one["is_before"]]
    behind = [one for one in words if not one["is_before"]]
    return [
        charts.words(behind, x, y, align="left", dx=8),
        charts.words(before, x, y, align="right", dx=-8),
    ]
