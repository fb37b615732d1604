"""Each feature's own median time-to-copy, for all features of a market: `market_medians`."""

from dataclasses import dataclass
from datetime import date

import msgspec
import numpy as np

from service.maths.arrays import Bools, Floats, Ints, ShortInts
from service.maths.copying.risk_set import Presence, RiskSet
from service.maths.kernels.kaplan_meier import HALF, Rows, conditioning_start, pointwise
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel
from service.maths.parameters import BoundDates, Race
from service.maths.results import Absent, Figures, Reason, Reasons, split

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


def feature_medians(risk_set: RiskSet, confidence: float) -> FeatureMedians:
    """The median time-to-copy of every feature of the market, with its log-log limits."""
    features, window = risk_set.features, risk_set.race.window
    size = max(1, _CELLS // max(1, len(risk_set.presence.unit)))
    starts = range(0, len(features), size)
    taken = (risk_set.copy_days(features[n : n + size]) for n in starts)
    blocks = [_block(risk_set, copy, window, confidence) for copy in taken]
    columns = np.concatenate([np.zeros((5, 0), np.int64), *blocks], axis=1)
    return FeatureMedians(features, *columns)


@dataclass(frozen=True)
class _RiskRows:
    """The rows of a block of features, features x presences, as `diffusion.rows_after` makes them.

    Where `kept` is False exit is entry, so that nobody is at risk there.
    """

    origin: ShortInts
    entry: ShortInts
    exit: ShortInts
    kept: Bools
    event: Bools


def _block(risk_set: RiskSet, copy: ShortInts, window: int, confidence: float) -> Ints:
    """(origin, start, median, low, high) of a block of features."""
    rows = _risk_rows(risk_set, copy, window)
    start = _conditioning_starts(rows, window)
    steps = _steps(rows, start, risk_set.presence)
    return np.stack([rows.origin[:, 0], start, *_crossings(steps, len(copy), confidence)])


def _risk_rows(risk_set: RiskSet, copy: ShortInts, window: int) -> _RiskRows:
    presence, on = risk_set.presence, np.int32(risk_set.on)
    begin, stop = presence.start.astype(np.int32), presence.end.astype(np.int32)
    origin = copy.min(axis=1, keepdims=True)
    led = _led(risk_set.vendor_of_unit, copy <= origin + window)[:, presence.unit]
    own = copy[:, presence.unit]
    entry = np.maximum(begin - origin, np.int32(window))
    out = np.minimum(own, np.minimum(stop, on)) - origin
    kept = ~led & (out > entry)
    event = kept & (own <= np.minimum(stop - 1, on))
    return _RiskRows(origin, entry, np.where(kept, out, entry), kept, event)


def _led(vendor: Ints, first: Bools) -> Bools:
    """Units of vendors one of whose units is among the first movers."""
    feature, unit = np.nonzero(first)
    leads = np.zeros((len(first), int(vendor.max()) + 1), np.bool_)
    leads[feature, vendor[unit]] = True
    return leads[:, vendor]


def _conditioning_starts(rows: _RiskRows, window: int) -> Ints:
    """The window where two rivals are there by then, else what `conditioning_start` finds."""
    at_once = np.count_nonzero(rows.kept & (rows.entry == window), axis=1) >= 2
    starts = np.full(len(at_once), window, np.int64)
    for feature in np.flatnonzero(~at_once):
        kept = rows.kept[feature]
        columns = (rows.entry, rows.exit, rows.event)
        start = conditioning_start(Rows(*(column[feature, kept] for column in columns)))
        starts[feature] = NEVER if start is None else start
    return starts


@dataclass(frozen=True)
class _Steps:
    """Copies on the distinct copy days after the conditioning start, feature by feature."""

    feature: Ints
    days: Ints
    at_risk: Ints
    copied: Ints


def _steps(rows: _RiskRows, start: Ints, presence: Presence) -> _Steps:
    """Y = entries before t - exits before t: the former are counted once for the market, as all
    entries lie at the window or at a start; the latter are the place of t in the sorted exits,
    where copies come first among equals."""
    order = np.sort(rows.exit * 2 + ~rows.event, axis=1)
    days = order >> 1
    ended = (order % 2 == 0) & (days > start[:, None])
    first = ended.copy()
    first[:, 1:] &= ~ended[:, :-1] | (days[:, 1:] != days[:, :-1])
    feature, exits = np.nonzero(first)
    copied = np.diff(np.flatnonzero(first[ended]), append=np.count_nonzero(ended))
    copy_days = days[first].astype(np.int64)
    entries = _entries_before(presence, copy_days + rows.origin[feature, 0])
    return _Steps(feature, copy_days, entries - exits, copied)


def _entries_before(presence: Presence, days: Ints) -> Ints:
    """How many presences of the market start before each day."""
    earliest = presence.start.min(initial=NEVER)
    counts = np.bincount(presence.start - earliest)
    before = np.concatenate([[0], np.cumsum(counts)])
    entries: Ints = before[np.minimum(days - earliest, len(counts))]
    return entries


def _crossings(steps: _Steps, n_features: int, confidence: float) -> list[Ints]:
    """Median and limits: the first days with S, its lower and its upper limit at most one half."""
    curve = _product_limit(steps, n_features)
    low, high = pointwise(curve.survival, curve.greenwood, curve.so_far, confidence)
    crossings = []
    for values in (curve.survival, low, high):
        reached = values <= HALF
        days = np.full(n_features, NEVER, np.int64)
        np.minimum.at(days, curve.feature[reached], curve.days[reached])
        crossings.append(days)
    return crossings


@dataclass(frozen=True)
class _Curves:
    """S and Greenwood's sum at each step, up to and including S = 0, and the copies so far."""

    feature: Ints
    days: Ints
    survival: Floats
    greenwood: Floats
    so_far: Ints


def _product_limit(steps: _Steps, n_features: int) -> _Curves:
    """As `kaplan_meier`, a row of a matrix per feature."""
    lengths = np.bincount(steps.feature, minlength=n_features)
    place = np.arange(len(steps.feature)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    shape = n_features, int(lengths.max(initial=0))
    uncopied = steps.at_risk - steps.copied
    terms = np.zeros(len(uncopied))
    np.divide(steps.copied, steps.at_risk * uncopied, out=terms, where=uncopied > 0)
    ratios, so_far = np.ones(shape), np.zeros(shape, np.int64)
    sums = np.zeros(shape)
    cell = steps.feature, place
    ratios[cell], sums[cell], so_far[cell] = 1 - steps.copied / steps.at_risk, terms, steps.copied
    survival = np.cumprod(ratios, axis=1)[cell]
    kept = (survival > 0) | (place == 0) | (np.append(1.0, survival[:-1]) > 0)
    columns = (np.cumsum(each, axis=1)[cell][kept] for each in (sums, so_far))
    return _Curves(steps.feature[kept], steps.days[kept], survival[kept], *columns)


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
    reasons: Reasons


def market_medians(
    panel: Panel,
    market: str,
    on: int,
    simultaneity_days: int = 7,
    confidence: float = 0.95,
    dates: BoundDates = "spread",
) -> MarketMedians:
    """Medians and limits of all features on day `on` (an ordinal), without pooling, by the
    representative days alone (10.4, 10.5)."""
    risk_set = RiskSet(panel, market, on, Race(simultaneity_days, dates))
    medians = feature_medians(risk_set, confidence)
    ids = risk_set.panel.feature_ids
    rows = [_row(medians, n, ids) for n in range(len(medians.feature))]
    values, reasons = split({"features": rows})
    return msgspec.convert(values | {"reasons": reasons}, MarketMedians)


def _row(medians: FeatureMedians, n: int, ids: list[str]) -> Figures:
    """A `FeatureMedian`; without a curve there were never two rivals at risk at once."""
    has_curve = bool(medians.start[n] != NEVER)
    why: Reason = "not_reached" if has_curve else "too_few_rivals"
    days = (int(column[n]) for column in (medians.median, medians.low, medians.high))
    names = ("median_time_to_copy_days", "ci_low", "ci_high")
    return {
        "feature": ids[medians.feature[n]],
        "origin_date": date.fromordinal(int(medians.origin[n])).isoformat(),
        "has_curve": has_curve,
        **{
            name: day if has_curve and day != NEVER else Absent(why)
            for name, day in zip(names, days, strict=True)
        },
    }
