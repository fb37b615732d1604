"""Time-to-copy read both ways, and who is known not to have copied (metrics.md, 18a)."""

import msgspec

from service.maths.copying.curve import CopyCurve
from service.maths.copying.diffusion import race
from service.maths.copying.risk_set import Arena, CopyUnit
from service.maths.copying.unknown_rivals import Pending, known_until, pending_of, without_unknown
from service.maths.panel.facts import NO_DATE
from service.maths.panel.panel import Panel


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


def _empty(code: str) -> CopyReadings:
    return CopyReadings(
        unknown_absent=None, unknown_excluded=None, n_unknown=0, n_pending_confirmed=0,
        n_pending_unconfirmed=0, pending=[],
        reasons=dict.fromkeys(("unknown_absent", "unknown_excluded"), code),
    )  # fmt: skip
