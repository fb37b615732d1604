"""What heavy questions do to light ones: throughput of a hot record, the tail of /health/live."""

import statistics
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import count, repeat

import numpy as np

from bench.bases import Postgres
from bench.load import drive, get
from bench.report import Aim, Section
from bench.servers import parity

HEAVY = (
    "/v1/markets/chat-assistants/homogenization?confidence={:.6f}",
    "/v1/markets/chat-assistants/time-to-copy?confidence={:.6f}",
    "/v1/features/memory/forecast?market=chat-assistants&confidence={:.6f}",
)
LIGHT, LIVE = "/v1/products/kimi", "/health/live"
CLIENTS, LIGHT_CLIENTS, WORKERS = 32, 8, 2
SECONDS, ROUNDS = 3.0, 3
APART = 30_000  # questions of a turn, at most: none is asked twice
RATE, TAIL = Aim(">=", 0.5), Aim("<=", 20)


def table(pg: Postgres) -> Section:
    rates: dict[bool, list[float]] = {False: [], True: []}
    waits: dict[bool, list[float]] = {False: [], True: []}
    statuses = {False: Counter[int](), True: Counter[int]()}
    answered = Counter[int]()
    # Heavy clients in a thread would share one interpreter with the light ones, and the bench
    # would measure itself.
    with (
        parity(pg.at(pg.bundled()), pg.folder, WORKERS) as server,
        ProcessPoolExecutor(1) as elsewhere,
    ):
        drive(server.port, repeat(get(LIGHT)), LIGHT_CLIENTS, 1.0)
        for turn in range(2 * ROUNDS):
            is_beside = bool(turn % 2)
            asked = elsewhere.submit(heavy, server.port, turn * APART) if is_beside else None
            light = drive(server.port, repeat(get(LIGHT)), LIGHT_CLIENTS, SECONDS)
            live = drive(server.port, repeat(get(LIVE)), 1, SECONDS)
            rates[is_beside].append(light.n / light.seconds)
            waits[is_beside] += live.waits
            statuses[is_beside] += light.statuses + live.statuses
            answered += Counter() if asked is None else asked.result()
    return _section(rates, waits, statuses, answered)


def heavy(port: int, first: int) -> Counter[int]:
    """Each question another one; the answers by status."""
    questions = (get(HEAVY[n % len(HEAVY)].format(0.8 + n / 1e6)) for n in count(first))
    return drive(port, questions, CLIENTS, 2 * SECONDS).statuses


def _section(
    rates: dict[bool, list[float]],
    waits: dict[bool, list[float]],
    statuses: dict[bool, Counter[int]],
    heavy: Counter[int],
) -> Section:
    alone, beside = (statistics.median(rates[is_beside]) for is_beside in (False, True))
    tails = [1000 * float(np.quantile(waits[is_beside], 0.99)) for is_beside in (False, True)]
    failed = [f"{1 - found[200] / found.total():.2%}" for found in statuses.values()]
    return Section(
        "busy",
        "Responsive: beside heavy questions",
        f"Bundled data, {WORKERS} workers, {LIGHT_CLIENTS} clients of a hot record or one of "
        f"`{LIVE}`, alone and beside {CLIENTS} clients of analyses that nobody has asked yet; "
        f"{ROUNDS} rounds of {SECONDS:g} s in turns, the load on the same two cores.",
        ("", "alone", "beside", "ratio", "aim", "failed"),
        [
            (
                "a hot record, /s",
                f"{alone:,.0f}",
                f"{beside:,.0f}",
                f"{beside / alone:.2f}",
                RATE.told(beside / alone),
                ", ".join(failed),
            ),
            (
                f"`{LIVE}`, p99 ms",
                f"{tails[0]:.1f}",
                f"{tails[1]:.1f}",
                f"{tails[1] / tails[0]:.1f}",
                f"ms {TAIL.told(tails[1])}",
                ", ".join(failed),
            ),
        ],
        f"Heavy answers by status: {told(heavy)}.",
    )


def told(statuses: Counter[int]) -> str:
    return ", ".join(f"{n:,} of {status}" for status, n in sorted(statuses.items())) or "none"
