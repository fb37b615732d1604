"""How many statements go to PostgreSQL for one request, as its log tells."""

import asyncio
import re
import time
from collections.abc import Iterator
from itertools import count, islice, repeat
from pathlib import Path

from bench.bases import Postgres
from bench.load import drive, get
from bench.processes import Server
from bench.questions import questions
from bench.report import Aim, Section
from bench.servers import fastapi, parity
from bench.world import typed, world

ADOPTIONS, ASKED = 10_000, 20
SAID = re.compile(rb"LOG:  (?:statement|execute [^:]*): ")
RECORD = "/v1/products/p7"
AIMS = {"a record": 1, "a list of 50": 1}


def table(pg: Postgres) -> Section:
    name = pg.copy("statements", of=pg.world(ADOPTIONS))
    pg.index_names(name)
    asyncio.run(pg.execute(f"ALTER DATABASE {name} SET log_statement = 'all'"))
    log = pg.folder / "postgres" / "log"
    with parity(pg.at(name), pg.folder) as ours, fastapi(pg.at(name), pg.folder) as peer:
        tag = ours.headers(RECORD)["etag"]
        hot = {
            "a record, hot": get(RECORD),
            "a record, 304": get(RECORD, If_None_Match=tag),
        }
        rows = []
        for what, one in hot.items():
            rows.append(_row(what, _counted(log, ours, repeat(one)), None, 0))
        for question in questions(typed(world(ADOPTIONS))):
            own = _counted(log, ours, (get(question.parity(n)) for n in count()))
            other = _counted(log, peer, (get(question.fastapi(n)) for n in count()))
            rows.append(_row(question.name, own, other, AIMS.get(question.name)))
    pg.drop(name)
    return Section(
        "statements",
        "Statements for a request",
        f"A made-up base of {ADOPTIONS:,} adoptions, {ASKED} requests of each kind one after the "
        "other, as the log of PostgreSQL tells (BEGIN and the like too), less what the service "
        "asks of itself meanwhile. Cold unless said otherwise.",
        ("question", "Parity", "FastAPI", "aim"),
        rows,
    )


def _counted(log: Path, server: Server, requests: Iterator[bytes]) -> float:
    """Statements a request, after as many that are not counted."""
    drive(server.port, islice(requests, ASKED), 1, 60.0)
    before, began = log.stat().st_size, time.monotonic()
    load = drive(server.port, islice(requests, ASKED), 1, 60.0)
    said, spent = _said(log, before), time.monotonic() - began
    if load.n != ASKED or not set(load.statuses) <= {200, 304}:
        raise RuntimeError(f"{server.name}: {load.statuses}")
    before, began = log.stat().st_size, time.monotonic()
    time.sleep(1.0)
    idle = _said(log, before) / (time.monotonic() - began)
    return max(said - idle * spent, 0) / ASKED


def _said(log: Path, since: int) -> int:
    with log.open("rb") as lines:
        lines.seek(since)
        return len(SAID.findall(lines.read()))


def _row(what: str, own: float, other: float | None, most: int | None) -> tuple[object, ...]:
    aim = "" if most is None else Aim("<=", most).told(round(own, 1))
    return what, f"{own:.1f}", "" if other is None else f"{other:.1f}", aim
