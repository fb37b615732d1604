"""`parity mcp`, as a desktop program starts it: over standard input and output."""

import os
import subprocess
import sys
from pathlib import Path

from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from service.store.database import Database
from tests.servers import free_port, serving

LOADED = """
import sys
import service.app, service.commands.serve
sys.exit(any(name.partition(".")[0] in ("mcp", "mcp_types", "starlette") for name in sys.modules))
"""


def started(folder: Path, *words: str, **settings: str) -> StdioServerParameters:
    environment = {**os.environ, "PARITY_DATA_DIR": str(folder / "none"), **settings}
    command = ["-m", "service", "mcp", *words]
    return StdioServerParameters(command=sys.executable, args=command, env=environment)


async def test_it_reads_the_configured_base(bundled: Database, tmp_path: Path) -> None:
    server = started(tmp_path, "--lang", "zh", PARITY_DATABASE_URL=bundled.url)
    async with Client(stdio_client(server)) as client:
        assert len((await client.list_tools()).tools) == 12
        found = await client.call_tool("gaps", {"product": "kimi"})
        assert found.structured_content["lang"] == "zh"
        for _ in range(30):  # nobody's quota
            assert not (await client.call_tool("find", {"q": "kimi"})).is_error


async def test_it_asks_a_running_service(bundled: Database, tmp_path: Path) -> None:
    async with serving(bundled, tmp_path, PARITY_ANALYSIS_PROCESSES="0") as running:
        server = started(tmp_path, PARITY_URL=running.address)
        async with Client(stdio_client(server), mode="legacy") as client:
            found = await client.call_tool("gaps", {"product": "kimi"})
            assert found.structured_content["url"].startswith(f"{running.address}/v1/")
            wrong = await client.call_tool("gaps", {"product": "kimmi"})
            assert wrong.structured_content["code"] == "not_found"


async def test_nobody_there_is_an_answer_too(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    async with Client(stdio_client(started(tmp_path, "--url", url))) as client:
        found = await client.call_tool("find", {"q": "kimi"})
        assert found.is_error
        assert f"{url} does not answer." in found.content[0].text  # type: ignore[union-attr]


def test_the_sdk_is_not_loaded_before_it_is_asked_for() -> None:
    subprocess.run([sys.executable, "-c", LOADED], check=True)
