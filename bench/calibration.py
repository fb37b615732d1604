"""Whether forecasts of copies come true: markets with a known future, forecast from their past.

python -m bench.calibration [MARKETS]; prints the tables of docs/uncertainty.md.
"""

import sys
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
from rich.console import Console
from rich.progress import track

from bench.markets import market
from service.maths.copying.backtest import forecast_backtest
from service.maths.copying.forecast import copy_forecast
from service.maths.panel.facts import Facts
from service.maths.panel.panel import Panel

ORIGIN = 738_000
SPAN = 1800
FEATURES, VENDORS = 60, 15
EDGES = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0)
WORLDS = ("as the model", "copying doubles halfway")


def world(rng: np.random.Generator, name: str) -> tuple[Facts, np.ndarray]:
    """A market and its copy days (features x vendors), also those after the day of forecasting.

    Hazards fall with the age of a feature, and features differ by a gamma frailty of shape 2.
    """
    origin = ORIGIN + rng.integers(0, SPAN, FEATURES)
    frailty = rng.gamma(2, 0.5, FEATURES)
    days = np.empty((FEATURES, VENDORS), np.int64)
    for feature in range(FEATURES):
        need = rng.exponential(1 / frailty[feature], VENDORS)
        days[feature] = origin[feature] + 8 + _ages(need, origin[feature], name)
        days[feature, rng.integers(VENDORS)] = origin[feature]
    item, product = np.nonzero(days < 800_000)
    launch = np.full(VENDORS, ORIGIN - 400)
    facts = market(launch, np.arange(VENDORS), FEATURES, product, item, days[item, product])
    return facts, days


def _ages(need: np.ndarray, origin: int, name: str) -> np.ndarray:
    """The age at which the cumulative hazard reaches what each rival needs."""
    age = np.arange(5000)
    rate = 0.0015 / np.sqrt(1 + age / 90)
    if name == WORLDS[1]:
        rate = np.where(origin + age > ORIGIN + SPAN // 2, 2 * rate, rate)
    return np.searchsorted(np.cumsum(rate), need)


def main() -> None:
    n_markets = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    for name in WORLDS:
        rng = np.random.default_rng(len(name))
        cases: dict[str, list[tuple[float, bool]]] = defaultdict(list)
        statuses: Counter[tuple[str, str]] = Counter()
        for _ in track(range(n_markets), name, console=Console(stderr=True), transient=True):
            _one(rng, name, cases, statuses)
        print(f"\n**{name}** ({n_markets} markets)\n")
        print("| horizon | forecast | cases | mean forecast | came true |")
        print("|---|---|---|---|---|")
        for horizon, found in cases.items():
            for line in _bins(horizon, found):
                print(line, flush=True)
        print("\n| horizon | backtest says calibrated | says uncalibrated |")
        print("|---|---|---|")
        for horizon in cases:
            yes, no = statuses[horizon, "calibrated"], statuses[horizon, "uncalibrated"]
            print(f"| {horizon} | {yes} | {no} |")


def _one(
    rng: np.random.Generator,
    name: str,
    cases: dict[str, list[tuple[float, bool]]],
    statuses: Counter[tuple[str, str]],
) -> None:
    facts, days = world(rng, name)
    panel, on = Panel(facts), ORIGIN + SPAN
    for feature in range(FEATURES):
        found = copy_forecast(panel, market="m", feature=f"f{feature:04}", on=on)
        for row in found.forecasts or []:
            vendor = int(row.vendor[1:])
            for horizon, chance in row.horizons.items():
                if chance.p_copy is not None:
                    came = on < days[feature, vendor] <= on + int(horizon)
                    cases[horizon].append((chance.p_copy, bool(came)))
    for horizon, result in forecast_backtest(panel, market="m", on=on).horizons.items():
        statuses[horizon, result.status] += 1


def _bins(horizon: str, found: list[tuple[float, bool]]) -> list[str]:
    chance = np.array([p for p, _ in found])
    came = np.array([c for _, c in found])
    lines = []
    for low, high in pairwise(EDGES):
        kept = (chance > low) & (chance <= high)
        if kept.sum() >= 20:
            mean, share = chance[kept].mean(), came[kept].mean()
            lines.append(f"| {horizon} | {low}–{high} | {kept.sum()} | {mean:.3f} | {share:.3f} |")
    return lines


if __name__ == "__main__":
    np.seterr(all="ignore")
    main()
