"""Every row of faults (F01-F50) and of hostile input (A01-A108) has a test that bears its number,
or its reason stands in docs/faults.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROWS = {f"F{n:02}" for n in range(1, 51)} | {f"A{n:02}" for n in range(1, 109)}
IN_NAME = re.compile(r"(?<=_)[af]\d{2,3}(?=_)", re.IGNORECASE)
IN_ID = re.compile(r"^[AF]\d{2,3}(?= |$)")
EXCUSED = re.compile(r"\b[AF]\d{2,3}\b")


def borne(module: ast.Module) -> Iterator[str]:
    """The numbers in the names of tests, and at the beginning of the ids of their parameters."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:5] == "test_":
            yield from map(str.upper, IN_NAME.findall(node.name))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from IN_ID.findall(node.value)


def test_every_row_is_a_test_or_excused(repository: Path) -> None:
    folder = repository / "tests"
    files = [*sorted(folder.rglob("test_*.py")), folder / "hostile" / "corpus.py"]
    tested = {row for file in files for row in borne(ast.parse(file.read_bytes()))}
    page = (repository / "docs" / "faults.md").read_text()
    listed = page.partition("## Rows without a test")[2].partition("\n## ")[0]
    excused = set(EXCUSED.findall(listed))
    assert sorted(tested - ROWS) == []
    assert sorted(ROWS - tested - excused) == []
    assert sorted(excused & tested) == [], "what has a test needs no reason"
