"""The interval of the score: a jackknife over vendors and over items (metrics.md, 4.5)."""

import math
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from service.maths.arrays import Floats
from service.maths.results import Absent, Figures

_LIMITS = ("score_ci_low", "score_ci_high")
INTERVAL = (*_LIMITS, "se_vendors", "se_features")


class Errors(NamedTuple):
    """A score with its squared errors; n = min(V, F)."""

    score: float
    of_vendors: float | Absent
    of_items: float | Absent
    n: int

    def interval(self, confidence: float) -> Figures:
        return interval_of(*self, confidence)


def errors_of(
    score: float,
    without_vendors: Floats | Absent,
    without_items: list[float | None],
    n_vendors: int,
) -> Errors:
    """From the scores without each vendor, and without each item."""
    of_vendors = (
        without_vendors
        if isinstance(without_vendors, Absent)
        else jackknife_error(without_vendors) ** 2
    )
    error = error_over_items(without_items)
    of_items = error if isinstance(error, Absent) else error**2
    return Errors(score, of_vendors, of_items, min(n_vendors, len(without_items)))


def interval(
    score: float,
    without_vendors: Floats | Absent,
    without_items: list[float | None],
    n_vendors: int,
    confidence: float,
) -> Figures:
    """`interval_of` the scores without each vendor, and without each item."""
    errors = errors_of(score, without_vendors, without_items, n_vendors)
    return errors.interval(confidence)


def interval_of(
    score: float,
    of_vendors: float | Absent,
    of_items: float | Absent,
    n: int,
    confidence: float,
    of_draws: float = 0.0,
) -> Figures:
    """score ± t_{n-1} sqrt(se_vendors^2 + se_features^2 + of_draws), clipped to [0, 1], from the
    squared errors; n = min(V, F).

    Adding the variances is the conservative answer for crossed data (Owen 2007).
    """
    errors: Figures = {
        name: error if isinstance(error, Absent) else math.sqrt(error)
        for name, error in (("se_vendors", of_vendors), ("se_features", of_items))
    }
    if isinstance(of_vendors, Absent):
        return errors | dict.fromkeys(_LIMITS, of_vendors)
    if isinstance(of_items, Absent):
        return errors | dict.fromkeys(_LIMITS, of_items)
    t = float(stdtrit(n - 1, (1 + confidence) / 2))
    half = t * math.sqrt(of_vendors + of_items + of_draws)
    low, high = min(1.0, max(0.0, score - half)), max(0.0, min(1.0, score + half))
    return errors | dict(zip(_LIMITS, (low, high), strict=True))


def error_over_items(without_items: list[float | None]) -> float | Absent:
    """The jackknife's standard error over items; absent with fewer than three."""
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
