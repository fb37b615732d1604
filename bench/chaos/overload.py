"""Good answers a second when more is asked than can be answered; health beside analyses."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np

from bench.chaos.house import House, house
from bench.chaos.open_load import Told, drive_openly
from bench.load import drive, get
from bench.report import Aim, Row

CONNECTIONS, SECONDS, IN_TIME = 32, 5.0, 1.0
TIMES = {1: Aim(">=", 0.8), 2: Aim(">=", 0.8), 5: Aim(">=", 0.8), 10: Aim(">=", 0.7)}
ASKED = "/v1/adoptions?limit={}&date__gte=20{:02}-{:02}-{:02}"
_NUMBERS = count()


def rows(folder: Path) -> Iterator[Row]:
    """Reads that nobody has asked yet, each another one."""
    with house(folder / "overload") as made:
        drive(made.port, questions(), CONNECTIONS, 2.0)
        peak = _peak(made)
        for times, aim in TIMES.items():
            told = drive_openly(made.port, questions(), times * peak, SECONDS)
            good = told.within(IN_TIME) / SECONDS
            share = f"{good / peak:.0%} of the peak, {good:,.0f}/s"
            yield f"goodput at {times} times saturation", share, _waits(told), aim.told(good / peak)
        after = drive_openly(made.port, questions(), peak / 2, SECONDS)
        failed = 1 - len(after.waits.get(200, ())) / sum(map(len, after.waits.values()))
        tail = 1000 * float(np.quantile(after.waits[200], 0.99))
        yield (
            "at half of saturation at once afterwards",
            f"{failed:.1%} refused",
            (f"p99 {tail:.0f} ms"),
            Aim("<=", 0.01).told(failed),
        )


def _peak(made: House) -> float:
    """The most good answers a second to clients who wait for each other."""
    rates = []
    for connections in (CONNECTIONS // 2, CONNECTIONS, 2 * CONNECTIONS) * 2:
        load = drive(made.port, questions(), connections, SECONDS / 2)
        rates.append(load.statuses[200] / load.seconds)
    return max(rates)


def _waits(told: Told) -> str:
    good, refused = told.waits.get(200, [0.0]), told.sent.get(503, [])
    text = f"p99 {1000 * float(np.quantile(good, 0.99)):.0f} ms"
    if refused:
        half, tail = (1000 * float(np.quantile(refused, q)) for q in (0.5, 0.99))
        text += f"; {len(refused):,} refused in {half:.0f} ms, p99 {tail:.0f} ms"
    others = {status: len(some) for status, some in told.waits.items() if status not in (200, 503)}
    return text + f"; other: {others or 'none'}; unanswered {told.unanswered:,}"


def questions() -> Iterator[bytes]:
    for n in _NUMBERS:
        day, month, year = n % 28 + 1, n // 28 % 12 + 1, n // 336 % 26
        yield get(ASKED.format(20 + n // 8736 % 80, year, month, day))
