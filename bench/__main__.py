"""Speed, as ratios in one run against peers and limits; renews the tables of docs/speed.md.

python -m bench [TABLE ...] [--print] [--whole]; without names all of them. The PostgreSQL is an
embedded one of the bench's own; peers are fetched from their registries into .parity/bench when
first needed.
Exit code 1: a table could not be made, and stays as it was.
"""

import argparse
import signal
import sys
import time
import traceback
from importlib import import_module
from typing import NoReturn

from bench import memory, report
from bench.bases import Postgres, postgres

TABLES = (
    "hot",
    "cold",
    "analyses",
    "scale",
    "busy",
    "statements",
    "memory",
    "imports",
    "start",
    "faces",
    "profiles",
    "maths",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("tables", nargs="*", choices=[[], *TABLES], metavar="TABLE")
    parser.add_argument("--print", action="store_true", help="leave docs/speed.md as it is")
    parser.add_argument(
        "--whole", action="store_true", help="memory goes on for minutes, to its last write"
    )
    asked = parser.parse_args()
    memory.IS_WHOLE = asked.whole
    signal.signal(signal.SIGTERM, _stop)
    with postgres() as pg:
        made = [_made(name, pg, keeps=not asked.print) for name in asked.tables or TABLES]
    return 0 if all(made) else 1


def _stop(*_: object) -> NoReturn:
    """Leave through every `finally`: what was started is stopped."""
    sys.exit(128 + signal.SIGTERM)


def _made(name: str, pg: Postgres, *, keeps: bool) -> bool:
    began = time.monotonic()
    try:
        section: report.Section = import_module(f"bench.{name}").table(pg)
    except (RuntimeError, OSError):
        traceback.print_exc()
        return False
    print(section, flush=True)
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    if keeps:
        report.write(section)
    return True


if __name__ == "__main__":
    sys.exit(main())
