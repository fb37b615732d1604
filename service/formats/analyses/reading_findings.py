"""What is said where leaving out the unknown gives another picture, in English and Chinese."""

from typing import Any

from service.formats.analyses.findings import BANDS_ZH, percent
from service.maths.copying.verdict import band_of_days
from service.maths.homogenization.figures import band

SCORES = ("market_homogenization", "product_homogenization", "vendor_portfolio")
DAYS = ("feature_time_to_copy", "pooled_time_to_copy")
DAY_BANDS_ZH = {
    "immediate": "即时", "fast": "很快", "moderate": "中等", "slow": "较慢", "durable": "持久",
}  # fmt: skip


def both_ways(readings: Any, metric: str, lang: str) -> str:
    """A sentence if the two readings of the headline lie in different bands, else nothing."""
    excluded = getattr(readings, "unknown_excluded", None)
    if excluded is None or metric not in (*SCORES, *DAYS):
        return ""
    word, absent = (
        None if value is None else band(value) if metric in SCORES else band_of_days(value)
        for value in (excluded, readings.unknown_absent)
    )
    if word == absent:
        return ""
    return _said(excluded, word or "", lang, is_share=metric in SCORES)


def _said(value: float, word: str, lang: str, *, is_share: bool) -> str:
    if lang == "zh":
        shown = percent(value) if is_share else f"{round(value)}天"
        band_zh = (BANDS_ZH | DAY_BANDS_ZH)[word]
        return f"只看已知的部分则为{shown}（{band_zh}），两者之差来自未知。"
    shown = percent(value) if is_share else f"{round(value)} days"
    return (
        f" Over what is known alone it is {shown} ({word}); what is not known makes the difference."
    )
