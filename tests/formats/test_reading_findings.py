"""Where the two readings of a headline lie in different bands, the sentence says so (18a)."""

import pytest

from service.formats.reading_findings import both_ways
from service.maths.readings import Readings


@pytest.mark.parametrize(
    ("absent", "excluded", "metric", "said"),
    [
        (0.3, 0.5, "market_homogenization",
         " With what is not known left out it is 50% (similar)."),
        (0.41, 0.5, "market_homogenization", ""),
        (0.3, None, "market_homogenization", ""),
        (None, 325, "feature_time_to_copy",
         " With what is not known left out it is 325 days (slow)."),
        (80, 85, "feature_time_to_copy", ""),
        (0.5, 2.0, "vendor_league", ""),
    ],
)  # fmt: skip
def test_in_english(absent: float, excluded: float, metric: str, said: str) -> None:
    assert both_ways(Readings.of(absent, excluded), metric, "en") == said


def test_in_chinese() -> None:
    found = both_ways(Readings.of(0.1, 0.9), "product_homogenization", "zh")
    assert found == "若不计未知的部分，则为90%（几乎无差别）。"
