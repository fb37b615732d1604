"""The score kept up to date event by event (metrics.md, 16)."""

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from service.maths.arrays import Floats, Ints
from service.maths.kernels.diversity import Pooled, pooled_from
from service.maths.kernels.similarity import jaccard_sums, vendor_sums
from service.maths.panel.profiles import State

_ANCHOR = 1000


class RunningScore:
    """Units and items are fixed at the start; which unit has which item changes.

    Keeps T = sum over vendor pairs of h_vw, and the sums behind the pooled ratios. A change of
    units of vendor v costs its R_v before and after, by popcounts over 64-bit words; after 1,000
    changes everything is added up anew, so that rounding does not accumulate.
    """

    def __init__(self, vendor: Ints, n_items: int) -> None:
        self._vendor = vendor
        self._words = np.zeros((-(-n_items // 64), len(vendor)), np.uint64)
        self._has = np.zeros((len(vendor), n_items), np.bool_)
        self._sizes = np.zeros(len(vendor), np.int64)
        self._units = [np.flatnonzero(vendor == v) for v in range(int(vendor.max(initial=-1)) + 1)]
        self._profiled = np.zeros(len(self._units), np.int64)
        self._weights = np.zeros(len(vendor))
        self._holders = np.zeros(n_items, np.int64)
        self._shares = np.zeros(n_items)
        self._squares = self._total = 0.0
        self._changes = 0

    @property
    def n_vendors(self) -> int:
        return int((self._profiled > 0).sum())

    @property
    def n_units(self) -> int:
        return int(self._profiled.sum())

    @property
    def n_items(self) -> int:
        return int((self._holders > 0).sum())

    @property
    def score(self) -> float | None:
        n = self.n_vendors
        return 2.0 * self._total / (n * (n - 1)) if n > 1 else None

    @property
    def pooled(self) -> Pooled | None:
        return (
            pooled_from(self._shares, self._squares, self.n_vendors) if self.n_vendors > 1 else None
        )

    def update(self, changes: Iterable[tuple[int, int, bool]]) -> None:
        """Apply (unit, item, has) triples, all at once."""
        by_vendor: dict[int, list[tuple[int, int, bool]]] = {}
        for change in changes:
            by_vendor.setdefault(int(self._vendor[change[0]]), []).append(change)
        for vendor in sorted(by_vendor):
            self._add(vendor, -1.0)
            for unit, item, has in by_vendor[vendor]:
                self._set(unit, item, has=has)
            self._reweigh(vendor)
            self._add(vendor, 1.0)
        self._changes += len(by_vendor)
        if self._changes >= _ANCHOR:
            self._anchor()

    def _set(self, unit: int, item: int, *, has: bool) -> None:
        if bool(self._has[unit, item]) == has:
            return
        step = 1 if has else -1
        self._has[unit, item] = has
        self._words[item // 64, unit] ^= np.uint64(1 << (item % 64))
        self._sizes[unit] += step
        self._holders[item] += step

    def _reweigh(self, vendor: int) -> None:
        units = self._units[vendor]
        filled = self._sizes[units] > 0
        self._profiled[vendor] = int(filled.sum())
        self._weights[units] = filled / max(1, int(filled.sum()))

    def _add(self, vendor: int, sign: float) -> None:
        self._total += sign * self._rival_total(vendor)
        share = self._weights[self._units[vendor]] @ self._has[self._units[vendor]]
        self._shares += sign * share
        self._squares += sign * float(share @ share)

    def _rival_total(self, vendor: int) -> float:
        """R_v: the sum over other vendors of h_vw."""
        total = 0.0
        for unit in self._units[vendor].tolist():
            if self._sizes[unit]:
                shared = _popcount(self._words, unit)
                jaccard = shared / (self._sizes + self._sizes[unit] - shared)
                jaccard[self._units[vendor]] = 0.0
                total += float(self._weights[unit]) * float(jaccard @ self._weights)
        return total

    def _anchor(self) -> None:
        self._changes = 0
        filled = self._sizes > 0
        state = State(self._has, self._vendor).keep(filled)
        self._total = math.fsum(vendor_sums(state, jaccard_sums(state))) / 2
        self._squares, self._shares = 0.0, np.zeros_like(self._shares)
        for units in self._units:
            share = self._weights[units] @ self._has[units]
            self._shares += share
            self._squares += float(share @ share)


def _popcount(words: NDArray[np.uint64], unit: int) -> Floats:
    """Shared items of one unit with every unit."""
    shared = np.zeros(words.shape[1], np.int64)
    for word in words:
        if word[unit]:
            shared += np.bitwise_count(word & word[unit])
    return shared.astype(np.float64)
