"""A backup while clients write, and the base that comes of it."""

import time
from collections.abc import Iterator
from pathlib import Path

from bench.chaos.house import ground, house
from bench.chaos.ledger import Client, Writers
from bench.chaos.writes import Write
from bench.report import NONE, Row

WRITERS, PATIENCE_SECONDS = 2, 60.0


def rows(folder: Path) -> Iterator[Row]:
    """What was acknowledged before the backup began stands in a new base, and answers."""
    file = folder / "base.backup"
    with house(folder / "drill") as made:
        secret = made.key()
        with Writers(made.port, secret, WRITERS, 0) as writers:
            if writers.wait_for_one(PATIENCE_SECONDS) is None:
                raise RuntimeError("nothing was written")
            time.sleep(2.0)
            before = [write for write in list(writers.sent) if write.is_acknowledged]
            began = time.monotonic()
            made.run("backup", str(file))
            taken = time.monotonic() - began
    with ground(folder / "again") as again:
        began = time.monotonic()
        again.run("restore", str(file))
        again.start()
        restored = time.monotonic() - began
        merged = {write.merged for write in writers.sent if write.merged}
        missing = _missing(before, merged, Client(again.port, secret))
    of = f"{len(before)} acknowledged before a backup among {WRITERS} writers: {taken:.1f} s"
    told = f"{missing}, restored and ready in {restored:.1f} s"
    yield "missing after a backup and its restore", told, of, NONE.told(missing)


def _missing(before: list[Write], merged: set[str], client: Client) -> int:
    """Of what was acknowledged but for ids that were merged into others, also after that and before
    the backup saw the base."""
    ids = {id_ for write in before if not write.merged for id_ in write.ids} - merged
    asked = sorted(id_ for id_ in ids if not id_.endswith("-p"))
    return sum(client.ask("GET", f"/v1/vendors/{id_}?fields=id")[0] != 200 for id_ in asked)
