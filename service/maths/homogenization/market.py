"""How alike the products of a market are: `market_homogenization` (metrics.md, 4 and 18b)."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from msgspec import UNSET, UnsetType

from service.maths.homogenization.contributions import FeatureContribution, ProductContribution
from service.maths.homogenization.date_band import DATE_BAND, date_band
from service.maths.homogenization.decomposition import ScoreChange, change
from service.maths.homogenization.drawn_score import OF_DRAWS, drawn_score
from service.maths.homogenization.figures import (
    ProfileFigures,
    band,
    quality,
    sizes,
    without_score,
)
from service.maths.homogenization.interval import INTERVAL
from service.maths.homogenization.known_pairs import known_pairs
from service.maths.homogenization.null_model import STRUCTURE, structure
from service.maths.homogenization.series import Point, series
from service.maths.homogenization.status import StatusCounts, status_counts
from service.maths.homogenization.unknown_bounds import UnitCells, unit_cells, unknown_bounds
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, ever_held, profile
from service.maths.panel.unknown_cells import UnknownModel, unknown_cells
from service.maths.parameters import (
    Confidence,
    Count,
    DateDraws,
    Days,
    Interval,
    MeasureParameters,
    ModelledCells,
    Thresholds,
    Unit,
)
from service.maths.results import Absent, Figures, Reasons, absent

BOUNDS = ("score_lowest", "score_highest")
_OF_MODEL = (*OF_DRAWS, *INTERVAL, "expected_by_chance", "chance_adjusted_score")


@dataclass(frozen=True, kw_only=True)
class MarketHomogenizationParameters(MeasureParameters, Thresholds, DateDraws, ModelledCells):
    """`series` and `include_structure` ask for what is left out otherwise."""

    market: str
    unit: Unit = "product"
    series: bool = False
    include_structure: bool = False
    confidence: Confidence = 0.95
    change_window_days: Days = 365
    null_draws: Count = 999
    min_joint_features: Count = 3

    @property
    def from_day(self) -> int:
        """The day that the change is counted from."""
        return max(1, self.on - self.change_window_days)


class ScoreReadings(msgspec.Struct, frozen=True, kw_only=True):
    """The score if every cell of which nobody knows were absent."""

    unknown_absent: float | None


class MarketHomogenization(msgspec.Struct, frozen=True, kw_only=True):
    """Section 4.11, field by field; `series` and `structure_*` only when asked for."""

    market: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    unknown: str
    score_lowest: float | None
    score_highest: float | None
    score_unknown_low: float | None
    score_unknown_high: float | None
    model: UnknownModel | None
    readings: ScoreReadings
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
    """All of section 4 for a market on a day, and of 18b."""
    panel = panel.within(asked.market)
    profiled = profile(panel, asked.market, asked.on, asked.unit)
    yield sizes(profiled) | {
        "market": asked.market,
        "unit": asked.unit,
        "unknown": asked.unknown,
        "n_features": len(profiled.items),
        "n_undated": panel.undated(asked.market, asked.on),
    }
    figures = ProfileFigures(profiled, asked.confidence, asked)
    if profiled.missing is not None:
        names = (*DATE_BAND, *BOUNDS, *OF_DRAWS, "model")
        score: float | Absent = Absent(profiled.missing)
        yield without_score(profiled.missing) | absent(names, profiled.missing)
    else:
        score = figures.score
        yield from _with_score(panel, figures, asked)
    yield {"readings": {"unknown_absent": score}}
    yield {"change": change(panel, asked.market, asked.unit, asked.from_day, profiled, score)}
    if asked.include_structure:
        yield _structure(profiled, score, asked)
    if asked.series:
        points = series(panel, asked.market, asked.on, asked.unit, asked.confidence)
        yield {"series": points, "interval": "event"}


def _with_score(
    panel: Panel, figures: ProfileFigures, asked: MarketHomogenizationParameters
) -> Iterator[Figures]:
    """The score and what it rests on as the question reads unknown cells; all else with unknown
    cells absent."""
    days = asked.survey_valid_days
    cells = unit_cells(panel, asked.market, asked.on, asked.unit, days)
    yield dict(zip(BOUNDS, unknown_bounds(figures.state, cells), strict=True))
    plain = figures.headline() | figures.interval() | figures.secondary()
    yield plain | _read(panel, figures, cells, asked)
    yield figures.contributions()
    yield date_band(panel, asked.market, asked.on, asked.unit, figures.score, asked)
    n_ever = len(ever_held(panel.adoptions, panel.in_market(asked.market), asked.on))
    n_extinct = n_ever - len(figures.profile.items)
    yield {"status_counts": status_counts(figures.statuses, n_extinct)}


def _read(
    panel: Panel,
    figures: ProfileFigures,
    cells: UnitCells,
    asked: MarketHomogenizationParameters,
) -> Figures:
    """What a reading of unknown cells gives in place of the plain figures."""
    as_it_is: Figures = dict.fromkeys(OF_DRAWS, figures.score)
    if asked.unknown == "absent":
        return as_it_is | {"model": Absent("not_asked")}
    if asked.unknown == "exclude":
        score = known_pairs(figures.state, cells.known, asked.min_joint_features).score
        read = _headline(figures, Absent("mostly_unknown") if score is None else score)
        return absent(_OF_MODEL, "not_estimable") | read | {"model": Absent("not_asked")}
    model = unknown_cells(panel, asked.market, asked.on, asked.survey_valid_days)
    if model.missing == "all_known":
        return as_it_is | {"model": Absent("all_known")}
    if model.missing is not None:
        why = Absent(model.missing)
        return absent(_OF_MODEL, model.missing) | _headline(figures, why) | {"model": why}
    read = drawn_score(figures, cells, model, asked.unit, asked.draws)
    return read | {"model": model.figures()}


def _headline(figures: ProfileFigures, score: float | Absent) -> Figures:
    """A score of its own, with its word."""
    if isinstance(score, Absent):
        return {"score": score, "band": score, "quality": "insufficient"}
    return {"score": score, "band": band(score), "quality": quality(figures.profile)}


def _structure(
    profiled: Profile, score: float | Absent, asked: MarketHomogenizationParameters
) -> Figures:
    if isinstance(score, Absent):
        return dict.fromkeys(STRUCTURE, score)
    return structure(profiled.state, score, null_draws=asked.null_draws, seed=asked.seed)
