"""Who may copy in a market by one day: its units, when they are present, what they have when."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from service.maths.arrays import Ints
from service.maths.panel.lifetimes import NEVER
from service.maths.panel.panel import Panel
from service.maths.panel.spells import Spells
from service.maths.parameters import Unit

_DAYS = 2**24  # more than any day ordinal


@dataclass(frozen=True)
class Presence:
    """Merged product lives, sorted by unit and start; half-open [start, end)."""

    unit: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True)
class Copies:
    """Per unit: its first day with the feature, and the interval that day lies in (10.2).

    NEVER where the unit has not got it.
    """

    day: Ints
    lo: Ints
    hi: Ints


class RiskSet:
    """Units (vendors or products) of a market that have launched by `on`, in id order: those that
    come to be at risk of copying a feature."""

    def __init__(self, panel: Panel, market: str | None, on: int, unit: Unit = "vendor") -> None:
        self.panel, self.market, self.on, self.unit = panel.seen(on), market, on, unit
        lives = self.panel.lives
        members = self.panel.members(market)
        self.products: Ints = members[lives.counts[members] & (lives.launch[members] <= on)]
        owner = self.panel.vendor[self.products] if unit == "vendor" else self.products
        units, place = np.unique(owner, return_inverse=True)
        ids = self.panel.vendor_ids if unit == "vendor" else self.panel.product_ids
        self.unit_ids = [ids[u] for u in units]
        self.unit_of_row: Ints = place.astype(np.int64)
        self.vendor_of_unit: Ints = units if unit == "vendor" else self.panel.vendor[units]
        self._unit_of: Ints = np.full(len(self.panel.product_ids), -1, np.int64)
        self._unit_of[self.products] = place

    def __len__(self) -> int:
        return len(self.unit_ids)

    @cached_property
    def presence(self) -> Presence:
        """When each unit was there, by representative days."""
        lives = self.panel.lives
        return merged(self.unit_of_row, lives.launch[self.products], lives.end[self.products])

    @cached_property
    def tracked_since(self) -> int | None:
        """Since when features of this market are recorded."""
        return self.panel.facts.tracked_since.get(self.market) if self.market else None

    def units_of(self, spells: Spells) -> Ints:
        """The unit of each spell; -1 outside this market."""
        return self._unit_of[spells.product]

    @cached_property
    def _by_feature(self) -> "_Grouped":
        return self._grouped(self.panel.adoptions)

    @cached_property
    def _possible_by_feature(self) -> "_Grouped":
        return self._grouped(self.panel.possible_adoptions)

    @cached_property
    def _lower_by_feature(self) -> "_Grouped":
        return self._grouped(self.panel.lower_stages)

    def _grouped(self, spells: Spells) -> "_Grouped":
        """Of the spells of this market that started by `on`."""
        kept = np.flatnonzero((self.units_of(spells) >= 0) & (spells.start <= self.on))
        n_features = len(self.panel.feature_ids)
        short = spells.item[kept].astype(np.min_scalar_type(n_features))  # 16 bits: a radix sort
        order = kept[np.argsort(short, kind="stable")]
        counts = np.bincount(short, minlength=n_features)
        return _Grouped(spells, order, np.concatenate([[0], np.cumsum(counts)]))

    def spells(self, feature: int, *, possible: bool = False) -> tuple[Spells, Ints]:
        """Counting spells of a feature that started by `on`, and their units.

        `possible`: also those that are empty by their representative days.
        """
        grouped = self._possible_by_feature if possible else self._by_feature
        spells = grouped.of(feature)
        return spells, self.units_of(spells)

    def lower_stages(self, feature: int) -> tuple[Spells, Ints]:
        """Spells below `stage_min` that started by `on`, and their units."""
        spells = self._lower_by_feature.of(feature)
        return spells, self.units_of(spells)

    def copies(self, feature: int) -> Copies:
        """First day with the feature per unit, in one pass over its spells."""
        spells, unit = self.spells(feature)
        columns = []
        for values in (spells.start, spells.lo, spells.hi):
            first = np.full(len(self), NEVER, np.int64)
            np.minimum.at(first, unit, values)
            columns.append(first)
        return Copies(*columns)

    def copy_days(self, features: Ints) -> NDArray[np.int32]:
        """`copies(f).day` of neighbours among `features`, in id order: features x units."""
        grouped = self._by_feature
        rows = grouped.order[grouped.offsets[features[0]] : grouped.offsets[features[-1] + 1]]
        spells, n_spells = grouped.spells, grouped.offsets[features + 1] - grouped.offsets[features]
        cells = np.repeat(np.arange(len(features)) * len(self), n_spells)
        cells += self._unit_of[spells.product[rows]]
        days = np.full((len(features), len(self)), NEVER, np.int32)
        np.minimum.at(days.ravel(), cells, spells.start[rows].astype(np.int32))
        return days

    @cached_property
    def features(self) -> Ints:
        """Features that some unit of the market has had by `on`, in id order."""
        return np.flatnonzero(np.diff(self._by_feature.offsets))

    def feature_index(self, feature: str) -> int | None:
        """The index of a feature with an origin by `on`."""
        ids = self.panel.feature_ids
        place = int(np.searchsorted(np.array(ids, dtype=np.str_), feature)) if ids else 0
        is_listed = place < len(ids) and ids[place] == feature
        return place if is_listed and np.diff(self._by_feature.offsets)[place] else None


@dataclass(frozen=True)
class _Grouped:
    """Rows of `spells` by feature: `order[offsets[f] : offsets[f + 1]]` are those of feature f."""

    spells: Spells
    order: Ints
    offsets: Ints

    def of(self, feature: int) -> Spells:
        return self.spells.take(self.order[self.offsets[feature] : self.offsets[feature + 1]])


def merged(unit: Ints, launch: Ints, end: Ints) -> Presence:
    """Unions of lives per unit; touching lives merge."""
    order = np.lexsort((end, launch, unit))
    starts = unit[order] * _DAYS + launch[order]
    ends = np.maximum.accumulate(unit[order] * _DAYS + end[order])
    begins = np.ones(len(order), np.bool_)
    begins[1:] = starts[1:] > ends[:-1]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(order)) - 1 if len(first) else first
    return Presence(unit[order][first], launch[order][first], ends[last] % _DAYS)


def first_days(unit: Ints, starts: Ints, n_units: int) -> Ints:
    """Column-wise minimum of `starts` (spells x draws) per unit; NEVER where there is none."""
    days = np.full((n_units, starts.shape[1]), NEVER, np.int64)
    np.minimum.at(days, unit, starts)
    return days
