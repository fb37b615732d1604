"""What a key that asks on two hundred connections does to another one, and an import to readers."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import numpy as np

from bench.chaos.house import House, apart, house
from bench.chaos.ledger import Client
from bench.chaos.overload import questions
from bench.load import drive, get
from bench.report import Aim, Row

GREEDY, SECONDS, PAUSE = 200, 6.0, 0.02
TRIES = 50
LINES, TWICE = 20_000, Aim("<=", 2)
READ = "/v1/products/kimi"


def rows(folder: Path) -> Iterator[Row]:
    with apart(folder / "greedy") as made, ProcessPoolExecutor(1) as elsewhere:
        keys = made.key(), made.key()
        _quiet(made, keys[0])
        alone = _quiet(made, keys[0])
        asking = elsewhere.submit(_greedy, made.port, keys[1])
        time.sleep(1.0)
        beside = _quiet(made, keys[0])
        answered, refused = asking.result()
    yield from _told(alone, beside, f"{answered:,} answered and {refused:,} refused of the other")
    with house(folder / "imports") as made, ProcessPoolExecutor(1) as elsewhere:
        load = drive(made.port, repeat(get(READ)), 1, SECONDS / 2)
        taking = elsewhere.submit(_imported, made.port, made.key())
        waits = list[float]()
        while not taking.done():
            waits += drive(made.port, repeat(get(READ)), 1, 0.5).waits
        was, tail = (1000 * float(np.quantile(some, 0.99)) for some in (load.waits, waits))
        of = f"{tail:.1f} ms, {was:.1f} alone; {LINES:,} vendors in {taking.result():.1f} s"
        name = f"p99 of `{READ}` beside an import, times that alone"
        yield name, f"{tail / was:.1f}", of, TWICE.told(tail / was)


def _told(alone: list[float], beside: list[float], of: str) -> Iterator[Row]:
    for name, part in (("median", 0.5), ("p99", 0.99)):
        was, now = (1000 * float(np.quantile(some, part)) for some in (alone, beside))
        found = f"{now / was:.1f}: {now:.0f} ms, {was:.0f} alone"
        told = of if name == "p99" else f"of one connection that asks every {1000 * PAUSE:.0f} ms"
        title = f"{name} of a key beside one with {GREEDY} connections, times that alone"
        yield title, found, told, TWICE.told(now / was) if name == "p99" else ""


def _quiet(made: House, secret: str) -> list[float]:
    """Seconds until each good answer was there; of a request that is refused until it is answered
    when it is sent again. Raises RuntimeError where it has not been answered after many times."""
    client, asked, waits = Client(made.port, secret), questions(), list[float]()
    until = time.perf_counter() + SECONDS / 2
    while (began := time.perf_counter()) < until:
        target = next(asked).split()[1].decode()
        if not any(client.raw("GET", target)[0] == 200 for _ in range(TRIES)):
            raise RuntimeError("the key that asks little is refused again and again")
        waits.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    client.close()
    return waits


def _greedy(port: int, secret: str) -> tuple[int, int]:
    """How many were answered, and how many refused; questions of its own."""
    key = f"\r\nAuthorization: Bearer {secret}\r\n\r\n".encode()
    asked = (one.replace(b"limit=", b"limit=1")[:-4] + key for one in questions())
    statuses = drive(port, asked, GREEDY, SECONDS / 2 + 2.0).statuses
    return statuses[200], statuses.total() - statuses[200]


def _imported(port: int, secret: str) -> float:
    """Seconds until a file is taken in."""
    records = ({"kind": "vendor", "id": f"taken-{n}", "name": f"Taken {n}"} for n in range(LINES))
    lines = "\n".join(map(json.dumps, records)).encode()
    client, began = Client(port, secret), time.perf_counter()
    kind = {"Content-Type": "application/x-ndjson"}
    status, report = client.ask("POST", "/v1/imports?comment=chaos", lines, kind)
    while status in (200, 202) and report.get("status") in ("queued", "running"):
        time.sleep(0.1)
        status, report = client.ask("GET", f"/v1/imports/{report['id']}")
    if status != 200:
        raise RuntimeError(f"the import was told {status}: {report}")
    return time.perf_counter() - began
