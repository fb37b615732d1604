"""What the answers about copying say, in one sentence, in English and Chinese."""

from typing import Any

from service.formats.analyses.findings import day_text, percent


def pooled(result: Any, market: str, lang: str) -> str:
    """The headline of `pooled_time_to_copy`; `market` is the market's name."""
    day, median = day_text(result.on, lang), result.typical_feature_median_days
    if median is None:
        reason = result.reasons["typical_feature_median_days"]
        if lang == "zh":
            text = f"截至{day}，“{market}”市场新功能的典型跟进时间尚不可得（{reason}）。"
        else:
            text = f'By {day} the typical time to copy in "{market}" cannot be said ({reason}).'
    elif lang == "zh":
        text = f"截至{day}，“{market}”市场的新功能通常在{round(median)}天内被半数竞争者跟进。"
    else:
        text = (
            f'By {day}, half of the rivals in "{market}" copy a typical new feature within'
            f" {round(median)} days."
        )
    return text


def league(result: Any, market: str, lang: str) -> str:
    """The headline of `vendor_league`; `market` is the market's name."""
    day = day_text(result.on, lang)
    if not result.n_contested_features:
        if lang == "zh":
            return f"截至{day}，“{market}”市场没有可比较的功能。"
        return f'By {day} no feature of "{market}" was contested.'
    top = result.vendors[0]
    if lang == "zh":
        text = (
            f"截至{day}，“{market}”市场最常领先的是{top.vendor}（{percent(top.innovator_share)}）。"
        )
    else:
        text = (
            f'By {day}, {top.vendor} was first most often in "{market}":'
            f" {percent(top.innovator_share)} of {result.n_contested_features} contested features."
        )
    return text


def vendor_copying(result: Any, vendor: str, lang: str) -> str:
    """The headline of a vendor's row of the league; `vendor` is the vendor's name."""
    day = day_text(result.on, lang)
    if result.row is None:
        if lang == "zh":
            return f"截至{day}，“{vendor}”不在该市场。"
        return f'On {day} "{vendor}" is not in this market.'
    copied, speed = result.row.n_copied, result.row.follower_speed
    if lang == "zh":
        text = (
            f"截至{day}，“{vendor}”位列第{result.rank}（共{result.n_vendors}家），"
            f"跟进{copied}项功能，速度为市场的{speed:.2f}倍。"
        )
    else:
        text = (
            f'By {day}, "{vendor}" ranks {result.rank} of {result.n_vendors} as innovator and has'
            f" copied {copied} features at {speed:.2f} times the market's speed."
        )
    return text


def forecast(result: Any, feature: str, lang: str) -> str:
    """The headline of `copy_forecast`; `feature` is the feature's name."""
    day = day_text(result.on, lang)
    likely = [(c.p_copy, row.vendor, h) for row in result.forecasts
              for h, c in row.horizons.items() if c.p_copy is not None]  # fmt: skip
    if not likely:
        if lang == "zh":
            return f"截至{day}，没有经过校准、可以给出的“{feature}”跟进预测。"
        return f'On {day} there is no calibrated forecast of who copies "{feature}" next.'
    p, vendor, horizon = max(likely, key=lambda x: (int(x[2]), x[0], x[1]))
    if lang == "zh":
        text = f"截至{day}，{vendor}在{horizon}天内跟进“{feature}”的概率为{percent(p)}。"
    else:
        text = (
            f'As of {day}, the chance that {vendor} has "{feature}" within {horizon} days is'
            f" {percent(p)}."
        )
    return text
