"""What settling a cell brings is what the bounds do when it is settled."""

import random

import numpy as np
import pytest

from service.maths.arrays import Bools
from service.maths.homogenization.unknown_bounds import UnitCells, unknown_bounds
from service.maths.homogenization.unknown_worth import narrowings
from service.maths.panel.profiles import State


def market(seed: int) -> tuple[State, Bools]:
    """Products of two to five vendors, each with a feature at least; half the rest unknown."""
    rng = np.random.default_rng(seed)
    n_products, n_features = random.Random(seed).randint(3, 9), random.Random(-seed).randint(1, 8)
    has = rng.random((n_products, n_features)) < 0.4
    has[np.arange(n_products), rng.integers(n_features, size=n_products)] = True
    has[rng.integers(n_products, size=n_features), np.arange(n_features)] = True
    vendor = np.sort(np.concatenate([[0, 1], rng.integers(5, size=n_products - 2)]))
    vendor = np.unique(vendor, return_inverse=True)[1].astype(np.int64)
    return State(has, vendor), has | (rng.random(has.shape) < 0.5)


def width(state: State, known: Bools) -> float:
    low, high = unknown_bounds(state, UnitCells(known, np.arange(len(known))))
    return high - low


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_a_full_computation_says(seed: int) -> None:
    state, known = market(seed)
    present, absent = narrowings(state, known)
    before = width(state, known)
    for row, column in np.argwhere(~known).tolist():
        settled = known.copy()
        settled[row, column] = True
        has = state.has.copy()
        has[row, column] = True
        brought = before - width(State(has, state.vendor), settled)
        assert present[row, column] == pytest.approx(brought, abs=1e-12)
        assert absent[row, column] == pytest.approx(before - width(state, settled), abs=1e-12)
    assert not present[known].any()
    assert not absent[known].any()


@pytest.mark.parametrize("seed", range(40))
def test_no_knowledge_draws_the_bounds_apart(seed: int) -> None:
    present, absent = narrowings(*market(seed))
    assert (present >= -1e-12).all()
    assert (absent >= -1e-12).all()
