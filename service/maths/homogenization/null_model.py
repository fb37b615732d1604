"""Camps or even mixing: the score against a fixed-fixed null model (metrics.md, 4.8)."""

import math

import numpy as np

from service.maths.kernels.similarity import score
from service.maths.panel.profiles import State
from service.maths.results import Figures, absent

STRUCTURE = ("structure_ses", "structure_null_mean", "structure_null_sd", "structure_p_value")

_BURN_IN, _THINNING = 50, 5  # trades per row
_NO_SPREAD = 1e-9


def structure(state: State, whole: float, *, null_draws: int, seed: int) -> Figures:
    """`structure_*`: Curveball trades (Strona et al. 2014) keep row and column sums, the score is
    drawn again.

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
    moments: Figures = {"structure_null_mean": mean, "structure_null_sd": sd}
    if sd < _NO_SPREAD:
        return moments | absent(("structure_ses", "structure_p_value"), "zero_null_variance")
    further = sum(abs(d - mean) >= abs(whole - mean) - _NO_SPREAD for d in drawn)
    return moments | {
        "structure_ses": (whole - mean) / sd,
        "structure_p_value": (1 + further) / (1 + len(drawn)),
    }


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
