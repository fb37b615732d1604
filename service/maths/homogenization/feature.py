"""How standard a feature is in its market: `feature_homogenization` (metrics.md, 5)."""

from datetime import date

import msgspec
import numpy as np

from service.maths.homogenization.figures import Levels, Reasons, quality
from service.maths.homogenization.market import Share, Unit
from service.maths.homogenization.readings import Readings, unit_cells
from service.maths.kernels.similarity import score
from service.maths.panel.panel import Panel
from service.maths.panel.profiles import Profile, profile
from service.maths.parameters import SURVEY_VALID_DAYS, Days, Unknown

_ESTIMATES = (
    "status", "penetration", "penetration_low", "penetration_high", "pair_share",
    "product_penetration", "contribution", "mean_adopter_breadth",
)  # fmt: skip


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


def feature_homogenization(
    panel: Panel,
    market: str,
    feature: str,
    on: int,
    as_of: str | None = None,
    unit: Unit = "product",
    table_stakes_min: Share = 0.75,
    differentiator_max: Share = 0.25,
    unknown: Unknown = "absent",
    survey_valid_days: Days = SURVEY_VALID_DAYS,
) -> FeatureHomogenization:
    """All of section 5 for one feature on day `on` (an ordinal).

    `unknown=exclude`: the penetration among vendors of whom it is known; the rest is null.
    """
    panel = panel.seen(on)
    now = profile(panel, market, on, unit)
    column = now.items.index(feature) if feature in now.items else None
    seen, reasons = _seen(panel, market, feature, on, alive=column is not None)
    levels = Levels(now, table_stakes_min=table_stakes_min, differentiator_max=differentiator_max)
    figures = dict.fromkeys(_ESTIMATES)
    if seen["first_seen"] is None:
        reasons |= dict.fromkeys(_ESTIMATES, "never_adopted")
    else:
        figures, more = _figures(levels, column)
        if unknown == "exclude" and column is not None and now.missing is None:
            figures, more = _over_known(panel, now, market, on, column, survey_valid_days)
        reasons |= more
    state, median = now.state, float(np.median(now.state.sizes)) if now.units else 0.0
    judged = None if figures["status"] is None else 1.0
    fields = figures | seen | {
        "market": market,
        "feature": feature,
        "on": date.fromordinal(on).isoformat(),
        "as_of": as_of,
        "unit": unit,
        "stage_min": panel.stage_min,
        "n_vendors": state.n_vendors,
        "n_vendors_with": 0 if column is None else int(state.vendors_with[column]),
        "n_products": len(now.units),
        "n_products_with": 0 if column is None else int(state.has[:, column].sum()),
        "n_unprofiled_vendors": now.n_unprofiled_vendors,
        "quality": quality(judged, state.n_vendors, median),
        "warnings": panel.warnings,
        "reasons": dict(sorted(reasons.items())),
    }  # fmt: skip
    return msgspec.convert(fields, FeatureHomogenization)


def _over_known(
    panel: Panel, now: Profile, market: str, on: int, column: int, survey_valid_days: int
) -> tuple[dict[str, object], Reasons]:
    """The penetration where unknown cells are left out (18a); null below a third of vendors."""
    figures: dict[str, object] = dict.fromkeys(_ESTIMATES)
    reasons = dict.fromkeys(_ESTIMATES, "unknown_excluded")
    vendors = profile(panel, market, on, "vendor")
    known = unit_cells(panel, market, on, vendors, "vendor", survey_valid_days)[:, column]
    if 3 * int(known.sum()) < len(vendors.units):
        return figures, reasons | {"penetration": "mostly_unknown"}
    figures["penetration"] = int(now.state.vendors_with[column]) / int(known.sum())
    del reasons["penetration"]
    return figures, reasons


def feature_readings(
    panel: Panel,
    market: str,
    feature: str,
    on: int,
    unit: Unit = "product",
    survey_valid_days: int = SURVEY_VALID_DAYS,
) -> Readings:
    """`penetration` on day `on` (an ordinal), read both ways."""
    asked = panel, market, feature, on, None, unit
    absent = feature_homogenization(*asked)
    if absent.penetration is None:
        return Readings.missing(absent.reasons["penetration"])
    known = feature_homogenization(*asked, unknown="exclude", survey_valid_days=survey_valid_days)
    return Readings.of(absent.penetration, known.penetration)


def _seen(
    panel: Panel, market: str, feature: str, on: int, *, alive: bool
) -> tuple[dict[str, str | None], Reasons]:
    """First day in the market, and the day since which nobody has it."""
    spells = panel.adoptions
    mask = panel.in_market(market)[spells.product] & (spells.start <= on)
    if feature in panel.feature_ids:
        mask &= spells.item == panel.feature_ids.index(feature)
    else:
        mask[:] = False
    if not mask.any():
        codes = dict.fromkeys(("first_seen", "extinct_since"), "never_adopted")
        return dict.fromkeys(codes), codes
    first = date.fromordinal(int(spells.start[mask].min())).isoformat()
    if alive:
        return {"first_seen": first, "extinct_since": None}, {"extinct_since": "not_extinct"}
    last = date.fromordinal(int(spells.end[mask].max())).isoformat()
    return {"first_seen": first, "extinct_since": last}, {}


def _figures(levels: Levels, column: int | None) -> tuple[dict[str, object], Reasons]:
    """Of a feature that was adopted at some time."""
    now, state = levels.profile, levels.state
    with_it = 0 if column is None else int(state.vendors_with[column])
    n, unknown = state.n_vendors, now.n_unprofiled_vendors
    nobody, lonely = now.missing or "no_profiled_products", "single_vendor"
    rows = np.zeros(len(now.units), np.bool_) if column is None else state.has[:, column]
    breadth = float(state.sizes[rows].mean()) if rows.any() else None
    contribution, why = _contribution(levels, column)
    values: dict[str, tuple[object, str]] = {
        "status": (_status(levels, column), lonely),
        "penetration": (with_it / n if n else None, nobody),
        "penetration_low": (with_it / (n + unknown) if n + unknown else None, nobody),
        "penetration_high": ((with_it + unknown) / (n + unknown) if n + unknown else None, nobody),
        "pair_share": (
            with_it * (with_it - 1) / (n * (n - 1)) if n > 1 else None,
            now.missing or "",
        ),
        "product_penetration": (int(rows.sum()) / len(rows) if len(rows) else None, nobody),
        "contribution": (contribution, why),
        "mean_adopter_breadth": (breadth, "not_in_force"),
    }
    figures = {name: value for name, (value, _) in values.items()}
    return figures, {name: code for name, (value, code) in values.items() if value is None}


def _status(levels: Levels, column: int | None) -> str | None:
    if column is None:
        return "extinct"
    return levels.statuses[column] if levels.state.n_vendors > 1 else None


def _contribution(levels: Levels, column: int | None) -> tuple[float | None, str]:
    if column is None:
        return None, "not_in_force"
    if levels.profile.missing is not None:
        return None, levels.profile.missing
    rest = score(levels.state.without(column))
    return (None if rest is None else levels.score - rest), "undefined_without_feature"
