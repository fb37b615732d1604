"""Cox regression on one covariate: Efron ties, delayed entry, cluster-robust error."""

from dataclasses import dataclass

import numpy as np

from service.maths.arrays import Floats, Ints
from service.maths.kernels.kaplan_meier import Rows

MOST = 30.0  # |beta| beyond which the likelihood has no maximum
_ROUNDS, _SETTLED = 100, 1e-12


@dataclass(frozen=True)
class CoxFit:
    """Log hazard ratio per unit of the covariate, model-based and robust standard errors."""

    beta: float
    se_model: float
    se_robust: float


@dataclass(frozen=True)
class _Moments:
    """Per Efron step: weight S0 of the risk set, mean and variance of the covariate in it."""

    weight: Floats
    mean: Floats
    variance: Floats


class _RiskSets:
    """At each time of an event: who is at risk and whose event it is (rows x times); per Efron
    step the place of its time and the tied share."""

    def __init__(self, rows: Rows) -> None:
        times = np.unique(rows.exit[rows.event])
        at_risk = (rows.entry[:, None] < times) & (times <= rows.exit[:, None])
        ended = (rows.exit[:, None] == times) & rows.event[:, None]
        self.times, self.counts = times, ended.sum(axis=0)
        self.at_risk, self.ended = at_risk.astype(np.float64), ended.astype(np.float64)
        self.step = np.repeat(np.arange(len(times)), self.counts)
        self.first = np.cumsum(self.counts) - self.counts
        rank = np.arange(len(self.step)) - np.repeat(self.first, self.counts)
        self.tied = rank / self.counts[self.step]

    def moments(self, z: Floats, beta: float) -> _Moments:
        weight = np.exp(beta * z)
        columns = np.stack([weight, weight * z, weight * z * z])
        risk, tied = columns @ self.at_risk, columns @ self.ended
        sums = risk[:, self.step] - self.tied * tied[:, self.step]
        mean = sums[1] / sums[0]
        return _Moments(sums[0], mean, sums[2] / sums[0] - mean**2)


def cox(rows: Rows, z: Floats, cluster: Ints) -> CoxFit | None:
    """Newton on the partial likelihood; None where it has no information or no maximum.

    Efron 1977 for ties; the sandwich of Lin & Wei 1989 from Efron score residuals summed by
    cluster. Risk sets are (entry, exit].
    """
    sets, beta, of_events = _RiskSets(rows), 0.0, z[rows.event].sum()
    for _ in range(_ROUNDS):
        moments = sets.moments(z, beta)
        information = float(moments.variance.sum())
        if information <= 1e-12 or abs(beta) > MOST:
            return None
        step = float(of_events - moments.mean.sum()) / information
        beta += float(np.clip(step, -2.0, 2.0))
        if abs(step) < _SETTLED:
            break
    moments = sets.moments(z, beta)
    information = float(moments.variance.sum())
    if information <= 1e-12 or abs(beta) > MOST:
        return None
    residuals = _score_residuals(rows, sets, z, beta, moments)
    by_cluster = np.bincount(cluster, weights=residuals)
    robust = float(np.sqrt((by_cluster**2).sum())) / information
    return CoxFit(beta, information**-0.5, robust)


def _score_residuals(
    rows: Rows, sets: _RiskSets, z: Floats, beta: float, moments: _Moments
) -> Floats:
    """Each row's share in the score (Therneau & Grambsch 2000, 4.6, with Efron's weights): of the
    means at its own event, less what it weighs in the risk sets that it is in, a tied event's for
    all of the steps but the share that has left."""
    n_times, step = len(sets.times), sets.step
    mean_of_ties = np.bincount(step, moments.mean, n_times) / sets.counts
    residuals = np.zeros(len(z))
    own = np.searchsorted(sets.times, rows.exit[rows.event])
    residuals[rows.event] = z[rows.event] - mean_of_ties[own]
    pulls = []
    for left in (np.zeros(len(step)), sets.tied):
        held = (1 - left) / moments.weight
        pulls += [np.bincount(step, held, n_times), np.bincount(step, held * moments.mean, n_times)]
    waits = sets.at_risk - sets.ended
    by_weight = waits @ pulls[0] + sets.ended @ pulls[2]
    by_mean = waits @ pulls[1] + sets.ended @ pulls[3]
    residuals -= np.exp(beta * z) * (z * by_weight - by_mean)
    return residuals


def logrank(rows: Rows, group: Ints) -> float | None:
    """Two-sample log-rank chi-square with delayed entry; None without variance."""
    times = np.unique(rows.exit[rows.event])
    at_risk = (rows.entry[:, None] < times) & (times <= rows.exit[:, None])
    ended = (rows.exit[:, None] == times) & rows.event[:, None]
    one = group.astype(np.float64)
    n, n1 = at_risk.sum(axis=0), one @ at_risk
    d, d1 = ended.sum(axis=0), one @ ended
    expected = d * n1 / n
    variance = np.where(n > 1, d * (n1 / n) * (1 - n1 / n) * (n - d) / np.maximum(n - 1, 1), 0.0)
    total = float(variance.sum())
    return float((d1 - expected).sum() ** 2 / total) if total > 0 else None
