"""What is not on record of products that nobody went through, from those that were (metrics.md,
18b): a logistic model of presence, and how much of what is present is on record."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, digamma, expit, polygamma

from service.cached import cached_property
from service.maths.arrays import Bools, Floats, Ints

SD_LEVEL, SD_PRODUCT, SD_FEATURE = 3.0, 1.2, 2.0
# The breadth of products that were not gone through, which nothing tells.
SD_BREADTHS = (0.5, 0.8, 1.2)
PRIOR_RECALL = 3.0, 1.0
_BREADTHS = -3.5 + 7 * np.arange(41) / 40
_RECALLS = np.arange(1, 40) / 40
_SMALLEST, _MOST = 1e-10, 100


@dataclass(frozen=True)
class PresenceModel:
    """logit of the chance that product i has feature j: level + product_i + feature_j."""

    level: float
    product: Floats
    feature: Floats

    @cached_property
    def chances(self) -> Floats:
        """Of the products of the fit (rows), by feature."""
        return np.asarray(expit(self.level + self.product[:, None] + self.feature), np.float64)


@dataclass(frozen=True)
class Recall:
    """Of what a product has, the share that is on record: Beta(a, b)."""

    a: float = PRIOR_RECALL[0]
    b: float = PRIOR_RECALL[1]


def fit_presence(has: Bools, known: Bools) -> PresenceModel:
    """The maximum of the log-posterior over the known cells (products x features), with normal
    priors of the standard deviations above."""
    n, n_features = has.shape
    rows, columns = np.nonzero(known)
    outcome = has[rows, columns].astype(np.float64)
    scales = (SD_LEVEL, *[SD_PRODUCT] * n, *[SD_FEATURE] * n_features)
    precision = 1 / np.array(scales, np.float64) ** 2

    def linear(at: Floats) -> Floats:
        return np.asarray(at[0] + at[1 + rows] + at[1 + n + columns], np.float64)

    def value(at: Floats) -> float:
        eta = linear(at)
        fitted = (outcome * eta - np.logaddexp(0.0, eta)).sum()
        return float(fitted - (precision * at**2).sum() / 2)

    def step(at: Floats) -> Floats:
        chance = expit(linear(at))
        slope, weight = outcome - chance, chance * (1 - chance)
        gradient = -precision * at
        curvature = np.diag(precision)
        matrix = np.zeros((n, n_features))
        matrix[rows, columns] = weight
        of_rows, of_columns = matrix.sum(axis=1), matrix.sum(axis=0)
        gradient[0] += slope.sum()
        np.add.at(gradient, 1 + rows, slope)
        np.add.at(gradient, 1 + n + columns, slope)
        curvature[0, 0] += weight.sum()
        curvature[0, 1 : 1 + n] = curvature[1 : 1 + n, 0] = of_rows
        curvature[0, 1 + n :] = curvature[1 + n :, 0] = of_columns
        curvature[1 : 1 + n, 1 + n :], curvature[1 + n :, 1 : 1 + n] = matrix, matrix.T
        diagonal = np.arange(1, 1 + n + n_features)
        curvature[diagonal, diagonal] += np.concatenate([of_rows, of_columns])
        return np.asarray(np.linalg.solve(curvature, gradient), np.float64)

    found = _ascent(value, step, np.zeros(1 + n + n_features))
    return PresenceModel(float(found[0]), found[1 : 1 + n], found[1 + n :])


def fit_recall(on_record: Ints, present: Ints) -> Recall:
    """The maximum over ln a, ln b of the beta-binomial likelihood of so many of each product's
    present cells being on record, with normal priors about Beta(3, 1)."""
    if not len(present):
        return Recall()
    k, n = on_record.astype(np.float64), present.astype(np.float64)
    centre = np.log(np.array(PRIOR_RECALL))

    def value(at: Floats) -> float:
        a, b = np.exp(at)
        fitted = (betaln(a + k, b + n - k) - betaln(a, b)).sum()
        return float(fitted - ((at - centre) ** 2).sum() / 2)

    def step(at: Floats) -> Floats:
        a, b = np.exp(at)
        whole = digamma(a + b) - digamma(a + b + n)
        slopes = np.array(
            [
                a * (digamma(a + k) - digamma(a) + whole).sum(),
                b * (digamma(b + n - k) - digamma(b) + whole).sum(),
            ]
        )
        both = (polygamma(1, a + b) - polygamma(1, a + b + n)).sum()
        of_a = (polygamma(1, a + k) - polygamma(1, a)).sum() + both
        of_b = (polygamma(1, b + n - k) - polygamma(1, b)).sum() + both
        gradient = slopes - (at - centre)
        mixed = a * b * both
        hessian = np.array(
            [[a * a * of_a + slopes[0] - 1, mixed], [mixed, b * b * of_b + slopes[1] - 1]]
        )
        is_concave = hessian[0, 0] < 0 and np.linalg.det(hessian) > 0
        moved = -np.linalg.solve(hessian, gradient) if is_concave else gradient
        return np.asarray(np.clip(moved, -1.0, 1.0), np.float64)

    a, b = np.exp(_ascent(value, step, centre)).tolist()
    return Recall(a, b)


def _ascent(
    value: Callable[[Floats], float], step: Callable[[Floats], Floats], start: Floats
) -> Floats:
    """Newton's method, the step halved while the value falls."""
    at, height = start, value(start)
    for _ in range(_MOST):
        move = step(at)
        reached = value(at + move)
        while reached < height and np.abs(move).max() >= _SMALLEST:
            move = move / 2
            reached = value(at + move)
        if np.abs(move).max() < _SMALLEST:
            break
        at, height = at + move, reached
    return at


class Unaudited:
    """A product that nobody went through: what it may have, on a grid of breadth (outer) and of
    the share of it that is on record (inner)."""

    def __init__(self, presence: PresenceModel, recall: Recall, has: Bools, known: Bools) -> None:
        psi = expit(presence.level + _BREADTHS[:, None] + presence.feature)
        hidden = np.log1p(-psi[:, None, ~known] * _RECALLS[:, None])
        absent = np.log1p(-psi[:, known & ~has]).sum(axis=1)
        present = np.log(psi[:, has]).sum(axis=1)
        self._psi = psi[:, ~known]
        self._held = (
            hidden.sum(axis=2)
            + (absent + present)[:, None]
            + (float(has.sum()) + recall.a - 1) * np.log(_RECALLS)
            + (recall.b - 1) * np.log1p(-_RECALLS)
        )

    def weights(self, sd: float) -> Floats:
        """Of the points of the grid, where breadth has a standard deviation of `sd`."""
        held = self._held - (_BREADTHS**2 / (2 * sd * sd))[:, None]
        weights = np.exp(held - held.max()).ravel()
        return np.asarray(weights / weights.sum(), np.float64)

    def chances(self, point: Ints) -> Floats:
        """P(present | unknown) of the unknown cells (columns) at points of the grid (rows)."""
        psi = self._psi[point // len(_RECALLS)]
        recall = _RECALLS[point % len(_RECALLS)][:, None]
        return np.asarray(psi * (1 - recall) / (1 - psi * recall), np.float64)

    def expected(self) -> float:
        """How many of the unknown cells are present, the mean over the breadths."""
        every = self.chances(np.arange(len(_BREADTHS) * len(_RECALLS))).sum(axis=1)
        return math.fsum(float(self.weights(sd) @ every) for sd in SD_BREADTHS) / len(SD_BREADTHS)
