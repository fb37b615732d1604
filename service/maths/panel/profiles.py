"""Who has what in a market on one day: the matrix behind every similarity (metrics.md, 2.3)."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.cached import cached_property
from service.maths.arrays import Bools, Floats, Ints
from service.maths.panel.panel import Panel
from service.maths.panel.scope import Place
from service.maths.panel.spells import Spells
from service.maths.results import Reason


@dataclass(frozen=True)
class State:
    """A bit matrix of units (rows) by items, and the vendor of each row, numbered 0..V-1.

    Every row has at least one item and every vendor at least one row.
    """

    has: Bools
    vendor: Ints

    @cached_property
    def n_vendors(self) -> int:
        return int(self.vendor.max(initial=-1)) + 1

    @cached_property
    def sizes(self) -> Ints:
        return np.asarray(self.has.sum(axis=1), np.int64)

    @cached_property
    def words(self) -> NDArray[np.uint64]:
        """The rows of `has` packed into 64-bit words."""
        spare = -self.has.shape[1] % 64
        return np.packbits(np.pad(self.has, ((0, 0), (0, spare))), axis=1).view(np.uint64)

    @cached_property
    def weights(self) -> Floats:
        """w_p = 1 / number of rows of the vendor of p."""
        counts = np.bincount(self.vendor, minlength=self.n_vendors)
        return 1.0 / counts[self.vendor]

    @cached_property
    def vendor_has(self) -> Bools:
        """V x F: whether any row of the vendor has the item."""
        held = np.zeros((self.n_vendors, self.has.shape[1]), np.bool_)
        rows, items = np.nonzero(self.has)
        held[self.vendor[rows], items] = True
        return held

    @cached_property
    def vendors_with(self) -> Ints:
        """x_f: how many vendors have each item."""
        return np.asarray(self.vendor_has.sum(axis=0), np.int64)

    def keep(self, rows: Bools) -> "State":
        """The state of these rows alone."""
        vendor = np.unique(self.vendor[rows], return_inverse=True)[1]
        return State(self.has[rows], np.asarray(vendor, np.int64))

    def without(self, item: int) -> "State":
        """The state with one item deleted; rows left without items drop out."""
        has = np.delete(self.has, item, axis=1)
        return State(has, self.vendor).keep(np.asarray(has.any(axis=1)))


@dataclass(frozen=True)
class Profile:
    """A state with its names. `units` are ids of products, or of vendors under unit=vendor."""

    state: State
    units: list[str]
    vendors: list[str]
    items: list[str]
    n_eligible: int
    n_unprofiled: int
    n_unprofiled_vendors: int

    @property
    def missing(self) -> Reason | None:
        """Why there is no score, or None: the first reason that holds."""
        return _missing(self.n_eligible, self.state)


class StateOn(NamedTuple):
    """The state of a profile without its names, and why it has no score."""

    state: State
    missing: Reason | None


def _missing(n_eligible: int, state: State) -> Reason | None:
    if n_eligible == 0:
        return "no_eligible_products"
    if not len(state.vendor):
        return "no_profiled_products"
    return "single_vendor" if state.n_vendors < 2 else None


def state_on(panel: Panel, market: Place, on: int, unit: str = "product") -> StateOn:
    """What the features of a `profile` come to."""
    spells = panel.adoptions
    eligible = panel.in_market(market) & panel.live(on)
    held = (spells.start <= on) & (on < spells.end) & eligible[spells.product]
    state, _, _ = state_of(panel, spells.product[held], spells.item[held], unit)
    return StateOn(state, _missing(int(eligible.sum()), state))


def profile(
    panel: Panel, market: Place, on: int, unit: str = "product", *, models: bool = False
) -> Profile:
    """The profiled units of a market on day `on`, by id; with `models` their business models."""
    spells = panel.monetizations if models else panel.adoptions
    items = panel.business_model_ids if models else panel.feature_ids
    eligible = panel.in_market(market) & panel.live(on)
    held = (spells.start <= on) & (on < spells.end) & eligible[spells.product]
    return _named(panel, eligible, spells.product[held], spells.item[held], items, unit)


def state_of(panel: Panel, product: Ints, item: Ints, unit: str) -> tuple[State, Ints, Ints]:
    """The state in which these products have these items, with the row and column indices."""
    rows, row = _places(panel.vendor[product] if unit == "vendor" else product)
    columns, column = _places(item)
    has = np.zeros((len(rows), len(columns)), np.bool_)
    has[row, column] = True
    owner = rows if unit == "vendor" else panel.vendor[rows]
    return State(has, _places(owner)[1]), rows, columns


def _places(indices: Ints) -> tuple[Ints, Ints]:
    """As `np.unique` with the inverse, of indices: without sorting them."""
    is_there = np.zeros(int(indices.max(initial=-1)) + 1, np.bool_)
    is_there[indices] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[indices]


def _named(
    panel: Panel, eligible: Bools, product: Ints, item: Ints, items: list[str], unit: str
) -> Profile:
    state, rows, columns = state_of(panel, product, item, unit)
    names = panel.vendor_ids if unit == "vendor" else panel.product_ids
    profiled = np.unique(product)
    with_profile = np.unique(panel.vendor[profiled])
    return Profile(
        state=state,
        units=[names[row] for row in rows],
        vendors=[panel.vendor_ids[vendor] for vendor in with_profile],
        items=[items[column] for column in columns],
        n_eligible=int(eligible.sum()),
        n_unprofiled=int(eligible.sum()) - len(profiled),
        n_unprofiled_vendors=len(np.unique(panel.vendor[eligible])) - len(with_profile),
    )


def ever_held(spells: Spells, members: Bools, on: int) -> Ints:
    """Items that one of these products had on some day up to `on`."""
    return np.unique(spells.item[(spells.start <= on) & members[spells.product]])
