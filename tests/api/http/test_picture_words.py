"""Words in pictures stand within them, also where pictures are narrow."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

import httpx
import pytest

from service.commands.gallery import PICTURES, address
from service.formats.pictures.lines import width_of
from service.texts.messages import LANGUAGES

NARROW = 400
ABOUT = 3  # pixels by which a width is a guess
MOVED = re.compile(r"translate\(([-\d.e]+)[ ,]")
TURNED = re.compile(r"rotate\((?!0[,)])")


def words(element: Element, left: float = 0.0) -> Iterator[tuple[str, float, float]]:
    """Each text that is not turned, and from where to where it goes."""
    moved = element.get("transform", "")
    left += sum(map(float, MOVED.findall(moved)))
    if element.tag.endswith("}text") and not TURNED.search(moved):
        size = float(element.get("font-size", "12").removesuffix("px"))
        told = element.text or ""
        wide = width_of(told, size, is_bold=element.get("font-weight") == "bold")
        share = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
        yield told, left - share * wide, left + (1 - share) * wide
    for inner in element:
        yield from words(inner, left)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("operation", PICTURES)
async def test_no_words_are_cut_off(client: httpx.AsyncClient, operation: str, lang: str) -> None:
    drawn = await client.get(f"{address(operation, '.svg', lang)}&width={NARROW}")
    told = list(words(fromstring(drawn.raise_for_status().content)))  # noqa: S314 our own
    assert len(told) > 2
    cut = [one for one in told if one[1] < -ABOUT or one[2] > NARROW + ABOUT]
    assert cut == []
