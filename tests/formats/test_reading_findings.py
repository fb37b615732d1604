"""Where the two readings of a headline lie in different bands, the sentence says so (18a)."""

import pytest

from service.formats.analyses.reading_findings import both_ways
from service.maths.readings import Readings

WHY = "what is not known makes the difference."


@pytest.mark.parametrize(
    ("absent", "excluded", "metric", "said"),
    [
        (0.3, 0.5, "market_homogenization",
         " Over what is known alone it is 50% (similar); " + WHY),
        (0.41, 0.5, "market_homogenization", ""),
        (0.3, None, "market_homogenization", ""),
        (None, 325, "feature_time_to_copy",
         " Over what is known alone it is 325 days (slow); " + WHY),
        (80, 85, "feature_time_to_copy", ""),
        (0.5, 2.0, "vendor_league", ""),
    ],
)  # fmt: skip
def test_in_english(absent: float, excluded: float, metric: str, said: str) -> None:
    assert (
        both_ways(
            Readings(unknown_absent=absent, unknown_excluded=excluded, reasons={}), metric, "en"
        )
        == said
    )


def test_in_chinese() -> None:
    readings = Readings(unknown_absent=0.1, unknown_excluded=0.9, reasons={})
    assert (
        both_ways(readings, "product_homogenization", "zh")
        == "只看已知的部分则为90%（几乎无差别），两者之差来自未知。"
    )
