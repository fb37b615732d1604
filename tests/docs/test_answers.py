"""The pages under docs/ quote what the service answers."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

DOCS = Path(__file__).parents[2] / "docs"
# What is in Chinese quotes the same as its English page (test_chinese.py).
PAGES = [page for page in sorted(DOCS.rglob("*.md")) if DOCS / "zh" not in page.parents]
TEXTS = [page.read_text(encoding="utf-8") for page in PAGES]
BLOCKS = [b for text in TEXTS for b in re.findall(r"```\nGET (\S+)\n(.*?)```", text, re.DOTALL)]


@pytest.mark.parametrize(("address", "quoted"), BLOCKS, ids=[b[0].split("?")[0] for b in BLOCKS])
async def test_every_quoted_figure(client: httpx.AsyncClient, address: str, quoted: str) -> None:
    answer = (await client.get(address)).json()
    for line in quoted.strip().splitlines():
        path, _, value = line.partition(" = ")
        assert _shown(_at(answer, path.split(".")), value) == value, path


def _at(answer: Any, path: list[str]) -> Any:
    """A key may hold dots itself."""
    if not path:
        return answer
    if isinstance(answer, list):
        return _at(answer[int(path[0])], path[1:])
    size = next((n for n in range(len(path), 0, -1) if ".".join(path[:n]) in answer), 1)
    return _at(answer[".".join(path[:size])], path[size:])


def _shown(value: Any, like: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.{len(like.partition('.')[2])}f}"
    return json.dumps(value)
