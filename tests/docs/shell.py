"""The commands that the pages of docs/ show, run as a reader would run them, page by page."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(curl|cat|parity|export|sed|\.venv/bin/parity)\b")
ID = re.compile(r"\b(adp|cor|imp|src|key|wh)_[0-9a-z]{26}\b")
ELLIPSIS = "\u2026"
PRELUDE = """\
curl() { command curl -sS --fail-with-body "$@"; }
parity() { "$PYTHON" -m service "$@"; }
"""


@dataclass(frozen=True)
class Block:
    """Commands, and the answer that the page shows right below them, if it shows one."""

    page: str
    text: str
    shown: Any = None


def blocks(page: Path) -> list[Block]:
    """The blocks of commands of a page."""
    found = [(match, match[1], match[2]) for match in BLOCK.finditer(page.read_text("utf-8"))]
    commands = []
    for (match, language, text), after in zip(found, [*found[1:], None], strict=False):
        if language in ("sh", "") and COMMAND.match(text):
            is_below = after is not None and after[0].start() <= match.end() + 1
            shown = json.loads(after[2]) if after and is_below and after[1] == "json" else None
            commands.append(Block(page.relative_to(ROOT).as_posix(), text, shown))
    return commands


@dataclass
class Reader:
    """Somebody with a shell: where the service runs, and what has been seen so far."""

    address: str
    folder: Path
    environment: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)

    def runs(self, block: Block) -> str:
        """What is wrong with the block; "" if it does what the page says."""
        script = PRELUDE + self._filled(block.text)
        given = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(
            ["sh", "-euc", script],
            cwd=self.folder,
            env=given | self.environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
        )
        for found in ID.finditer(ran.stdout):
            self.values[f"{found[1]}_{ELLIPSIS}"] = found[0]
        if block.shown is not None:
            return differs(json.loads(ran.stdout), block.shown)
        return "" if ran.returncode == 0 else f"{script}\n{ran.stdout}\n{ran.stderr}"

    def _filled(self, text: str) -> str:
        host = self.address.removeprefix("http://")
        for name, value in {"localhost:8000": host, **self.values}.items():
            text = text.replace(name, value)
        return text.replace(".venv/bin/parity", "parity")


def differs(answer: Any, shown: Any, place: str = "") -> str:
    """Where an answer is not as shown; what the page leaves open may be anything."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        told = {name: inner for name, inner in shown.items() if name != "revision"}
        parts = (differs(answer.get(name), told[name], f"{place}.{name}") for name in told)
        return next(filter(None, parts), "")
    if isinstance(shown, list) and isinstance(answer, list):
        pairs = enumerate(zip(answer, shown, strict=False))
        parts = (differs(one, other, f"{place}.{i}") for i, (one, other) in pairs)
        lengths = "" if len(answer) == len(shown) else f"{place}: {len(answer)} of them"
        return next(filter(None, parts), lengths)
    if isinstance(shown, str) and ELLIPSIS in shown:
        start, _, end = shown.partition(ELLIPSIS)
        is_like = isinstance(answer, str) and answer.startswith(start) and answer.endswith(end)
        return "" if is_like else f"{place}: {answer}"
    return "" if answer == shown else f"{place}: {answer}, and not {shown}"
