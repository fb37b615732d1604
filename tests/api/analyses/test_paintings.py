"""Every picture, drawn from the bundled data: wide and narrow, in every language."""

import json
import re
from xml.etree import ElementTree

import httpx
import pytest

from service.commands.gallery import PICTURES, address
from service.texts.messages import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = list(PICTURES)
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("width", [320, 2000])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("operation", DRAWN)
async def test_it_is_drawn(
    client: httpx.AsyncClient, operation: str, lang: str, width: int
) -> None:
    theme = "dark" if width == 320 else "light"
    more = f"&width={width}&theme={theme}"
    answer = await client.get(address(operation, ".svg", lang) + more)
    assert answer.status_code == 200, answer.text
    svg = ElementTree.fromstring(answer.content)  # noqa: S314, our own
    title, description = svg.findtext(f"{SVG}title") or "", svg.findtext(f"{SVG}desc") or ""
    assert svg.attrib["width"] == str(width)
    assert re.search(r"\d", title), "it states a number"
    assert bool(HAN.search(title)) == (lang == "zh")
    assert (len(description) > 40, "None" in title + description) == (True, False)
    chart = svg.find(f"{SVG}g/{SVG}svg")
    assert chart is not None
    assert float(chart.attrib["width"]) <= width
    assert len(list(chart.iter(f"{SVG}text"))) <= 90, "each costs a millisecond or two"
    texts = " ".join(chart.itertext())
    assert not re.search(r"\b(null|undefined|NaN)\b", texts)


@pytest.mark.parametrize("operation", DRAWN)
async def test_its_specification_holds_its_data(client: httpx.AsyncClient, operation: str) -> None:
    spec = json.loads((await client.get(address(operation, ".vl.json"))).content)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert spec["title"]["text"]
    assert '"url"' not in json.dumps(spec), "nothing is fetched"
    assert "expr" not in json.dumps(spec), "no stored text is part of an expression"


@pytest.mark.parametrize("operation", DRAWN)
async def test_of_no_time_it_says_so(client: httpx.AsyncClient, operation: str) -> None:
    path, _, query = PICTURES[operation].partition("?")
    kept = "&".join(part for part in query.split("&") if not part.startswith("on="))
    answer = await client.get(f"{path}.svg?{kept}&on=1999-01-01")
    assert answer.status_code == 200, answer.text
    ElementTree.fromstring(answer.content)  # noqa: S314, our own
