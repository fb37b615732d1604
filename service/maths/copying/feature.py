"""How long until rivals copied a feature: `feature_time_to_copy` (metrics.md, 10)."""

from datetime import date
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta

from service.maths.copying.curve import CopyCurve, curve_figures, no_shares
from service.maths.copying.date_sensitivity import (
    date_sensitivity,
    has_imprecise_dates,
    interval_censored,
)
from service.maths.copying.diffusion import BORN_WITH, COPIED, EXITED, PENDING, STATUSES, Race, race
from service.maths.copying.exclusivity import exclusivity, exposure_median, first_copy
from service.maths.copying.feature_result import FeatureTimeToCopy, Rival
from service.maths.copying.first_movers import is_certain, is_imported, probabilities
from service.maths.copying.risk_set import Arena, Copies, CopyUnit
from service.maths.copying.unknown_rivals import Pending, known_until, pending_of, without_unknown
from service.maths.panel.facts import NO_DATE, Ints
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel

Reasons = dict[str, str]
Fields = dict[str, object]
Days = Annotated[int, Meta(ge=1, le=36_500)]
Window = Annotated[int, Meta(ge=0, le=3650)]
Confidence = Annotated[float, Meta(gt=0, lt=1)]
Count = Annotated[int, Meta(ge=1, le=10_000)]
Horizons = Annotated[tuple[Days, ...], Meta(min_length=1, max_length=50)]
Unknown = Literal["absent", "exclude"]
_BANDS = ((30, "immediate"), (90, "fast"), (180, "moderate"), (365, "slow"))


def feature_time_to_copy(
    panel: Panel,
    feature: str,
    on: int,
    market: str | None = None,
    as_of: str | None = None,
    unit: CopyUnit = "vendor",
    simultaneity_days: Window = 7,
    confidence: Confidence = 0.95,
    horizons_days: Horizons = (30, 90, 180, 365),
    rmst_tau_days: Days = 365,
    date_draws: Count = 200,
    seed: int = 0,
    unknown: Unknown = "absent",
    survey_valid_days: Days = 365,
) -> FeatureTimeToCopy:
    """All of section 10 on day `on` (an ordinal); `market` None treats all markets as one.

    `unknown=exclude`: a pending rival leaves observation when its cell is no longer known (18a).
    """
    arena = Arena(panel, market, on, unit)
    asked: Fields = {
        "market": market,
        "feature": feature,
        "on": date.fromordinal(on).isoformat(),
        "as_of": as_of,
        "unit": unit,
        "stage_min": panel.stage_min,
        "simultaneity_days": simultaneity_days,
        "unknown": unknown,
        "warnings": panel.warnings,
    }
    index = arena.feature_index(feature)
    if index is None:
        return _never_adopted(asked, horizons_days)
    copies = arena.copies(index)
    run = race(arena, index, simultaneity_days, copies)
    known = known_until(arena, feature, survey_valid_days)
    if unknown == "exclude":
        run = without_unknown(run, known, pending_of(run))
    curve = CopyCurve(run, confidence)
    parts: tuple[tuple[Fields, Reasons], ...] = (
        _origin(arena, run, copies, date_draws, seed),
        _counts(run),
        (_known_pending(arena, run, known), {}),
        curve_figures(curve, horizons_days, rmst_tau_days),
        first_copy(run, copies),
        (exclusivity(arena, run), {}),
        _exposure(arena, run),
        _imprecision(arena, run, copies, confidence, date_draws, seed),
        _verdict(arena, run, curve, copies),
    )
    fields, reasons = asked, Reasons()
    for found, more in parts:
        fields, reasons = fields | found, reasons | more
    fields |= {"rivals": _rivals(arena, run), "reasons": dict(sorted(reasons.items()))}
    return FeatureTimeToCopy(**fields)  # type: ignore[arg-type]


def _known_pending(arena: Arena, run: Race, known: Ints) -> Fields:
    """Pending rivals known to lack the feature on the day, the others, and those never known."""
    units = pending_of(run)
    until = known[units]
    return {
        "pending": [
            Pending(unit=arena.unit_ids[u], confirmed=bool(known[u] >= run.on)) for u in units
        ],
        "n_pending_confirmed": int((until >= run.on).sum()),
        "n_pending_unconfirmed": int((until < run.on).sum()),
        "n_unknown": int((until == NO_DATE).sum()),
    }


def _never_adopted(asked: Fields, horizons: tuple[int, ...]) -> FeatureTimeToCopy:
    lists: Fields = {name: [] for name in ("first_movers", "curve", "rivals", "pending", "flags")}
    names = msgspec.structs.fields(FeatureTimeToCopy)
    shares, reasons = no_shares(horizons, "never_adopted")
    empty = {str(h): None for h in horizons}
    filled: Fields = {
        **asked, **lists, "first_mover_probability": {}, "share_copied": shares,
        "share_copied_with_exits": empty, "share_exited": empty, "quality": "insufficient",
        "reasons": {},
    }  # fmt: skip
    nulls = [field.name for field in names if field.name not in filled]
    for part in ("share_copied_with_exits", "share_exited"):
        reasons |= {f"{part}.{h}": "never_adopted" for h in horizons}
    reasons |= dict.fromkeys(nulls, "never_adopted")
    filled |= dict.fromkeys(nulls) | {"reasons": dict(sorted(reasons.items()))}
    return FeatureTimeToCopy(**filled)  # type: ignore[arg-type]


