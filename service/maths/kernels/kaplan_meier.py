"""Kaplan-Meier with delayed entry: risk sets (entry, exit], as R survival has them."""

from dataclasses import dataclass
from functools import lru_cache
from math import inf

import numpy as np
from scipy.special import ndtri

from service.maths.arrays import Bools, Floats, Ints

HALF = 0.5 + 1e-12  # what counts as half in spite of rounding


@dataclass(frozen=True)
class Rows:
    """Subjects under observation in (entry, exit]; `event` tells whether they ended by it."""

    entry: Ints
    exit: Ints
    event: Bools

    def __len__(self) -> int:
        return len(self.entry)

    def at_risk(self, times: Ints) -> Ints:
        """#{entry < t <= exit} at each time."""
        entered = np.searchsorted(np.sort(self.entry), times)
        return entered - np.searchsorted(np.sort(self.exit), times)


@dataclass(frozen=True)
class Curve:
    """One element per distinct event time, up to and including S = 0."""

    days: Ints
    at_risk: Ints
    events: Ints
    survival: Floats
    greenwood: Floats

    def at(self, day: float) -> float:
        """S(day)."""
        step = int(np.searchsorted(self.days, day, "right"))
        return float(self.survival[step - 1]) if step else 1.0

    @property
    def exhausted_at(self) -> int | None:
        """The day on which S becomes 0."""
        ended = len(self.days) > 0 and self.survival[-1] == 0.0
        return int(self.days[-1]) if ended else None


@lru_cache(maxsize=64)
def normal_quantile(confidence: float) -> float:
    """The two-sided normal quantile z."""
    return float(ndtri(0.5 + confidence / 2))


def conditioning_start(rows: Rows) -> int | None:
    """The first entry at which two rows are at risk at once: entry <= s < exit."""
    entries = np.sort(rows.entry)
    present = np.searchsorted(entries, entries, "right") - np.searchsorted(
        np.sort(rows.exit), entries, "right"
    )
    twice = np.flatnonzero(present >= 2)
    return int(entries[twice[0]]) if len(twice) else None


def kaplan_meier(rows: Rows, after: int | None = None) -> Curve:
    """Product-limit estimate with delayed entry, of the events later than `after`.

    S = prod(1 - d/Y), Greenwood's sum d/(Y(Y-d)); terms with Y = d are left out of the sum
    (limits at S = 0 do not use it). Klein & Moeschberger 2003, 4.2 and 4.6.
    """
    ended = rows.exit[rows.event]
    if after is not None:
        ended = ended[ended > after]
    days, events = np.unique(ended, return_counts=True)
    at_risk = rows.at_risk(days)
    last = np.flatnonzero(at_risk == events)
    if len(last):
        kept = slice(0, int(last[0]) + 1)
        days, events, at_risk = days[kept], events[kept], at_risk[kept]
    left = at_risk - events
    terms = np.zeros(len(days), np.float64)
    np.divide(events, at_risk * left, out=terms, where=left > 0)
    survival = np.cumprod(1 - events / at_risk, dtype=np.float64)
    return Curve(days, at_risk, events, survival, np.cumsum(terms))


def log_log(survival: Floats, greenwood: Floats, z: float) -> tuple[Floats, Floats]:
    """S^exp(-+ z sqrt(G) / ln S), where 0 < S < 1. Borgan & Liestol 1990."""
    width = z * np.sqrt(greenwood) / np.log(survival)
    with np.errstate(under="ignore", over="ignore"):
        return survival ** np.exp(-width), survival ** np.exp(width)


def limits(curve: Curve, confidence: float) -> tuple[Floats, Floats]:
    """Pointwise limits of S at each step of a curve."""
    return pointwise(curve.survival, curve.greenwood, np.cumsum(curve.events), confidence)


def pointwise(
    survival: Floats, greenwood: Floats, so_far: Ints, confidence: float
) -> tuple[Floats, Floats]:
    """Limits of S: log-log; where S = 0, Clopper-Pearson of the `so_far` events by then."""
    low, high = np.zeros(len(survival)), np.zeros(len(survival))
    inner = survival > 0
    low[inner], high[inner] = log_log(
        survival[inner], greenwood[inner], normal_quantile(confidence)
    )
    high[~inner] = 1 - ((1 - confidence) / 2) ** (1 / so_far[~inner])
    return low, high


def first_at_most_half(days: Ints, values: Floats) -> int | None:
    """The first day whose value is at most one half."""
    reached = np.flatnonzero(values <= HALF)
    return int(days[reached[0]]) if len(reached) else None


@dataclass(frozen=True)
class Median:
    """The median and its limits; None where not reached."""

    days: int | None
    low: int | None
    high: int | None


def median(curve: Curve, confidence: float) -> Median:
    """First day with S <= 1/2; limits by first crossing of the bands (Brookmeyer-Crowley 1982)."""
    low, high = limits(curve, confidence)
    return Median(
        first_at_most_half(curve.days, curve.survival),
        first_at_most_half(curve.days, low),
        first_at_most_half(curve.days, high),
    )


def share_limits(
    rows: Rows, curve: Curve, day: int, after: int, confidence: float
) -> tuple[float, float] | None:
    """Limits of 1 - S(day); None where nothing has happened and nobody is at risk."""
    step = int(np.searchsorted(curve.days, day, "right"))
    if step:
        low, high = limits(curve, confidence)
        return 1 - float(high[step - 1]), 1 - float(low[step - 1])
    at_risk = int(rows.at_risk(np.array([day]))[0])
    if at_risk == 0 or day <= after:
        return None
    return 0.0, 1 - ((1 - confidence) / 2) ** (1 / at_risk)


def restricted_mean(curve: Curve, tau: float) -> tuple[float, float]:
    """Mean up to tau and its standard error: area under S; sum of (area beyond t)^2 d/(Y(Y-d)).

    Klein & Moeschberger 2003, 4.5.
    """
    inside = curve.days < tau
    times = np.concatenate([[0.0], curve.days[inside], [float(tau)]])
    pieces = np.concatenate([[1.0], curve.survival[inside]]) * np.diff(times)
    beyond = np.cumsum(pieces[::-1])[::-1][1:]
    terms = np.diff(curve.greenwood[inside], prepend=0.0)
    return float(pieces.sum()), float(np.sqrt((beyond**2 * terms).sum()))


def nearest_rank(values: list[float], share: float) -> float:
    """The quantile by nearest rank of sorted values; infinity stands for not reached."""
    n = len(values)
    rank = int(np.floor(share * n)) if share < 0.5 else int(np.ceil(share * n)) - 1
    return values[min(max(rank, 0), n - 1)] if n else inf
