"""Time-to-copy read both ways, and who is known not to have copied (metrics.md, 18a)."""

from dataclasses import replace

import msgspec
import numpy as np

from service.maths.arenas import Arena, CopyUnit
from service.maths.copy_curves import CopyCurve
from service.maths.coverage import known_absent_until
from service.maths.facts import NO_DATE, Ints
from service.maths.panels import Panel
from service.maths.races import PENDING, Race, race
from service.maths.survival import Rows


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A rival without a copy; `confirmed`: a survey says that it lacks the feature."""

    unit: str
    confirmed: bool


class CopyReadings(msgspec.Struct, frozen=True, kw_only=True):
    """The median with unknown cells read as absent, and left out; a null has its reason."""

    unknown_absent: int | None
    unknown_excluded: int | None
    n_unknown: int
    n_pending_confirmed: int
    n_pending_unconfirmed: int
    pending: list[Pending]
    reasons: dict[str, str]


def copy_readings(
    panel: Panel,
    feature: str,
    on: int,
    market: str | None = None,
    unit: CopyUnit = "vendor",
    simultaneity_days: int = 7,
    confidence: float = 0.95,
    survey_valid_days: int = 365,
) -> CopyReadings:
    """Both readings of the median on day `on` (an ordinal), and the pending rivals in id order.

    Left out: a pending rival whose cell is unknown leaves observation on the last day on which
    it was known to lack the feature; never known, it is not at risk at all (`n_unknown`).
    """
    arena = Arena(panel, market, on, unit)
    index = arena.feature_index(feature)
    if index is None:
        return _empty("never_adopted")
    run = race(arena, index, simultaneity_days)
    known = known_until(arena, feature, survey_valid_days)
    pending = pending_of(run)
    confirmed = known[pending] >= on
    excluded = without_unknown(run, known, pending)
    medians, reasons = {}, {}
    for name, rows in (("unknown_absent", run), ("unknown_excluded", excluded)):
        curve = CopyCurve(rows, confidence)
        medians[name] = None if curve.missing else curve.median.days
        if medians[name] is None:
            reasons[name] = curve.missing or "not_reached"
    return CopyReadings(
        **medians,
        n_unknown=int((known[pending] == NO_DATE).sum()),
        n_pending_confirmed=int(confirmed.sum()),
        n_pending_unconfirmed=int((~confirmed).sum()),
        pending=[
            Pending(unit=arena.unit_ids[u], confirmed=bool(sure))
            for u, sure in zip(pending, confirmed, strict=True)
        ],
        reasons=reasons,
    )


def pending_of(run: Race) -> Ints:
    """The units of the rivals that have not copied yet."""
    return np.flatnonzero(run.is_rival & (run.status == PENDING))


def _empty(code: str) -> CopyReadings:
    return CopyReadings(
        unknown_absent=None, unknown_excluded=None, n_unknown=0, n_pending_confirmed=0,
        n_pending_unconfirmed=0, pending=[],
        reasons=dict.fromkeys(("unknown_absent", "unknown_excluded"), code),
    )  # fmt: skip


def known_until(arena: Arena, feature: str, survey_valid_days: int) -> Ints:
    """Per unit, the last day on which the cells of all its live products are known."""
    days = known_absent_until(arena.panel, feature, arena.on, survey_valid_days)[arena.products]
    live = arena.panel.live(arena.on)[arena.products]
    until = np.full(len(arena), arena.on, np.int64)
    np.minimum.at(until, arena.unit_of_row[live], days[live])
    return until


def without_unknown(run: Race, known: Ints, pending: Ints) -> Race:
    """The race without the days on which a pending rival's cell is not known."""
    last = np.full(len(known), run.on - run.origin, np.int64)
    last[pending] = np.minimum(known[pending], run.on) - run.origin
    out = np.minimum(run.rows.exit, last[run.row_unit])
    kept = out > run.rows.entry
    rows = Rows(run.rows.entry[kept], out[kept], run.rows.event[kept])
    return replace(run, rows=rows, row_unit=run.row_unit[kept], left=run.left[kept])
