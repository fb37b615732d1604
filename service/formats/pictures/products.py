"""A product beside others, its versions, its users; and the capital of a vendor."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from service.formats.pictures import charts, grids, ranking, timelines
from service.formats.pictures.lines import Box, Place, placed
from service.formats.pictures.markets import cadence_title
from service.formats.pictures.picture import Canvas, Picture, of_nothing
from service.formats.pictures.ranking import Row
from service.formats.pictures.theme import LABEL
from service.formats.pictures.timelines import Event
from service.texts.labels import heading, label
from service.texts.messages import counted, message, speaker
from service.texts.values import amount, days, edtf_text, list_text, percent

_ROWS, HEIGHT = 20, 300


def similar(answer: Any, canvas: Canvas) -> Picture:
    """The nearest products by the share of features that both have."""
    say, result, lang = speaker("pictures.similar", canvas.lang), answer.result, canvas.lang
    product = answer.subject.name
    if not result.neighbours:
        return of_nothing(say("none", product=product), say("subtitle"), answer.finding)
    rows = [
        Row(
            id=one.product,
            name=one.product_name or one.product,
            value=one.jaccard,
            told=say("told", share=percent(one.jaccard, lang), n=len(one.shared)),
            is_marked=place == 0,
        )
        for place, one in enumerate(result.neighbours[:_ROWS])
    ]
    first = result.neighbours[0]
    return Picture(
        title=say(
            "title",
            product=product,
            nearest=rows[0].name,
            share=percent(first.jaccard, lang),
            features=counted("findings.counts.features", len(first.shared), lang),
        ),
        subtitle=say("subtitle"),
        alternative=f"{answer.finding} {list_text([row.name for row in rows[:3]], lang)}",
        spec={"layer": ranking.bars(rows, ranking.SHARES, canvas)},
        height=ranking.height(rows),
    )


def gaps(answer: Any, canvas: Canvas) -> Picture:
    """What a product is not known to have, by the share of peers that have it."""
    say, result, lang = speaker("pictures.gaps", canvas.lang), answer.result, canvas.lang
    product = answer.subject.name
    if not result.missing:
        return of_nothing(say("none", product=product, n=0), say("subtitle"), answer.finding)
    rows = [
        Row(
            id=one.feature,
            name=one.feature_name or one.feature,
            value=one.peer_share,
            told=_gap(one, lang),
            is_marked=one.state == "absent",
        )
        for one in result.missing[:_ROWS]
    ]
    absent = sum(one.state == "absent" for one in result.missing)
    features = counted("findings.counts.features", len(result.missing), lang)
    return Picture(
        title=say("title", product=product, features=features, absent=absent),
        subtitle=say("subtitle"),
        alternative=answer.finding,
        spec={"layer": ranking.bars(rows, ranking.SHARES, canvas)},
        height=ranking.height(rows),
    )


def _gap(one: Any, lang: str) -> str:
    share = percent(one.peer_share, lang)
    return message(f"pictures.gaps.{one.state}", lang, share=share)


def compared(answer: Any, canvas: Canvas) -> Picture:
    """The features of each of the compared: present, known to be absent, unknown."""
    say, lang = speaker("pictures.compared", canvas.lang), canvas.lang
    rows = [row for row in answer.rows if row.attribute.startswith("feature:")]
    names = [subject.name for subject in answer.subjects]
    told = list_text(names, lang)
    if not rows:
        return of_nothing(
            say("none", names=told, n=0), say("subtitle"), say("none", names=told, n=0)
        )
    states = ["".join(_STATES.get(str(cell["value"]), "p") for cell in row.cells) for row in rows]
    order = sorted(range(len(rows)), key=lambda place: (-states[place].count("p"), place))[:36]
    summary = answer.summary
    given = {"shared": summary.shared_features, "differing": summary.differing}
    title = say("title", names=told, **given)
    common = [row.label for row, state in zip(rows, states, strict=True) if set(state) == {"p"}]
    shared = list_text(common, lang) or message("pictures.compared.nothing", lang)
    layers = grids.states_grid(
        [rows[place].label for place in order], names, [states[place] for place in order], canvas
    )
    return Picture(
        title=title,
        subtitle=say("subtitle"),
        alternative=f"{title}{say('shared', features=shared)}",
        spec={"layer": layers},
        height=17 * len(order) + 140,
    )


_STATES = {"absent": "a", "unknown": "u"}


def cadence_of_product(answer: Any, canvas: Canvas) -> Picture:
    """The versions of each year."""
    say, result, lang = speaker("pictures.cadence", canvas.lang), answer.result, canvas.lang
    name = answer.subject.name
    if result.median_gap_days is None or not result.years:
        title = say("none", name=name)
        return of_nothing(title, say("subtitle.years"), answer.finding)
    rows = [
        Row(
            id=str(one.year),
            name=str(one.year),
            value=one.n_versions,
            told=_year(one, lang),
        )
        for one in result.years
    ]
    most = max(row.value or 0.0 for row in rows)
    scale = {"domain": [0, most or 1], "nice": False}
    x = {"field": "value", "type": "quantitative", "scale": scale, "axis": None}
    return Picture(
        title=cadence_title(result, name, lang),
        subtitle=say("subtitle.years"),
        alternative=answer.finding,
        spec={"layer": ranking.bars(rows, x, canvas)},
        height=ranking.height(rows),
    )


def _year(one: Any, lang: str) -> str:
    versions = counted("findings.counts.versions", one.n_versions, lang)
    if one.median_gap_days is None:
        return versions
    gap = days(round(one.median_gap_days), lang)
    return message("pictures.cadence.year", lang, versions=versions, gap=gap)


def audience(answer: Any, canvas: Canvas) -> Picture:
    """The metric of which most figures are on record, through time; those that contradict each
    other are marked."""
    say, result, lang = speaker("pictures.audience", canvas.lang), answer.result, canvas.lang
    product = answer.subject.name
    series = max(result.series, key=lambda one: (one.n_figures, one.metric), default=None)
    if series is None:
        return of_nothing(say("none", product=product, n=0), say("subtitle.none"), answer.finding)
    metric = label(series.metric, lang)
    entries = [one for one in result.entries if one.metric == series.metric]
    figures = counted("findings.counts.figures", len(entries), lang)
    title = say("some", product=product, metric=metric, figures=figures)
    if series.last_value is not None:
        title = say(
            "title",
            product=product,
            metric=metric,
            last=amount(series.last_value, lang),
            period=edtf_text(series.last_period, lang),
        )
    contradicted = counted("findings.counts.figures", result.n_contradicted, lang)
    more = say("contradicted", figures=contradicted) if result.n_contradicted else ""
    return Picture(
        title=title,
        subtitle=say("subtitle.said", metric=metric, n=result.n_figures - len(entries)) + more,
        alternative=answer.finding,
        spec={"layer": _figures(entries, answer, canvas)},
        height=HEIGHT,
    )


def _figures(entries: Sequence[Any], answer: Any, canvas: Canvas) -> list[dict[str, Any]]:
    colours, lang = charts.palette(canvas), canvas.lang
    first = timelines.first_day([one.period for one in entries], answer.on)
    values = list[dict[str, Any]]()
    for place, one in enumerate(entries):
        lo, hi = timelines.bounds(one.period)
        is_told = place in (0, len(entries) - 1) or one.is_contradicted
        values.append(
            {
                "from": (lo or first).isoformat(),
                "to": hi.isoformat(),
                "value": float(one.value),
                "text": amount(one.value, lang) if is_told else "",
                "colour": colours.orange if one.is_contradicted else colours.blue,
            }
        )
    x = charts.time("from", first, answer.on, canvas)
    most = max(one["value"] for one in values) or 1.0
    scale = {"domain": [0, most], "nice": False}
    y = {"field": "value", "type": "quantitative", "axis": None, "scale": scale}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    bars = {"x": x, "x2": {"field": "to"}, "y": y, "color": colour}
    text = {"x": {**x, "field": "to"}, "y": y, "color": colour, "text": {"field": "text"}}
    return [
        charts.layer("rule", values, bars, size=4, strokeCap="round"),
        *charts.placed_words(values, _places(values, (first, answer.on), most, canvas), text),
    ]


def _places(
    values: Sequence[dict[str, Any]], days_: tuple[date, date], most: float, canvas: Canvas
) -> list[Place]:
    """Where the words stand, in a chart about as large as it will be."""
    width, height = canvas.width - 48.0, HEIGHT - timelines.AXIS
    first, last = (day.toordinal() for day in days_)
    wide = max(1, last - first)
    marks = []
    for one in values:
        ends = (date.fromisoformat(one[end]).toordinal() - first for end in ("from", "to"))
        left, right = (width * end / wide for end in ends)
        at = height * (1 - one["value"] / most)
        marks.append(Box(left, at - 3, right + 2, at + 3))
    texts = [one["text"] for one in values]
    return placed(marks, texts, Box(0, 0, width + 20, height), LABEL)


def capital(answer: Any, canvas: Canvas) -> Picture:
    """What went, or is to go, into a vendor: a row for each kind, a mark for each figure."""
    say, result, lang = speaker("pictures.capital", canvas.lang), answer.result, canvas.lang
    vendor = answer.subject.name
    if not result.entries:
        return of_nothing(say("none", vendor=vendor, n=0), say("subtitle"), answer.finding)
    last = {entry.line: entry for entry in result.entries}
    lines = {line.line: line for line in result.lines}
    events = [
        Event(
            row=_kind(lines[one.line], lang),
            date=one.date,
            told=_sum(one, lines[one.line], lang) if last[one.line] is one else "",
            is_marked=one.is_contradicted,
        )
        for one in result.entries
        if one.line in lines
    ]
    figures = counted("findings.counts.figures", result.n_figures, lang)
    more = ""
    if result.n_disputed:
        disputed = counted("findings.counts.figures", result.n_disputed, lang)
        more = say("disputed", figures=disputed)
    title = say("title", vendor=vendor, figures=figures)
    return Picture(
        title=title,
        subtitle=say("subtitle") + more,
        alternative=answer.finding,
        spec={"layer": timelines.timeline(events, answer.on, canvas)},
        height=timelines.height(events) + 10,
    )


def _kind(line: Any, lang: str) -> str:
    """Machines by their name, money by what it is for."""
    what = heading(line.type, lang)
    if line.type == "compute_purchase" and isinstance(line.measured_in, str):
        what = line.measured_in
    return message("pictures.capital.kind", lang, what=what, status=label(line.status, lang))


def _sum(one: Any, line: Any, lang: str) -> str:
    """Money, or how many machines of the row."""
    quantity, value = getattr(one, "quantity", None), getattr(one, "amount", None)
    if isinstance(value, int | float):
        currency = label(line.currency or None, lang)
        return message("findings.capital.money", lang, n=amount(value, lang), currency=currency)
    if isinstance(quantity, int | float):
        return amount(quantity, lang)
    return message("reasons.not_public", lang)
