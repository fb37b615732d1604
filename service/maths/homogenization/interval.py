"""The interval of the score: a jackknife over vendors and over items (metrics.md, 4.5)."""

import math

import numpy as np
from scipy.stats import t as student

from service.maths.arrays import Floats
from service.maths.results import Absent, Figures

_LIMITS = ("score_ci_low", "score_ci_high")
INTERVAL = (*_LIMITS, "se_vendors", "se_features")


def interval(
    score: float,
    without_vendors: Floats | Absent,
    without_items: list[float | None],
    n_vendors: int,
    confidence: float,
) -> Figures:
    """score ± t_{min(V,F)-1} sqrt(se_vendors^2 + se_features^2), clipped to [0, 1].

    `without_vendors` and `without_items` are the scores with each left out. Adding both variances
    is the conservative answer for crossed data (Owen 2007).
    """
    se_vendors = (
        without_vendors if isinstance(without_vendors, Absent) else jackknife_error(without_vendors)
    )
    se_features = _error_over_items(without_items)
    errors: Figures = {"se_vendors": se_vendors, "se_features": se_features}
    if isinstance(se_vendors, Absent):
        return errors | dict.fromkeys(_LIMITS, se_vendors)
    if isinstance(se_features, Absent):
        return errors | dict.fromkeys(_LIMITS, se_features)
    t = float(student.ppf((1 + confidence) / 2, min(n_vendors, len(without_items)) - 1))
    half = t * math.hypot(se_vendors, se_features)
    low, high = min(1.0, max(0.0, score - half)), max(0.0, min(1.0, score + half))
    return errors | dict(zip(_LIMITS, (low, high), strict=True))


def _error_over_items(without_items: list[float | None]) -> float | Absent:
    defined = [rest for rest in without_items if rest is not None]
    if len(without_items) < 3:
        return Absent("too_few_features")
    if len(defined) < len(without_items):
        return Absent("jackknife_undefined")
    return jackknife_error(np.array(defined))


def jackknife_error(left_out: Floats) -> float:
    """Delete-one standard error: sqrt((n-1)/n sum (H_(-i) - mean)^2)."""
    n = len(left_out)
    centre = math.fsum(left_out) / n
    return math.sqrt((n - 1) / n * math.fsum((left_out - centre) ** 2))
