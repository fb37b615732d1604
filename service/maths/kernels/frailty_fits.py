"""Fits of the piecewise-constant hazard with gamma frailty, many at once (metrics.md, 13.1): a look
at a grid of shapes of the frailty, and Newton's method from the best of them."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from service.maths.arrays import Floats, Ints
from service.maths.kernels.bounded_search import least
from service.maths.kernels.frailty import Bands, Exposure, Fit
from service.maths.kernels.frailty_likelihood import Prior, Stack, maxima, rates_of, values

LOW, HIGH = math.log(0.01), math.log(1e5)
AS_GOOD = 1e-6
_SETTLED, _ROUGHLY = 1e-13, 5e-2  # steps in ln lambda; roughly: to tell which shape is the best
GRID = np.linspace(LOW, HIGH, 60)
_LAST = len(GRID) - 1
_APART = 4  # places of the grid that are looked at first


def fit(exposure: Exposure, bands: Bands) -> Fit:
    """Maximise l + kappa sum(ln lambda_k - lambda_k / lambda_0) over bands with rival-days."""
    return fits([exposure], bands)[0]


def fits(exposures: Sequence[Exposure], bands: Bands) -> list[Fit]:
    """The fit of each of several exposures with as many features, all at once."""
    bases = _maxima(Stack.of([one.merged() for one in exposures]), None, 0.0)
    found: dict[int, Fit] = {}
    used_by = [tuple((one.days.sum(axis=0) > 0).tolist()) for one in exposures]
    for used in dict.fromkeys(used_by):
        members = [n for n, own in enumerate(used_by) if own == used]
        mask = np.array(used)
        stack = Stack.of([exposures[n].of_bands(mask) for n in members])
        base = np.array([float(bases[n][1][0]) for n in members])
        for n, (shape, best) in zip(members, _maxima(stack, base, bands.kappa), strict=True):
            rates = np.full(len(used), np.nan)
            rates[mask] = best
            found[n] = Fit(shape, rates, bands.edges)
    return [found[n] for n in range(len(exposures))]


def _maxima(stack: Stack, base: Floats | None, kappa: float) -> list[tuple[float, Floats]]:
    """The best shape of each and its rates; complete pooling where it is as good."""
    prior = Prior(kappa, np.zeros(len(stack)) if base is None else 1 / base)
    pooled = stack.of_band + kappa
    pooled = pooled / (stack.days.sum(axis=1) + (kappa * prior.inverse)[:, None])
    start, every = pooled.copy(), np.arange(len(stack))

    def profile(members: Ints, log_shapes: Floats, settled: float = _ROUGHLY) -> Floats:
        some, of_some = stack.take(members), prior.take(members)
        shapes = np.exp(log_shapes)
        rates = rates_of(some, shapes, start[members], of_some, settled)
        heights = values(some, shapes, rates, of_some)
        start[members] = rates[np.arange(len(members)), heights.argmax(axis=1)]
        return -heights

    best = lowest_places(profile, every)
    low, high = GRID[np.maximum(best - 1, 0)], GRID[np.minimum(best + 1, _LAST)]
    shapes, rates, is_found = maxima(stack, (np.exp(GRID[best]), start), prior, (low, high))
    rest = np.flatnonzero(~is_found)
    if len(rest):
        bounds = list(zip(low[rest].tolist(), high[rest].tolist(), strict=True))
        searched = least(lambda who, x: profile(rest[who], x[:, None], _SETTLED)[:, 0], bounds)
        shapes[rest] = [math.exp(x) for x, _ in searched]
        of_rest = stack.take(rest), shapes[rest, None], pooled[rest], prior.take(rest)
        rates[rest] = rates_of(*of_rest, _SETTLED)[:, 0]
    heights = values(stack, shapes[:, None], rates[:, None, :], prior)[:, 0]
    is_pooled = heights <= _pooled_values(stack, pooled, prior) + AS_GOOD
    return [
        (math.inf, pooled[n]) if is_pooled[n] else (float(shapes[n]), rates[n])
        for n in every.tolist()
    ]


def lowest_places(profile: Callable[[Ints, Floats], Floats], every: Ints) -> Ints:
    """Of each exposure the place of the grid with the least value: looked for around the least of
    a few, or of all where these have several dips."""
    few = np.append(np.arange(0, _LAST, _APART), _LAST)
    found = profile(every, np.tile(GRID[few], (len(every), 1)))
    rises = np.diff(found, axis=1) > 0
    is_simple = ~(rises[:, :-1] & ~rises[:, 1:]).any(axis=1)
    near = few[found.argmin(axis=1)][:, None] + np.arange(1 - _APART, _APART)
    near = np.clip(near, 0, _LAST)
    best = np.zeros(len(every), np.int64)
    for who, places in (
        (every[is_simple], near[is_simple]),
        (every[~is_simple], np.tile(np.arange(len(GRID)), (int((~is_simple).sum()), 1))),
    ):
        if len(who):
            lowest = profile(who, GRID[places]).argmin(axis=1)
            best[who] = places[np.arange(len(who)), lowest]
    return best


def _pooled_values(stack: Stack, rates: Floats, prior: Prior) -> Floats:
    banded = prior.value(stack, rates[:, None, :])[:, 0]
    sums = [math.fsum((days @ own).tolist()) for days, own in zip(stack.days, rates, strict=True)]
    return np.asarray(banded - np.array(sums), np.float64)
