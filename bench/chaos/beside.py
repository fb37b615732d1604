"""What analyses that nobody has asked yet, and clients who come too often, do to the others."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import numpy as np

from bench.busy import APART, CLIENTS, LIGHT, LIVE, heavy, told
from bench.chaos.house import House, house
from bench.load import drive, get
from bench.report import Aim, Row

SECONDS, ROUNDS = 3.0, 3
LIVE_TAIL = Aim("<=", 50)
QUOTA, OVERSHOOT = 2000, Aim("<=", 1.05, is_promise=True)
CONNECTIONS = 16


def rows(folder: Path) -> Iterator[Row]:
    """The tail of health and of a record, alone and beside 32 clients of analyses; a quota."""
    with house(folder / "beside") as made:
        yield from _tails(made)
    quota = {"PARITY_QUOTA_HOUR": str(QUOTA), "PARITY_QUOTA_BURST": "0"}
    with house(folder / "quota", settings=quota) as made:
        load = drive(made.port, repeat(get(LIGHT)), CONNECTIONS, SECONDS)
        share = load.statuses[200] / QUOTA
        of = f"{load.n:,} asked of two workers, a quota of {QUOTA:,}: {told(load.statuses)}"
        yield "answered beyond a quota", f"{share:.3f} of it", of, OVERSHOOT.told(share)


def _tails(made: House) -> Iterator[Row]:
    waits: dict[tuple[str, bool], list[float]] = {}
    statuses = Counter[int]()
    with ProcessPoolExecutor(1) as elsewhere:
        for turn in range(2 * ROUNDS):
            is_beside = bool(turn % 2)
            asked = elsewhere.submit(heavy, made.port, turn * APART) if is_beside else None
            for target in (LIVE, LIGHT):
                load = drive(made.port, repeat(get(target)), 1, SECONDS)
                waits.setdefault((target, is_beside), []).extend(load.waits)
            statuses += Counter() if asked is None else asked.result()
    for target in (LIVE, LIGHT):
        alone, busy = (1000 * float(np.quantile(waits[target, how], 0.99)) for how in (False, True))
        of = f"alone {alone:.1f} ms; {CLIENTS} clients, {told(statuses)}"
        aim = LIVE_TAIL.told(busy)
        yield f"p99 of `{target}` beside analyses", f"{busy:.1f} ms", of, aim
