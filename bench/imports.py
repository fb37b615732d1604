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
HELD = "COPY into the table itself"
ORDERS = (("COPY", HELD, "import", "again"), ("import", HELD, "COPY", "again"))
# The columns, checks and indexes of the table; what rows refer to is not asked for.
TWIN = "CREATE TABLE adoption_twin (LIKE adoption INCLUDING ALL)"


def table(pg: Postgres) -> Section:
    made = world(ADOPTIONS)
    rows = list(chunks("adoption", adoptions(made)))
    file = pg.folder / "adoptions.jsonl"
    with file.open("wb") as out:
        out.writelines(lines(adoptions(made)))
    name = _without_adoptions(pg)
    spent: dict[str, list[tuple[float, float]]] = {what: [] for what in ORDERS[0]}
    for turn in range(ROUNDS):
        base, other = (pg.copy(f"imports_{turn}_{n}", of=name) for n in range(2))
        asyncio.run(pg.execute(TWIN, base))
        for what in ORDERS[turn % 2]:
            spent[what].append(_timed(pg, other if what == HELD else base, what, file, rows))
        _check(pg, base, "adoption", "adoption_twin")
        _check(pg, other, "adoption")
        pg.drop(base)
        pg.drop(other)
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
    if what in ("COPY", HELD):
        table = "adoption" if what == HELD else "adoption_twin"
        asyncio.run(copy(pg.at(name), [(table, "adoption", rows)]))
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


def _check(pg: Postgres, name: str, *tables: str) -> None:
    for table in tables:
        found = asyncio.run(pg.value(f"SELECT count(*) FROM {table}", name))
        if found != ADOPTIONS:
            raise RuntimeError(f"{table} has {found} rows")


def _section(spent: dict[str, list[tuple[float, float]]], file: Path) -> Section:
    wall = {what: statistics.median(w for w, _ in found) for what, found in spent.items()}
    used = {what: statistics.median(c for _, c in found) for what, found in spent.items()}
    compared = [("import", "COPY", COPIED), ("import", HELD, None), ("again", "import", AGAIN)]
    titles = {"import": "new facts", "again": "the same file again"}
    return Section(
        "imports",
        f"Imports of {ADOPTIONS:,} adoptions",
        f"A file of {file.stat().st_size / 1e6:.0f} MB into a base that has the products, features "
        "and sources. COPY: the same rows made ready, into a table with the same columns, checks "
        "and indexes, or into the table itself, where what rows refer to is asked for. CPU is of "
        f"PostgreSQL and the client; {ROUNDS} rounds in turns, medians.",
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
                aim.told(wall[peer] / wall[what]) if aim else "",
            )
            for what, peer, aim in compared
        ],
    )
