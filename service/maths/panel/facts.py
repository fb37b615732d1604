"""What the maths is fed: the visible facts as columns, before any of them is resolved to a day."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from service.maths.arrays import Ints

NO_DATE = 0
ANNOUNCED, PREVIEW, GA = 0, 1, 2


def representative(lo: int, hi: int) -> int:
    """The lower middle day of a closed interval; the last day where the start is open."""
    return hi if lo == NO_DATE else lo + (hi - lo) // 2


@dataclass(frozen=True)
class Dates:
    """Closed day intervals as columns.

    `text` is the date as stored ("" where none). `lo` and `hi` are proleptic Gregorian ordinals
    (`date.toordinal`); hi = NO_DATE means no date, lo = NO_DATE with a hi means an open start.
    """

    text: list[str]
    lo: Ints
    hi: Ints


@dataclass(frozen=True)
class Traits:
    """Spells in which a product carries something: a feature or a business model.

    `product` and `item` index `Facts.product_ids` and the item ids; `stage` is ANNOUNCED, PREVIEW
    or GA (GA throughout for business models). `recorded_at` is seconds since the epoch, NaN where
    unknown; `first_recorded_at` that of the first version of the fact, superseded ones among them.
    `sourced` tells facts with a source from those without.
    """

    product: Ints
    item: Ints
    stage: Ints
    start: Dates
    end: Dates
    recorded_at: NDArray[np.float64]
    first_recorded_at: NDArray[np.float64]
    sourced: NDArray[np.bool_]
    ids: list[str]


@dataclass(frozen=True)
class SurveyFact:
    """On that day somebody went through what the product publicly offers (metrics.md, 18a).

    `recorded_at` is seconds since the epoch, NaN where unknown.
    """

    product: str
    market: str | None
    features: tuple[str, ...] | None
    lo: int
    hi: int
    recorded_at: float = float("nan")


@dataclass(frozen=True)
class Versions:
    """Versions of products that came out; `product` indexes `Facts.product_ids`."""

    product: Ints
    date: Dates
    sourced: NDArray[np.bool_]
    ids: list[str]


@dataclass(frozen=True)
class UsageFact:
    """How much a product was used in a period (`date`; `lo` and `hi` as in `Dates`), by a metric in
    its unit; `is_set_aside`: it lost a dispute."""

    product: str
    metric: str
    unit: str | None
    value: float
    date: str
    lo: int
    hi: int
    is_sourced: bool
    is_set_aside: bool
    id: str


@dataclass(frozen=True)
class InvestmentFact:
    """Money that went, or is to go, into a vendor or its machines, and how many of these."""

    vendor: str
    type: str
    status: str
    amount: float | None
    currency: str | None
    quantity: float | None
    unit: str | None
    date: str
    lo: int
    hi: int
    is_sourced: bool
    is_set_aside: bool
    id: str


_NONE = np.zeros(0, np.int64)
NO_VERSIONS = Versions(_NONE, Dates([], _NONE, _NONE), np.zeros(0, np.bool_), [])


@dataclass(frozen=True)
class Facts:
    """All visible facts. Id lists are sorted and without duplicates.

    `feature_scope`: the markets in which a feature counts, by id; without an entry it is all.
    `feature_category`: the family of a feature, by id; without an entry it is in none.
    `usage` and `investments` are there for the analyses of these alone.
    """

    product_ids: list[str]
    product_vendor: list[str]
    product_markets: list[tuple[str, ...]]
    launched: Dates
    discontinued: Dates
    feature_ids: list[str]
    business_model_ids: list[str]
    adoptions: Traits
    monetizations: Traits
    surveys: list[SurveyFact] = field(default_factory=list)
    tracked_since: dict[str, int] = field(default_factory=dict)
    feature_scope: dict[str, frozenset[str]] = field(default_factory=dict)
    feature_category: dict[str, str] = field(default_factory=dict)
    versions: Versions = field(default_factory=lambda: NO_VERSIONS)
    usage: list[UsageFact] = field(default_factory=list)
    investments: list[InvestmentFact] = field(default_factory=list)
