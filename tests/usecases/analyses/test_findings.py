"""What sentences are made of; where two readings lie in different bands, the answer says so."""

from typing import Any

import pytest

from service.maths.copying.verdict import band_of_days
from service.maths.homogenization.figures import band
from service.maths.homogenization.status import StatusCounts
from service.maths.readings import Readings
from service.maths.results import REASONS
from service.texts.messages import LANGUAGES, section
from service.usecases.analyses.findings import Headline, Told, both_ways

WHY = "what is not known makes the difference."


def readings(absent: float | None, excluded: float | None) -> Readings:
    return Readings(unknown_absent=absent, unknown_excluded=excluded, reasons={})


@pytest.mark.parametrize(
    ("absent", "excluded", "headline", "said"),
    [
        (0.3, 0.5, "share", " Over what is known alone it is 50% (alike); " + WHY),
        (0.41, 0.5, "share", ""),
        (0.3, None, "share", ""),
        (None, 325, "days", " Over what is known alone it is 325 days (slow); " + WHY),
        (80, 85, "days", ""),
        (0.5, 2.0, None, ""),
    ],
)
def test_in_english(absent: float, excluded: float, headline: Headline | None, said: str) -> None:
    assert both_ways(readings(absent, excluded), headline, "en") == said


def test_in_chinese() -> None:
    found = both_ways(readings(0.1, 0.9), "share", "zh")
    assert found == "只看已知的部分则为90%（几乎无差别），两者之差来自未知。"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_words(lang: str) -> None:
    assert set(section("reasons", lang)) == set(REASONS)
    assert set(section("statuses", lang)) == set(StatusCounts.__struct_fields__)
    assert {band(n / 10) for n in range(11)} <= set(section("bands", lang))
    assert {band_of_days(days) for days in range(0, 999, 9)} <= set(section("bands", lang))


class Result:
    on = "2026-11-24"


@pytest.mark.parametrize(
    ("markets", "en", "zh"),
    [
        ((), "all markets", "全部市场"),
        (("A",), '"A"', "“A”市场"),
        (("A", "B"), '"A" and "B"', "“A”市场和“B”市场"),
    ],
)
def test_a_sentence_names_its_markets(markets: Any, en: str, zh: str) -> None:
    said = {lang: Told(Result(), {}, None, "", markets, lang).market for lang in ("en", "zh")}
    assert said == {"en": en, "zh": zh}
