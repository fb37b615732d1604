"""How alike the products of a market are: `market_homogenization` (metrics.md, 4)."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from msgspec import UNSET, UnsetType

from service.maths.homogenization.contributions import FeatureContribution, ProductContribution
from service.maths.homogenization.date_band import DATE_BAND, date_band
from service.maths.homogenization.decomposition import ScoreChange, change, unknown_change
from service.maths.homogenization.figures import ProfileFigures, sizes, without_score
from service.maths.homogenization.known_figures import KnownFigures
from service.maths.homogenization.known_pairs import unit_cells
from service.maths.homogenization.null_model import STRUCTURE, structure
from service.maths.homogenization.series import Point, series
from service.maths.homogenization.status import StatusCounts, status_counts
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, ever_held, profile
from service.maths.parameters import (
    Confidence,
    Count,
    DateDraws,
    Days,
    Interval,
    JointlyKnown,
    MeasureParameters,
    Thresholds,
    Unit,
)
from service.maths.results import Absent, Figures, Reasons, absent


@dataclass(frozen=True, kw_only=True)
class MarketHomogenizationParameters(MeasureParameters, Thresholds, DateDraws, JointlyKnown):
    """`series` and `include_structure` ask for what is left out otherwise."""

    market: str
    unit: Unit = "product"
    series: bool = False
    include_structure: bool = False
    confidence: Confidence = 0.95
    change_window_days: Days = 365
    null_draws: Count = 999

    @property
    def from_day(self) -> int:
        """The day that the change is counted from."""
        return max(1, self.on - self.change_window_days)


class MarketHomogenization(msgspec.Struct, frozen=True, kw_only=True):
    """Section 4.11, field by field; `series` and `structure_*` only when asked for."""

    market: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    n_vendors: int
    n_products: int
    n_features: int
    n_eligible_products: int
    n_unprofiled_products: int
    n_undated: int
    median_features_per_product: float | None
    score: float | None
    score_ci_low: float | None
    score_ci_high: float | None
    se_vendors: float | None
    se_features: float | None
    score_date_low: float | None
    score_date_high: float | None
    expected_by_chance: float | None
    chance_adjusted_score: float | None
    sorensen_mean: float | None
    overlap_mean: float | None
    pooled_jaccard: float | None
    pooled_sorensen: float | None
    mean_jaccard_all_pairs: float | None
    effective_products_q0: float | None
    effective_products_q1: float | None
    effective_products_q2: float | None
    beta_sorensen: float | None
    beta_sorensen_turnover: float | None
    beta_sorensen_nestedness: float | None
    beta_jaccard: float | None
    beta_jaccard_turnover: float | None
    beta_jaccard_nestedness: float | None
    change: ScoreChange
    status_counts: StatusCounts | None
    feature_contributions: list[FeatureContribution]
    product_contributions: list[ProductContribution]
    structure_ses: float | UnsetType | None = UNSET
    structure_null_mean: float | UnsetType | None = UNSET
    structure_null_sd: float | UnsetType | None = UNSET
    structure_p_value: float | UnsetType | None = UNSET
    interval: Interval | UnsetType = UNSET
    series: list[Point] | UnsetType = UNSET
    band: str | None
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(MarketHomogenizationParameters, MarketHomogenization)
def market_homogenization(panel: Panel, asked: MarketHomogenizationParameters) -> Iterator[Figures]:
    """All of section 4 for a market on a day."""
    panel = panel.seen(asked.on)
    profiled = profile(panel, asked.market, asked.on, asked.unit)
    yield sizes(profiled) | {
        "market": asked.market,
        "unit": asked.unit,
        "n_features": len(profiled.items),
        "n_undated": panel.undated(asked.market, asked.on),
    }
    figures = ProfileFigures(profiled, asked.confidence, asked)
    if profiled.missing is not None:
        yield without_score(profiled.missing) | absent(DATE_BAND, profiled.missing)
    elif asked.unknown == "exclude":
        yield from _over_known_cells(panel, figures, asked)
    else:
        yield from _over_all_cells(panel, figures, asked)
    score = figures.score if profiled.missing is None else Absent(profiled.missing)
    if profiled.missing is not None or asked.unknown == "absent":
        yield {"change": change(panel, asked.market, asked.unit, asked.from_day, profiled, score)}
    if asked.include_structure:
        yield _structure(profiled, score, asked)
    if asked.series:
        points = series(panel, asked.market, asked.on, asked.unit, asked.confidence)
        yield {"series": points, "interval": "event"}


def _over_all_cells(
    panel: Panel, figures: ProfileFigures, asked: MarketHomogenizationParameters
) -> Iterator[Figures]:
    """The reading in which what is not known is absent."""
    profiled = figures.profile
    yield figures.headline()
    yield figures.interval()
    yield figures.secondary()
    yield figures.contributions()
    yield date_band(panel, asked.market, asked.on, asked.unit, figures.score, asked)
    n_ever = len(ever_held(panel.adoptions, panel.in_market(asked.market), asked.on))
    n_extinct = n_ever - len(profiled.items)
    yield {"status_counts": status_counts(figures.statuses, n_extinct)}


def _over_known_cells(
    panel: Panel, figures: ProfileFigures, asked: MarketHomogenizationParameters
) -> Iterator[Figures]:
    """The reading that leaves unknown cells out (18a)."""
    profiled, days = figures.profile, asked.survey_valid_days
    cells = unit_cells(panel, asked.market, asked.on, profiled, asked.unit, days)
    known = KnownFigures(profiled, cells, asked.min_joint_features)
    yield known.headline()
    yield known.rest(asked.confidence, figures.statuses)
    yield {"change": unknown_change(asked.from_day)}


def _structure(
    profiled: Profile, score: float | Absent, asked: MarketHomogenizationParameters
) -> Figures:
    if isinstance(score, Absent):
        return dict.fromkeys(STRUCTURE, score)
    return structure(profiled.state, score, null_draws=asked.null_draws, seed=asked.seed)
