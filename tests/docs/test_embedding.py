"""docs/embedding.md: what it shows can be had."""

import re
import shlex
from html import unescape
from pathlib import Path

import httpx

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SRC = re.compile(r'src="http://localhost:8000([^"]+)"')
HOST = {"host": "localhost:8000"}


async def test_its_examples_work(repository: Path, client: httpx.AsyncClient) -> None:
    text = (repository / "docs" / "embedding.md").read_text(encoding="utf-8")
    blocks = BLOCK.findall(text)
    shown = [source for kind, block in blocks if kind == "html" for source in SRC.findall(block)]
    types = [(await client.get(source)).headers["content-type"] for source in shown]
    assert [kind.partition(";")[0] for kind in types] == ["image/svg+xml", "text/html"]
    commands = [shlex.split(block)[-1] for kind, block in blocks if not kind]
    assert commands
    for address in commands:
        answer = await client.get(address.removeprefix("localhost:8000"), headers=HOST)
        html = unescape(answer.json()["html"])
        frame = re.findall(r'src="https?://[^/]+(/[^"]+)"', html)
        assert "as_of=rev" in frame[0]
        assert (await client.get(frame[0])).status_code == 200
