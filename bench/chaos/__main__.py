"""What holds when things break; renews the table of docs/chaos.md in about ten minutes.

python -m bench.chaos [PART ...] [--print]; without names all of them, and the tests marked `chaos`.
Everything it needs is started on this machine, and stopped by itself. Exit code 1: a part could not
be measured, or a promise was broken; what is missed (a speed, a share) is told, and no failure.
"""

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from bench.report import BROKEN, MISSED, Row, Section, write

DOCUMENT = Path(__file__).parents[2] / "docs" / "chaos.md"
PARTS = ("crashes", "overload", "beside", "reloads", "hooks", "drill", "hostile")
NO_TESTS = 5  # exit code of pytest that was given none


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--print", action="store_true", help="leave docs/chaos.md as it is")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, _stop)
    section = Section(
        "chaos",
        "What was measured",
        "Loopback, one machine, one disk, the clients on the same cores.",
        ("", "found", "of", "promise"),
    )
    made = [_measured(name, section) for name in asked.parts or PARTS]
    if not asked.parts:
        made.append(_tested())
    print(section)
    if not asked.print:
        write(section, DOCUMENT)
    _tell(section, MISSED)
    return 0 if all(made) and not _tell(section, BROKEN) else 1


def _tell(section: Section, failure: str) -> bool:
    """Name the rows that failed so, and say whether there are any."""
    failed = [row for row in section.rows if f"**{failure}**" in str(row[-1])]
    for name, found, _, aim in failed:
        print(f"{failure}: {name}: {found} ({str(aim).partition(':')[0]})", file=sys.stderr)
    return bool(failed)


def _stop(*_: object) -> NoReturn:
    """Leave through every `finally`: what was started is stopped."""
    sys.exit(128 + signal.SIGTERM)


def _measured(name: str, section: Section) -> bool:
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="parity-chaos-"))
    folder.chmod(0o755)
    try:
        row: Row
        for row in import_module(f"bench.chaos.{name}").rows(folder):
            section.add(*row)
    except (RuntimeError, OSError):
        traceback.print_exc()
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return True


def _tested() -> bool:
    """The tests that take longer than a second."""
    command = [sys.executable, "-m", "pytest", "-m", "chaos", "-p", "no:cacheprovider"]
    return subprocess.run(command, check=False).returncode in (0, NO_TESTS)


if __name__ == "__main__":
    sys.exit(main())
