"""From the command to the first answer, with a base that is there already."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from bench.bases import Postgres
from bench.processes import Server, cpu_seconds, serving
from bench.report import Aim, Section
from bench.servers import answers, fastapi, parity, parity_environment, static

ROUNDS = 3
READY = Aim("<=", 2)
RECORD = "/v1/products/kimi"


OWN, PEERS = ("Parity", "Parity, its own PostgreSQL"), ("FastAPI", "static")


def table(pg: Postgres) -> Section:
    url = pg.at(pg.bundled())
    with parity(url, pg.folder) as server:
        path = answers(server, [RECORD], pg.folder)
    starts: dict[str, Callable[[], AbstractContextManager[Server]]] = {
        OWN[0]: lambda: parity(url, pg.folder, 2),
        OWN[1]: lambda: _embedded(pg),
        PEERS[0]: lambda: fastapi(url, pg.folder, 2),
        PEERS[1]: lambda: static(path, RECORD, pg.folder, 2),
    }
    with _embedded(pg):
        pass
    spent: dict[str, list[tuple[float, float]]] = {what: [] for what in starts}
    for _ in range(ROUNDS):
        for what, start in starts.items():
            before = cpu_seconds([pg.pid])
            with start() as server:
                used = settled([server.pid, pg.pid]) - before
                spent[what].append((server.ready_seconds, used))
    return _section(spent)


def settled(roots: list[int]) -> float:
    """The CPU time of the trees when they have come to rest: every worker is there."""
    used = cpu_seconds(roots)
    while (now := _later(roots)) > used + 0.02:
        used = now
    return now


def _later(roots: list[int]) -> float:
    time.sleep(0.5)
    return cpu_seconds(roots)


@contextmanager
def _embedded(pg: Postgres) -> Iterator[Server]:
    """As `make serve` does it: the PostgreSQL is started too."""
    environment = {
        **parity_environment("", pg.folder, 2),
        "PARITY_DATA_DIR": str(pg.folder / "own"),
    }
    command = [sys.executable, "-m", "service", "serve"]
    port, log = int(environment["PORT"]), pg.folder / "log"
    with serving(OWN[1], command, port, "/health/ready", log, environment) as server:
        yield server


def _section(spent: dict[str, list[tuple[float, float]]]) -> Section:
    medians = {
        what: [statistics.median(each) for each in zip(*found, strict=True)]
        for what, found in spent.items()
    }
    base = medians[PEERS[0]]
    rows: list[tuple[object, ...]] = [
        (
            what,
            f"{wall:.2f}",
            f"{used:.2f}",
            f"{wall / base[0]:.2f}",
            f"{used / base[1]:.2f}",
            f"s {READY.told(wall)}" if what in OWN else "",
        )
        for what, (wall, used) in medians.items()
    ]
    return Section(
        "start",
        "Start",
        "From the command to the first answer, two workers, the bundled data loaded before. CPU is "
        f"of the server until it rests; {ROUNDS} rounds in turns, medians, ratios to FastAPI's.",
        ("", "s", "CPU s", "ratio", "CPU ratio", "aim"),
        rows,
    )
