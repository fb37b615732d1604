"""What the score would be without one item or one unit (metrics.md, 4.4 and 16)."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from service.cached import cached_property
from service.maths.arrays import Floats, Ints
from service.maths.homogenization.status import Status
from service.maths.kernels.similarity import mean_over_pairs, vendor_sums
from service.maths.panel.profiles import Profile, State
from service.maths.results import Absent, Figures

_BLOCK = 512


class FeatureContribution(msgspec.Struct, frozen=True, kw_only=True):
    """Score minus the score with this feature deleted; null if the rest has no score."""

    feature: str
    contribution: float | None
    penetration: float
    status: str


class ProductContribution(msgspec.Struct, frozen=True, kw_only=True):
    """Score minus the score without this product (vendor under unit=vendor)."""

    product: str
    contribution: float | None


def feature_contributions(
    profile: Profile, whole: float, without_items: list[float | None], statuses: Sequence[Status]
) -> list[Figures]:
    """A `FeatureContribution` per item, `whole` being the score: by contribution, descending,
    absent ones last, then id."""
    n_vendors, vendors_with = profile.state.n_vendors, profile.state.vendors_with.tolist()
    rests = zip(profile.items, without_items, vendors_with, statuses, strict=True)
    ordered = sorted(
        (rest is None, 0.0 if rest is None else -round(whole - rest, 12), item, rest, n, status)
        for item, rest, n, status in rests
    )
    return [
        {
            "feature": item,
            "contribution": Absent("undefined_without_feature") if rest is None else whole - rest,
            "penetration": n / n_vendors,
            "status": status,
        }
        for _, _, item, rest, n, status in ordered
    ]


def product_contributions(
    profile: Profile, whole: float, without_units: list[float | None]
) -> list[Figures]:
    """A `ProductContribution` per unit, in id order."""
    return [
        {
            "product": unit,
            "contribution": Absent("single_vendor") if rest is None else whole - rest,
        }
        for unit, rest in zip(profile.units, without_units, strict=True)
    ]


def scores_without_items(state: State, whole: float) -> list[float | None]:
    """The score with each item deleted from the data; None where the rest has no score.

    Whole minus the sum over pairs of the change in J, by one matrix product for all items. Rows
    that have no other item drop out: their vendor's other rows weigh more, or it is gone.
    """
    n = state.n_vendors
    sums = whole * (n * (n - 1) / 2) - _item_effects(state)
    rows = np.flatnonzero(state.sizes == 1)
    dropped = _Dropped(state, rows, state.has[rows].argmax(axis=1))
    sums += dropped.gains()
    left = n - dropped.vendors_gone()
    rest: Floats = sums / np.maximum(left * (left - 1) / 2, 1)
    return [one if more > 1 else None for one, more in zip(rest.tolist(), left, strict=True)]


def _item_effects(state: State) -> Floats:
    """Per item x: sum over pairs of w_p w_q (J - J without it) = x'(B/2 - C)x + x'C1.

    B holds the change where both rows have the item, a/u - (a-1)/(u-1); C where one has it,
    a/u - a/(u-1). Of a row without another item nothing is left: its J become 0.
    """
    n = len(state.sizes)
    bits = state.has.astype(np.float32)
    exact = state.has.astype(np.float64)
    effects, lone = np.zeros(state.has.shape[1]), np.zeros(n)
    for low in range(0, n, _BLOCK):
        p = slice(low, min(low + _BLOCK, n))
        for across in range(low, n, _BLOCK):
            q = slice(across, min(across + _BLOCK, n))
            _, shared, one_sided = _changes(state, bits, p, q)
            mixed = shared / 2 - one_sided
            times = 1.0 if across == low else 2.0
            effects += times * np.einsum("pf,pf->f", exact[p], mixed @ exact[q])
            lone[p] += one_sided.sum(axis=1)
            if across > low:
                lone[q] += one_sided.sum(axis=0)
    return effects + exact.T @ lone


def _changes(
    state: State, bits: NDArray[np.float32], p: slice | Ints, q: slice
) -> tuple[Floats, Floats, Floats]:
    """The weighted blocks of J, B and C."""
    shared = (bits[p] @ bits[q].T).astype(np.float64)
    union = state.sizes[p, None] + state.sizes[None, q] - shared
    weight = state.weights[p, None] * state.weights[None, q]
    weight[state.vendor[p, None] == state.vendor[None, q]] = 0.0
    fewer = np.maximum(union - 1.0, 1.0)
    jaccard = shared / union
    both = weight * (jaccard - (shared - 1.0) / fewer)
    return weight * jaccard, both, weight * (jaccard - shared / fewer)


@dataclass(frozen=True)
class _Dropped:
    """The rows of a state that have one item only, with these items: they go with them."""

    state: State
    rows: Ints
    items: Ints

    @cached_property
    def of_vendor(self) -> dict[tuple[int, int], int]:
        """How many rows of a vendor go with an item, by (vendor, item)."""
        owners = self.state.vendor[self.rows].tolist()
        return Counter(zip(owners, self.items.tolist(), strict=True))

    @cached_property
    def rows_of(self) -> Ints:
        return np.bincount(self.state.vendor, minlength=self.state.n_vendors)

    def vendors_gone(self) -> Ints:
        """Per item: the vendors that lose all their rows."""
        gone = np.zeros(self.state.has.shape[1], np.int64)
        for (vendor, item), n in self.of_vendor.items():
            gone[item] += n == self.rows_of[vendor]
        return gone

    @cached_property
    def stretch(self) -> dict[int, dict[int, float]]:
        """c - 1 by item and vendor: the other rows of a vendor weigh c times what they did."""
        found: dict[int, dict[int, float]] = {}
        for (vendor, item), n in self.of_vendor.items():
            if others := int(self.rows_of[vendor]) - n:
                found.setdefault(item, {})[vendor] = n / others
        return found

    def gains(self) -> Floats:
        """Per item: sum over vendor pairs of (c_v c_w - 1) h_vw, h with the item deleted."""
        bits, gains = self.state.has.astype(np.float32), np.zeros(self.state.has.shape[1])
        items_of: dict[int, list[int]] = {}
        for item, vendors in self.stretch.items():
            for vendor in vendors:
                items_of.setdefault(vendor, []).append(item)
        for vendor, items in items_of.items():
            for low in range(0, len(items), _BLOCK):
                some = items[low : low + _BLOCK]
                alike = self._without(bits, vendor, some)
                gains[some] += [self._gain(vendor, *one) for one in zip(some, alike, strict=True)]
        return gains

    def _gain(self, vendor: int, item: int, alike: Floats) -> float:
        """The share of one vendor: pairs of two whose rows weigh more are met twice, once from
        each side."""
        stretch = self.stretch[item]
        others = np.zeros(self.state.n_vendors)
        others[list(stretch)] = list(stretch.values())
        return stretch[vendor] * float(alike @ (1.0 + others[self.state.vendor] / 2))

    def _without(self, bits: NDArray[np.float32], vendor: int, items: list[int]) -> Floats:
        """Per item and row q: the sum over the vendor's rows p of w_p w_q J without the item."""
        state, rows = self.state, np.flatnonzero(self.state.vendor == vendor)
        has = state.has[:, items].T.astype(np.float64)
        found = np.zeros_like(has)
        for low in range(0, len(rows), _BLOCK):
            p = rows[low : low + _BLOCK]
            jaccard, both, one_sided = _changes(state, bits, p, slice(None))
            with_both, with_one = has[:, p] @ both, has[:, p] @ one_sided
            found += jaccard.sum(axis=0) - with_one
            found -= has * (with_both + one_sided.sum(axis=0) - 2 * with_one)
        return found


