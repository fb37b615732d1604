"""Secondary levels of likeness: pooled ratios, effective numbers, beta diversity (4.2)."""

import math
from typing import NamedTuple

import numpy as np

from service.maths.kernels.similarity import RowSums
from service.maths.panel.profiles import State


class Pooled(NamedTuple):
    """One ratio for the whole market."""

    jaccard: float
    sorensen: float


class Beta(NamedTuple):
    """A multi-site dissimilarity and its two parts."""

    total: float
    turnover: float
    nestedness: float


def pooled(state: State) -> Pooled:
    """Ratios of sums over cross-vendor pairs, weighted by w_p w_q, from item frequencies.

    With Y_vf the share of v's rows that have f and y its sum over v: shared = (sum y^2 - sum
    Y^2) / 2, sizes = (V-1) sum y.
    """
    shares = np.zeros((state.n_vendors, state.has.shape[1]))
    np.add.at(shares, state.vendor, state.has * state.weights[:, None])
    return pooled_from(shares.sum(axis=0), float((shares * shares).sum()), state.n_vendors)


def pooled_from(
    totals: np.ndarray[tuple[int], np.dtype[np.float64]], squares: float, n_vendors: int
) -> Pooled:
    """The ratios from y_f and the sum of Y_vf^2."""
    shared = (float(totals @ totals) - squares) / 2
    sizes = (n_vendors - 1) * float(totals.sum())
    return Pooled(shared / (sizes - shared), 2 * shared / sizes)


def effective_products(state: State, sums: RowSums) -> tuple[float, float, float]:
    """Leinster & Cobbold 2012 with Jaccard similarity, orders 0, 1, 2."""
    share = state.weights / state.n_vendors
    ordinariness = (sums.jaccard + sums.own_jaccard) / state.n_vendors
    return (
        math.fsum(share / ordinariness),
        math.exp(-math.fsum(share * np.log(ordinariness))),
        1.0 / math.fsum(share * ordinariness),
    )


def baselga(state: State) -> tuple[Beta, Beta]:
    """Baselga 2010, 2012: (Sorensen family, Jaccard family), turnover and nestedness.

    In integers: shared pairs = sum C(x_f, 2), sum of min(s, t) from the ascending sizes.
    """
    n, total = len(state.sizes), int(state.sizes.sum())
    frequency = state.has.sum(axis=0).astype(np.int64)
    shared = int((frequency * (frequency - 1) // 2).sum())
    ascending = np.sort(state.sizes)
    smaller = int((ascending * (n - 1 - np.arange(n))).sum())
    least = smaller - shared
    most = (n - 1) * total - 2 * shared - least
    a = total - int((frequency > 0).sum())
    sorensen = (least + most) / (2 * a + least + most)
    jaccard = (least + most) / (a + least + most)
    turnover_s, turnover_j = least / (a + least), 2 * least / (a + 2 * least)
    return (
        Beta(sorensen, turnover_s, sorensen - turnover_s),
        Beta(jaccard, turnover_j, jaccard - turnover_j),
    )
