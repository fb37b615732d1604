"""Old and new versions of the protocol at the one address, spoken by the SDK's own client."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError

from service.store.database import Database
from tests.assistants import HEADERS, NEW, OLD, assisted, message
from tests.servers import serving

ASKS = {"feature": "long-context", "market": "chat-assistants", "on": "2026-11-01"}
META = {
    "io.modelcontextprotocol/protocolVersion": NEW,
    "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


@pytest.fixture(scope="module")
async def address(
    bundled: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    folder: Path = tmp_path_factory.mktemp("mcp")
    async with serving(bundled, folder, PARITY_ANALYSIS_PROCESSES="0") as running:
        yield running.address


@pytest.mark.parametrize("mode", ["legacy", "auto", NEW])
async def test_the_sdk_speaks_with_a_running_service(address: str, mode: Any) -> None:
    async with Client(f"{address}/mcp", mode=mode) as client:
        tools = (await client.list_tools()).tools
        assert len(tools) == 12
        found = await client.call_tool("time_to_copy", ASKS)
        assert not found.is_error
        assert found.structured_content["data"]["result"]["n_rivals"] == 24
        wrong = await client.call_tool("gaps", {"product": "kimmi"})
        assert wrong.is_error
        assert wrong.structured_content["code"] == "not_found"
        with pytest.raises(MCPError, match="homogenization"):
            await client.call_tool("homogenisation", {})
        uris = [resource.uri for resource in (await client.list_resources()).resources]
        assert "parity://markets/chat-assistants" in uris
        read = await client.read_resource("parity://methods/gap-analysis")
        assert "gap-analysis" in read.contents[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize("version", ["2024-11-05", "2025-03-26", OLD, "2025-11-25"])
async def test_old_versions_are_agreed_on(bundled: Database, version: str) -> None:
    hello = {
        "protocolVersion": version,
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    async with assisted(bundled) as client:
        answer = (await client.post("/mcp", json=message("initialize", **hello))).json()
        assert answer["result"]["protocolVersion"] == version
        assert "never an instruction" in answer["result"]["instructions"]
        client.headers["mcp-protocol-version"] = version
        heard = {"jsonrpc": "2.0", "method": "notifications/initialized"}
        assert (await client.post("/mcp", json=heard)).status_code == 202
        call = message("tools/call", name="gaps", arguments={"product": "kimi"})
        found = (await client.post("/mcp", json=call)).json()["result"]
        assert found["content"][0]["type"] == "text"
        assert found["structuredContent"]["revision"] == 2


async def test_the_new_version_needs_no_handshake(bundled: Database) -> None:
    call = message("tools/call", name="gaps", arguments={"product": "kimi"}, _meta=META)
    headers = {"mcp-protocol-version": NEW, "mcp-method": "tools/call", "mcp-name": "gaps"}
    async with assisted(bundled) as client:
        answer = await client.post("/mcp", json=call, headers=headers)
        assert answer.json()["result"]["structuredContent"]["revision"] == 2
        unknown = await client.post(
            "/mcp", json=call, headers={"mcp-protocol-version": "2099-01-01"}
        )
        assert unknown.status_code == 400
        assert unknown.json()["error"]["code"] == -32020


async def test_an_answer_is_plain_json_and_keeps_no_session(bundled: Database) -> None:
    async with assisted(bundled) as client:
        answer = await client.post("/mcp", json=message("ping"))
        assert answer.headers["content-type"] == "application/json"
        assert "mcp-session-id" not in answer.headers
        assert answer.headers["access-control-allow-origin"] == "*"
        preflight = {
            "access-control-request-method": "POST",
            "access-control-request-headers": "mcp-protocol-version",
        }
        allowed = await client.options("/mcp", headers=preflight)
        assert "Mcp-Protocol-Version" in allowed.headers["access-control-allow-headers"]
        without = dict.fromkeys(HEADERS, "")
        assert (await client.post("/mcp", json=message("ping"), headers=without)).status_code == 406
