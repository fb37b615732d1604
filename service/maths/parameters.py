"""What metrics may be asked: every shared type once, and the groups that are asked together
(metrics.md, 18). Names are those of the API and of `parity compute`."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

Stage = Literal["preview", "ga"]
Evidence = Literal["sourced", "any"]
Unit = Literal["product", "vendor"]
# How a cell is read of which nobody knows: as absent, or left out (metrics.md, 18a).
Unknown = Literal["absent", "exclude"]
# The same, or drawn from a model of what audits found (metrics.md, 18b).
UnknownOrModel = Literal["model", "absent", "exclude"]
# Where a date of which only a bound is known lies in the race for a feature: spread over the room
# that it leaves, or at the bound (metrics.md, 2.1).
BoundDates = Literal["spread", "bound"]

# How far apart the points of a series stand: one an event, or the last of each period.
Interval = Literal["event", "month", "quarter", "year"]

# How far apart where there is a point at the end of each.
Period = Literal["month", "quarter", "year"]

# A span of time in whole days: at least one, at most a century.
Days = Annotated[int, Meta(ge=1, le=36_500)]
# How many: draws, permutations, jointly known features.
Count = Annotated[int, Meta(ge=1, le=10_000)]
# A share of a whole, both ends included.
Share = Annotated[float, Meta(ge=0, le=1)]
# The coverage of a two-sided interval, both ends excluded.
Confidence = Annotated[float, Meta(gt=0, lt=1)]
# W: who has a feature within so many days of its origin is a first mover too, no copier.
SimultaneityDays = Annotated[int, Meta(ge=0, le=3650)]
# Ages of a feature at which the share copied is told.
Horizons = Annotated[tuple[Days, ...], Meta(min_length=1, max_length=50)]
# Days from today within which a copy is forecast.
ForecastHorizons = Annotated[tuple[Days, ...], Meta(min_length=1, max_length=20)]
# Inner edges of the bands of feature age in which the hazard is constant; none: at every age.
AgeBands = Annotated[tuple[Days, ...], Meta(max_length=30, extra={"may_be_empty": True})]
# Pseudo-copies of the prior on the rate of each band.
PriorCopies = Annotated[float, Meta(gt=0, le=1000)]
# Past days on which forecasts are made and held against what came.
Cutoffs = Annotated[int, Meta(ge=1, le=60)]
# Features behind an edge of the copy graph.
EdgeFeatures = Annotated[int, Meta(ge=1, le=1000)]
# Neighbours that are listed.
NeighbourLimit = Annotated[int, Meta(ge=1, le=200)]

SURVEY_VALID_DAYS = 365
AGE_BANDS_DAYS = (30, 90, 180, 365, 730)
BAND_PRIOR_COPIES = 1.0
FORECAST_HORIZONS = (90, 180, 365)
ANY_CONFIDENCE = 0.0  # in the key of what is kept whatever confidence is asked


@dataclass(frozen=True, kw_only=True)
class MeasureParameters:
    """Of which day (an ordinal); `as_of` is the knowledge time as asked, only given back: the
    panel holds what was known."""

    on: int
    as_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Shares of vendors from which a feature is table stakes, and up to which it sets apart."""

    table_stakes_min: Share = 0.75
    differentiator_max: Share = 0.25


@dataclass(frozen=True, kw_only=True)
class DateDraws:
    """How often imprecise dates are drawn, and which draws these are (metrics.md, 2.2)."""

    date_draws: Count = 200
    seed: int = 0

    @property
    def draws(self) -> "DateDraws":
        """These alone, of a question that asks more."""
        return DateDraws(date_draws=self.date_draws, seed=self.seed)


@dataclass(frozen=True, kw_only=True)
class UnknownCells:
    """How what nobody knows is read, and how long a survey speaks (metrics.md, 18a)."""

    unknown: Unknown = "absent"
    survey_valid_days: Days = SURVEY_VALID_DAYS

    @property
    def known_for(self) -> int | None:
        """How long a survey speaks, where what is not known is left out; None: read as absent."""
        return self.survey_valid_days if self.unknown == "exclude" else None


@dataclass(frozen=True, kw_only=True)
class JointlyKnown(UnknownCells):
    """Pairs with fewer features known for both are left out."""

    min_joint_features: Count = 3


@dataclass(frozen=True, kw_only=True)
class ModelledCells:
    """How what nobody knows is read where a model may tell (metrics.md, 18b): drawn from what
    audits found, as absent, or left out; and how long a survey speaks."""

    unknown: UnknownOrModel = "model"
    survey_valid_days: Days = SURVEY_VALID_DAYS


class Race(NamedTuple):
    """W, the days within which nobody copies, and where bounds lie."""

    window: int = 7
    dates: BoundDates = "spread"


RACE = Race()


@dataclass(frozen=True, kw_only=True)
class Simultaneity:
    """Who counts as a copier."""

    simultaneity_days: SimultaneityDays = 7
    dates: BoundDates = "spread"

    @property
    def race(self) -> Race:
        """Both as one."""
        return Race(self.simultaneity_days, self.dates)


@dataclass(frozen=True, kw_only=True)
class Copying(Simultaneity):
    """Who counts as a copier, and how wide intervals are."""

    confidence: Confidence = 0.95


@dataclass(frozen=True, kw_only=True)
class HazardBands:
    """Where the hazard of copying may change with a feature's age, and how strong its prior is."""

    age_bands_days: AgeBands = AGE_BANDS_DAYS
    band_prior_copies: PriorCopies = BAND_PRIOR_COPIES


def period(day: date, interval: Interval) -> Hashable:
    """What days of one period have in common."""
    if interval == "event":
        return day
    if interval == "year":
        return day.year
    return day.year, day.month if interval == "month" else (day.month - 1) // 3
