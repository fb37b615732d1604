"""Rows against columns: products and features of a market, and who copied whom."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from service.formats.pictures import charts
from service.formats.pictures.lines import Box, shortened
from service.formats.pictures.picture import Canvas, Picture
from service.formats.pictures.theme import SMALL
from service.maths.copying.copy_graph import CopyGraph
from service.maths.products.matrix import MarketMatrix
from service.texts.messages import counted, message, speaker
from service.texts.values import percent

_CELL, _ROWS, _COLUMNS = 17, 36, 30
_LEADERS, _FOLLOWERS = 12, 16
_NAME, _SLANT = 150, -60  # pixels, degrees
Line: TypeAlias = Sequence[tuple[float, float]]  # from point to point
_TIGHT, _LEAST = 15, 10.5  # pixels of a column: below them its name stands upright, it is left out


def matrix(answer: Any, canvas: Canvas) -> Picture:
    """The products with most features above, the commonest features left."""
    say, result = speaker("pictures.matrix", canvas.lang), answer.result
    market, lang = answer.subject.name, canvas.lang
    if not result.rows or not result.columns:
        return _empty(say("none", market=market), say("subtitle"), answer, canvas)
    most = min(_COLUMNS, int(canvas.width * 0.64 / _LEAST))
    rows, columns = result.rows[:_ROWS], result.columns[:most]
    first = result.rows[0]
    unknown = 1 - (answer.coverage.known_share or 0)
    subtitle = say("subtitle")
    if len(rows) < len(result.rows) or len(columns) < len(result.columns):
        products = counted("findings.counts.products", len(result.rows), lang)
        features = counted("findings.counts.features", len(result.columns), lang)
        subtitle += say("cut", products=products, features=features)
    return Picture(
        title=say(
            "title",
            market=market,
            product=first.product_name,
            n=first.n_features,
            of=len(result.columns),
            unknown=percent(unknown, lang),
        ),
        subtitle=subtitle,
        alternative=f"{answer.finding} {_commonest(result, lang)}",
        spec={"layer": _matrix_layers(result, rows, columns, canvas)},
        height=_CELL * len(rows) + 110 + 30,
    )


def _commonest(result: MarketMatrix, lang: str) -> str:
    named: list[Any] = list(result.columns[:3])
    parts = [
        message(
            "pictures.rivals.one", lang, name=one.feature_name, told=percent(one.penetration, lang)
        )
        for one in named
        if one.penetration is not None
    ]
    return message("lists.semicolon", lang).join(parts)


def _matrix_layers(
    result: MarketMatrix, rows: Sequence[Any], columns: Sequence[Any], canvas: Canvas
) -> list[dict[str, Any]]:
    states = [result.states[i][: len(columns)] for i in range(len(rows))]
    names = [row.product_name for row in rows]
    return states_grid(names, [column.feature_name for column in columns], states, canvas)


def states_grid(
    rows: Sequence[str], columns: Sequence[str], states: Sequence[str], canvas: Canvas
) -> list[dict[str, Any]]:
    """Cells that are present (`p`), absent (`a`) or unknown (`u`), with names and legend."""
    say, colours = speaker("pictures.matrix.legend", canvas.lang), charts.palette(canvas)
    n, m = len(rows), len(columns)
    marks = {"p": say("present"), "a": say("absent"), "u": say("unknown")}
    step, unit = m / len(marks), m / 24
    keys = {
        state: Box(place * step, n + 0.7, place * step + unit, n + 1.7)
        for place, state in enumerate(marks)
    }
    told = [
        {"x": key.left + 1.4 * unit, "y": n + 1.2, "text": marks[state]}
        for state, key in keys.items()
    ]
    runs = {state: [*_runs(states, state), key] for state, key in keys.items()}
    cells = {state: [*_cells(states, state), key] for state, key in keys.items()}
    return [
        _filled(runs["p"], n, m, colours.blue),
        _filled(runs["u"], n, m, colours.unknown),
        _lines(_between(n, m), n, m, colours.ground),
        _lines(map(_around, cells["a"]), n, m, colours.grid),
        _lines(map(_hatch, cells["u"]), n, m, colours.hatch),
        *_headings(rows, columns, n, canvas),
        charts.words(told, _x(m), _y(n), align="left", color=colours.muted, fontSize=SMALL),
    ]


def _cells(states: Sequence[str], state: str) -> Iterator[Box]:
    """Where it is so, cell by cell."""
    for i, row in enumerate(states):
        for j, found in enumerate(row):
            if found == state:
                yield Box(j, i, j + 1, i + 1)


def _runs(states: Sequence[str], state: str) -> Iterator[Box]:
    """Where it is so, cells side by side in one."""
    for i, row in enumerate(states):
        first = 0
        for found, run in groupby(row):
            last = first + len(list(run))
            if found == state:
                yield Box(first, i, last, i + 1)
            first = last


def _x(m: int) -> dict[str, Any]:
    scale = {"domain": [0, m], "nice": False}
    return {"field": "x", "type": "quantitative", "scale": scale, "axis": None}


def _y(n: int) -> dict[str, Any]:
    scale = {"domain": [n + 1.7, 0], "nice": False}
    return {"field": "y", "type": "quantitative", "scale": scale, "axis": None}


def _filled(boxes: Sequence[Box], n: int, m: int, colour: str) -> dict[str, Any]:
    """All of them as one mark: hundreds take longer to lay out and to paint."""
    values = [
        {"x": x, "y": box.top, "y2": box.bottom}
        for box in boxes
        for x in (box.left, box.right, None)
    ]
    encoding = {"x": _x(m), "y": _y(n), "y2": {"field": "y2"}, "order": {"value": None}}
    return charts.layer("area", values, encoding, color=colour, opacity=1)


def _lines(lines: Iterable[Line], n: int, m: int, colour: str) -> dict[str, Any]:
    """All of them as one mark."""
    values = [{"x": x, "y": y} for line in lines for x, y in (*line, (None, None))]
    encoding = {"x": _x(m), "y": _y(n), "order": {"value": None}}
    return charts.layer("line", values, encoding, color=colour, strokeWidth=1)


def _between(n: int, m: int) -> list[Line]:
    """Lines around all rows and columns."""
    down = [[(x, 0), (x, n)] for x in range(m + 1)]
    return [*down, *([(0, y), (m, y)] for y in range(n + 1))]


def _around(box: Box) -> Line:
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _hatch(box: Box) -> Line:
    edge, wide = 0.2, box.right - box.left
    return [(box.left + edge * wide, box.bottom - edge), (box.right - edge * wide, box.top + edge)]


def _headings(
    rows: Sequence[str], columns: Sequence[str], n: int, canvas: Canvas
) -> list[dict[str, Any]]:
    """Names left of the rows, and slanted above the columns."""
    most = min(_NAME, canvas.width * 0.28)
    left = [
        {"x": 0, "y": place + 0.5, "text": shortened(name, most, SMALL)}
        for place, name in enumerate(rows)
    ]
    above = [
        {"x": place + 0.5, "y": 0, "text": shortened(name, 108, SMALL)}
        for place, name in enumerate(columns)
    ]
    m, ink = len(columns), charts.palette(canvas).ink
    is_tight = canvas.width * 0.68 / m < _TIGHT
    angle, size = (-90, SMALL - 1) if is_tight else (_SLANT, SMALL)
    slant = {"angle": angle, "fontSize": size, "align": "left", "dx": 5, "dy": 2}
    return [
        charts.words(left, _x(m), _y(n), align="right", dx=-6, color=ink, fontSize=SMALL),
        charts.words(above, _x(m), _y(n), color=ink, **slant),
    ]


def copy_graph(answer: Any, canvas: Canvas) -> Picture:
    """Who was first in the rows, who followed in the columns; a circle for each pair, as large as
    the features that one had from the other."""
    say, lang = speaker("pictures.copy_graph", canvas.lang), canvas.lang
    result: CopyGraph = answer.result
    market = answer.subject.name
    if not result.edges:
        return _empty(say("none", market=market), say("subtitle"), answer, canvas)
    edges: list[Any] = list(result.edges)
    leaders = _most([(edge.leader, edge.leader_name, edge.n_features) for edge in edges], _LEADERS)
    most = _FOLLOWERS - (4 if canvas.is_narrow else 0)
    followers = _most([(e.follower, e.follower_name, e.n_features) for e in edges], most)
    first = edges[0]
    return Picture(
        title=say(
            "title",
            follower=first.follower_name,
            leader=first.leader_name,
            features=counted("findings.counts.features", first.n_features, lang),
            n=result.n_copies,
        ),
        subtitle=say("subtitle"),
        alternative=answer.finding,
        spec={"layer": _graph_layers(edges, leaders, followers, canvas)},
        height=26 * len(leaders) + 110,
    )


def _most(named: list[tuple[str, str, int]], most: int) -> dict[str, str]:
    """The names of those with the highest sums, by id, the highest first."""
    sums, names = dict[str, int](), dict[str, str]()
    for one, name, n in named:
        sums[one] = sums.get(one, 0) + n
        names[one] = name
    ranked = sorted(sums, key=lambda one: (-sums[one], one))
    return {one: names[one] for one in ranked[:most]}


def _graph_layers(
    edges: Sequence[Any], leaders: dict[str, str], followers: dict[str, str], canvas: Canvas
) -> list[dict[str, Any]]:
    colours, n, m = charts.palette(canvas), len(leaders), len(followers)
    rows, columns = list(leaders), list(followers)
    pairs = [
        {
            "x": columns.index(edge.follower) + 0.5,
            "y": rows.index(edge.leader) + 0.5,
            "n": edge.n_features,
            "text": str(edge.n_features),
            "colour": colours.orange if edge is edges[0] else colours.blue,
        }
        for edge in edges
        if edge.leader in leaders and edge.follower in followers
    ]
    top = max((pair["n"] for pair in pairs), default=1)
    y = _y(n) | {"scale": {"domain": [n, 0], "nice": False}}
    size = {
        "field": "n",
        "type": "quantitative",
        "scale": {"domain": [0, top], "range": [0, 420]},
    }
    lines = [{"x": 0, "x2": m, "y": place + 0.5} for place in range(n)]
    large = [pair for pair in pairs if pair["n"] >= max(2, top - 1)]
    names = _headings(list(leaders.values()), list(followers.values()), n, canvas)
    for heading in names:
        heading["encoding"]["y"] = y
    encoding = {"x": _x(m), "y": y, "size": size}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    return [
        charts.layer(
            "rule", lines, {"x": _x(m), "x2": {"field": "x2"}, "y": y}, color=colours.grid
        ),
        charts.layer("point", pairs, encoding | {"color": colour}, opacity=1),
        charts.words(large, _x(m), y, color=colours.ground, fontWeight="bold", fontSize=SMALL),
        *names,
    ]


def _empty(title: str, subtitle: str, answer: Any, canvas: Canvas) -> Picture:
    return charts.empty(title, subtitle, answer.finding, title, canvas)
