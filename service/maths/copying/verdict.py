"""How fast a feature was copied in a word, how much that rests on, and what to mind (metrics.md,
10.10)."""

from service.maths.copying.curve import CopyCurve
from service.maths.copying.diffusion import BORN_WITH
from service.maths.copying.first_movers import is_certain, origin_is_bound
from service.maths.copying.risk_set import Copies, RiskSet
from service.maths.results import Absent, Figures

_BANDS = ((30, "immediate"), (90, "fast"), (180, "moderate"), (365, "slow"))


def verdict(risk_set: RiskSet, curve: CopyCurve, copies: Copies, *, is_absent: bool) -> Figures:
    """`flags`, `band` and `quality`; `is_absent`: cells count as absent of which nobody knows, for
    want of a model."""
    if curve.missing is not None:
        return {"flags": [], "band": Absent(curve.missing), "quality": "insufficient"}
    quality = _quality(curve.diffusion.n_at_risk, int(curve.curve.events.sum()))
    is_bound = risk_set.race.dates == "spread" and origin_is_bound(risk_set, curve.diffusion)
    return {
        "flags": _flags(risk_set, curve, copies, is_bound=is_bound, is_absent=is_absent),
        "band": _band(curve),
        "quality": "thin" if is_bound else quality,
    }


def _band(curve: CopyCurve) -> str | Absent:
    """Of the median, or of its lower bound where that alone says enough."""
    if curve.median.days is not None:
        return band_of_days(curve.median.days)
    return "durable" if curve.follow_up_days > _BANDS[-1][0] else Absent("not_reached")


def band_of_days(days: float) -> str:
    """The word for a median (10.10)."""
    return next((name for most, name in _BANDS if days <= most), "durable")


def _quality(n_at_risk: int, n_copies: int) -> str:
    if n_at_risk < 5 or n_copies < 3:
        return "thin"
    return "fair" if n_at_risk < 10 or n_copies < 5 else "good"


def _flags(
    risk_set: RiskSet, curve: CopyCurve, copies: Copies, *, is_bound: bool, is_absent: bool
) -> list[str]:
    spread, exhausted, since = curve.diffusion, curve.exhausted_at, risk_set.tracked_since
    holds = {
        "late_entrants_after_exhaustion": exhausted is not None
        and bool((spread.rows.exit > exhausted).any()),
        "conditional_curve": curve.start is not None and curve.start > spread.window,
        "first_mover_uncertain": not is_certain(risk_set, spread, copies),
        "mostly_born_with": 2 * spread.count(BORN_WITH) > int(spread.is_rival.sum()),
        "origin_before_coverage": since is not None and spread.origin < since,
        "origin_is_bound": is_bound,
        "unknown_as_absent": is_absent,
    }
    return [flag for flag, is_raised in holds.items() if is_raised]
