"""Who may copy in a market by one day: its units, when they are present, what they have when."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from service.cached import cached_property
from service.maths.arrays import Bools, Ints
from service.maths.panel.coverage import SurveyLook, looks
from service.maths.panel.lifetimes import NEVER, Lives, midday
from service.maths.panel.panel import Panel
from service.maths.panel.spells import Spells, clip_in_room
from service.maths.parameters import RACE, Race, Unit

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


class Members:
    """Products and the units (vendors or products, in id order) that own them; columns are over
    units unless named otherwise."""

    def __init__(self, panel: Panel, products: Ints, unit: Unit) -> None:
        self.products, self.unit = products, unit
        owner = panel.vendor[products] if unit == "vendor" else products
        units, place = np.unique(owner, return_inverse=True)
        ids = panel.vendor_ids if unit == "vendor" else panel.product_ids
        self.unit_ids = [ids[u] for u in units]
        self.unit_of_row: Ints = place.astype(np.int64)
        self.vendor_of_unit: Ints = units if unit == "vendor" else panel.vendor[units]
        self.unit_of: Ints = np.full(len(panel.product_ids), -1, np.int64)
        self.unit_of[products] = place

    def __len__(self) -> int:
        return len(self.unit_ids)


class RiskSet(Members):
    """Units (vendors or products) of a market that have launched by `on`: those that come to be at
    risk of copying a feature, in a race in which bounds lie as `race` says."""

    def __init__(
        self,
        panel: Panel,
        market: str | None,
        on: int,
        race: Race = RACE,
        unit: Unit = "vendor",
    ) -> None:
        self.panel, self.market, self.on = panel.within(market), market, on
        self.race = race
        lives = self.panel.lives
        members = self.panel.members(market)
        self._living = members[lives.counts[members]]
        super().__init__(self.panel, self._living[lives.launch[self._living] <= on], unit)

    @cached_property
    def possible(self) -> Members:
        """With the products that may have launched by `on`, as they have in some draws."""
        launched = self.panel.lives.launch_lo[self._living] <= self.on
        return Members(self.panel, self._living[launched], self.unit)

    @cached_property
    def presence(self) -> Presence:
        """When each unit was there, by representative days."""
        lives = self.panel.lives
        return merged(self.unit_of_row, lives.launch[self.products], lives.end[self.products])

    @cached_property
    def surveys(self) -> list[SurveyLook]:
        """Those that speak of the market."""
        return looks(self.panel, self.market)

    @cached_property
    def tracked_since(self) -> int | None:
        """Since when features of this market are recorded."""
        return self.panel.facts.tracked_since.get(self.market) if self.market else None

    def units_of(self, spells: Spells) -> Ints:
        """The unit of each spell; -1 outside this market."""
        return self.unit_of[spells.product]

    @cached_property
    def _run(self) -> Spells:
        """The spells of this market as they are in the race, empty ones among them; those of
        features of which nothing is proven by `on` are left out."""
        spells = self.panel.possible_adoptions
        here = self.possible.unit_of[spells.product] >= 0
        proven = np.full(len(self.panel.feature_ids), NEVER, np.int64)
        seen = here & (spells.start <= self.on) & (spells.end > spells.start)
        seen &= self.unit_of[spells.product] >= 0
        np.minimum.at(proven, spells.item[seen], spells.hi[seen])
        spells = spells.take(here & (proven[spells.item] < NEVER))
        if self.race.dates == "bound":
            return spells
        return in_rooms(spells, proven[spells.item] + self.race.window + 1, self.panel.lives)

    @cached_property
    def _by_feature(self) -> "_Grouped":
        spells = self._run
        return self._grouped(spells, (spells.start <= self.on) & (spells.start < spells.end))

    @cached_property
    def _possible_by_feature(self) -> "_Grouped":
        return self._grouped(self._run, self._run.lo <= self.on)

    @cached_property
    def _lower_by_feature(self) -> "_Grouped":
        return self._grouped(self.panel.lower_stages, self.panel.lower_stages.start <= self.on)

    def _grouped(self, spells: Spells, seen: Bools) -> "_Grouped":
        """Of the spells of this market that are seen."""
        kept = np.flatnonzero(seen & (self.possible.unit_of[spells.product] >= 0))
        n_features = len(self.panel.feature_ids)
        short = spells.item[kept].astype(np.min_scalar_type(n_features))  # 16 bits: a radix sort
        order = kept[np.argsort(short, kind="stable")]
        counts = np.bincount(short, minlength=n_features)
        return _Grouped(spells, order, np.concatenate([[0], np.cumsum(counts)]))

    def spells(self, feature: int) -> tuple[Spells, Ints]:
        """Counting spells of a feature that started by `on`, and their units."""
        spells = self._by_feature.of(feature)
        return spells, self.units_of(spells)

    def possible_spells(self, feature: int) -> Spells:
        """Also those that are empty by their representative days, or start later by them and may
        have started by `on`: of products of `possible`."""
        return self._possible_by_feature.of(feature)

    def lower_stages(self, feature: int) -> tuple[Spells, Ints]:
        """Spells below `stage_min` that started by `on`, and their units."""
        spells = self._lower_by_feature.of(feature)
        spells = spells.take(self.units_of(spells) >= 0)
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
        cells += self.unit_of[spells.product[rows]]
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


def in_rooms(spells: Spells, earliest: Ints, lives: Lives) -> Spells:
    """Open bounds spread over their rooms: from `earliest`, or the launch where that is later, to
    the bound; at the bound where that leaves none (metrics.md, 2.1)."""
    if not spells.is_bound.any():
        return spells
    room = np.minimum(np.maximum(spells.lo, earliest), spells.hi)
    lo = np.where(spells.is_bound, room, spells.lo)
    return on_days(replace(spells, lo=lo, in_room=spells.is_bound), midday(lo, spells.hi), lives)


def on_days(spells: Spells, days: Ints, lives: Lives) -> Spells:
    """The spells with open bounds on these days, cut to the lives of their products."""
    launch, life_end = lives.launch[spells.product], lives.end[spells.product]
    start, end = clip_in_room(days, spells.until, launch, life_end)
    return replace(
        spells,
        start=np.where(spells.is_bound, start, spells.start),
        end=np.where(spells.is_bound, end, spells.end),
    )


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


def among(places: Ints, some: Ints, n: int) -> Bools:
    """Which of the places are some of 0..n-1."""
    is_some = np.zeros(n, np.bool_)
    is_some[some] = True
    return np.asarray(is_some[places], np.bool_)
