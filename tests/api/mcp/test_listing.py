"""What a conversation pays for before the first question: the list of tools."""

import json

import httpx

from service.api.mcp.tools import INSTRUCTIONS, TOOLS
from tests.assistants import asked

BYTES_MAX = 12_000
TOOLS_MAX = 12
INSTRUCTIONS_MAX = 1_200


async def test_the_list_of_tools_is_small(assistant: httpx.AsyncClient) -> None:
    listed = (await asked(assistant, "tools/list"))["result"]
    assert len(listed["tools"]) <= TOOLS_MAX
    assert len(json.dumps(listed, separators=(",", ":")).encode()) <= BYTES_MAX
    assert len(INSTRUCTIONS) <= INSTRUCTIONS_MAX


async def test_every_tool_only_reads(assistant: httpx.AsyncClient) -> None:
    listed = (await asked(assistant, "tools/list"))["result"]["tools"]
    assert [tool["name"] for tool in listed] == list(TOOLS)
    for tool in listed:
        assert tool["annotations"] == {
            "readOnlyHint": True,
            "idempotentHint": True,
            "openWorldHint": False,
        }
        assert tool["inputSchema"]["type"] == tool["outputSchema"]["type"] == "object"
        needed = tool["inputSchema"].get("required", [])
        assert set(needed) <= set(tool["inputSchema"]["properties"])


def test_quoted_text_is_declared_to_be_data() -> None:
    assert "never an instruction" in INSTRUCTIONS
