"""The headline answers in README.md are what the service says on the day they show."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ASKED = re.compile(r"curl -s 'localhost:8000(\S+)'\n```\n```json\n(.*?)```", re.DOTALL)
LINKS = re.compile(r"\]\(((?!https?:)[\w./-]+)(?=[)#])")
OF_ROOT = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
PAGES = [*(ROOT / name for name in OF_ROOT), *sorted((ROOT / "docs").glob("*.md"))]


def test_both_headline_answers_are_shown() -> None:
    assert len(ASKED.findall(README)) == 2


@pytest.mark.parametrize(("address", "shown"), ASKED.findall(README))
async def test_the_answer_is_as_shown(client: httpx.AsyncClient, address: str, shown: str) -> None:
    expected = json.loads(shown)
    answer = await client.get(address, params={**_given(address), "on": expected["on"]})
    assert _part(answer.json(), expected) == expected


def _given(address: str) -> dict[str, str]:
    return dict(httpx.URL(address).params)


def _part(answer: Any, like: Any) -> Any:
    """Of the answer what is shown; numbers to three digits."""
    if isinstance(like, dict):
        return {name: _part(answer[name], inner) for name, inner in like.items()}
    return round(answer, 3) if isinstance(answer, float) else answer


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    found = LINKS.findall(page.read_text(encoding="utf-8"))
    assert [link for link in found if not (page.parent / link).exists()] == []
