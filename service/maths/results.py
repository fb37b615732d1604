"""What a metric answers: figures, or why there is none (metrics.md, 2.5).

A metric computes figures by name; a figure that cannot be had is an `Absent`, wherever it stands.
At the edge `finish` makes the result out of them: values, null where there is none, and `reasons`
with the paths of the nulls.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

import msgspec
from msgspec import UNSET

# The codes of metrics.md, 19 and 18a; a code once given keeps its meaning.
Reason = Literal[
    "no_eligible_products",
    "no_profiled_products",
    "single_vendor",
    "single_product",
    "no_rivals",
    "too_few_rivals",
    "not_live",
    "unprofiled",
    "never_adopted",
    "not_in_force",
    "not_extinct",
    "too_few_vendors",
    "too_few_features",
    "too_few_copies",
    "no_features",
    "no_recorded_dates",
    "no_versions",
    "too_few_versions",
    "no_figures",
    "too_few_figures",
    "contradicting_figures",
    "not_additive",
    "not_public",
    "saturated",
    "jackknife_undefined",
    "undefined_without_feature",
    "zero_null_variance",
    "no_variance",
    "not_estimable",
    "no_table_stakes",
    "not_table_stakes",
    "no_rival_change",
    "nothing_shared",
    "no_common_rivals",
    "no_score_at_start",
    "no_contested_features",
    "no_expected_copies",
    "one_cohort",
    "sole_first_mover",
    "never_followed",
    "all_markets",
    "never_at_risk",
    "no_overdispersion",
    "no_pending_rivals",
    "no_forecasts",
    "median_reached",
    "not_exhausted",
    "all_dates_exact",
    "copy_dates_exact",
    "not_reached",
    "follow_up_short",
    "still_exclusive",
    "nobody_at_risk",
    "beyond_observed",
    "origin_before_coverage",
    "out_of_scope",
    "too_few_audits",
    "all_known",
    "not_asked",
    "none_settled",
    "mostly_unknown",
    "unknown_excluded",
    "uncalibrated",
    "not_computed",
]
REASONS: tuple[Reason, ...] = get_args(Reason)

Reasons = dict[str, str]
Figures = dict[str, object]
R = TypeVar("R", bound=msgspec.Struct)
_PLAIN = frozenset((float, int, str, bool, type(None)))


@dataclass(frozen=True, slots=True)
class Absent:
    """Why there is no figure; `shown` stands in its place: null, an empty list or an object whose
    own figures are absent."""

    reason: Reason
    shown: object = None


def absent(names: Iterable[str], reason: Reason) -> Figures:
    """All of these absent for one reason."""
    return dict.fromkeys(names, Absent(reason))


def ratio(part: float, whole: float, otherwise: Reason) -> float | Absent:
    """Part over whole, or why there is nothing to divide by."""
    return part / whole if whole else Absent(otherwise)


def finish(result: type[R], figures: Figures) -> R:
    """The result made of its figures; `reasons` are sorted by path, those of a part that a metric
    hands over as a figure of that name among them. Raises msgspec's
    ValidationError where a figure is missing that the result has no default for."""
    own = {name: figures.get(name, UNSET) for name in result.__struct_fields__}
    values, reasons = split({name: figure for name, figure in own.items() if figure is not UNSET})
    reasons |= values.get("reasons", {})
    return msgspec.convert(values | {"reasons": dict(sorted(reasons.items()))}, result)


def split(figures: Mapping[str, object]) -> tuple[dict[str, Any], Reasons]:
    """The values, and by path why those are null that are absent.

    Paths go by the names of figures and keys of objects; a row of a list goes by its first figure,
    which names it.
    """
    reasons: Reasons = {}
    return {name: _value(figure, name, reasons) for name, figure in figures.items()}, reasons


def _value(figure: object, path: str, reasons: Reasons) -> object:
    if isinstance(figure, Absent):
        reasons[path] = figure.reason
        return _value(figure.shown, path, reasons)
    if isinstance(figure, dict):
        return {
            key: inner if type(inner) in _PLAIN else _value(inner, f"{path}.{key}", reasons)
            for key, inner in figure.items()
        }
    if isinstance(figure, list) and figure and isinstance(figure[0], dict):
        return [_value(row, f"{path}.{next(iter(row.values()))}", reasons) for row in figure]
    return figure
