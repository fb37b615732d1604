"""The definitions in docs/metrics.md: every citation of them resolves, every reason is listed."""

import re
from pathlib import Path

import pytest

from service.maths.results import REASONS

ROOT = Path(__file__).parents[2]
METRICS = (ROOT / "docs" / "metrics.md").read_text()
SECTIONS = set(re.findall(r"^(?:## |\*\*)(\d+a?(?:\.\d+)?)\b", METRICS, re.MULTILINE))
NUMBER = r"\d+a?(?:\.\d+)?"
NUMBERS = rf"{NUMBER}(?:(?:,| to| and) {NUMBER})*"
# In full, and inside the maths by the number alone.
CITED = re.compile(rf"metrics\.md[,`]*\s+({NUMBERS})\b")
CITED_IN_MATHS = re.compile(rf"\(({NUMBERS})\)")


def citations() -> list[tuple[str, str]]:
    """(file, section) of every citation."""
    found = set[tuple[str, str]]()
    for folder in ("service", "tests", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text()
            cited = CITED.findall(text)
            if path.is_relative_to(ROOT / "service" / "maths"):
                lines = re.findall(r'"""(.*?)"""', text, re.DOTALL)
                cited += CITED_IN_MATHS.findall("\n".join(lines))
            name = str(path.relative_to(ROOT))
            found |= {(name, section) for group in cited for section in re.findall(NUMBER, group)}
    return sorted(found)


@pytest.mark.parametrize(("path", "section"), citations())
def test_a_citation_resolves(path: str, section: str) -> None:
    assert section in SECTIONS


def test_there_are_citations() -> None:
    assert len(citations()) > 60


def test_reasons_are_those_of_the_list() -> None:
    table = METRICS[METRICS.index("\n## 19.") : METRICS.index("\n## 20.")]
    rows = re.findall(r"^\| ([a-z_, ]+) \|", table, re.MULTILINE)
    listed = {code for row in rows[1:] for code in row.split(", ")}
    assert set(REASONS) == listed
