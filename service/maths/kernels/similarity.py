"""Similarities of all pairs as row sums, and the score built from them (metrics.md, 4.1)."""

from dataclasses import dataclass

import numpy as np

from service.maths.arrays import Floats
from service.maths.panel.profiles import State

_BLOCK = 1024


@dataclass(frozen=True)
class RowSums:
    """Per row p, sums over rows q of other vendors weighted by w_q, by measure.

    `own_jaccard` is the same sum over the rows of p's own vendor, p included; `all_pairs` is the
    unweighted sum of J over unordered pairs of rows.
    """

    jaccard: Floats
    sorensen: Floats
    overlap: Floats
    own_jaccard: Floats
    all_pairs: float


def row_sums(state: State) -> RowSums:
    """Blocked X X^T in float32 (counts below 2^24 are exact), divided in float64.

    Only blocks on and above the diagonal are formed; each serves its rows and its columns.
    """
    n = len(state.sizes)
    rows = np.zeros((4, n))
    bits, total = state.has.astype(np.float32), 0.0
    for low in range(0, n, _BLOCK):
        high = min(low + _BLOCK, n)
        for across in range(low, n, _BLOCK):
            right = min(across + _BLOCK, n)
            measures = _block(state, bits, slice(low, high), slice(across, right))
            rows[:, low:high] += [m @ state.weights[across:right] for m in measures]
            if across > low:
                rows[:, across:right] += [state.weights[low:high] @ m for m in measures]
            whole = float(measures[0].sum() + measures[3].sum())
            total += whole if across > low else (whole - (high - low)) / 2
    return RowSums(rows[0], rows[1], rows[2], rows[3], total)


def _block(
    state: State, bits: np.ndarray[tuple[int, int], np.dtype[np.float32]], p: slice, q: slice
) -> list[Floats]:
    """Jaccard, Sorensen and overlap between rival rows, and Jaccard within vendors."""
    shared = (bits[p] @ bits[q].T).astype(np.float64)
    s, t = state.sizes[p, None].astype(np.float64), state.sizes[None, q].astype(np.float64)
    jaccard = shared / (s + t - shared)
    own = state.vendor[p, None] == state.vendor[None, q]
    within = np.where(own, jaccard, 0.0)
    shared[own] = 0.0
    jaccard[own] = 0.0
    return [jaccard, 2.0 * shared / (s + t), shared / np.minimum(s, t), within]


def vendor_sums(state: State, rival_sums: Floats) -> Floats:
    """R_v = sum over other vendors w of h_vw."""
    weighted = state.weights * rival_sums
    return np.bincount(state.vendor, weights=weighted, minlength=state.n_vendors).astype(np.float64)


def mean_over_pairs(vendor_totals: Floats) -> float:
    """Mean of h_vw over unordered vendor pairs, from the R_v."""
    n = len(vendor_totals)
    return float(vendor_totals.sum()) / (n * (n - 1))


def score(state: State) -> float | None:
    """Mean over vendor pairs of the mean Jaccard of their products; None below two vendors."""
    if state.n_vendors < 2:
        return None
    return mean_over_pairs(vendor_sums(state, jaccard_sums(state)))


def jaccard_sums(state: State) -> Floats:
    """The `jaccard` of `row_sums` alone, at about half the cost."""
    n = len(state.sizes)
    sums, bits, w = np.zeros(n), state.has.astype(np.float32), state.weights
    sizes = state.sizes.astype(np.float64)
    for low in range(0, n, _BLOCK):
        p = slice(low, min(low + _BLOCK, n))
        for across in range(low, n, _BLOCK):
            q = slice(across, min(across + _BLOCK, n))
            jaccard = (bits[p] @ bits[q].T).astype(np.float64)
            jaccard /= sizes[p, None] + sizes[None, q] - jaccard
            jaccard[state.vendor[p, None] == state.vendor[None, q]] = 0.0
            sums[p] += jaccard @ w[q]
            if across > low:
                sums[q] += w[p] @ jaccard
    return sums


def jaccards(state: State, row: int) -> Floats:
    """J of one row with every row."""
    shared = np.bitwise_count(state.words & state.words[row]).sum(axis=1, dtype=np.int64)
    joined: Floats = shared / (state.sizes + state.sizes[row] - shared)
    return joined
