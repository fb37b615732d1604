"""`make help` is the whole list."""

import re
import subprocess
from pathlib import Path


def test_help_lists_every_target(repository: Path) -> None:
    rules = (repository / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", rules, re.MULTILINE))
    (phony,) = re.findall(r"^\.PHONY: (.*)$", rules, re.MULTILINE)
    shown = subprocess.run(["make", "-s", "help"], cwd=repository, capture_output=True, text=True,
                           check=True).stdout  # fmt: skip
    told = {name for name, _, text in (line.partition("\t") for line in shown.splitlines()) if text}
    assert told == targets == set(phony.split())
