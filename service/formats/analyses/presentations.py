"""How each analysis is shown as a table and as a page: which rows, which figures, which words."""

from typing import NamedTuple

FIGURES = "figures"
LIKENESS = (
    "result.score", "result.score_ci_low", "result.score_ci_high", "result.expected_by_chance",
    "result.chance_adjusted_score",
)  # fmt: skip
SIZES = ("result.n_vendors", "result.n_products", "result.n_features")


class Presentation(NamedTuple):
    """`table`: the rows of the .csv unless another is asked for, `figures` for all scalars.

    `headline`: dotted paths into the answer, the figures of the .md.
    """

    table: str
    headline: tuple[str, ...]


PRESENTATIONS = {
    "get_market_homogenization": Presentation(
        "series", (*LIKENESS, *SIZES, "result.band", "result.quality"),
    ),
    "get_feature_homogenization": Presentation(
        FIGURES,
        ("result.status", "result.penetration", "result.penetration_low",
         "result.penetration_high", "result.contribution", "result.n_vendors_with",
         "result.n_vendors"),
    ),
    "get_product_homogenization": Presentation(
        "nearest",
        ("result.similarity_to_rivals", "result.distinctiveness", "result.table_stakes_coverage",
         "result.contribution", *SIZES),
    ),
    "get_vendor_homogenization": Presentation(
        "markets",
        ("result.internal_similarity", "result.similarity_to_rivals",
         "result.effective_products", "result.market_hhi", "result.n_products"),
    ),
    "get_market_monetization": Presentation(
        "models",
        (*LIKENESS, "result.hhi", "result.n_business_models", "result.n_vendors"),
    ),
    "get_feature_time_to_copy": Presentation(
        "rivals",
        ("result.origin_date", "result.median_time_to_copy_days", "result.ci_low",
         "result.ci_high", "result.median_lower_bound_days", "result.time_to_first_copy_days",
         "result.exclusivity_days", "result.exclusivity_status", "result.n_rivals",
         "result.n_copied", "result.n_pending"),
    ),
    "get_market_time_to_copy": Presentation(
        "features",
        ("result.typical_feature_median_days", "result.typical_ci_low", "result.typical_ci_high",
         "result.first_copy_median_days", "result.uncopied_feature_share", "result.n_features",
         "result.n_copies", "trend.direction"),
    ),
    "get_market_league": Presentation(
        "vendors",
        ("result.n_features", "result.n_contested_features", "result.innovator_hhi"),
    ),
    "get_vendor_time_to_copy": Presentation(
        FIGURES,
        ("result.rank", "result.n_vendors", "result.row.first_credits",
         "result.row.innovator_share", "result.row.follower_speed",
         "result.row.median_copy_days"),
    ),
    "get_feature_forecast": Presentation(
        "forecasts", ("result.n_features", "result.n_copies", "backtest.status"),
    ),
    "get_similar_products": Presentation("neighbours", ("result.n_products", "result.n_features")),
    "get_product_gaps": Presentation(
        "missing", ("result.peers.rule", "result.peers.count", "result.n_features"),
    ),
    "get_market_matrix": Presentation("cells", ("result.cell", "coverage.known_share")),
    "get_market_copy_graph": Presentation("edges", ("result.n_features", "result.n_copies")),
    "compare": Presentation(
        "rows",
        ("summary.shared_features", "summary.differing", "summary.mean_jaccard",
         "coverage.cells_known_share"),
    ),
}  # fmt: skip

LABELS = {
    "score": ("likeness of rivals", "相似度"),
    "score_ci_low": ("its lower limit", "相似度下限"),
    "score_ci_high": ("its upper limit", "相似度上限"),
    "expected_by_chance": ("expected by chance", "随机期望"),
    "chance_adjusted_score": ("likeness beyond chance", "扣除随机后的相似度"),
    "n_vendors": ("vendors", "厂商数"),
    "n_products": ("products", "产品数"),
    "n_features": ("features", "功能数"),
    "band": ("in words", "等级"),
    "quality": ("quality", "质量"),
    "status": ("status", "状态"),
    "penetration": ("share of vendors that have it", "拥有该功能的厂商比例"),
    "penetration_low": ("at least", "至少"),
    "penetration_high": ("at most", "至多"),
    "contribution": ("contribution to the market's likeness", "对市场相似度的贡献"),
    "n_vendors_with": ("vendors that have it", "拥有该功能的厂商数"),
    "similarity_to_rivals": ("likeness to rivals", "与对手的相似度"),
    "distinctiveness": ("distinctiveness", "独特性"),
    "table_stakes_coverage": ("share of table stakes it has", "标配功能覆盖率"),
    "internal_similarity": ("likeness among its own products", "自有产品间的相似度"),
    "effective_products": ("effective number of products", "有效产品数"),
    "market_hhi": ("concentration over markets", "市场集中度"),
    "hhi": ("concentration of business models", "商业模式集中度"),
    "n_business_models": ("business models", "商业模式数"),
    "origin_date": ("first launch", "首次上线"),
    "median_time_to_copy_days": ("days until half had copied", "半数跟进所需天数"),
    "ci_low": ("its lower limit", "其下限"),
    "ci_high": ("its upper limit", "其上限"),
    "median_lower_bound_days": ("at least so many days", "至少天数"),
    "time_to_first_copy_days": ("days until the first copy", "首个跟进所需天数"),
    "exclusivity_days": ("days of exclusivity", "独占天数"),
    "exclusivity_status": ("exclusivity", "独占状态"),
    "n_rivals": ("rivals", "对手数"),
    "n_copied": ("rivals that copied", "已跟进的对手数"),
    "n_pending": ("rivals without a copy", "未跟进的对手数"),
    "typical_feature_median_days": ("days for a typical feature", "典型功能的中位天数"),
    "typical_ci_low": ("its lower limit", "其下限"),
    "typical_ci_high": ("its upper limit", "其上限"),
    "first_copy_median_days": ("median days until the first copy", "首个跟进的中位天数"),
    "uncopied_feature_share": ("share of features nobody copied", "无人跟进的功能比例"),
    "n_copies": ("copies", "跟进次数"),
    "direction": ("trend", "趋势"),
    "n_contested_features": ("contested features", "竞争中的功能数"),
    "innovator_hhi": ("concentration of firsts", "首创集中度"),
    "rank": ("place in the league", "排名"),
    "first_credits": ("firsts", "首创次数"),
    "innovator_share": ("share of firsts", "首创比例"),
    "follower_speed": ("speed as a follower", "跟进速度"),
    "median_copy_days": ("median days to copy", "跟进的中位天数"),
    "rule": ("peers by", "同类规则"),
    "count": ("peers", "同类数"),
    "cell": ("cells show", "单元格内容"),
    "known_share": ("share of cells known", "已知比例"),
    "n_surveyed_products": ("products surveyed", "已调查的产品数"),
    "dated_share": ("share dated", "有日期的比例"),
    "day_precision_share": ("share dated to the day", "精确到日的比例"),
    "sourced_share": ("share with a source", "有来源的比例"),
    "shared_features": ("features that all have", "共有功能数"),
    "differing": ("features that differ", "有差异的功能数"),
    "mean_jaccard": ("mean likeness", "平均相似度"),
    "cells_known_share": ("share of cells known", "已知比例"),
    "features": ("features", "功能数"),
}


def label_of(path: str, lang: str) -> str:
    """What a reader calls a figure."""
    name = path.rpartition(".")[2]
    english, chinese = LABELS.get(name, (name, name))
    return chinese if lang == "zh" else english
