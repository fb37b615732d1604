"""How far a copy curve can be trusted, and what to call its median (10.10)."""

from service.maths.copy_curves import Conditioned
from service.maths.races import BORN_WITH, Race

_BANDS = ((30, "immediate"), (90, "fast"), (180, "moderate"), (365, "slow"))


def quality(n_at_risk: int, n_copies: int) -> str:
    """Of a curve with so many rivals and so many copies in it."""
    if n_at_risk < 5 or n_copies < 3:
        return "thin"
    return "fair" if n_at_risk < 10 or n_copies < 5 else "good"


def band(median: int | None, follow_up: int) -> str | None:
    """The word for a median, or for a lower bound beyond a year."""
    if median is None:
        return "durable" if follow_up > 365 else None
    return next((word for limit, word in _BANDS if median <= limit), "durable")


def flags(race: Race, found: Conditioned, certain: bool, tracked_since: int | None) -> list[str]:
    """What to keep in mind when reading the curve, in fixed order."""
    exhausted = found.curve.exhausted_at
    raised = {
        "late_entrants_after_exhaustion": exhausted is not None
        and bool((race.rows.exit > exhausted).any()),
        "conditional_curve": found.start > race.window,
        "first_mover_uncertain": not certain,
        "mostly_born_with": race.count(BORN_WITH) > len(race.rivals) / 2,
        "origin_before_coverage": tracked_since is not None and race.origin < tracked_since,
    }
    return [flag for flag, holds in raised.items() if holds]