def _origin(
    arena: Arena, run: Race, copies: Copies, date_draws: int, seed: int
) -> tuple[Fields, Reasons]:
    first, ids = run.first, arena.unit_ids
    others = arena.vendor_of_unit != arena.vendor_of_unit[first[0]]
    follow = int(run.copy[others].min(initial=NEVER))
    imported = is_imported(arena, run)
    fields: Fields = {
        "origin_date": _iso(run.origin),
        "origin_low": _iso(int(copies.lo.min())),
        "origin_high": _iso(int(copies.hi.min())),
        "imported": imported,
        "launch_pattern": "simultaneous" if len(first) > 1 else "sole",
        "first_movers": [ids[u] for u in first],
        "n_co_innovators": len(first),
        "lead_days": int(run.copy[first[1]]) - run.origin if len(first) > 1 else None,
        "first_mover_certain": is_certain(run, copies),
        "first_mover_probability": probabilities(arena, run.feature, copies, date_draws, seed),
        "time_to_first_follow_days": None if follow == NEVER else follow - run.origin,
    }
    codes = {
        "imported": "all_markets",
        "lead_days": "sole_first_mover",
        "time_to_first_follow_days": "never_followed",
    }
    return fields, {name: code for name, code in codes.items() if fields[name] is None}


def _counts(run: Race) -> tuple[Fields, Reasons]:
    return {
        "n_rivals": int(run.is_rival.sum()),
        "n_at_risk": run.n_at_risk,
        "n_copied": run.count(COPIED),
        "n_born_with": run.count(BORN_WITH),
        "n_exited": run.count(EXITED),
        "n_pending": run.count(PENDING),
    }, {}


def _exposure(arena: Arena, run: Race) -> tuple[Fields, Reasons]:
    days = exposure_median(arena, run)
    code = "not_reached" if run.is_rival.any() else "no_rivals"
    name = "median_exposure_clock_days"
    return {name: days}, {} if days is not None else {name: code}


def _imprecision(
    arena: Arena, run: Race, copies: Copies, confidence: float, date_draws: int, seed: int
) -> tuple[Fields, Reasons]:
    fields: Fields = {"date_sensitivity": None, "interval_censored": None}
    reasons: Reasons = {}
    if has_imprecise_dates(arena, run.feature):
        fields["date_sensitivity"] = date_sensitivity(arena, run, confidence, date_draws, seed)
    else:
        reasons["date_sensitivity"] = "all_dates_exact"
    has = copies.day < NEVER
    if not len(run.rows):
        reasons["interval_censored"] = "no_rivals"
    elif (copies.lo[has] < copies.hi[has]).any():
        fields["interval_censored"] = interval_censored(run, copies)
    else:
        reasons["interval_censored"] = "copy_dates_exact"
    return fields, reasons | _nested(fields)


def _nested(fields: Fields) -> Reasons:
    """Reasons of the nulls inside figures that are there."""
    return {
        f"{name}.{inner}": "not_reached"
        for name, figure in fields.items()
        if isinstance(figure, msgspec.Struct)
        for inner, value in msgspec.structs.asdict(figure).items()
        if value is None
    }


def _verdict(arena: Arena, run: Race, curve: CopyCurve, copies: Copies) -> tuple[Fields, Reasons]:
    """10.10: flags, band and quality."""
    if curve.missing is not None:
        fields: Fields = {"flags": [], "band": None, "quality": "insufficient"}
        return fields, {"band": curve.missing}
    days = curve.median.days
    shown = _band(days, curve.follow_up_days)
    fields = {
        "flags": _flags(arena, run, curve, copies),
        "band": shown,
        "quality": _quality(run.n_at_risk, int(curve.curve.events.sum())),
    }
    return fields, {} if shown else {"band": "not_reached"}


def _band(days: int | None, follow_up: int) -> str | None:
    if days is None:
        return "durable" if follow_up > _BANDS[-1][0] else None
    return band_of_days(days)


def band_of_days(days: float) -> str:
    """The word for a median (10.10)."""
    return next((name for most, name in _BANDS if days <= most), "durable")


def _quality(n_at_risk: int, n_copies: int) -> str:
    if n_at_risk < 5 or n_copies < 3:
        return "thin"
    return "fair" if n_at_risk < 10 or n_copies < 5 else "good"


def _flags(arena: Arena, run: Race, curve: CopyCurve, copies: Copies) -> list[str]:
    exhausted, since = curve.curve.exhausted_at, arena.tracked_since
    n_rivals = int(run.is_rival.sum())
    holds = {
        "late_entrants_after_exhaustion": exhausted is not None
        and bool((run.rows.exit > exhausted).any()),
        "conditional_curve": curve.start is not None and curve.start > run.window,
        "first_mover_uncertain": not is_certain(run, copies),
        "mostly_born_with": 2 * run.count(BORN_WITH) > n_rivals,
        "origin_before_coverage": since is not None and run.origin < since,
    }
    return [flag for flag, is_raised in holds.items() if is_raised]


def _rivals(arena: Arena, run: Race) -> list[Rival]:
    lower, unit = arena.lower_stages(run.feature)
    earlier = np.full(len(arena), NEVER, np.int64)
    np.minimum.at(earlier, unit, lower.said)
    return [
        Rival(
            unit=arena.unit_ids[u],
            status=STATUSES[run.status[u]],
            entry_days=max(0, int(run.entry[u]) - run.origin),
            copy_days=None if run.copy[u] == NEVER else int(run.copy[u]) - run.origin,
            exit_days=int(run.last_end[u]) - run.origin if run.status[u] == EXITED else None,
            earlier_stage_days=int(earlier[u]) - run.origin
            if run.status[u] == PENDING and earlier[u] < NEVER
            else None,
        )
        for u in run.rivals
    ]


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
