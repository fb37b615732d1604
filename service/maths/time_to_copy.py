"""How long until rivals copy a feature: `feature_time_to_copy` (metrics.md, 10 and 18a)."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, Literal

import msgspec
import numpy as np
from msgspec import Meta

from service.maths.arenas import Arena, CopyUnit
from service.maths.copy_curves import (
    Conditioned,
    ShareCopied,
    Step,
    conditioned,
    curve_figures,
    exposure_median,
)
from service.maths.copy_quality import band, flags, quality
from service.maths.date_sensitivity import (
    DateSensitivity,
    IntervalCensored,
    any_imprecise,
    copy_dates_imprecise,
    date_sensitivity,
    interval_censored,
)
from service.maths.facts import Ints
from service.maths.lives import NEVER
from service.maths.origins import first_copy_fields, first_mover_probability, iso, origin_fields
from service.maths.panels import Panel
from service.maths.races import BORN_WITH, COPIED, EXITED, PENDING, STATUSES, Race, race
from service.maths.unknowns import censored, known_lacking_until

Window = Annotated[int, Meta(ge=0, le=3_650)]
Horizon = Annotated[int, Meta(ge=1, le=36_500)]
Confidence = Annotated[float, Meta(gt=0, lt=1)]
Draws = Annotated[int, Meta(ge=1, le=10_000)]
Unknown = Literal["absent", "exclude"]
HORIZONS = (30, 90, 180, 365)


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    """One rival; days from the origin. `confirmed`: a pending one is known to lack it."""

    unit: str
    status: str
    entry_days: int
    copy_days: int | None
    exit_days: int | None
    earlier_stage_days: int | None
    confirmed: bool | None


class MedianReadings(msgspec.Struct, frozen=True, kw_only=True):
    """The median if unknown is absent, and if unknown is left out."""

    unknown_absent: int | None
    unknown_excluded: int | None


class TimeToCopy(msgspec.Struct, frozen=True, kw_only=True):
    """Section 10, field by field."""

    market: str | None
    feature: str
    on: str
    as_of: str | None
    unit: str
    stage_min: str
    unknown: str
    origin_date: str | None
    origin_low: str | None
    origin_high: str | None
    launch_pattern: str | None
    first_movers: list[str]
    first_mover_certain: bool | None
    first_mover_probability: dict[str, float] | None
    n_co_innovators: int | None
    lead_days: int | None
    time_to_first_follow_days: int | None
    imported: bool | None
    n_rivals: int | None
    n_at_risk: int | None
    n_copied: int | None
    n_born_with: int | None
    n_exited: int | None
    n_pending: int | None
    n_pending_confirmed: int | None
    n_pending_unconfirmed: int | None
    n_unknown: int | None
    median_time_to_copy_days: int | None
    ci_low: int | None
    ci_high: int | None
    median_lower_bound_days: int | None
    readings: MedianReadings
    conditional_from_days: int | None
    n_copies_before_conditioning: int | None
    curve_exhausted_at_days: int | None
    follow_up_days: int | None
    share_copied: dict[str, ShareCopied]
    share_copied_with_exits: dict[str, float | None]
    share_exited: dict[str, float | None]
    rmst_days: float | None
    rmst_se: float | None
    rmst_ci_low: float | None
    rmst_ci_high: float | None
    time_to_first_copy_days: int | None
    time_to_first_copy_low: int | None
    time_to_first_copy_high: int | None
    exclusivity_days: int | None
    exclusivity_status: str | None
    exclusivity_shared: bool | None
    median_exposure_clock_days: int | None
    date_sensitivity: DateSensitivity | None
    interval_censored: IntervalCensored | None
    curve: list[Step]
    rivals: list[Rival]
    quality: str
    band: str | None
    flags: list[str]
    warnings: list[str]
    reasons: dict[str, str]


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """The parameters of section 18 that this metric takes."""

    as_of: str | None
    simultaneity_days: int
    horizons_days: tuple[int, ...]
    rmst_tau_days: int
    confidence: float
    date_draws: int
    seed: int
    unknown: Unknown
    survey_valid_days: int


def feature_time_to_copy(
    panel: Panel,
    market: str | None,
    feature: str,
    on: int,
    as_of: str | None = None,
    unit: CopyUnit = "vendor",
    simultaneity_days: Window = 7,
    horizons_days: tuple[Horizon, ...] = HORIZONS,
    rmst_tau_days: Horizon = 365,
    confidence: Confidence = 0.95,
    date_draws: Draws = 200,
    seed: int = 0,
    unknown: Unknown = "absent",
    survey_valid_days: Horizon = 365,
) -> TimeToCopy:
    """Kaplan-Meier on the age of the feature, with delayed entry and right censoring."""
    terms = Terms(
        as_of=as_of, simultaneity_days=simultaneity_days, horizons_days=horizons_days,
        rmst_tau_days=rmst_tau_days, confidence=confidence, date_draws=date_draws, seed=seed,
        unknown=unknown, survey_valid_days=survey_valid_days,
    )  # fmt: skip
    return _answer(Arena(panel, market, on, unit), feature, terms)


def every_time_to_copy(arena: Arena, terms: Terms) -> Iterator[TimeToCopy]:
    """All features that the market has had, in id order, over one preparation."""
    for index in arena.features:
        yield _answer(arena, arena.panel.feature_ids[index], terms)


def _answer(arena: Arena, feature: str, terms: Terms) -> TimeToCopy:
    index = arena.feature_index(feature)
    if index is None:
        fields, reasons = dict[str, object](), dict[str, str]()
        why = "never_adopted"
    else:
        fields, reasons, why = _figures(arena, index, terms)
    return _filled(arena, feature, terms, fields, reasons, why)


def _figures(
    arena: Arena, index: int, terms: Terms
) -> tuple[dict[str, object], dict[str, str], str]:
    """Fields and reasons, and the reason of every null that has none of its own."""
    copies = arena.copies(index)
    plain = race(arena, index, terms.simultaneity_days, copies)
    until = known_lacking_until(arena, plain, terms.survey_valid_days)
    chosen = censored(plain, until) if terms.unknown == "exclude" else plain
    read = partial(censored, until=until) if terms.unknown == "exclude" else _unchanged
    found = conditioned(chosen, terms.confidence)
    fields, reasons = origin_fields(arena, chosen, copies)
    fields["first_mover_probability"] = first_mover_probability(
        arena, chosen, copies, terms.date_draws, terms.seed
    )
    fields["median_exposure_clock_days"] = exposure_median(arena, chosen, terms.confidence)
    reasons["median_exposure_clock_days"] = "not_reached" if len(plain.rivals) else "no_rivals"
    parts = [first_copy_fields(arena, chosen, copies), (_counts(arena, chosen, until, terms), {})]
    if found is not None:
        horizons, tau = terms.horizons_days, terms.rmst_tau_days
        parts.append(curve_figures(chosen, found, horizons, tau, terms.confidence))
    for more, why in parts:
        fields |= more
        reasons |= why
    missing = "too_few_rivals" if len(chosen.rows) else "no_rivals"
    fields |= _judgement(arena, chosen, found, bool(fields["first_mover_certain"]))
    reasons["band"] = "not_reached" if found is not None else missing
    if any_imprecise(arena, copies):
        fields["date_sensitivity"] = date_sensitivity(
            arena, chosen, terms.date_draws, terms.seed, terms.confidence, read
        )
    if copy_dates_imprecise(chosen, copies):
        fields["interval_censored"] = interval_censored(chosen, copies)
    reasons |= {"date_sensitivity": "all_dates_exact", "interval_censored": "copy_dates_exact"}
    readings, why = _readings(plain, until, terms.confidence)
    return fields | {"readings": readings}, reasons | why, missing


def _unchanged(plain: Race) -> Race:
    return plain


def _readings(plain: Race, until: Ints, confidence: float) -> tuple[MedianReadings, dict[str, str]]:
    """The median under both readings of what is unknown."""
    values: dict[str, int | None] = {}
    reasons: dict[str, str] = {}
    for name, read in (("unknown_absent", plain), ("unknown_excluded", censored(plain, until))):
        found = conditioned(read, confidence)
        values[name] = found.median.days if found is not None else None
        few = "too_few_rivals" if len(read.rows) else "no_rivals"
        reasons[f"readings.{name}"] = few if found is None else "not_reached"
    kept = {path: why for path, why in reasons.items() if values[path.split(".")[1]] is None}
    return MedianReadings(**values), kept


def _counts(arena: Arena, chosen: Race, until: Ints, terms: Terms) -> dict[str, object]:
    pending = chosen.is_rival & (chosen.status == PENDING)
    confirmed = int((pending & (until == NEVER)).sum())
    return {
        "n_rivals": len(chosen.rivals),
        "n_at_risk": chosen.n_at_risk,
        "n_copied": chosen.count(COPIED),
        "n_born_with": chosen.count(BORN_WITH),
        "n_exited": chosen.count(EXITED),
        "n_pending": int(pending.sum()),
        "n_pending_confirmed": confirmed,
        "n_pending_unconfirmed": int(pending.sum()) - confirmed,
        "n_unknown": int((until == 0).sum()) if terms.unknown == "exclude" else 0,
        "rivals": _rivals(arena, chosen, until),
    }


def _rivals(arena: Arena, chosen: Race, until: Ints) -> list[Rival]:
    lower, unit = arena.lower_stages(chosen.feature)
    earlier = np.full(len(arena), NEVER, np.int64)
    np.minimum.at(earlier, unit, lower.said)
    o = chosen.origin
    units = chosen.rivals
    columns = (units, chosen.status[units], chosen.entry[units], chosen.copy[units],
               chosen.last_end[units], earlier[units], until[units])  # fmt: skip
    return [
        Rival(
            unit=arena.unit_ids[u],
            status=STATUSES[status],
            entry_days=max(entry - o, 0),
            copy_days=copy - o if copy < NEVER else None,
            exit_days=end - o if status == EXITED else None,
            earlier_stage_days=said - o if status == PENDING and said < NEVER else None,
            confirmed=known == NEVER if status == PENDING else None,
        )
        for u, status, entry, copy, end, said, known in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def _judgement(
    arena: Arena, chosen: Race, found: Conditioned | None, certain: bool
) -> dict[str, object]:
    if found is None:
        return {"quality": "insufficient"}
    follow_up = int(chosen.rows.exit.max())
    return {
        "quality": quality(chosen.n_at_risk, int(found.curve.events.sum())),
        "band": band(found.median.days, follow_up),
        "flags": flags(chosen, found, certain, arena.tracked_since),
    }


def _filled(
    arena: Arena,
    feature: str,
    terms: Terms,
    fields: dict[str, object],
    reasons: dict[str, str],
    missing: str,
) -> TimeToCopy:
    """All fields, null where not computed, each null with its reason."""
    empty: dict[str, object] = dict.fromkeys(TimeToCopy.__struct_fields__)
    keys = [str(h) for h in terms.horizons_days]
    given: dict[str, object] = {
        "market": arena.market, "feature": feature, "on": iso(arena.on), "as_of": terms.as_of,
        "unit": arena.unit, "stage_min": arena.panel.stage_min, "unknown": terms.unknown,
        "warnings": arena.panel.warnings, "first_movers": [], "curve": [], "rivals": [],
        "flags": [], "quality": "insufficient",
    }  # fmt: skip
    if "share_copied" not in fields:
        given["share_copied"] = {
            k: ShareCopied(value=None, ci_low=None, ci_high=None) for k in keys
        }
        given["share_copied_with_exits"] = given["share_exited"] = dict.fromkeys(keys)
        for name in ("share_copied", "share_copied_with_exits", "share_exited"):
            reasons |= {f"{name}.{k}": missing for k in keys}
    if "readings" not in fields:
        given["readings"] = MedianReadings(unknown_absent=None, unknown_excluded=None)
        reasons |= dict.fromkeys(("readings.unknown_absent", "readings.unknown_excluded"), missing)
    values = empty | given | fields
    nulls = {n for n, v in values.items() if v is None and n not in ("market", "as_of", "reasons")}
    kept = {path: why for path, why in reasons.items() if "." in path or path in nulls}
    values["reasons"] = dict.fromkeys(sorted(nulls), missing) | kept
    return msgspec.convert(values, TimeToCopy, from_attributes=True)


def defaults(as_of: str | None = None, horizons: Sequence[int] = HORIZONS) -> Terms:
    """The parameters of a call without any."""
    return Terms(
        as_of=as_of, simultaneity_days=7, horizons_days=tuple(horizons), rmst_tau_days=365,
        confidence=0.95, date_draws=200, seed=0, unknown="absent", survey_valid_days=365,
    )  # fmt: skip
