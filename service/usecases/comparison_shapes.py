"""What a comparison answers: attributes and features against subjects."""

from datetime import date
from typing import Any

from msgspec import Struct

from service.maths.comparison import ComparedPair
from service.model.methods import Method
from service.usecases.frames import Explanation

Cell = dict[str, Any]


class ComparedSubject(Struct, frozen=True, kw_only=True):
    """One of the compared."""

    id: str
    name: str
    href: str


class ComparedRow(Struct, frozen=True, kw_only=True):
    """An attribute of the record, or a feature; a cell for each subject, in their order."""

    attribute: str
    label: str
    cells: list[Cell]


class ComparisonSummary(Struct, frozen=True, kw_only=True):
    """Over the features that at least one subject has."""

    shared_features: int
    differing: int
    mean_jaccard: float | None


class ComparisonCoverage(Struct, frozen=True, kw_only=True):
    """How many of the cells are known."""

    features: int
    cells_known_share: float | None


class ComparisonAnswer(Struct, frozen=True, kw_only=True):
    """Attributes and features against subjects; with a market each pair of products in it."""

    object: str
    market_id: str | None
    on: date
    as_of: str | None
    subjects: list[ComparedSubject]
    rows: list[ComparedRow]
    pairs: list[ComparedPair]
    summary: ComparisonSummary
    coverage: ComparisonCoverage
    reasons: dict[str, str]
    explain: Explanation | None
    method: Method
    links: dict[str, str]
    warnings: list[str]
    meta: dict[str, Any]
