"""What sentences are made of."""

from typing import Any

import pytest

from service.maths.homogenization.status import StatusCounts
from service.maths.results import REASONS
from service.texts.messages import LANGUAGES, section
from service.usecases.analyses.findings import Told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_words(lang: str) -> None:
    assert set(section("reasons", lang)) == set(REASONS)
    assert set(section("statuses", lang)) == set(StatusCounts.__struct_fields__)


KNOWN: Any = None


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
    said = {
        lang: Told(Result(), {}, None, "", markets, KNOWN, lang).market for lang in ("en", "zh")
    }
    assert said == {"en": en, "zh": zh}
