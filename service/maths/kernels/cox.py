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
    """Per Efron step: weight S0 and covariate mean of the risk set, and the tied share."""

    time: Ints
    tied: Floats
    weight: Floats
    mean: Floats
    variance: Floats


def cox(rows: Rows, z: Floats, cluster: Ints) -> CoxFit | None:
    """Newton on the partial likelihood; None where it has no information or no maximum.

    Efron 1977 for ties; the sandwich of Lin & Wei 1989 from Efron score residuals summed by
    cluster. Risk sets are (entry, exit].
    """
    beta = 0.0
    for _ in range(_ROUNDS):
        moments = _moments(rows, z, beta)
        information = float(moments.variance.sum())
        if information <= 1e-12 or abs(beta) > MOST:
            return None
        score = float(z[rows.event].sum() - moments.mean.sum())
        step = score / information
        beta += float(np.clip(step, -2.0, 2.0))
        if abs(step) < _SETTLED:
            break
    moments = _moments(rows, z, beta)
    information = float(moments.variance.sum())
    if information <= 1e-12 or abs(beta) > MOST:
        return None
    residuals = _score_residuals(rows, z, beta, moments)
    by_cluster = np.bincount(cluster, weights=residuals)
    robust = float(np.sqrt((by_cluster**2).sum())) / information
    return CoxFit(beta, information**-0.5, robust)


def _moments(rows: Rows, z: Floats, beta: float) -> _Moments:
    times = np.unique(rows.exit[rows.event])
    weight = np.exp(beta * z)
    at_risk = (rows.entry[:, None] < times) & (times <= rows.exit[:, None])
    ended = (rows.exit[:, None] == times) & rows.event[:, None]
    columns = np.stack([weight, weight * z, weight * z * z])
    risk, tied = columns @ at_risk, columns @ ended
    counts = ended.sum(axis=0)
    step = np.repeat(np.arange(len(times)), counts)
    rank = np.arange(len(step)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = rank / counts[step]
    sums = risk[:, step] - share * tied[:, step]
    mean = sums[1] / sums[0]
    return _Moments(times[step], share, sums[0], mean, sums[2] / sums[0] - mean**2)


def _score_residuals(rows: Rows, z: Floats, beta: float, moments: _Moments) -> Floats:
    """Each row's share in the score (Therneau & Grambsch 2000, 4.6, with Efron's weights)."""
    times, first, counts = np.unique(moments.time, return_index=True, return_counts=True)
    mean_of_ties = np.add.reduceat(moments.mean, first) / counts if len(first) else first
    residuals = np.zeros(len(z))
    own = np.searchsorted(times, rows.exit[rows.event])
    residuals[rows.event] = z[rows.event] - mean_of_ties[own]
    at_risk = (rows.entry[:, None] < moments.time) & (moments.time <= rows.exit[:, None])
    ended = (rows.exit[:, None] == moments.time) & rows.event[:, None]
    held = np.where(ended, 1 - moments.tied, 1.0) * at_risk
    pull = held * (z[:, None] - moments.mean) / moments.weight
    residuals -= np.exp(beta * z) * pull.sum(axis=1)
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
