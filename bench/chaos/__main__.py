"""What holds when things break; renews the table of docs/chaos.md in about twelve minutes.

python -m bench.chaos [PART ...] [--print] [--acknowledged N]; without names all of them, and the
tests marked `chaos`. N records are acknowledged among the crashes, by larger imports.
Everything it needs is started on this machine, and stopped by itself. Exit code 1: a part could not
be measured, or a promise was broken; what is missed (a speed, a share) is told, and no failure.
"""

import argparse
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from bench.report import BROKEN, MISSED, NONE, Row, Section, write

DOCUMENT = Path(__file__).parents[2] / "docs" / "chaos.md"
ALONE = ("overload", "greedy", "beside", "crashes", "reloads")
BESIDE_TESTS = ("frozen", "hooks", "drill", "hostile")  # whose figures are none of speed
PARTS = (*ALONE, *BESIDE_TESTS)
TEST_SECONDS = 600.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--print", action="store_true", help="leave docs/chaos.md as it is")
    parser.add_argument(
        "--acknowledged", type=int, default=0, metavar="N", help="so many records among crashes"
    )
    asked = parser.parse_args()
    more = {"crashes": {"acknowledged": asked.acknowledged}} if asked.acknowledged else {}
    signal.signal(signal.SIGTERM, _stop)
    section = Section(
        "chaos",
        "What was measured",
        "Loopback, one machine, one disk. Under overload and beside a greedy key the clients have"
        " one core and the service with PostgreSQL the other ones; else they share all.",
        ("", "found", "of", "promise"),
    )
    if asked.parts:
        made = [_measured(name, section, **more.get(name, {})) for name in asked.parts]
    else:
        made = [_measured(name, section, **more.get(name, {})) for name in ALONE]
        with _tests() as (tests, told):
            made += [_measured(name, section) for name in BESIDE_TESTS]
            made.append(_tested(tests, told, section))
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


def _measured(name: str, section: Section, **more: int) -> bool:
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="parity-chaos-"))
    folder.chmod(0o755)
    try:
        row: Row
        for row in import_module(f"bench.chaos.{name}").rows(folder, **more):
            section.add(*row)
    except (RuntimeError, OSError, LookupError, ValueError):
        traceback.print_exc()
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return True


@contextmanager
def _tests() -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Those that take longer than a second, and where it is told how they went."""
    with tempfile.TemporaryDirectory(prefix="parity-chaos-") as folder:
        told = Path(folder) / "told.xml"
        command = [sys.executable, "-m", "pytest", "-m", "chaos", "-q", f"--junitxml={told}"]
        command += ["-n", "3", "--dist", "worksteal"]  # they wait more than they work
        command += ["--ignore", "tests/faults/test_first_start.py"]  # of which there is a part
        running = subprocess.Popen([*command, "-p", "no:cacheprovider"], stdout=sys.stderr)
        try:
            yield running, told
        finally:
            if running.poll() is None:
                running.terminate()
                running.wait()


def _tested(running: subprocess.Popen[bytes], told: Path, section: Section) -> bool:
    began = time.monotonic()
    try:
        running.wait(TEST_SECONDS)
    except subprocess.TimeoutExpired:
        print("the tests took too long", file=sys.stderr)
        return False
    (suite,) = re.findall(r"<testsuite [^>]*", told.read_text())
    n = {name: int(count) for name, count in re.findall(r'(\w+)="(\d+)"', suite)}
    failed = n["failures"] + n["errors"]
    of = f"{n['tests']} that take long, {n['skipped']} skipped; upgrades killed beside a writer too"
    section.add("tests of single faults that fail", failed, of, NONE.told(failed))
    print(f"tests: {time.monotonic() - began:.0f} s more", file=sys.stderr)
    return True


if __name__ == "__main__":
    sys.exit(main())
