"""The panel: all facts resolved to days, as every metric reads them (metrics.md, 2)."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from copy import copy
from dataclasses import replace
from typing import TypeVar, cast

import numpy as np

from service.cached import cached_property
from service.maths.arrays import Bools, Ints
from service.maths.panel.facts import ANNOUNCED, GA, NO_DATE, PREVIEW, Facts
from service.maths.panel.imputation import days_drawn
from service.maths.panel.kept import digest, kept
from service.maths.panel.lifetimes import Lives, Warned, resolve_lives
from service.maths.panel.restriction import of_rows
from service.maths.panel.scope import Place, in_scope
from service.maths.panel.spells import Spells, clip, clip_in_room, resolve_spells

STAGES: Mapping[str, int] = {"preview": PREVIEW, "ga": GA}
T = TypeVar("T")
_STAGE_NAMES = {ANNOUNCED: "announced", PREVIEW: "preview", GA: "ga"}


class Panel:
    """Facts resolved to day ordinals; every spell and life is half-open, [start, end).

    Products, features, business models and vendors are indices into their sorted id lists. The
    panel knows no knowledge time: `Facts` hold what was known. A date is resolved once, whatever
    the day asked about: a later end narrows its own start all the same (metrics.md, 2.1).

    adoptions, monetizations: the spells that count, not empty by their representative days.
    A feature may count in some markets only: ask `within(market)` before reading one.

    possible_adoptions: also the empty ones, which a draw may fill.
    lower_stages: adoptions below `stage_min` (announced; preview under ga), which never count.
    """

    def __init__(
        self, facts: Facts, stage_min: str = "preview", warnings: Iterable[str] | None = None
    ) -> None:
        self.facts = facts
        self.stage_min = stage_min
        self._digests: dict[Place, bytes] = {}
        self._latest: tuple[Hashable, object] | None = None
        self._whole, self._within = self, dict[Place, Panel]()
        self._place: Place = None
        self.product_ids = facts.product_ids
        self.feature_ids = facts.feature_ids
        self.business_model_ids = facts.business_model_ids
        self.vendor_ids = sorted(set(facts.product_vendor))
        place = {vendor: index for index, vendor in enumerate(self.vendor_ids)}
        self.vendor: Ints = np.array([place[v] for v in facts.product_vendor], np.int64)
        self.lives: Lives = resolve_lives(facts)
        adoptions = resolve_spells(facts.adoptions, self.lives)
        monetizations = resolve_spells(facts.monetizations, self.lives)
        counted = adoptions.possible.stage >= STAGES[stage_min]
        self.possible_adoptions: Spells = adoptions.possible.take(counted)
        self.lower_stages: Spells = adoptions.possible.take(~counted)
        self.adoptions: Spells = _filled(self.possible_adoptions)
        self.monetizations: Spells = _filled(monetizations.possible)
        self.warned = _together(self.lives.warned, adoptions.warned, monetizations.warned)
        own = (code for code, products in self.warned.items() if len(products))
        self._warnings = sorted(own if warnings is None else warnings)

    @property
    def warnings(self) -> list[str]:
        """Warning codes, sorted, distinct: over the whole visible data set, whatever the day; they
        are given where the facts are only a part of it."""
        return list(self._warnings)

    def warned_products(self) -> dict[str, frozenset[str]]:
        """The ids of the products that deserve a warning, by its code."""
        return {
            code: frozenset(self.product_ids[product] for product in products.tolist())
            for code, products in self.warned.items()
            if len(products)
        }

    def within(self, place: Place) -> "Panel":
        """The panel without the adoptions that do not count in a market, in several or in all,
        since their feature names other markets (metrics.md, 2.3); lives stay as they are."""
        whole = self._whole
        if not whole.facts.feature_scope:
            return whole
        if place not in whole._within:
            whole._within[place] = whole._scoped(place)
        return whole._within[place]

    def kept(self, place: Place, key: Hashable, compute: Callable[[], T]) -> T:
        """What is computed once for the facts of the products of a place, with the features that
        count where the panel is `within`."""
        if place not in self._digests:
            self._digests[place] = digest(self._whole.facts, self.members(place), place)
        return kept((self._digests[place], self.stage_min, self._place, place, key), compute)

    def latest(self, key: Hashable, compute: Callable[[], T]) -> T:
        """What several parts of an answer are of: of all keys the last one is kept."""
        held = self._latest
        if held is None or held[0] != key:
            self._latest = held = key, compute()
        return cast("T", held[1])

    def _scoped(self, place: Place) -> "Panel":
        counting = in_scope(self.facts, place)
        row_of = np.cumsum(counting) - 1
        scoped = copy(self)
        scoped._place = place
        scoped.facts = replace(self.facts, adoptions=of_rows(self.facts.adoptions, counting))
        for name in ("adoptions", "possible_adoptions", "lower_stages"):
            spells: Spells = getattr(self, name)
            kept = spells.take(counting[spells.row])
            setattr(scoped, name, replace(kept, row=row_of[kept.row]))
        return scoped

    @cached_property
    def market_ids(self) -> list[str]:
        """Markets that at least one product belongs to."""
        return sorted({market for markets in self.facts.product_markets for market in markets})

    @cached_property
    def _members(self) -> dict[str, Ints]:
        members: dict[str, list[int]] = {market: [] for market in self.market_ids}
        for product, markets in enumerate(self.facts.product_markets):
            for market in set(markets):
                members[market].append(product)
        return {market: np.array(products, np.int64) for market, products in members.items()}

    def markets_of(self, vendor: str) -> tuple[str, ...]:
        """The markets that a product of the vendor belongs to, sorted."""
        products = zip(self.facts.product_vendor, self.facts.product_markets, strict=True)
        return tuple(sorted({m for owner, own in products if owner == vendor for m in own}))

    def members(self, market: Place) -> Ints:
        """Indices of the products of one market or several, ascending; of all for None."""
        if market is None:
            return np.arange(len(self.product_ids))
        if isinstance(market, tuple):
            each = [self.members(one) for one in market]
            return np.unique(np.concatenate([np.array([], np.int64), *each]))
        return self._members.get(market, np.array([], np.int64))

    def in_market(self, market: Place) -> Bools:
        """Membership as a mask over products."""
        mask = np.zeros(len(self.product_ids), np.bool_)
        mask[self.members(market)] = True
        return mask

    def live(self, on: int) -> Bools:
        """Which products are live on day `on`: launch <= on < end."""
        return (self.lives.launch <= on) & (on < self.lives.end)

    def undated(self, market: str | None, on: int, *, monetizations: bool = False) -> int:
        """Counting facts without any date, of products not known to start after `on`."""
        traits = self.facts.monetizations if monetizations else self.facts.adoptions
        undated = (traits.start.hi == NO_DATE) & (traits.stage >= STAGES[self.stage_min])
        there = self.in_market(market) & (~self.lives.counts | (self.lives.launch <= on))
        return int((undated & there[traits.product]).sum())

    def life_draws(self, products: Ints, n_draws: int, seed: int = 0) -> tuple[Ints, Ints]:
        """(launch, end) of these products in every draw, each of shape (products, draws).

        Only for products with `lives.counts`.
        """
        lives, ids = self.lives, [self.product_ids[p] for p in products]
        launch = days_drawn(
            [f"product:{i}:launched" for i in ids],
            lives.launch_lo[products],
            lives.launch_hi[products],
            seed,
            n_draws,
        )
        end = days_drawn(
            [f"product:{i}:discontinued" for i in ids],
            lives.end_lo[products],
            lives.end_hi[products],
            seed,
            n_draws,
        )
        return launch, np.where(end <= launch, launch + 1, end)

    def spell_draws(self, spells: Spells, n_draws: int, seed: int = 0) -> tuple[Ints, Ints]:
        """(start, end) of these adoptions in every draw, cut to the lives of the same draw.

        Shape (spells, draws); where end <= start the spell is empty in that draw.
        """
        products, items, dates = self.product_ids, self.feature_ids, self.facts.adoptions.start.text
        columns = zip(spells.product, spells.item, spells.stage, spells.row, strict=True)
        keys = [
            f"adoption:{products[p]}:{items[i]}:{_STAGE_NAMES[int(s)]}:{dates[r]}"
            for p, i, s, r in columns
        ]
        return self._drawn(spells, keys, n_draws, seed)

    def _drawn(self, spells: Spells, keys: list[str], n_draws: int, seed: int) -> tuple[Ints, Ints]:
        products, place = np.unique(spells.product, return_inverse=True)
        launch, life_end = (days[place] for days in self.life_draws(products, n_draws, seed))
        lo = np.where(spells.at_launch, spells.hi, spells.lo)  # its own date is not drawn
        start = days_drawn([f"{k}:start" for k in keys], lo, spells.hi, seed, n_draws)
        end = days_drawn([f"{k}:end" for k in keys], spells.end_lo, spells.end_hi, seed, n_draws)
        start = np.where(spells.at_launch[:, None], launch, start)
        cut = clip(start, end, launch, life_end)
        if not spells.in_room.any():
            return cut
        roomed, of_room = clip_in_room(start, end, launch, life_end), spells.in_room[:, None]
        return np.where(of_room, roomed[0], cut[0]), np.where(of_room, roomed[1], cut[1])


def _together(*parts: Warned) -> Warned:
    codes = sorted({code for part in parts for code in part})
    return {
        code: np.unique(np.concatenate([part[code] for part in parts if code in part]))
        for code in codes
    }


def _filled(spells: Spells) -> Spells:
    return spells.take(spells.end > spells.start)
