"""A worker that stands still: when it is noticed, and what readers see of it."""

import time
from collections.abc import Iterator
from pathlib import Path

from bench.chaos.house import House, house
from bench.chaos.ledger import Client
from bench.report import Aim, Row

STALL, TIMES, PATIENCE = 3, 3, 60.0
NOTICED = Aim("<=", STALL + 3.0)
READ = "/v1/products/kimi?fields=id"


def rows(folder: Path) -> Iterator[Row]:
    """Stopped (SIGSTOP) and never let go on; readers with new connections meanwhile."""
    with house(folder / "frozen", settings={"PARITY_STALL_SECONDS": str(STALL)}) as made:
        secret = made.key()
        found = [_frozen(made, secret) for _ in range(TIMES)]
    waits, failed, asked = zip(*found, strict=True)
    name = f"a worker that stands still is replaced, {STALL} s are allowed"
    of = f"{TIMES} times; {sum(failed)} of {sum(asked)} new connections had no answer in 1 s"
    yield name, f"after {max(waits):.1f} s", of, NOTICED.told(max(waits))


def _frozen(made: House, secret: str) -> tuple[float, int, int]:
    """Seconds until there is another worker that answers, the reads that failed, and all."""
    worker, failed, n = made.workers[0], 0, 0
    worker.suspend()
    began = time.monotonic()
    while worker.pid in [one.pid for one in made.workers] or len(made.workers) < 2:
        client = Client(made.port, secret, seconds=1.0)
        failed += client.ask("GET", READ)[0] != 200
        client.close()
        n += 1
        if time.monotonic() > began + PATIENCE:
            raise RuntimeError("the worker that stands still was not replaced")
        time.sleep(0.02)
    seconds = time.monotonic() - began
    made.until_ready()
    time.sleep(1.0)
    return seconds, failed, n
