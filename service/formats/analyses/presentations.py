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
