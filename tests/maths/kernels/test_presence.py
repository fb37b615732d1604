"""The model of unknown cells against general searches and plain loops (metrics.md, 18b)."""

import math

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import betaln, expit

from service.maths.kernels.presence import (
    SD_BREADTHS,
    PresenceModel,
    Recall,
    Unaudited,
    fit_presence,
    fit_recall,
)

SEEDS = range(6)


def cells(seed: int, n: int = 7, n_features: int = 9) -> tuple[np.ndarray, np.ndarray]:
    """(has, known) of some products by features, each with a feature."""
    rng = np.random.default_rng(seed)
    has = rng.random((n, n_features)) < rng.random((n, 1)) * 0.6 + 0.3
    has[:, 0] = True
    return has, has | (rng.random(has.shape) < 0.7)


@pytest.mark.parametrize("seed", SEEDS)
def test_presence_is_the_maximum_of_its_posterior(seed: int) -> None:
    has, known = cells(seed)
    n, n_features = has.shape

    def loss(at: np.ndarray) -> float:
        total = at[0] ** 2 / 18 + (at[1 : 1 + n] ** 2).sum() / 2.88 + (at[1 + n :] ** 2).sum() / 8
        for i in range(n):
            for j in range(n_features):
                if known[i, j]:
                    eta = at[0] + at[1 + i] + at[1 + n + j]
                    total += math.log1p(math.exp(eta)) - (eta if has[i, j] else 0.0)
        return float(total)

    found = fit_presence(has, known)
    ours = np.concatenate([[found.level], found.product, found.feature])
    best = minimize(loss, np.zeros(1 + n + n_features), method="BFGS", options={"gtol": 1e-7})
    assert loss(ours) <= best.fun + 1e-10
    assert ours == pytest.approx(best.x, abs=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_recall_is_the_maximum_of_its_posterior(seed: int) -> None:
    rng = np.random.default_rng(seed)
    present = rng.integers(2, 15, 6)
    on_record = rng.binomial(present, rng.random(6))

    def loss(at: np.ndarray) -> float:
        a, b = math.exp(at[0]), math.exp(at[1])
        fit = sum(
            betaln(a + k, b + n - k) - betaln(a, b) for k, n in zip(on_record, present, strict=True)
        )
        return float(((at[0] - math.log(3)) ** 2 + at[1] ** 2) / 2 - fit)

    found = fit_recall(on_record, present)
    best = minimize(
        loss,
        np.array([math.log(3), 0.0]),
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12},
    )
    assert (math.log(found.a), math.log(found.b)) == pytest.approx(best.x, abs=1e-5)
    assert fit_recall(np.array([], np.int64), np.array([], np.int64)) == Recall(3.0, 1.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_product_not_gone_through_point_by_point(seed: int) -> None:
    has, known = cells(seed, n=1, n_features=6)
    rng = np.random.default_rng(seed)
    model = PresenceModel(0.3, np.zeros(1), rng.normal(size=6))
    ours = Unaudited(model, Recall(2.5, 1.4), has[0], known[0])
    for sd in SD_BREADTHS:
        weights, chances = [], []
        for k in range(41):
            for m in range(1, 40):
                a, r = -3.5 + 7 * k / 40, m / 40
                psi = expit(0.3 + a + model.feature)
                weight = math.exp(-a * a / (2 * sd * sd)) * r**1.5 * (1 - r) ** 0.4
                for j in range(6):
                    weight *= (
                        psi[j] * r if has[0, j] else (1 - psi[j] if known[0, j] else 1 - psi[j] * r)
                    )
                weights.append(weight)
                chances.append(
                    [psi[j] * (1 - r) / (1 - psi[j] * r) for j in range(6) if not known[0, j]]
                )
        assert ours.weights(sd) == pytest.approx(np.array(weights) / sum(weights), rel=1e-9)
        every = np.arange(41 * 39)
        assert ours.chances(every) == pytest.approx(np.array(chances).reshape(41 * 39, -1))
