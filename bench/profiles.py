"""Where the CPU time of a request goes, by part of the house, in this tree and in an older one."""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.bases import Postgres
from bench.processes import NO_BYTECODE
from bench.report import Section

ROOT = Path(__file__).parents[1]
BEFORE = "68b790f"  # before anything was remembered; the figures of the aims are of that day
POSTGRES, WHOLE = "PostgreSQL", "**whole**"
Found = dict[str, dict[str, Any]]


def table(_: Postgres) -> Section:
    """Raises RuntimeError if a tree does not answer. A shallow clone has no older one."""
    now = _profiled(ROOT)
    with _older() as tree:
        before = None if tree is None else _profiled(tree)
    return _section(now, before)


@contextmanager
def _older() -> Iterator[Path | None]:
    with tempfile.TemporaryDirectory(prefix="parity-before-") as folder:
        archive = ["git", "-C", str(ROOT), "archive", BEFORE, "service", "migrations"]
        told = subprocess.run(archive, capture_output=True, check=False)
        if told.returncode:
            yield None
            return
        with tarfile.open(fileobj=BytesIO(told.stdout)) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)


def _profiled(tree: Path) -> Found:
    environment = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    told = subprocess.run(
        [sys.executable, "-P", "-m", "bench.profiled"],
        env={**environment, "PYTHONPATH": f"{tree}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise RuntimeError(f"{tree}:\n{told.stderr[-2000:]}")
    found: Found = json.loads(told.stdout)
    return found


def _microseconds(found: Found) -> dict[str, dict[str, float]]:
    """By question and part."""
    told = {}
    for question, spent in found.items():
        parts = {part: share * spent["cpu"] for part, share in spent["parts"].items()}
        parts[POSTGRES] = spent["postgres"]
        told[question] = {**parts, WHOLE: sum(parts.values())}
    return told


def _section(now: Found, before: Found | None) -> Section:
    current, older = _microseconds(now), _microseconds(before) if before else {}
    largest = {
        part: max(spent.get(part, 0) for spent in (*current.values(), *older.values()))
        for spent in (*current.values(), *older.values())
        for part in spent
    }
    rows = [
        (part, *(_cell(part, spent, older.get(question)) for question, spent in current.items()))
        for part in sorted(largest, key=largest.__getitem__, reverse=True)
    ]
    return Section(
        "profiles",
        "Where the time goes",
        "CPU µs of a request, asked of the application within one process (the server in front of "
        f"it left out), on the data that ship with each: commit {BEFORE} → now. The whole is "
        "measured without a profiler, its parts by their shares under one; what is written in C "
        "counts with whoever called it.",
        ("part", *current),
        rows,
    )


def _cell(part: str, spent: dict[str, float], before: dict[str, float] | None) -> str:
    now = f"{spent.get(part, 0):,.0f}"
    return now if before is None else f"{before.get(part, 0):,.0f} → {now}"
