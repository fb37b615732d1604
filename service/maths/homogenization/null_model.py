"""Camps or even mixing: the score against a fixed-fixed null model (metrics.md, 4.8)."""

import math
from typing import NamedTuple

import numpy as np

from service.maths.kernels.similarity import score
from service.maths.panel.profiles import State

_BURN_IN, _THINNING = 50, 5  # trades per row
_NO_SPREAD = 1e-9


class Structure(NamedTuple):
    """`ses` and `p_value` are None where the null model has no spread."""

    ses: float | None
    null_mean: float
    null_sd: float
    p_value: float | None


def structure(state: State, whole: float, *, null_draws: int, seed: int) -> Structure:
    """Curveball trades (Strona et al. 2014): row and column sums fixed, the score redrawn.

    The p-value is two-sided: (1 + draws at least as far from the null mean) / (1 + draws).
    """
    random = np.random.default_rng(seed)
    rows = [set(np.flatnonzero(row).tolist()) for row in state.has]
    _trade(rows, random, _BURN_IN * len(rows))
    drawn = []
    for _ in range(null_draws):
        _trade(rows, random, _THINNING * len(rows))
        drawn.append(_score(state, rows))
    mean = math.fsum(drawn) / len(drawn)
    sd = math.sqrt(math.fsum((d - mean) ** 2 for d in drawn) / max(1, len(drawn) - 1))
    if sd < _NO_SPREAD:
        return Structure(None, mean, sd, None)
    further = sum(abs(d - mean) >= abs(whole - mean) - _NO_SPREAD for d in drawn)
    return Structure((whole - mean) / sd, mean, sd, (1 + further) / (1 + len(drawn)))


def _trade(rows: list[set[int]], random: np.random.Generator, trades: int) -> None:
    """Two rows pool what only one of them has and deal it out again, in equal numbers."""
    n = len(rows)
    first = random.integers(0, n, trades)
    second = (first + random.integers(1, n, trades)) % n
    for i, j in zip(first.tolist(), second.tolist(), strict=True):
        only_i, only_j = rows[i] - rows[j], rows[j] - rows[i]
        if only_i and only_j:
            pool = random.permutation(sorted(only_i | only_j)).tolist()
            shared = rows[i] & rows[j]
            rows[i] = shared | set(pool[: len(only_i)])
            rows[j] = shared | set(pool[len(only_i) :])


def _score(state: State, rows: list[set[int]]) -> float:
    has = np.zeros_like(state.has)
    for row, items in enumerate(rows):
        has[row, sorted(items)] = True
    redrawn = score(State(has, state.vendor))
    return 0.0 if redrawn is None else redrawn
