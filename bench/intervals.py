"""How often the intervals hold the truth: worlds with known figures, drawn again and again.

python -m bench.intervals [WORLDS]; prints the table of docs/uncertainty.md.
"""

import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from rich.console import Console
from rich.progress import track

from bench.markets import market
from service.maths.copying.trend import copy_trend
from service.maths.homogenization.market import market_homogenization
from service.maths.kernels.kaplan_meier import (
    Rows,
    conditioning_start,
    kaplan_meier,
    median,
    share_limits,
)
from service.maths.panel.panel import Panel

ORIGIN = 738_000
WINDOW = 7


class Trial(NamedTuple):
    """The interval of one world; None where there is none. `high` None: open above."""

    low: float | None
    high: float | None
    truth: float


def copy_times(rng: np.random.Generator, n: int, rate: float) -> Rows:
    """`n` rivals, half of them present from the start, the others entering within a year;
    exponential copy times since entry at risk; seen for 500 days."""
    entry = np.where(np.arange(n) < (n + 1) // 2, WINDOW, rng.integers(WINDOW, 365, n))
    copied = entry + np.ceil(rng.exponential(1 / rate, n)).astype(np.int64)
    return Rows(entry, np.minimum(copied, 500), copied <= 500)


def median_trial(rng: np.random.Generator, n: int) -> Trial:
    """The median time-to-copy; the truth given that s0 is survived (exponential times)."""
    rows, rate = copy_times(rng, n, np.log(2) / 150), np.log(2) / 150
    start = conditioning_start(rows)
    if start is None:
        return Trial(None, None, 0.0)
    found = median(kaplan_meier(rows, start), 0.95)
    low = 0.0 if found.low is None else float(found.low)
    is_open = found.low is None or found.high is None
    return Trial(low, None if is_open else float(found.high or 0), start + np.log(2) / rate)


def share_trial(rng: np.random.Generator, n: int) -> Trial:
    """The share copied within 180 days."""
    rate = np.log(2) / 150
    rows = copy_times(rng, n, rate)
    start = conditioning_start(rows)
    if start is None or start >= 180:
        return Trial(None, None, 0.0)
    found = share_limits(rows, kaplan_meier(rows, start), 180, start, 0.95)
    truth = 1 - float(np.exp(-rate * (180 - start)))
    return Trial(*(found or (None, None)), truth)


def score_trial(rng: np.random.Generator, n: int) -> Trial:
    """The score of a world of 400 vendors and 400 features, from `n` vendors and 40 features."""
    breadth, common = rng.normal(0, 0.5, 400), rng.normal(-0.8, 1.2, 400)
    has = rng.random((400, 400)) < 1 / (1 + np.exp(-(breadth[:, None] + common)))
    drawn = has[np.ix_(rng.choice(400, n, False), rng.choice(400, 40, False))]
    product, item = np.nonzero(drawn)
    day = np.full(len(product), ORIGIN)
    facts = market(np.full(n, ORIGIN), np.arange(n), 40, product, item, day)
    found = market_homogenization(Panel(facts), market="m", on=ORIGIN + 1)
    shared = has.astype(np.float64) @ has.T
    sizes = has.sum(axis=1)
    alike = shared / (sizes[:, None] + sizes - shared)
    truth = (alike.sum() - 400) / (400 * 399)
    return Trial(found.score_ci_low, found.score_ci_high, float(truth))


def trend_trial(rng: np.random.Generator, n: int) -> Trial:
    """The hazard ratio per year of 30 features and `n` vendors; features differ (frailty)."""
    ratio, features = 1.3, 30
    origin = ORIGIN + np.sort(rng.integers(0, 1500, features))
    rate = 0.002 * ratio ** ((origin - ORIGIN) / 365.25) * rng.gamma(4, 0.25, features)
    product, item, day = [], [], []
    for feature in range(features):
        order = rng.permutation(n)
        days = origin[feature] + 8 + np.ceil(rng.exponential(1 / rate[feature], n))
        days[order[0]] = origin[feature]
        product += range(n)
        item += [feature] * n
        day += days.astype(int).tolist()
    columns = (np.array(c, np.int64) for c in (product, item, day))
    facts = market(np.full(n, ORIGIN - 400), np.arange(n), features, *columns)
    found = copy_trend(Panel(facts), on=ORIGIN + 2000, market="m")
    return Trial(found.hr_ci_low, found.hr_ci_high, ratio)


TRIALS: list[tuple[str, Callable[[np.random.Generator, int], Trial], list[int]]] = [
    ("score", score_trial, [6, 12, 24]),
    ("median_time_to_copy_days", median_trial, [6, 12, 24]),
    ("share_copied.180", share_trial, [6, 12, 24]),
    ("hazard_ratio_per_year", trend_trial, [8, 16]),
]


def rows(worlds: int) -> Iterator[str]:
    """The lines of the table."""
    yield "| figure | vendors or rivals | worlds | with an interval | held the truth | ± |"
    yield "|---|---|---|---|---|---|"
    for name, trial, sizes in TRIALS:
        for n in sizes:
            rng = np.random.default_rng([n, len(name)])
            told = [
                trial(rng, n)
                for _ in track(
                    range(worlds), f"{name} {n}", console=Console(stderr=True), transient=True
                )
            ]
            known = [t for t in told if t.low is not None]
            held = [t.low <= t.truth and (t.high is None or t.truth <= t.high) for t in known]
            share = float(np.mean(held))
            error = 1.96 * float(np.sqrt(share * (1 - share) / len(held)))
            yield f"| `{name}` | {n} | {worlds} | {len(known)} | {share:.3f} | {error:.3f} |"


def main() -> None:
    for line in rows(int(sys.argv[1]) if len(sys.argv) > 1 else 1000):
        print(line, flush=True)


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()
