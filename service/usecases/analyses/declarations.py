"""The analyses that the API asks of stored records, declared once: subject, metric, parameters."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from service.formats.analyses import copying_findings, findings, product_findings
from service.maths.copying.backtest import ForecastBacktest, forecast_backtest
from service.maths.copying.calibration import shown
from service.maths.copying.copy_graph import CopyGraph, copy_graph
from service.maths.copying.feature import feature_time_to_copy
from service.maths.copying.feature_readings import CopyReadings, copy_readings
from service.maths.copying.feature_result import FeatureTimeToCopy
from service.maths.copying.forecast import CopyForecast, copy_forecast
from service.maths.copying.league import VendorCopying, VendorLeague, vendor_copying, vendor_league
from service.maths.copying.market import PooledTimeToCopy, pooled_time_to_copy
from service.maths.copying.market_readings import (
    LeagueReadings,
    league_readings,
    pooled_readings,
    trend_readings,
    vendor_copying_readings,
)
from service.maths.copying.medians import MarketMedians, market_medians
from service.maths.copying.trend import CopyTrend, copy_trend
from service.maths.homogenization.business_models import (
    BusinessModelHomogenization,
    business_model_homogenization,
)
from service.maths.homogenization.feature import (
    FeatureHomogenization,
    feature_homogenization,
    feature_readings,
)
from service.maths.homogenization.market import MarketHomogenization, market_homogenization
from service.maths.homogenization.portfolio import (
    VendorPortfolio,
    vendor_portfolio,
    vendor_readings,
)
from service.maths.homogenization.product import (
    ProductHomogenization,
    product_homogenization,
    product_readings,
)
from service.maths.homogenization.readings import Readings, readings
from service.maths.products.gaps import GapAnalysis, gap_analysis
from service.maths.products.matrix import MarketMatrix, market_matrix
from service.maths.products.neighbours import SimilarProducts, similar_products
from service.query.fields import Collection
from service.query.registry import FEATURES, MARKETS, PRODUCTS, VENDORS

Finding = Callable[[Any, str, str], str]
THRESHOLDS = ("table_stakes_min", "differentiator_max")
KNOWN = ("unknown", "survey_valid_days")
RACES = ("simultaneity_days", "confidence")
BANDS = ("age_bands_days", "band_prior_copies")


class Part(NamedTuple):
    """A further figure of an answer; `metric` names the one whose parameters it brings along."""

    name: str
    function: Callable[..., Any]
    type: type
    metric: str | None = None


class Question(NamedTuple):
    """One analysis. `market`: it is the subject, a parameter, an optional one, left out
    where the subject has only one of its own, or of no matter.

    `own` are the parameters that a request may set, of the metric and of those of the parts;
    `parts` what stands beside the result, `finish` what is done to the result when all parts
    are there.
    """

    operation: str
    method: str
    collection: Collection
    suffix: str
    metric: str
    function: Callable[..., Any]
    result: type
    finding: Finding
    summary: str
    doc: str
    market: Literal["subject", "required", "optional", "own", "none"] = "required"
    own: tuple[str, ...] = ()
    parts: tuple["Part", ...] = ()
    finish: Callable[[Any, dict[str, Any]], Any] | None = None
    fixed: tuple[tuple[str, Any], ...] = ()
    stands_on: str = "adoptions"
    is_of_one_feature: bool = False

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metric and those of the parts: where a parameter's shape and default stand."""
        return self.metric, *(part.metric for part in self.parts if part.metric)

    @property
    def path(self) -> str:
        return f"/v1/{self.collection.name}/{{record_id:str}}/{self.suffix}"


def _shown(result: CopyForecast, parts: dict[str, Any]) -> CopyForecast:
    return shown(result, parts["backtest"])


