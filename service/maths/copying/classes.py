"""Which features stay uncopied, by their category: `copy_classes` (metrics.md, 13.5)."""

from dataclasses import dataclass
from typing import Literal

import msgspec
import numpy as np
from msgspec import UNSET, UnsetType

from service.maths.copying.cohort import FeatureCohort, pooled_cohort, uncopied_share
from service.maths.copying.curve import median_of
from service.maths.copying.market import first_copy_figures
from service.maths.kernels.kaplan_meier import conditioning_start, kaplan_meier
from service.maths.measure import by_name
from service.maths.panel.panel import Panel
from service.maths.parameters import Copying, MeasureParameters, UnknownCells
from service.maths.results import Absent, Figures, Reasons, split

By = Literal["feature.category"]
WITHIN = 365


@dataclass(frozen=True, kw_only=True)
class CopyClassesParameters(MeasureParameters, Copying, UnknownCells):
    """Of one market, of several pooled, or of all as one; `by`: whether classes are asked for."""

    market: str | None = None
    markets: tuple[str, ...] | None = None
    by: By | None = None


class CopyClass(msgspec.Struct, frozen=True, kw_only=True):
    """The features of one category; null: those of none.

    `median_time_to_copy_days` and `share_copied_within_year` are of all rows of the class taken
    together, the latter if no rival leaves; `first_copy_*` are over its features.
    """

    category: str | None
    n_features: int
    n_rows: int
    n_copies: int
    median_time_to_copy_days: int | None
    share_copied_within_year: float | None
    first_copy_median_days: int | None
    first_copy_ci_low: int | None
    first_copy_ci_high: int | None
    uncopied_share: float | None
    uncopied_features: list[str]


class CopyClasses(msgspec.Struct, frozen=True, kw_only=True):
    """By category, those without one last."""

    by: By
    n_features: int
    n_uncopied: int
    classes: list[CopyClass]
    reasons: Reasons


@by_name(CopyClassesParameters)
def copy_classes(panel: Panel, asked: CopyClassesParameters) -> CopyClasses | UnsetType:
    """The features of a market or several by category, by the rows of 13; nothing if not asked.

    The median is that of one Kaplan-Meier curve over the rows of the class, not the median of its
    features' medians: a feature whose median is not reached has none, so that those of the others
    alone would be too short (Klein & Moeschberger 2003, 4.2).
    """
    if asked.by is None:
        return UNSET
    market, markets, race = asked.market, asked.markets, asked.race
    whole = pooled_cohort(panel, market, markets, asked.on, race, asked.known_for)
    figures: Figures = {
        "by": asked.by,
        "n_features": len(whole.diffusions),
        "n_uncopied": len(_uncopied(whole)),
        "classes": [_class(whole, name, asked.confidence) for name in _categories(whole)],
    }
    values, reasons = split(figures)
    return msgspec.convert(values | {"reasons": reasons}, CopyClasses)


def _category(cohort: FeatureCohort, n: int) -> str | None:
    facts = cohort.risk_set.panel.facts
    feature = cohort.risk_sets[n].panel.feature_ids[cohort.diffusions[n].feature]
    return facts.feature_category.get(feature)


def _categories(cohort: FeatureCohort) -> list[str | None]:
    found = {_category(cohort, n) for n in range(len(cohort.diffusions))}
    return sorted(found, key=lambda name: (name is None, name or ""))


def _uncopied(cohort: FeatureCohort) -> list[str]:
    """Features that had rivals and no copy, born with it or not."""
    contested = [n for n, d in enumerate(cohort.diffusions) if d.is_rival.any()]
    return [cohort.feature_id(n) for n in contested if cohort.diffusions[n].first_copy is None]


def _class(whole: FeatureCohort, category: str | None, confidence: float) -> Figures:
    """A `CopyClass`."""
    own = [n for n in range(len(whole.diffusions)) if _category(whole, n) == category]
    members = [whole.diffusions[n] for n in own]
    cohort = FeatureCohort([whole.risk_sets[n] for n in own], members, 0)
    return {
        "category": category,
        "n_features": len(own),
        "n_rows": len(cohort.rows),
        "n_copies": cohort.n_copies,
        "median_time_to_copy_days": median_of(cohort.rows),
        "share_copied_within_year": _share(cohort),
        **first_copy_figures(cohort, confidence),
        "uncopied_share": uncopied_share(cohort),
        "uncopied_features": _uncopied(cohort),
    }


def _share(cohort: FeatureCohort) -> float | Absent:
    """The share after a year by that curve, conditional on its start as the median is."""
    rows = cohort.rows
    start = conditioning_start(rows)
    if start is None:
        return Absent("too_few_rivals")
    curve = kaplan_meier(rows, start)
    if start >= WITHIN or (curve.exhausted_at is None and np.max(rows.exit) < WITHIN):
        return Absent("follow_up_short")
    return 1 - curve.at(WITHIN)
