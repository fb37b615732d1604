"""What an answer says, in one sentence a person can read, in English and Chinese."""

from datetime import date
from typing import Any

from service.maths.panel.coverage import Coverage

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


def homogenization(result: Any, market: str, lang: str) -> str:
    """The headline of `market_homogenization`; `market` is the market's name."""
    if result.score is None:
        return _no_score(result, market, lang)
    interval = _interval(result, lang)
    share = percent(result.score)
    if lang == "zh":
        text = (
            f"截至{day_text(result.on, lang)}，在“{market}”市场随机取两家厂商各一款产品，"
            f"任一方具备的功能中有{share}双方都有{interval}"
            f"（{result.n_products}款产品，{result.n_vendors}家厂商）：{BANDS_ZH[result.band]}。"
        )
    else:
        text = (
            f"On {day_text(result.on, lang)}, of the features that either of two rival products in"
            f' "{market}" has, {share} are in both{interval}: {result.band}'
            f" ({result.n_products} products of {result.n_vendors} vendors)."
        )
    return text


def time_to_copy(result: Any, feature: str, lang: str) -> str:
    """The headline of `feature_time_to_copy`; `feature` is the feature's name."""
    if result.origin_date is None:
        if lang == "zh":
            return f"截至{day_text(result.on, lang)}，没有“{feature}”的采用记录。"
        return f'By {day_text(result.on, lang)} nobody is recorded to have "{feature}".'
    if result.median_time_to_copy_days is not None:
        text = _reached(result, feature, lang)
    else:
        text = _not_reached(result, feature, lang)
    return text + _first_copy(result, lang)


STATUS_ZH = {
    "table_stakes": "标配", "contested": "竞争中", "differentiator": "差异点", "extinct": "已消失",
}  # fmt: skip


def feature_homogenization(result: Any, feature: str, lang: str) -> str:
    """The headline of `feature_homogenization`; `feature` is the feature's name."""
    day, status = day_text(result.on, lang), result.status
    if status is None:
        reason = result.reasons["status"]
        if lang == "zh":
            return f"截至{day}，无法判断“{feature}”的普及程度（{reason}）。"
        return f'On {day} the class of "{feature}" cannot be told ({reason}).'
    if lang == "zh":
        text = (
            f"截至{day}，{result.n_vendors}家厂商中有{result.n_vendors_with}家具备“{feature}”："
            f"{STATUS_ZH[status]}。"
        )
    else:
        word = status.replace("_", " ")
        text = (
            f'On {day}, {result.n_vendors_with} of {result.n_vendors} vendors have "{feature}":'
            f" {word}."
        )
    return text


def product_homogenization(result: Any, product: str, lang: str) -> str:
    """The headline of `product_homogenization`; `product` is the product's name."""
    day, alike = day_text(result.on, lang), result.similarity_to_rivals
    if alike is None:
        reason = result.reasons["similarity_to_rivals"]
        if lang == "zh":
            return f"截至{day}，无法比较“{product}”与竞品（{reason}）。"
        return f'On {day} "{product}" cannot be compared with rivals ({reason}).'
    nearest = result.nearest[0].product if result.nearest else "-"
    if lang == "zh":
        text = f"截至{day}，“{product}”与竞品平均相似度为{percent(alike)}，最接近的是{nearest}。"
    else:
        text = (
            f'On {day}, "{product}" shares {percent(alike)} of features with rival products on'
            f" average; the nearest is {nearest}."
        )
    return text


def vendor_portfolio(result: Any, vendor: str, lang: str) -> str:
    """The headline of `vendor_portfolio`; `vendor` is the vendor's name."""
    day, n = day_text(result.on, lang), result.n_products
    rivals, own = (
        "-" if share is None else percent(share)
        for share in (result.similarity_to_rivals, result.internal_similarity)
    )
    if lang == "zh":
        return (
            f"截至{day}，“{vendor}”有{n}款在售产品，与竞品平均相似度为{rivals}，"
            f"自家产品之间为{own}。"
        )
    return (
        f'On {day}, "{vendor}" has {n} live products with recorded features; mean likeness to'
        f" rivals: {rivals}; among its own products: {own}."
    )


def business_models(result: Any, market: str, lang: str) -> str:
    """The headline of `business_model_homogenization`; `market` is the market's name."""
    day = day_text(result.on, lang)
    if result.hhi is None:
        reason = result.reasons["hhi"]
        if lang == "zh":
            return f"截至{day}，“{market}”市场没有可用的商业模式数据（{reason}）。"
        return f'On {day} nothing can be said of how "{market}" earns ({reason}).'
    top = max(result.models, key=lambda model: (model.share, model.business_model))
    if lang == "zh":
        return (
            f"截至{day}，“{market}”市场{result.n_vendors}家厂商使用"
            f"{result.n_business_models}种商业模式，其中{top.business_model}占{percent(top.share)}。"
        )
    return (
        f'On {day}, {result.n_vendors} vendors in "{market}" earn in {result.n_business_models}'
        f" ways; {top.business_model} is {percent(top.share)} of them."
    )


def _no_score(result: Any, market: str, lang: str) -> str:
    reason = result.reasons["score"]
    if lang == "zh":
        return f"截至{day_text(result.on, lang)}，“{market}”市场无法计算同质化程度（{reason}）。"
    return f'On {day_text(result.on, lang)} "{market}" has no score ({reason}).'


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
            f"截至{day_text(result.on, lang)}，{rivals}家竞争者中已知有“{feature}”的为{copied}家，"
            "半数跟进的时间尚不可得。"
        )
    return (
        f"By {day_text(result.on, lang)}, {copied} of {rivals} rivals are known to have"
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
    low, high = percent(result.score_ci_low), percent(result.score_ci_high)
    return f"（95%区间{low}至{high}）" if lang == "zh" else f" (95 % interval {low} to {high})"


def caveat(coverage: Coverage, lang: str) -> str:
    """What must be said where little is known (metrics.md, 18a)."""
    known = coverage.known_share
    return MOSTLY_UNKNOWN[lang] if known is not None and known < 0.5 else ""


def percent(share: float) -> str:
    return f"{round(share * 100)}%"


def day_text(iso: str, lang: str) -> str:
    day = date.fromisoformat(iso)
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
