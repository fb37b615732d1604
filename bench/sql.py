"""A statement alone, by pgbench: what PostgreSQL itself takes for it."""

import os
import re
import subprocess

from bench.bases import Postgres
from bench.processes import cpu_seconds
from bench.servers import socket_of
from service.store.embedded import tool

SECONDS = 2
DONE = re.compile(r"number of transactions actually processed: (\d+)")
RATE = re.compile(r"tps = ([\d.]+) \(without initial")


def plain(pg: Postgres, name: str, statement: str, connections: int) -> tuple[float, float]:
    """Transactions a second, and microseconds of PostgreSQL's CPU for each.

    `:n` in the statement is another number each time.
    """
    script = pg.folder / "script.sql"
    script.write_text(f"\\set n random(0, 99999)\n{statement};\n")
    command = [str(tool("pgbench")), "--no-vacuum", "--protocol=prepared", f"--time={SECONDS}"]
    command += [f"--client={connections}", f"--file={script}"]
    environment = {**os.environ, **socket_of(pg.at(name))}
    before = cpu_seconds([pg.pid])
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    used = cpu_seconds([pg.pid]) - before
    done, rate = DONE.search(told.stdout), RATE.search(told.stdout)
    if done is None or rate is None or not int(done[1]):
        raise RuntimeError(f"pgbench: {told.stdout} {told.stderr}")
    return float(rate[1]), 1e6 * used / int(done[1])
