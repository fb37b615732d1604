"""Each feature's own median time-to-copy, for all features of a market: `market_medians`."""

from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np
from numpy.typing import NDArray

from service.maths.copying.risk_set import Arena, Presence
from service.maths.kernels.kaplan_meier import (
    HALF,
    Bools,
    Floats,
    Rows,
    conditioning_start,
    pointwise,
)
from service.maths.panel.facts import Ints
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel

Days = NDArray[np.int32]
_CELLS = 2**16  # of a block


@dataclass(frozen=True)
class FeatureMedians:
    """Columns over features with an origin by `on`, in id order; NEVER where there is no such day.

    `origin` is a day ordinal, the others are days since it: `start` the conditioning start (NEVER:
    there is no curve), `median` and its limits `low` and `high` (NEVER: not reached).
    """

    feature: Ints
    origin: Ints
    start: Ints
    median: Ints
    low: Ints
    high: Ints


def feature_medians(arena: Arena, window: int, confidence: float) -> FeatureMedians:
    """The median time-to-copy of every feature of the arena, with its log-log limits."""
    features = arena.features
    size = max(1, _CELLS // max(1, len(arena.presence.unit)))
    starts = range(0, len(features), size)
    taken = (arena.copy_days(features[n : n + size]) for n in starts)
    blocks = [_block(arena, copy, window, confidence) for copy in taken]
    columns = np.concatenate([np.zeros((5, 0), np.int64), *blocks], axis=1)
    return FeatureMedians(features, *columns)


@dataclass(frozen=True)
class _Field:
    """The rows of a block of races, features x presences, as `races.rows_after` makes them.

    Where `kept` is False exit is entry, so that nobody is at risk there.
    """

    origin: Days
    entry: Days
    exit: Days
    kept: Bools
    event: Bools


def _block(arena: Arena, copy: Days, window: int, confidence: float) -> Ints:
    """(origin, start, median, low, high) of a block of features."""
    field = _field(arena, copy, window)
    start = _conditioning_starts(field, window)
    steps = _steps(field, start, arena.presence)
    return np.stack([field.origin[:, 0], start, *_crossings(steps, len(copy), confidence)])


def _field(arena: Arena, copy: Days, window: int) -> _Field:
    presence, on = arena.presence, np.int32(arena.on)
    begin, stop = presence.start.astype(np.int32), presence.end.astype(np.int32)
    origin = copy.min(axis=1, keepdims=True)
    led = _led(arena.vendor_of_unit, copy <= origin + window)[:, presence.unit]
    own = copy[:, presence.unit]
    entry = np.maximum(begin - origin, np.int32(window))
    out = np.minimum(own, np.minimum(stop, on)) - origin
    kept = ~led & (out > entry)
    event = kept & (own <= np.minimum(stop - 1, on))
    return _Field(origin, entry, np.where(kept, out, entry), kept, event)


def _led(vendor: Ints, first: Bools) -> Bools:
    """Units of vendors one of whose units is among the first movers."""
    race, unit = np.nonzero(first)
    leads = np.zeros((len(first), int(vendor.max()) + 1), np.bool_)
    leads[race, vendor[unit]] = True
    return leads[:, vendor]


def _conditioning_starts(field: _Field, window: int) -> Ints:
    """The window where two rivals are there by then, else what `conditioning_start` finds."""
    at_once = np.count_nonzero(field.kept & (field.entry == window), axis=1) >= 2
    starts = np.full(len(at_once), window, np.int64)
    for race in np.flatnonzero(~at_once):
        kept = field.kept[race]
        columns = (field.entry, field.exit, field.event)
        found = conditioning_start(Rows(*(column[race, kept] for column in columns)))
        starts[race] = NEVER if found is None else found
    return starts


@dataclass(frozen=True)
class _Steps:
    """Copies on the distinct copy days after the conditioning start, race by race."""

    race: Ints
    days: Ints
    at_risk: Ints
    copied: Ints


def _steps(field: _Field, start: Ints, presence: Presence) -> _Steps:
    """Y = entries before t - exits before t: the former are counted once for the market, as all
    entries lie at the window or at a start; the latter are the place of t in the sorted exits,
    where copies come first among equals."""
    order = np.sort(field.exit * 2 + ~field.event, axis=1)
    days = order >> 1
    ended = (order % 2 == 0) & (days > start[:, None])
    first = ended.copy()
    first[:, 1:] &= ~ended[:, :-1] | (days[:, 1:] != days[:, :-1])
    race, exits = np.nonzero(first)
    copied = np.diff(np.flatnonzero(first[ended]), append=np.count_nonzero(ended))
    found = days[first].astype(np.int64)
    entries = _entries_before(presence, found + field.origin[race, 0])
    return _Steps(race, found, entries - exits, copied)


def _entries_before(presence: Presence, days: Ints) -> Ints:
    """How many presences of the market start before each day."""
    earliest = presence.start.min(initial=NEVER)
    counts = np.bincount(presence.start - earliest)
    before = np.concatenate([[0], np.cumsum(counts)])
    found: Ints = before[np.minimum(days - earliest, len(counts))]
    return found


def _crossings(steps: _Steps, n_races: int, confidence: float) -> list[Ints]:
    """Median and limits: the first days with S, its lower and its upper limit at most one half."""
    curve = _product_limit(steps, n_races)
    low, high = pointwise(curve.survival, curve.greenwood, curve.so_far, confidence)
    found = []
    for values in (curve.survival, low, high):
        reached = values <= HALF
        days = np.full(n_races, NEVER, np.int64)
        np.minimum.at(days, curve.race[reached], curve.days[reached])
        found.append(days)
    return found


@dataclass(frozen=True)
class _Curves:
    """S and Greenwood's sum at each step, up to and including S = 0, and the copies so far."""

    race: Ints
    days: Ints
    survival: Floats
    greenwood: Floats
    so_far: Ints


def _product_limit(steps: _Steps, n_races: int) -> _Curves:
    """As `kaplan_meier`, a row of a matrix per race."""
    lengths = np.bincount(steps.race, minlength=n_races)
    place = np.arange(len(steps.race)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    shape = n_races, int(lengths.max(initial=0))
    left = steps.at_risk - steps.copied
    terms = np.zeros(len(left))
    np.divide(steps.copied, steps.at_risk * left, out=terms, where=left > 0)
    ratios, so_far = np.ones(shape), np.zeros(shape, np.int64)
    sums = np.zeros(shape)
    cell = steps.race, place
    ratios[cell], sums[cell], so_far[cell] = 1 - steps.copied / steps.at_risk, terms, steps.copied
    survival = np.cumprod(ratios, axis=1)[cell]
    kept = (survival > 0) | (place == 0) | (np.append(1.0, survival[:-1]) > 0)
    columns = (np.cumsum(each, axis=1)[cell][kept] for each in (sums, so_far))
    return _Curves(steps.race[kept], steps.days[kept], survival[kept], *columns)


class FeatureMedian(msgspec.Struct, frozen=True, kw_only=True):
    """As `feature_time_to_copy` gives them, days after the origin; null: not reached, or no curve
    (`has_curve` false)."""

    feature: str
    origin_date: str
    has_curve: bool
    median_time_to_copy_days: int | None
    ci_low: int | None
    ci_high: int | None


class MarketMedians(msgspec.Struct, frozen=True, kw_only=True):
    """The features of a market in id order."""

    features: list[FeatureMedian]
    reasons: dict[str, str]


def market_medians(
    panel: Panel, market: str, on: int, simultaneity_days: int = 7, confidence: float = 0.95
) -> MarketMedians:
    """Medians and limits of all features on day `on` (an ordinal), without pooling (10.4, 10.5)."""
    arena = Arena(panel, market, on, "vendor")
    found = feature_medians(arena, simultaneity_days, confidence)
    days = np.stack([found.median, found.low, found.high], axis=1).tolist()
    rows = zip(
        found.feature.tolist(), found.origin.tolist(), found.start.tolist(), days, strict=True
    )
    shown = [
        _row(arena.panel.feature_ids[feature], origin, start != NEVER, figures)
        for feature, origin, start, figures in rows
    ]
    reasons = {f"features.{row.feature}.{name}": code for row in shown for name, code in _why(row)}
    return MarketMedians(features=shown, reasons=reasons)


def _why(row: FeatureMedian) -> list[tuple[str, str]]:
    """Of the nulls; without a curve there were never two rivals at risk at once."""
    code = "not_reached" if row.has_curve else "too_few_rivals"
    names = ("median_time_to_copy_days", "ci_low", "ci_high")
    return [(name, code) for name in names if getattr(row, name) is None]


def _row(feature: str, origin: int, has_curve: bool, figures: list[int]) -> FeatureMedian:
    median, low, high = (day if has_curve and day != NEVER else None for day in figures)
    return FeatureMedian(
        feature=feature,
        origin_date=date.fromordinal(origin).isoformat(),
        has_curve=has_curve,
        median_time_to_copy_days=median,
        ci_low=low,
        ci_high=high,
    )
