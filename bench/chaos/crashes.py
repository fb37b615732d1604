"""Crashes in the middle of writes, imports, merges and migrations."""

import random
import signal
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from bench.chaos.house import House, ground, house, kill
from bench.chaos.ledger import Client, Ledger, Writers
from bench.chaos.writes import LINES, Write
from bench.report import BROKEN, NONE, Row

SCHEDULE = ("PostgreSQL", "worker", "PostgreSQL", "worker", "everything")
CRASHES, MIGRATIONS = 50, 6
WRITERS = 4
PARTS = 4  # of what is to be acknowledged before a crash an import has one
SECONDS = 420.0  # of all crashes among writers
MIGRATION_SECONDS = 90.0
PATIENCE_SECONDS = 60.0
# PostgreSQL's processes may finish what they are at when they are orphaned.
NOTICED_SECONDS = {"PostgreSQL": 2.0, "worker": 0.5, "everything": 0.5}


def rows(folder: Path, acknowledged: int = 0) -> Iterator[Row]:
    """The ledger, and for how long no write is acknowledged after each kind of crash; with as many
    records acknowledged as asked, if any are.
    """
    chance = random.Random(20261130)
    share = acknowledged // CRASHES
    ledger, sent, waits = Ledger(), list[Write](), dict[str, list[float]]()
    with house(folder / "crashes") as made:
        secret = made.key()
        until = time.monotonic() + SECONDS
        for turn in range(CRASHES):
            if time.monotonic() > until:
                break
            what = SCHEDULE[turn % len(SCHEDULE)]
            writers = Writers(made.port, secret, WRITERS, turn, max(LINES, share // PARTS))
            waits.setdefault(what, []).append(_crash(made, writers, what, share, chance))
            _read_back(made, secret, writers.sent, ledger)
            sent += writers.sent
            _tell(turn, what, waits[what][-1], ledger)
        at_last = Ledger()
        at_last.check(sent, Client(made.port, secret))
    n = sum(map(len, waits.values()))
    yield from _told(ledger, at_last, n)
    for what, some in waits.items():
        worst = f"median {statistics.median(some):.2f} s, worst {max(some):.2f} s"
        yield f"no write acknowledged after {what} was killed", worst, f"{len(some)} times", ""
    if not acknowledged:
        yield _migrations(folder, chance)


def _crash(made: House, writers: Writers, what: str, share: int, chance: random.Random) -> float:
    """One crash among writers; the longest time after it without an acknowledgement, in seconds."""
    with writers:
        writers.wait_for_one(PATIENCE_SECONDS)
        writers.wait_for_records(share, PATIENCE_SECONDS)
        time.sleep(chance.uniform(0.1, 0.8))
        moment = time.monotonic()
        _KILLS[what](made, chance)
        time.sleep(NOTICED_SECONDS[what])
        if writers.wait_for_one(PATIENCE_SECONDS) is None:
            ended = "; the server has ended" if made.has_ended else ""
            seconds = f"{PATIENCE_SECONDS:.0f} s"
            raise RuntimeError(f"no write within {seconds} after {what} was killed{ended}")
    return writers.longest_gap(moment)


def _read_back(made: House, secret: str, sent: list[Write], ledger: Ledger) -> None:
    made.until_ready()
    client = Client(made.port, secret)
    ledger.settle(sent, client)
    ledger.check(sent, client)
    client.close()


def _kill_postgres(made: House, _: random.Random) -> None:
    kill(made.postmaster)


def _kill_worker(made: House, _: random.Random) -> None:
    """The oldest."""
    kill(min(made.workers, key=lambda worker: worker.create_time()))


def _kill_everything(made: House, _: random.Random) -> None:
    """The master, its workers and PostgreSQL, as when the machine goes down."""
    _doom(made)
    made.start()


_KILLS: dict[str, Callable[[House, random.Random], None]] = {
    "PostgreSQL": _kill_postgres,
    "worker": _kill_worker,
    "everything": _kill_everything,
}


def _told(ledger: Ledger, at_last: Ledger, n: int) -> Iterator[Row]:
    of = f"{ledger.records:,} records in {ledger.acknowledged:,} acknowledged writes, {n} crashes"
    lost, half = ledger.lost + at_last.lost, ledger.half_applied + at_last.half_applied
    yield "acknowledged writes lost", lost, of, NONE.told(lost)
    of = "imports, merges, single records; each read back after its crash, and all after the last"
    yield "half-applied", half, of, NONE.told(half)
    settled = f"{ledger.applied} had been done; the same key settled all but {ledger.unsettled}"
    yield "outcome unknown", ledger.unknown, settled, NONE.told(ledger.unsettled)
    phantoms, of = ledger.phantoms, f"of {ledger.refused:,} refused"
    yield "refused, and done all the same", phantoms, of, NONE.told(phantoms)


def _migrations(folder: Path, chance: random.Random) -> Row:
    """First starts that are killed while they make tables and load the data; then one that is
    not."""
    until, n = time.monotonic() + MIGRATION_SECONDS, 0
    with ground(folder / "migrations") as made:
        while n < MIGRATIONS and time.monotonic() < until:
            made.launch()
            time.sleep(chance.uniform(0.3, 6.0))
            with suppress(psutil.NoSuchProcess, FileNotFoundError, IndexError):
                _doom(made)
            n += 1
        made.start()
        client = Client(made.port, made.key())
        status, answer = client.ask("GET", "/v1/products/kimi?fields=id")
        is_whole = (status, answer.get("id")) == (200, "kimi")
    met = "whole: met" if is_whole else f"whole: **{BROKEN}**"
    return "first starts killed while they migrate and load", n, "then one that is not", met


def _doom(made: House) -> None:
    """All that there is of it, at once, before any of them is missed."""
    doomed = [made.master, *made.master.children(recursive=True)]
    with suppress(psutil.Error, FileNotFoundError, IndexError, ValueError):
        doomed.append(made.postmaster)
    for process in doomed:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    for process in doomed:
        kill(process)


def _tell(turn: int, what: str, waited: float, ledger: Ledger) -> None:
    told = f"{ledger.records} records, {ledger.acknowledged} writes acknowledged"
    told += f", {ledger.unknown} unknown, {ledger.lost} lost"
    half = f"{ledger.half_applied} half, {ledger.phantoms} phantoms, {ledger.unsettled} unsettled"
    line = f"  crash {turn + 1} ({what}): {waited:.2f} s; {told}, {half}"
    print(line, file=sys.stderr, flush=True)
