"""What the score would be without one item or one unit (metrics.md, 4.4 and 16)."""

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from service.maths.arrays import Floats
from service.maths.homogenization.status import Status
from service.maths.kernels.similarity import mean_over_pairs, score, vendor_sums
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

    Items that are no row's only one: whole minus the sum over pairs of the change in J, by one
    matrix product for all items. The others drop rows, and are recomputed.
    """
    sole = state.has[state.sizes == 1].any(axis=0)
    pairs = state.n_vendors * (state.n_vendors - 1) / 2
    rest: list[float | None] = (whole - _item_effects(state) / pairs).tolist()
    for item in np.flatnonzero(sole).tolist():
        rest[item] = score(state.without(item))
    return rest


def _item_effects(state: State) -> Floats:
    """Per item x: sum over pairs of w_p w_q (J - J without it) = x'(B/2 - C)x + x'C1.

    B holds the change where both rows have the item, a/u - (a-1)/(u-1); C where one has it,
    a/u - a/(u-1). Pairs with u = 1 share a sole item, which is recomputed elsewhere.
    """
    n = len(state.sizes)
    bits = state.has.astype(np.float32)
    exact = state.has.astype(np.float64)
    effects, lone = np.zeros(state.has.shape[1]), np.zeros(n)
    for low in range(0, n, _BLOCK):
        p = slice(low, min(low + _BLOCK, n))
        for across in range(low, n, _BLOCK):
            q = slice(across, min(across + _BLOCK, n))
            shared, one_sided = _changes(state, bits, p, q)
            mixed = shared / 2 - one_sided
            times = 1.0 if across == low else 2.0
            effects += times * np.einsum("pf,pf->f", exact[p], mixed @ exact[q])
            lone[p] += one_sided.sum(axis=1)
            if across > low:
                lone[q] += one_sided.sum(axis=0)
    return effects + exact.T @ lone


def _changes(
    state: State, bits: np.ndarray[tuple[int, int], np.dtype[np.float32]], p: slice, q: slice
) -> tuple[Floats, Floats]:
    """The weighted blocks of B and C."""
    shared = (bits[p] @ bits[q].T).astype(np.float64)
    union = state.sizes[p, None] + state.sizes[None, q] - shared
    weight = state.weights[p, None] * state.weights[None, q]
    weight[state.vendor[p, None] == state.vendor[None, q]] = 0.0
    fewer = np.maximum(union - 1.0, 1.0)
    jaccard = shared / union
    return weight * (jaccard - (shared - 1.0) / fewer), weight * (jaccard - shared / fewer)


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
