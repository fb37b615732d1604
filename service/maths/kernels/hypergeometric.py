"""The score expected by chance: hypergeometric, exact, without simulation (metrics.md, 4.3)."""

from functools import lru_cache

import numpy as np
from scipy.special import gammaln

from service.maths.arrays import Floats, Ints
from service.maths.panel.profiles import State


def expected_score(state: State, pool: int) -> float:
    """The score with J replaced by its expectation for subsets of the same sizes (4.3).

    (t'Et - sum over v of W_v'EW_v) / (V(V-1)), W the vendor-by-size weights, t their sum.
    """
    sizes, place = np.unique(state.sizes, return_inverse=True)
    table = expected_jaccards(tuple(sizes.tolist()), pool)
    by_size = np.zeros((state.n_vendors, len(sizes)))
    np.add.at(by_size, (state.vendor, place), state.weights)
    total = by_size.sum(axis=0)
    own = float(((by_size @ table) * by_size).sum())
    return (float(total @ table @ total) - own) / (state.n_vendors * (state.n_vendors - 1))


def expected_jaccard(s: int, t: int, pool: int) -> float:
    """E[J] of two independent uniform subsets of sizes s and t of a pool."""
    table = expected_jaccards(tuple(sorted({s, t})), pool)
    return float(table[0, -1] if s != t else table[0, 0])


def overlap_p_value(shared: int, s: int, t: int, pool: int) -> float:
    """P(Hyp >= shared): the chance of sharing at least as many."""
    k = np.arange(max(shared, s + t - pool), min(s, t) + 1)
    return min(1.0, float(np.sum(np.exp(_log_probability(k, s, t, pool)))))


@lru_cache(maxsize=64)
def expected_jaccards(sizes: tuple[int, ...], pool: int) -> Floats:
    """E[J] over all pairs of sizes: sum over k of Hyp(k; F, s, t) k / (s + t - k)."""
    table = np.zeros((len(sizes), len(sizes)))
    for i, s in enumerate(sizes):
        for j, t in enumerate(sizes[i:], start=i):
            k = np.arange(max(1, s + t - pool), s + 1)  # s <= t: the sizes ascend
            p = np.exp(_log_probability(k, s, t, pool))
            table[i, j] = table[j, i] = float(np.sum(p * k / (s + t - k)))
    table.flags.writeable = False
    return table


def _log_probability(k: Ints, s: int, t: int, pool: int) -> Floats:
    """ln Hyp(k; F, s, t): of sharing k items, for subsets of sizes s and t of a pool of F."""
    logs = _log_factorials(pool)
    ways: Floats = logs[s] - logs[k] - logs[s - k] + logs[pool - s] - logs[t - k]
    ways += logs[t] + logs[pool - t] - logs[pool] - logs[pool - s - t + k]
    return ways


@lru_cache(maxsize=64)
def _log_factorials(most: int) -> Floats:
    """ln n! of 0 up to the number and one more."""
    logs: Floats = gammaln(np.arange(most + 2, dtype=np.float64) + 1.0)
    return logs
