"""CONTRIBUTING names places that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"`((?:service|tests|docs|openapi|migrations)/[\w./-]+)`")
# What a recipe adds.
ADDED = re.compile(r"/de\.toml\Z|/NNNN_")


def test_every_place_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    places = [place for place in PLACE.findall(text) if not ADDED.search(place)]
    assert len(places) > 15
    assert [place for place in places if not (ROOT / place).exists()] == []
