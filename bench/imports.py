"""New facts by an import beside COPY of the same rows, and the same file once more."""

import asyncio
import statistics
import time
from pathlib import Path

from bench.bases import Postgres
from bench.processes import cpu_seconds
from bench.report import Aim, Section
from bench.world import adoptions, chunks, copy, entities, fill, lines, world
from service.store.database import Database
from service.usecases.imports.files import load

ADOPTIONS, ROUNDS = 100_000, 2
COPIED, AGAIN = Aim(">=", 0.5), Aim(">=", 5)
# The columns, checks and indexes of the table; nothing is referred to, no list of sources kept.
TWIN = "CREATE TABLE adoption_twin (LIKE adoption INCLUDING ALL)"


def table(pg: Postgres) -> Section:
    made = world(ADOPTIONS)
    rows = list(chunks("adoption", adoptions(made)))
    file = pg.folder / "adoptions.jsonl"
    with file.open("wb") as out:
        out.writelines(lines(adoptions(made)))
    name = _without_adoptions(pg)
    spent: dict[str, list[tuple[float, float]]] = {"import": [], "COPY": [], "again": []}
    for turn in range(ROUNDS):
        base = pg.copy(f"imports_{turn}", of=name)
        asyncio.run(pg.execute(TWIN, base))
        for what in ("import", "COPY", "again") if turn % 2 else ("COPY", "import", "again"):
            spent[what].append(_timed(pg, base, what, file, rows))
        _check(pg, base)
        pg.drop(base)
    return _section(spent, file)


def _without_adoptions(pg: Postgres) -> str:
    """A base that has all but the adoptions."""
    url = pg.empty("imports")
    asyncio.run(fill(url, entities(world(ADOPTIONS))))
    asyncio.run(pg.execute("VACUUM ANALYZE", "imports"))
    return "imports"


def _timed(
    pg: Postgres, name: str, what: str, file: Path, rows: list[bytes]
) -> tuple[float, float]:
    """Seconds of wall and of CPU, PostgreSQL's and this process's."""
    before, own, began = cpu_seconds([pg.pid]), time.process_time(), time.perf_counter()
    if what == "COPY":
        asyncio.run(copy(pg.at(name), [("adoption_twin", "adoption", rows)]))
    else:
        asyncio.run(_load(pg.at(name), file, created=ADOPTIONS if what == "import" else 0))
    wall, own = time.perf_counter() - began, time.process_time() - own
    return wall, own + cpu_seconds([pg.pid]) - before


async def _load(url: str, file: Path, created: int) -> None:
    database = Database(url)
    await database.open()
    try:
        with file.open("rb") as opened:
            report = await load(database, opened, comment="bench")
    finally:
        await database.close()
    if (report.failed, report.created, report.unchanged) != (0, created, ADOPTIONS - created):
        raise RuntimeError(f"imported {report.created}, {report.unchanged}, failed {report.failed}")


def _check(pg: Postgres, name: str) -> None:
    for table in ("adoption", "adoption_twin"):
        found = asyncio.run(pg.value(f"SELECT count(*) FROM {table}", name))
        if found != ADOPTIONS:
            raise RuntimeError(f"{table} has {found} rows")


def _section(spent: dict[str, list[tuple[float, float]]], file: Path) -> Section:
    wall = {what: statistics.median(w for w, _ in found) for what, found in spent.items()}
    used = {what: statistics.median(c for _, c in found) for what, found in spent.items()}
    compared = [("import", "COPY", COPIED), ("again", "import", AGAIN)]
    titles = {"import": "new facts", "again": "the same file again"}
    return Section(
        "imports",
        f"Imports of {ADOPTIONS:,} adoptions",
        f"A file of {file.stat().st_size / 1e6:.0f} MB into a base that has the products, features "
        "and sources. COPY: the same rows made ready, into a table with the same columns, checks "
        f"and indexes. CPU is of PostgreSQL and the client; {ROUNDS} rounds in turns, "
        "medians.",
        ("", "s", "facts /s", "CPU s", "beside", "its s", "its CPU s", "ratio", "aim"),
        [
            (
                titles[what],
                f"{wall[what]:.1f}",
                f"{ADOPTIONS / wall[what]:,.0f}",
                f"{used[what]:.1f}",
                peer,
                f"{wall[peer]:.1f}",
                f"{used[peer]:.1f}",
                f"{wall[peer] / wall[what]:.2f}",
                aim.told(wall[peer] / wall[what]),
            )
            for what, peer, aim in compared
        ],
    )