def scores_without_units(state: State, rival_sums: Floats) -> list[float | None]:
    """The score with each row deleted, from the row sums; None if one vendor is left."""
    totals = vendor_sums(state, rival_sums)
    rows_of = np.bincount(state.vendor, minlength=state.n_vendors)
    n, rest = state.n_vendors, list[float | None]()
    whole, pairs = math.fsum(totals) / 2, n * (n - 1) / 2
    for row, vendor in enumerate(state.vendor.tolist()):
        own = float(totals[vendor])
        if rows_of[vendor] > 1:
            others = (own * float(rows_of[vendor]) - float(rival_sums[row])) / (
                float(rows_of[vendor]) - 1
            )
            rest.append((whole - own + others) / pairs)
        else:
            rest.append((whole - own) / ((n - 1) * (n - 2) / 2) if n > 2 else None)
    return rest


def scores_without_vendors(vendor_totals: Floats) -> Floats | Absent:
    """H_(-v) = (T - R_v) / ((V-1)(V-2)/2), for three vendors or more."""
    n = len(vendor_totals)
    if n < 3:
        return Absent("too_few_vendors")
    whole = mean_over_pairs(vendor_totals) * n * (n - 1) / 2
    left_out: Floats = (whole - vendor_totals) / ((n - 1) * (n - 2) / 2)
    return left_out
