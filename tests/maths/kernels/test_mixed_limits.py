"""Limits of a mixture of confidence distributions against plain halving (metrics.md, 10.5)."""

import math

import numpy as np
import pytest

from service.maths.arrays import Floats
from service.maths.kernels.mixed_limits import Mixture


def _mixture(seed: int, *, is_low: bool) -> tuple[Mixture, list[list[tuple[float, float, int]]]]:
    """Draws x days at random, also as (S, Greenwood, count) for a plain reading."""
    rng = np.random.default_rng(seed)
    shape = int(rng.integers(1, 40)), 6
    survival = rng.choice([0.0, 1.0, 0.9, 0.5, 0.37, 0.02], shape, p=[0.1, 0.2, 0.2, 0.2, 0.2, 0.1])
    greenwood = rng.uniform(0.001, 0.4, shape)
    count = np.where(survival == 0, rng.integers(1, 9, shape), rng.integers(0, 9, shape))
    inner = np.where((survival > 0) & (survival < 1), survival, 0.5)
    usable = (survival < 1) | (count > 0) if is_low else np.ones(shape, np.bool_)
    mixture = Mixture(
        survival,
        np.log(-np.log(inner)),
        -np.log(inner) / np.sqrt(greenwood),
        count,
        usable / np.maximum(usable.sum(axis=0), 1),
        is_low,
    )
    rows = zip(survival.T, greenwood.T, count.T, usable.T, strict=True)
    plain = [
        [(float(s), float(g), int(k)) for s, g, k, u in zip(*row, strict=True) if u] for row in rows
    ]
    return mixture, plain


def _confidence(x: float, s: float, g: float, k: int, *, is_low: bool) -> float:
    """That S is at most x, by one draw."""
    if s == 1.0:
        return x**k if is_low else 0.0
    if s == 0.0:
        return 1.0 if is_low else 1 - (1 - x) ** k
    z = (math.log(-math.log(s)) - math.log(-math.log(x))) * abs(math.log(s)) / math.sqrt(g)
    return (1 + math.erf(z / math.sqrt(2))) / 2


def _halved(draws: list[tuple[float, float, int]], level: float, *, is_low: bool) -> float:
    low, high = 1e-12, 1 - 1e-12
    for _ in range(100):
        middle = (low + high) / 2
        each = [_confidence(middle, *draw, is_low=is_low) for draw in draws]
        low, high = (low, middle) if math.fsum(each) / len(each) >= level else (middle, high)
    return high


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize(("level", "is_low"), [(0.025, True), (0.975, False), (0.2, True)])
def test_limits_are_where_the_mean_confidence_reaches_the_level(
    seed: int, level: float, is_low: bool
) -> None:
    mixture, plain = _mixture(seed, is_low=is_low)
    found = mixture.least(level)
    for day, draws in enumerate(plain):
        if draws and not _is_at_its_edge(draws, level, is_low=is_low):
            assert found[day] == pytest.approx(_halved(draws, level, is_low=is_low), abs=1e-9)


def _is_at_its_edge(draws: list[tuple[float, float, int]], level: float, *, is_low: bool) -> bool:
    """Whether the mean comes to the level only as x comes to 0 or to 1."""
    fixed = sum(s == (0.0 if is_low else 1.0) for s, _, _ in draws) / len(draws)
    return math.isclose(fixed, level if is_low else 1 - level)


def _alike(survival: Floats) -> Mixture:
    inner = np.where((survival > 0) & (survival < 1), survival, 0.5)
    ones = np.ones(survival.shape)
    place, slope = np.log(-np.log(inner)), -np.log(inner) / 0.3
    count = np.full(survival.shape, 4)
    return Mixture(survival, place, slope, count, ones / len(ones), is_low=False)


def test_nothing_below_one_is_sure_where_too_many_draws_saw_no_copy() -> None:
    """Of 40 draws one may be without: at 0.975 the others are sure of S <= 1 only at 1."""
    survival = np.full((40, 2), 0.5)
    survival[0], survival[1, 1] = 1.0, 1.0
    assert _alike(survival).least(0.975).tolist() == [1.0, 1.0]
    survival[0, 0] = 0.5
    assert _alike(survival).least(0.975)[0] < 0.8


def test_draws_that_are_all_alike_give_the_log_log_limits() -> None:
    found = _alike(np.full((7, 1), 0.5)).least(0.975)[0]
    assert found == pytest.approx(
        0.5 ** math.exp(-1.959963984540054 * 0.3 / math.log(2)), abs=1e-12
    )
