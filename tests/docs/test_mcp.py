"""docs/mcp.md: its examples run, its tools are those that there are."""

import json
import re
import shlex
from pathlib import Path

import httpx
import pytest

from service.api.mcp.tools import TOOLS
from service.store.database import Database
from tests.assistants import assisted

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TOOL = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


@pytest.fixture(scope="module")
def document(repository: Path) -> str:
    return (repository / "docs" / "mcp.md").read_text(encoding="utf-8")


def test_the_tools_are_those_that_there_are(document: str) -> None:
    assert TOOL.findall(document) == list(TOOLS)


def test_every_configuration_is_json(document: str) -> None:
    servers = [json.loads(text)["mcpServers"] for kind, text in BLOCK.findall(document) if kind]
    assert [list(server) for server in servers] == [["parity"], ["parity"]]
    assert servers[0]["parity"]["url"].endswith("/mcp")
    assert servers[1]["parity"]["args"][0] == "mcp"


async def test_every_request_is_answered(document: str, bundled: Database) -> None:
    commands = [text for kind, text in BLOCK.findall(document) if not kind]
    assert commands
    async with assisted(bundled) as client:
        for command in commands:
            answer = await sent(client, shlex.split(command))
            result = answer.json()["result"]
            assert not result.get("isError")
            assert "Long context" in result["content"][0]["text"]


async def sent(client: httpx.AsyncClient, words: list[str]) -> httpx.Response:
    """A curl command's request."""
    options = [(word, words[n]) for n, word in enumerate(words[:-1], 1)]
    headers = dict(value.split(": ", 1) for name, value in options if name == "-H")
    path = next(word for word in words if word.startswith("localhost:8000"))
    body = dict(options)["-d"]
    return await client.post(path.removeprefix("localhost:8000"), content=body, headers=headers)