QUESTIONS = (
    Question(
        operation="get_market_homogenization",
        method="homogenization",
        collection=MARKETS,
        suffix="homogenization",
        metric="market_homogenization",
        function=market_homogenization,
        result=MarketHomogenization,
        finding=findings.homogenization,
        summary="How alike the products of a market are",
        doc="Pick two rival vendors at random and one product of each: what share of the features "
        "that either product has do both have? With interval, counts, coverage and its series.",
        market="subject",
        own=("unit", "confidence", "date_draws", "seed", "change_window_days",
             "include_structure", "null_draws", *KNOWN, "min_joint_features", *THRESHOLDS),
        parts=(Part("readings", readings, Readings),),
        fixed=(("series", True),),
    ),
    Question(
        operation="get_feature_homogenization",
        method="feature-homogenization",
        collection=FEATURES,
        suffix="homogenization",
        metric="feature_homogenization",
        function=feature_homogenization,
        result=FeatureHomogenization,
        finding=findings.feature_homogenization,
        summary="How standard a feature is in a market",
        doc="How many rivals have it, its class (differentiator, contested, table stakes, "
        "extinct), and what it adds to the market's likeness.",
        own=("unit", *KNOWN, *THRESHOLDS),
        parts=(Part("readings", feature_readings, Readings),),
    ),
    Question(
        operation="get_product_homogenization",
        method="product-homogenization",
        collection=PRODUCTS,
        suffix="homogenization",
        metric="product_homogenization",
        function=product_homogenization,
        result=ProductHomogenization,
        finding=findings.product_homogenization,
        summary="How interchangeable a product is in a market",
        doc="Its mean likeness to its rivals' products, the nearest of them, what only it has, "
        "and which table stakes it lacks.",
        market="own",
        own=("change_window_days", *KNOWN, "min_joint_features", *THRESHOLDS),
        parts=(Part("readings", product_readings, Readings),),
    ),
    Question(
        operation="get_vendor_homogenization",
        method="vendor-portfolio",
        collection=VENDORS,
        suffix="homogenization",
        metric="vendor_portfolio",
        function=vendor_portfolio,
        result=VendorPortfolio,
        finding=findings.vendor_portfolio,
        summary="How alike a vendor's own products are, and how like its rivals'",
        doc="Over its live products in all markets: likeness among themselves (cannibalizing), "
        "likeness to rivals market by market.",
        market="none",
        own=(*KNOWN, "min_joint_features"),
        parts=(Part("readings", vendor_readings, Readings),),
    ),
    Question(
        operation="get_market_monetization",
        method="business-model-homogenization",
        collection=MARKETS,
        suffix="monetization",
        metric="business_model_homogenization",
        function=business_model_homogenization,
        result=BusinessModelHomogenization,
        finding=findings.business_models,
        summary="Whether rivals of a market charge the same way",
        doc="Likeness of the vendors' business models, their mix and its concentration.",
        market="subject",
        own=("unit", "confidence", "survey_valid_days", *THRESHOLDS),
        stands_on="monetizations",
    ),
    Question(
        operation="get_feature_time_to_copy",
        method="time-to-copy",
        collection=FEATURES,
        suffix="time-to-copy",
        metric="feature_time_to_copy",
        function=feature_time_to_copy,
        result=FeatureTimeToCopy,
        finding=findings.time_to_copy,
        summary="How long until rivals copied a feature",
        doc="How many days after the first launch had half of the rivals that were in a position "
        "to copy the feature done so? First movers, lags, exclusivity, share copied, curve, "
        "pending rivals. Without a market all markets are treated as one.",
        market="optional",
        is_of_one_feature=True,
        own=("unit", *RACES, "horizons_days", "rmst_tau_days", "date_draws", "seed", *KNOWN),
        parts=(Part("readings", copy_readings, CopyReadings),),
    ),
    Question(
        operation="get_market_time_to_copy",
        method="pooled-time-to-copy",
        collection=MARKETS,
        suffix="time-to-copy",
        metric="pooled_time_to_copy",
        function=pooled_time_to_copy,
        result=PooledTimeToCopy,
        finding=copying_findings.pooled,
        summary="How fast features are copied in a market, and whether that gets faster",
        doc="Partial pooling over features: the typical median, a row per feature, hazard by age; "
        "beside it the trend over feature cohorts. `markets` are further ones pooled with this.",
        market="subject",
        own=("markets", *RACES, "horizons_days", *BANDS, "permutations", "seed", *KNOWN),
        parts=(
            Part("readings", pooled_readings, Readings),
            Part("trend", copy_trend, CopyTrend, "copy_trend"),
            Part("trend_readings", trend_readings, Readings),
            Part("medians", market_medians, MarketMedians),
        ),
    ),
    Question(
        operation="get_market_league",
        method="vendor-league",
        collection=MARKETS,
        suffix="league",
        metric="vendor_league",
        function=vendor_league,
        result=VendorLeague,
        finding=copying_findings.league,
        summary="Who leads and who follows in a market",
        doc="First credits, innovator share, and each vendor's speed as a follower for the same "
        "features at the same ages.",
        market="subject",
        own=(*RACES, *KNOWN),
        parts=(Part("readings", league_readings, LeagueReadings),),
    ),
    Question(
        operation="get_vendor_time_to_copy",
        method="vendor-league",
        collection=VENDORS,
        suffix="time-to-copy",
        metric="vendor_league",
        function=vendor_copying,
        result=VendorCopying,
        finding=copying_findings.vendor_copying,
        summary="How often a vendor is first, and how fast it follows",
        doc="The vendor's row of its market's league.",
        own=(*RACES, *KNOWN),
        parts=(Part("readings", vendor_copying_readings, Readings),),
    ),
    Question(
        operation="get_feature_forecast",
        method="copy-forecast",
        collection=FEATURES,
        suffix="forecast",
        metric="copy_forecast",
        function=copy_forecast,
        result=CopyForecast,
        finding=copying_findings.forecast,
        summary="Which rivals will have copied a feature within a year, and how sure that is",
        doc="For each pending rival the chance of a copy if it stays, with limits; the backtest "
        "beside it says how far to trust it. Chances of uncalibrated horizons are null.",
        own=(*RACES, "forecast_horizons_days", *BANDS, "backtest_step_days", "backtest_cutoffs",
             *KNOWN),
        parts=(Part("backtest", forecast_backtest, ForecastBacktest, "forecast_backtest"),),
        finish=_shown,
    ),
    Question(
        operation="get_similar_products",
        method="similar-products",
        collection=PRODUCTS,
        suffix="similar",
        metric="similar_products",
        function=similar_products,
        result=SimilarProducts,
        finding=product_findings.similar,
        summary="The products most like a product",
        doc="Neighbours by Jaccard similarity, with what is shared and what differs.",
        market="own",
        own=("limit", "survey_valid_days"),
    ),
    Question(
        operation="get_product_gaps",
        method="gap-analysis",
        collection=PRODUCTS,
        suffix="gaps",
        metric="gap_analysis",
        function=gap_analysis,
        result=GapAnalysis,
        finding=product_findings.gaps,
        summary="What rivals have and a product lacks, and since when",
        doc="Features that at least `min_peer_share` of the peers have and this product is not "
        "known to have; and what only it has.",
        market="own",
        own=("peers", "min_peer_share", "survey_valid_days"),
    ),
    Question(
        operation="get_market_matrix",
        method="market-matrix",
        collection=MARKETS,
        suffix="matrix",
        metric="market_matrix",
        function=market_matrix,
        result=MarketMatrix,
        finding=product_findings.matrix,
        summary="Products against features",
        doc="Dense, with legend: present, absent or unknown, and the stage, date or lag.",
        market="subject",
        own=("cell", "survey_valid_days"),
    ),
    Question(
        operation="get_market_copy_graph",
        method="copy-graph",
        collection=MARKETS,
        suffix="copy-graph",
        metric="copy_graph",
        function=copy_graph,
        result=CopyGraph,
        finding=product_findings.copy_graph,
        summary="Who copies whom in a market",
        doc="An edge from each first mover of a feature to each rival that has it later.",
        market="subject",
        own=("simultaneity_days", "min_count", "max_lag_days", "survey_valid_days"),
    ),
)  # fmt: skip
