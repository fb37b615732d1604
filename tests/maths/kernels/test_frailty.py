"""Several pooled fits at once are those of each alone, found by the steps of SciPy's search."""

import math
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import psi

from service.maths.arrays import Floats, Ints
from service.maths.kernels import frailty_fits
from service.maths.kernels.bounded_search import least
from service.maths.kernels.frailty import Bands, Exposure, Fit
from service.maths.kernels.frailty_fits import GRID, fit, fits, lowest_places
from service.maths.kernels.frailty_likelihood import Maxima

BANDS = Bands.of((30, 90, 180, 365, 730), 1.0)


def exposure(seed: int, n_features: int) -> Exposure:
    """Features of unlike speed; with odd seeds nobody is at risk in the last band, or in all but
    one feature."""
    random = np.random.default_rng(seed)
    days = random.integers(0, 5_000, (n_features, len(BANDS))).astype(np.float64)
    days[seed % 2 :, -1] *= seed % 3 > 0
    of_band = random.integers(0, 20, len(BANDS)).astype(np.float64)
    shares = random.dirichlet(np.full(n_features, random.uniform(0.2, 9.0)))
    return Exposure(days, of_band, random.multinomial(int(of_band.sum()), shares).astype(float))


def same(one: Fit, other: Fit) -> bool:
    return one.shape == other.shape and np.array_equal(one.rates, other.rates, equal_nan=True)


@pytest.mark.parametrize("n_features", [4, 11, 30])
def test_fits_at_once_are_the_fits(n_features: int) -> None:
    exposures = [exposure(seed, n_features) for seed in range(12)]
    found = fits(exposures, BANDS)
    assert all(map(same, found, [fit(one, BANDS) for one in exposures]))
    assert len({one.is_pooled for one in found}) + (n_features > 4) >= 2
    assert len({tuple(np.isnan(one.rates)) for one in found}) == 2


def slopes(one: Exposure, found: Fit, base: float) -> Floats:
    """Of l and the prior in ln lambda and ln a, by the formulas of metrics.md, 13.1."""
    used = ~np.isnan(found.rates)
    a, copies, rates = found.shape, one.copies_of_feature, found.rates[used]
    pulled = one.days[:, used] * rates
    mass = pulled.sum(axis=1)
    of_rates = one.copies_of_band[used] - (((a + copies) / (a + mass))[:, None] * pulled).sum(
        axis=0
    )
    of_rates += BANDS.kappa * (1 - rates / base)
    of_shape = psi(a + copies) - psi(a) - np.log1p(mass / a) + (mass - copies) / (a + mass)
    return np.append(of_rates, a * of_shape.sum())


@pytest.mark.parametrize("n_features", [6, 17, 40])
def test_at_a_fit_the_likelihood_has_no_slope(n_features: int) -> None:
    n_shapes = 0
    for seed in range(12):
        one = exposure(seed, n_features)
        found = fit(one, BANDS)
        if found.is_pooled or found.shape < 0.0101:  # the least that is looked at
            continue
        single = fit(one.merged(), Bands((0.0, math.inf), 0.0))
        assert np.abs(slopes(one, found, float(single.rates[0]))).max() < 1e-10
        n_shapes += 1
    assert n_shapes >= 6


def test_where_no_step_leads_to_a_maximum_it_is_searched_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    exposures = [exposure(seed, 11) for seed in range(8)]
    wanted, by_steps = fits(exposures, BANDS), frailty_fits.maxima

    def nowhere(*given: Any) -> Maxima:
        shapes, rates, is_found = by_steps(*given)
        return Maxima(shapes * 7, rates * 7, np.zeros_like(is_found))

    monkeypatch.setattr(frailty_fits, "maxima", nowhere)
    for one, other in zip(fits(exposures, BANDS), wanted, strict=True):
        assert one.shape == pytest.approx(other.shape, rel=1e-4)
        assert one.rates == pytest.approx(other.rates, rel=1e-4, nan_ok=True)


def test_a_maximum_beyond_the_shapes_that_are_searched_is_at_their_edge() -> None:
    """All copies are of one feature of forty: the frailty has hardly a shape."""
    days = np.full((40, len(BANDS)), 9_000.0)
    copies = np.zeros(40)
    copies[7] = 30.0
    found = fit(Exposure(days, np.full(len(BANDS), 5.0), copies), BANDS)
    assert found.shape == pytest.approx(0.01, rel=1e-6)


def wavy(seed: int) -> Floats:
    """Values on the grid: a dip anywhere, its edges among them, and every third time others that a
    look at a few places shows."""
    random = np.random.default_rng(seed)
    bottom = GRID[random.integers(0, len(GRID))]
    values = np.abs(GRID - bottom) ** random.uniform(0.5, 3)
    waves = random.uniform(2, 9) * np.cos(random.uniform(0.5, 2) * GRID)
    return np.asarray(values + waves * (seed % 3 == 0), np.float64)


def test_the_lowest_place_of_the_grid_is_found_by_looking_at_few() -> None:
    curves = np.stack([wavy(seed) for seed in range(300)])
    looks = np.zeros(len(curves), np.int64)

    def profile(who: Ints, places: Floats) -> Floats:
        looks[who] += places.shape[1]
        return np.asarray(curves[who[:, None], np.searchsorted(GRID, places)], np.float64)

    found = lowest_places(profile, np.arange(len(curves)))
    assert found.tolist() == curves.argmin(axis=1).tolist()
    assert np.median(looks) < len(GRID) / 2 < looks.max()


FUNCTIONS = [
    (lambda x: (x - 0.7) ** 2, (-3.0, 2.0)),
    (lambda x: abs(x - 0.25), (-1.0, 1.0)),
    (lambda x: math.cos(3 * x) + x / 9, (-4.0, 5.0)),
    (lambda x: round(x, 3), (0.0, 1.0)),
    (lambda x: 0.0 * x, (2.0, 3.0)),
    (lambda x: -x, (0.0, 4.0)),
    (lambda x: math.exp(x) - 4 * x, (1.0, 1.0000001)),
]


def test_the_least_values_are_those_of_scipy_to_the_last_bit() -> None:
    def values(places: Ints, x: Floats) -> Floats:
        pairs = zip(places.tolist(), x.tolist(), strict=True)
        return np.array([FUNCTIONS[place][0](at) for place, at in pairs])

    found = least(values, [bounds for _, bounds in FUNCTIONS])
    for (function, bounds), (x, value) in zip(FUNCTIONS, found, strict=True):
        wanted = minimize_scalar(
            function, bounds=bounds, method="bounded", options={"xatol": 1e-10}
        )
        assert (x, value) == (wanted.x, wanted.fun)
