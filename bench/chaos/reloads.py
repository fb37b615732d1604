"""Requests that fail while workers are renewed one by one (SIGHUP), and at a stop (SIGTERM)."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

from bench.chaos.house import House, house
from bench.chaos.ledger import Client, Crowd
from bench.report import NONE, Aim, Row

RELOADS, CLIENTS = 10, 2
RENEWED_SECONDS = 60.0
FIRST = Aim("<=", 0.0001)


class _Readers(Crowd):
    """Their connections are kept; a request that broke is asked once more."""

    def __init__(self, made: House, secret: str) -> None:
        super().__init__(made.port, secret, CLIENTS)
        self.n = self.failed = self.failed_again = 0

    def work(self, client: Client, _: int) -> None:
        n = 0
        while not self.stop.is_set():
            n += 1
            target = f"/v1/products?limit={n % 50 + 1}&fields=id"
            self.n += 1
            if client.ask("GET", target)[0] != 200:
                self.failed += 1
                self.failed_again += client.ask("GET", target)[0] != 200
        client.close()


def rows(folder: Path) -> Iterator[Row]:
    """Reads over several reloads; every worker is another process after each of them."""
    with house(folder / "reloads") as made, _Readers(made, made.key()) as readers:
        for _ in range(RELOADS):
            _reload(made)
    share = readers.failed / readers.n
    of = f"{readers.n:,} reads on kept connections, {RELOADS} reloads of 2 workers"
    yield "reads that fail while workers are renewed", readers.failed, of, FIRST.told(share)
    again = readers.failed_again
    yield "and fail again when they are repeated at once", again, of, NONE.told(again)


def _reload(made: House) -> None:
    """Raises RuntimeError where a worker stays."""
    before = {worker.pid for worker in made.workers}
    made.signal(signal.SIGHUP)
    until = time.monotonic() + RENEWED_SECONDS
    while before.intersection(worker.pid for worker in made.workers):
        if time.monotonic() > until:
            raise RuntimeError("a worker was not renewed")
        time.sleep(0.1)
