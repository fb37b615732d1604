"""Good answers a second when more is asked than can be answered.

The machine is shared: each load is held against the peak that was measured just before it.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.chaos.house import House, apart
from bench.chaos.open_load import REFUSED, Told, drive_openly
from bench.load import drive, get
from bench.report import Aim, Row

SECONDS, PEAK_SECONDS, IN_TIME = 5.0, 1.5, 1.0
CROWDS = (1, 2, 4, 8, 16, 32)
TIMES = {1: Aim(">=", 0.8), 2: Aim(">=", 0.8), 5: Aim(">=", 0.8), 10: Aim(">=", 0.7)}
TAIL, TOLD_MS, KNEE = Aim("<=", 3), Aim("<=", 50), Aim("<=", 5)
STORM, STORM_TIMES, RETRIES = Aim(">=", 0.7), 2, 3
ASKED = "/v1/adoptions?limit={}&date__gte=20{:02}-{:02}-{:02}"
_NUMBERS = count()


class Peak(NamedTuple):
    """Of clients who wait for each other: the most good answers a second, and the p99 there, ms."""

    rate: float
    tail: float


def rows(folder: Path) -> Iterator[Row]:
    """Reads that nobody has asked yet, each another one."""
    with apart(folder / "overload") as made:
        drive(made.port, questions(), 32, 2.0)
        yield _knee(made)
        before = drive_openly(made.port, questions(), _peak(made).rate / 2, SECONDS / 2)
        for times, aim in TIMES.items():
            yield from _overloaded(made, times, aim)
        yield from _afterwards(made, before)
        peak = _peak(made)
        told = drive_openly(made.port, questions(), STORM_TIMES * peak.rate, SECONDS, RETRIES)
        share = told.within(IN_TIME) / SECONDS / peak.rate
        name = f"goodput where {STORM_TIMES} times as much is asked, and again at once if refused"
        yield name, f"{share:.0%} of the peak", _waits(told), STORM.told(share)


def _knee(made: House) -> Row:
    """Of crowds each twice as large, the first that is answered nearly as often as any."""
    found = {n: _closed(made, n, PEAK_SECONDS / 2) for n in CROWDS}
    most = max(one.rate for one in found.values())
    n, knee = next((n, one) for n, one in found.items() if one.rate >= 0.9 * most)
    of = f"{n} clients, {knee.rate:.0f}/s: {knee.tail:.1f} ms; one: {found[1].tail:.1f} ms"
    ratio = knee.tail / found[1].tail
    return "p99 at the knee, times that of one client", f"{ratio:.1f}", of, KNEE.told(ratio)


def _overloaded(made: House, times: int, aim: Aim) -> Iterator[Row]:
    peak = _peak(made)
    told = drive_openly(made.port, questions(), times * peak.rate, SECONDS)
    share = told.within(IN_TIME) / SECONDS / peak.rate
    found = f"{share:.0%} of the peak of {peak.rate:,.0f}/s"
    yield f"goodput at {times} times saturation", found, _waits(told), aim.told(share)
    if times == max(TIMES):
        tail = 1000 * float(np.quantile(told.waits.get(200, [0.0]), 0.99)) / peak.tail
        name = "p99 of what is answered then, times that at saturation"
        yield name, f"{tail:.1f}", f"{peak.tail:.0f} ms", TAIL.told(tail)
        half = 1000 * float(np.quantile(told.sent.get(REFUSED, [0.0]), 0.5))
        yield "half of the refused are told within", f"{half:.0f} ms", "", TOLD_MS.told(half)


def _afterwards(made: House, before: Told) -> Iterator[Row]:
    after = drive_openly(made.port, questions(), _peak(made).rate / 2, SECONDS / 2)
    failed = 1 - len(after.waits.get(200, ())) / sum(map(len, after.waits.values()))
    was, tail = (1000 * float(np.quantile(told.waits[200], 0.99)) for told in (before, after))
    of = f"p99 {tail:.0f} ms, {was:.0f} before"
    name = "at half of saturation at once afterwards"
    yield name, f"{failed:.1%} refused", of, Aim("<=", 0.01).told(failed)


def _peak(made: House) -> Peak:
    return max(_closed(made, n, PEAK_SECONDS) for n in (16, 32))


def _closed(made: House, connections: int, seconds: float) -> Peak:
    load = drive(made.port, questions(), connections, seconds)
    return Peak(load.statuses[200] / load.seconds, 1000 * float(np.quantile(load.waits, 0.99)))


def _waits(told: Told) -> str:
    good, refused = told.waits.get(200, [0.0]), told.sent.get(REFUSED, [])
    text = f"p99 {1000 * float(np.quantile(good, 0.99)):.0f} ms"
    if refused:
        half, tail = (1000 * float(np.quantile(refused, q)) for q in (0.5, 0.99))
        text += f"; {len(refused):,} refused in {half:.0f} ms, p99 {tail:.0f} ms"
    known = (200, REFUSED)
    others = {status: len(some) for status, some in told.waits.items() if status not in known}
    return text + f"; other: {others or 'none'}; unanswered {told.unanswered:,}"


def questions() -> Iterator[bytes]:
    for n in _NUMBERS:
        day, month, year = n % 28 + 1, n // 28 % 12 + 1, n // 336 % 26
        yield get(ASKED.format(20 + n // 8736 % 80, year, month, day))
