"""A picture whole: what it says, where it breaks lines, that nothing in it is markup."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import vl_convert
from msgspec import structs

from service.formats.json_records import encode
from service.formats.pictures import charts, composer
from service.formats.pictures.lines import shortened, width_of, wrapped
from service.formats.pictures.picture import Canvas, Picture
from service.texts.messages import LANGUAGES
from service.usecases.drawing.process import painter

SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
MARKUP = '<script>alert(1)</script> & "co" \' ]]> \x0b\x1b\uffff'


def canvas(**more: Any) -> Canvas:
    given: dict[str, Any] = {
        "theme": "light",
        "lang": "en",
        "width": 800,
        "revision": 2,
        "day": date(2026, 11, 30),
        "address": "https://parity.example/v1/markets/a/homogenization?as_of=rev:2&lang=en",
    }
    return Canvas(**given | more)


def picture(text: str, **more: Any) -> Picture:
    spec = charts.nothing(text, canvas())
    given = {"title": text, "subtitle": text, "alternative": text, "spec": spec, "height": 200}
    return Picture(**given | more)


def svg_of(drawn: Picture, on: Canvas) -> ElementTree.Element:
    whole = composer.drawing(drawn, on, None)
    return ElementTree.fromstring(whole.before + whole.after)  # noqa: S314, made here


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_what_it_is_of_and_whose(lang: str) -> None:
    svg = svg_of(picture("Found: 72%"), canvas(lang=lang))
    assert [svg.findtext(f"{SVG}title"), svg.findtext(f"{SVG}desc")] == ["Found: 72%"] * 2
    source = "".join(svg.find(f"{SVG}a").itertext())  # type: ignore[union-attr]
    assert all(part in source for part in ("Parity", "2026", "CC BY 4.0", "parity.example"))
    assert svg.attrib["lang"] == lang


def rows(names: list[str]) -> dict[str, Any]:
    on = canvas()
    x = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 9]}, "axis": None}
    values = [
        {"name": name, "value": place % 7, "text": f"{name} · {place}"}
        for place, name in enumerate(names)
    ]
    y = charts.names("name", scale={"domain": names})
    bars = charts.layer("bar", values, {"x": x, "y": y}, color=charts.palette(on).blue)
    return {"layer": [bars, charts.words(values, x, y, align="left", dx=8)]}


def is_same(one: bytes, other: bytes) -> bool:
    """All of it, and every number to a thousandth."""
    texts = [_NUMBER.sub("", svg.decode()) for svg in (one, other)]
    numbers = [[float(found) for found in _NUMBER.findall(svg.decode())] for svg in (one, other)]
    return texts[0] == texts[1] and numbers[0] == pytest.approx(numbers[1], abs=1e-3)


def drawn_whole(drawn: Picture) -> bytes:
    """As it is drawn where every text is measured."""
    short, whole = composer.drawing(drawn, canvas(), None), composer._chart(drawn, canvas())
    whole["config"] |= {"aria": False}
    spec = composer._UNFIT_ESCAPES.sub(b"", encode(whole))
    return painter()(structs.replace(short, spec=spec))


@pytest.mark.parametrize(
    "names",
    [
        [f"Product {'long ' * (n % 4)}{n}" for n in range(40)],
        ["文小言", "豆包", "一", 'a <b> & "c"', " spaces ", "ab\x0bcd", "Ω", "x"],
        ["only"],
        [],
    ],
    ids=["many", "of all kinds", "one", "none"],
)
def test_what_is_not_measured_changes_nothing_that_is_drawn(names: list[str]) -> None:
    """Where a chart is drawn as it is, and where few of its texts are measured."""
    drawn = picture("Rows", spec=rows(names), height=26 * len(names) + 20)
    short = composer.drawing(drawn, canvas(), None)
    n_spared = 2 * len(names) - short.spec.count(b'"size of type":12') - 2
    assert n_spared >= len(names) - 3
    assert is_same(painter()(short), drawn_whole(drawn))


@pytest.mark.parametrize(
    "mark", [{"angle": -60}, {"fontSize": 10.5}, {"fontSize": 9, "dy": 3.5}, {"fontSize": 14}]
)
def test_words_that_are_not_measured_stand_where_they_would(mark: dict[str, Any]) -> None:
    spec = rows([f"Product {n}" for n in range(12)])
    spec["layer"][1]["mark"] |= mark
    drawn = picture("Rows", spec=spec, height=400)
    short = painter()(composer.drawing(drawn, canvas(), None))
    assert is_same(short, drawn_whole(drawn))
    assert b"aria-label" not in short


@pytest.mark.parametrize("text", ["Found: 72% “of” all · 3 × 4 – or not…", "É 半数 ☃", '<a> & "b"'])
def test_the_small_font_paints_the_same(text: str) -> None:
    drawn = picture(text, spec=rows([text, "Kimi 智能助手", "plain"]), height=90)
    (svg, png) = (painter()(composer.drawing(drawn, canvas(), scale)) for scale in (None, 1))
    assert png == bytes(vl_convert.svg_to_png(svg.decode(), scale=1.0))


def test_nothing_in_it_is_markup() -> None:
    svg = svg_of(picture(MARKUP), canvas(address='https://a.example/v1/"><x/>'))
    assert svg.findtext(f"{SVG}title") == '<script>alert(1)</script> & "co" \' ]]> '
    assert {element.tag for element in svg.iter()} == {
        SVG + name for name in ("svg", "title", "desc", "rect", "text", "tspan", "g", "a")
    }


@pytest.mark.parametrize("width", [320, 400, 800, 2000])
@pytest.mark.parametrize(
    "text", ["A title of many words that goes on " * 6, "标题很长，会换行。" * 20]
)
def test_lines_stay_within_the_picture(width: int, text: str) -> None:
    svg = svg_of(picture(text), canvas(width=width))
    for block in svg.iter(f"{SVG}text"):
        size, is_bold = float(block.attrib["font-size"]), block.attrib["font-weight"] == "bold"
        for span in block:
            left = float(span.attrib["x"])
            assert left + width_of(span.text or "", size, is_bold=is_bold) <= width - left
    last = max(float(span.attrib["y"]) for span in svg.iter(f"{SVG}tspan"))
    assert last < float(svg.attrib["height"])


def test_lines_are_broken_where_a_language_breaks_them() -> None:
    assert wrapped("one two three", 48, 12) == ["one two", "three"]
    assert wrapped("甲乙丙，丁", 38, 12) == ["甲乙", "丙，丁"]
    assert "".join(wrapped("半数（255至772天）。", 60, 12)) == "半数（255至772天）。"
    assert not any(
        line[0] in "，。）%" for line in wrapped("半数，（255至772天）。约72%。" * 3, 70, 12)
    )
    assert wrapped("", 100, 12) == []
    assert wrapped("unbreakableword", 10, 12) == ["unbreakableword"]


def test_what_is_too_wide_ends_in_an_ellipsis() -> None:
    assert shortened("short", 100, 12) == "short"
    cut = shortened("a very long name of something", 80, 12)
    assert (cut.endswith("…"), width_of(cut, 12) <= 80) == (True, True)


def test_the_specification_stands_by_itself() -> None:
    spec = composer.vega_lite(picture("Found: 72%"), canvas(theme="dark"))
    assert spec["title"]["text"] == ["Found: 72%"]
    assert "CC BY 4.0" in spec["title"]["subtitle"][-1]
    assert spec["usermeta"]["source"].endswith("as_of=rev:2&lang=en")
    assert (spec["width"], spec["config"]["background"]) == (800, "#15191d")
