"""How standard a feature is in its market: `feature_homogenization` (metrics.md, 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np

from service.maths.homogenization.figures import ProfileFigures, quality
from service.maths.homogenization.unknown_bounds import unit_cells
from service.maths.kernels.similarity import score
from service.maths.measure import measure
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.panel.scope import is_in_scope
from service.maths.parameters import MeasureParameters, Thresholds, Unit, UnknownCells
from service.maths.results import Absent, Figures, Reason, Reasons, absent, ratio

_ESTIMATES = (
    "status",
    "penetration",
    "penetration_low",
    "penetration_high",
    "pair_share",
    "product_penetration",
    "contribution",
    "mean_adopter_breadth",
)


@dataclass(frozen=True, kw_only=True)
class FeatureHomogenizationParameters(MeasureParameters, Thresholds, UnknownCells):
    """Of one feature in one market. `unknown=exclude`: the penetration among vendors of whom it
    is known; the rest is null."""

    market: str
    feature: str
    unit: Unit = "product"


class FeatureHomogenization(msgspec.Struct, frozen=True, kw_only=True):
    """Shares of vendors unless the name says products; the bounds are worst cases."""

    market: str
    feature: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    status: str | None
    penetration: float | None
    penetration_low: float | None
    penetration_high: float | None
    pair_share: float | None
    product_penetration: float | None
    contribution: float | None
    mean_adopter_breadth: float | None
    first_seen: str | None
    extinct_since: str | None
    n_vendors: int
    n_vendors_with: int
    n_products: int
    n_products_with: int
    n_unprofiled_vendors: int
    quality: str
    warnings: list[str]
    reasons: Reasons


@measure(FeatureHomogenizationParameters, FeatureHomogenization)
def feature_homogenization(
    panel: Panel, asked: FeatureHomogenizationParameters
) -> Iterator[Figures]:
    """All of section 5 for one feature on a day."""
    panel = panel.within(asked.market)
    profiled = profile(panel, asked.market, asked.on, asked.unit)
    is_alive = asked.feature in profiled.items
    column = profiled.items.index(asked.feature) if is_alive else None
    yield {"market": asked.market, "feature": asked.feature, "unit": asked.unit}
    yield _counts(profiled, column)
    lifetime = _lifetime(panel, asked, is_alive=is_alive)
    yield lifetime
    if isinstance(why := lifetime["first_seen"], Absent):
        estimates = absent(_ESTIMATES, why.reason)
    elif asked.unknown == "exclude" and column is not None and profiled.missing is None:
        estimates = _over_known(panel, profiled, column, asked)
    else:
        estimates = _estimates(ProfileFigures(profiled, thresholds=asked), column)
    has_status = not isinstance(estimates["status"], Absent)
    yield estimates | {"quality": quality(profiled) if has_status else "insufficient"}


def _counts(profiled: Profile, column: int | None) -> Figures:
    state = profiled.state
    return {
        "n_vendors": state.n_vendors,
        "n_vendors_with": 0 if column is None else int(state.vendors_with[column]),
        "n_products": len(profiled.units),
        "n_products_with": 0 if column is None else int(state.has[:, column].sum()),
        "n_unprofiled_vendors": profiled.n_unprofiled_vendors,
    }


def _over_known(
    panel: Panel, profiled: Profile, column: int, asked: FeatureHomogenizationParameters
) -> Figures:
    """The penetration where unknown cells are left out (18a); absent below a third of vendors."""
    days = asked.survey_valid_days
    cells = unit_cells(panel, asked.market, asked.on, "vendor", days).known
    n_known, n_with = int(cells[:, column].sum()), int(profiled.state.vendors_with[column])
    is_enough = 3 * n_known >= len(cells)
    penetration = n_with / n_known if is_enough else Absent("mostly_unknown")
    return absent(_ESTIMATES, "unknown_excluded") | {"penetration": penetration}


def _lifetime(panel: Panel, asked: FeatureHomogenizationParameters, *, is_alive: bool) -> Figures:
    """First day in the market, and the day since which nobody has it."""
    if not is_in_scope(panel.facts, asked.feature, asked.market):
        return absent(("first_seen", "extinct_since"), "out_of_scope")
    spells = panel.adoptions
    mask = panel.in_market(asked.market)[spells.product] & (spells.start <= asked.on)
    if asked.feature in panel.feature_ids:
        mask &= spells.item == panel.feature_ids.index(asked.feature)
    else:
        mask[:] = False
    if not mask.any():
        return absent(("first_seen", "extinct_since"), "never_adopted")
    last = date.fromordinal(int(spells.end[mask].max())) if not is_alive else None
    return {
        "first_seen": date.fromordinal(int(spells.start[mask].min())).isoformat(),
        "extinct_since": Absent("not_extinct") if last is None else last.isoformat(),
    }


def _estimates(figures: ProfileFigures, column: int | None) -> Figures:
    """Of a feature that was adopted at some time."""
    profiled, state = figures.profile, figures.state
    n_with = 0 if column is None else int(state.vendors_with[column])
    n, n_unprofiled = state.n_vendors, profiled.n_unprofiled_vendors
    nobody: Reason = profiled.missing or "no_profiled_products"
    rows = np.zeros(len(profiled.units), np.bool_) if column is None else state.has[:, column]
    breadth = float(state.sizes[rows].mean()) if rows.any() else Absent("not_in_force")
    return {
        "status": _status(figures, column),
        "penetration": ratio(n_with, n, nobody),
        "penetration_low": ratio(n_with, n + n_unprofiled, nobody),
        "penetration_high": ratio(n_with + n_unprofiled, n + n_unprofiled, nobody),
        "pair_share": ratio(n_with * (n_with - 1), n * (n - 1), nobody),
        "product_penetration": ratio(int(rows.sum()), len(rows), nobody),
        "contribution": _contribution(figures, column),
        "mean_adopter_breadth": breadth,
    }


def _status(figures: ProfileFigures, column: int | None) -> str | Absent:
    if column is None:
        return "extinct"
    return figures.statuses[column] if figures.state.n_vendors > 1 else Absent("single_vendor")


def _contribution(figures: ProfileFigures, column: int | None) -> float | Absent:
    if column is None:
        return Absent("not_in_force")
    if figures.profile.missing is not None:
        return Absent(figures.profile.missing)
    rest = score(figures.state.without(column))
    return Absent("undefined_without_feature") if rest is None else figures.score - rest
