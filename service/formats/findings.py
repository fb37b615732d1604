"""What an answer says, in one sentence a person can read, in English and Chinese."""

from datetime import date
from typing import Any

from service.maths.coverage import Coverage

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
BANDS_ZH = {
    "distinct": "差异明显", "mixed": "部分相似", "similar": "相似", "homogenized": "同质化",
    "commoditized": "几乎无差别",
}  # fmt: skip
MOSTLY_UNKNOWN = {
    "en": " Less than half of the cells behind this are known.",
    "zh": "其中已知的数据不足一半。",
}


def homogenization(result: Any, market: str, coverage: Coverage, lang: str) -> str:
    """The headline of `market_homogenization`; `market` is the market's name."""
    if result.score is None:
        return _no_score(result, market, lang)
    interval = _interval(result, lang)
    share = _percent(result.score)
    if lang == "zh":
        text = (
            f"截至{_day(result.on, lang)}，在“{market}”市场随机取两家厂商各一款产品，"
            f"任一方具备的功能中有{share}双方都有{interval}"
            f"（{result.n_products}款产品，{result.n_vendors}家厂商）：{BANDS_ZH[result.band]}。"
        )
    else:
        text = (
            f"On {_day(result.on, lang)}, of the features that either of two rival products in"
            f' "{market}" has, {share} are in both{interval}: {result.band}'
            f" ({result.n_products} products of {result.n_vendors} vendors)."
        )
    return text + _caveat(coverage, lang)


def time_to_copy(result: Any, feature: str, coverage: Coverage, lang: str) -> str:
    """The headline of `feature_time_to_copy`; `feature` is the feature's name."""
    if result.origin_date is None:
        if lang == "zh":
            return f"截至{_day(result.on, lang)}，没有“{feature}”的采用记录。"
        return f'By {_day(result.on, lang)} nobody is recorded to have "{feature}".'
    if result.median_time_to_copy_days is not None:
        text = _reached(result, feature, lang)
    else:
        text = _not_reached(result, feature, lang)
    return text + _first_copy(result, lang) + _caveat(coverage, lang)


def _no_score(result: Any, market: str, lang: str) -> str:
    reason = result.reasons["score"]
    if lang == "zh":
        return f"截至{_day(result.on, lang)}，“{market}”市场无法计算同质化程度（{reason}）。"
    return f'On {_day(result.on, lang)} "{market}" has no score ({reason}).'


def _reached(result: Any, feature: str, lang: str) -> str:
    days = result.median_time_to_copy_days
    if lang == "zh":
        return f"“{feature}”首次推出{days}天后，半数有条件跟进的竞争者已经跟进。"
    return f'{days} days after the first launch, half of the rivals in a position to copy' \
           f' "{feature}" had done so.'  # fmt: skip


def _not_reached(result: Any, feature: str, lang: str) -> str:
    copied, rivals = result.n_copied + result.n_born_with, result.n_rivals
    if lang == "zh":
        return (
            f"截至{_day(result.on, lang)}，{rivals}家竞争者中已知有“{feature}”的为{copied}家，"
            "半数跟进的时间尚不可得。"
        )
    return (
        f"By {_day(result.on, lang)}, {copied} of {rivals} rivals are known to have"
        f' "{feature}"; when half of them had copied it cannot be said yet.'
    )


def _first_copy(result: Any, lang: str) -> str:
    days = result.time_to_first_copy_days
    if days is None:
        return ""
    return (
        f"首个跟进出现在{days}天后。"
        if lang == "zh"
        else f" The first copy came after {days} days."
    )


def _interval(result: Any, lang: str) -> str:
    if result.score_ci_low is None:
        return ""
    low, high = _percent(result.score_ci_low), _percent(result.score_ci_high)
    return f"（95%区间{low}至{high}）" if lang == "zh" else f" (95 % interval {low} to {high})"


def _caveat(coverage: Coverage, lang: str) -> str:
    known = coverage.known_share
    return MOSTLY_UNKNOWN[lang] if known is not None and known < 0.5 else ""


def _percent(share: float) -> str:
    return f"{round(share * 100)}%"


def _day(iso: str, lang: str) -> str:
    day = date.fromisoformat(iso)
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
