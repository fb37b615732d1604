"""The pooled fit is the maximum of the likelihood as metrics.md 13.1 writes it down."""

import math
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import gammaln

from tests.random_markets import FEATURES
from tests.slow import copying
from tests.slow.markets import ask, known

Rows = list[list[copying.Row]]
DAY = "2024-12-31"


def likelihood(rows: Rows, edges: tuple[float, ...], log_a: float, logs: list[float]) -> float:
    """l(a, lambda), feature by feature."""
    a, total = math.exp(log_a), 0.0
    for own in rows:
        copies, mass = 0, 0.0
        for (low, high), log_rate in zip(pairwise(edges), logs, strict=True):
            events = sum(event and low < out <= high for _, out, event in own)
            days = sum(max(0.0, min(out, high) - max(entry, low)) for entry, out, _ in own)
            copies, mass = copies + events, mass + days * math.exp(log_rate)
            total += events * log_rate
        total += float(gammaln(a + copies) - gammaln(a)) - copies * log_a
        total -= (a + copies) * math.log1p(mass / a)
    return total


def best(rows: Rows, edges: tuple[float, ...], base: float | None) -> "np.ndarray":
    """(ln a, ln lambda) by a general search from several starts."""

    def loss(x: "np.ndarray") -> float:
        if not math.log(0.01) <= x[0] <= math.log(1e5):
            return 1e9
        prior = 0.0 if base is None else sum(v - math.exp(v) / base for v in x[1:])
        return -likelihood(rows, edges, float(x[0]), list(x[1:])) - prior

    start = math.log(base or 1e-3)
    found = []
    for log_a in (-1.0, 1.0, 4.0):
        first = np.array([log_a, *[start] * (len(edges) - 1)])
        rough = minimize(loss, first, method="Nelder-Mead", options={"maxiter": 8000})
        found.append(minimize(loss, rough.x, method="Powell", options={"xtol": 1e-9}))
    return min(found, key=lambda f: f.fun).x


@pytest.mark.parametrize("seed", range(4))
def test_shape_and_rates(seed: int) -> None:
    on, lives = known(seed, DAY, "preview")
    assert on == date.fromisoformat(DAY).toordinal()
    inside = copying.members(lives, "m", on)
    each = {f: copying.roomed(inside, f, on, 7, "spread") for f in FEATURES}
    runs = [r for f in FEATURES if (r := copying.race(each[f], f, on)) is not None]
    rows = [r.all_rows for r in runs if r.all_rows]
    ours = ask(seed, "pooled_time_to_copy", DAY, "preview", age_bands_days=[90, 365])
    edges = (0.0, 90.0, 365.0, math.inf)
    base = math.exp(float(best(rows, (0.0, math.inf), None)[1]))
    slow = best(rows, edges, base)
    rates = [band["rate_per_day"] for band in ours["hazard_bands"]]
    if ours["frailty_shape"] is None:
        assert slow[0] > math.log(50)
        assert rates == pytest.approx(np.exp(slow[1:]).tolist(), rel=2e-2)
    else:
        assert ours["frailty_shape"] == pytest.approx(math.exp(float(slow[0])), rel=1e-2)
        assert rates == pytest.approx(np.exp(slow[1:]).tolist(), rel=1e-3)
