"""The tables of docs/speed.md: a section for each bench, between marks, renewed one by one."""

import importlib.metadata
import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

DOCUMENT = Path(__file__).parents[1] / "docs" / "speed.md"
BEGIN, END = "<!-- bench {}: begin -->", "<!-- bench {}: end -->"
Row: TypeAlias = tuple[object, ...]
MISSED, BROKEN = "missed", "broken"
AIMS = {">=": float.__ge__, "<=": float.__le__}


@dataclass(frozen=True)
class Aim:
    """What a figure is to be: at least or at most so much. A promise is broken where it is not, any
    other aim is missed."""

    relation: str
    limit: float
    is_promise: bool = False

    def told(self, value: float) -> str:
        """The aim, and whether it is met."""
        is_met = AIMS[self.relation](float(value), self.limit)
        sign = "≥" if self.relation == ">=" else "≤"
        failure = BROKEN if self.is_promise else MISSED
        return f"{sign} {self.limit:g}: {'met' if is_met else f'**{failure}**'}"


NONE = Aim("<=", 0, is_promise=True)  # of what is never to happen


@dataclass
class Section:
    """One table with what stands before and after it."""

    name: str
    title: str
    before: str
    head: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    after: str = ""

    def add(self, *cells: object) -> None:
        """A row; whoever waits is told that it is there."""
        self.rows.append(cells)
        print(f"  {self.name}: {' | '.join(map(str, cells))}", file=sys.stderr, flush=True)

    def __str__(self) -> str:
        parts = [f"## {self.title}", self.before, markdown(self.head, self.rows), self.after]
        text = "\n\n".join(part for part in (*parts, machine()) if part)
        return f"{BEGIN.format(self.name)}\n{text}\n{END.format(self.name)}"


def markdown(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A table; cells by `str`."""
    titles = [str(word) for word in head]
    lines = [titles, ["---"] * len(titles), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def write(section: Section, document: Path = DOCUMENT) -> None:
    """Put the section in place of the one of its name, or at the end."""
    text = document.read_text(encoding="utf-8")
    begin, end = BEGIN.format(section.name), END.format(section.name)
    if begin in text and end in text:
        before, _, rest = text.partition(begin)
        text = before + str(section) + rest.partition(end)[2]
    else:
        text = text.rstrip("\n") + "\n\n" + str(section) + "\n"
    document.write_text(text, encoding="utf-8")


def machine() -> str:
    """Where, when and of what a table was made."""
    versions = f"Python {platform.python_version()}, PostgreSQL {_postgres()}"
    made = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_commit()}"
    return f"<sub>{_cpu()}, {os.cpu_count()} cores; {versions}; {made}</sub>"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


def _postgres() -> str:
    from service.store.embedded import tool

    command = [str(tool("postgres")), "--version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[-1]


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "unknown"


def versions(*packages: str) -> str:
    """Of packages of our own environment."""
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
