"""docs/tools.md: what it shows is run by the tools, in an interpreter that has them
(PARITY_TOOLS_PYTHON, else this one), against the running service."""

import asyncio
import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import vl_convert

from service.store.database import Database
from tests.servers import serving

PAGE = (Path(__file__).parents[2] / "docs" / "tools.md").read_text("utf-8")
HOST = "http://localhost:8000"
BLOCKS = re.findall(
    r"(?:```sh\n(.*?)```\n)?```python\n(.*?)```\n```text\n(.*?)```", PAGE, re.DOTALL
)
(CHART,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
PYTHON = os.environ.get("PARITY_TOOLS_PYTHON", sys.executable)
ADDRESSES = re.findall(HOST + r'(/v1/[^\s"\'`)]+)', PAGE)
# Where DuckDB looks for an extension, and the package that brings it.
PLACED = """
import os, pathlib, shutil, duckdb
import duckdb_extension_httpfs as brought
version, platform = duckdb.sql("SELECT version(), p.platform FROM pragma_platform() p").fetchone()
folder = pathlib.Path(os.environ["HOME"]) / ".duckdb/extensions" / version / platform
folder.mkdir(parents=True)
(found,) = pathlib.Path(brought.__file__).parent.glob("extensions/*/httpfs.duckdb_extension")
shutil.copy(found, folder)
"""


@pytest.fixture(scope="module")
async def address(
    bundled: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    async with serving(bundled, tmp_path_factory.mktemp("served")) as server:
        yield server.address


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HOME": str(folder), "PYTHONPATH": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("shell", "code", "shown"), BLOCKS, ids=[str(n) for n in range(len(BLOCKS))]
)
async def test_the_tool_prints_what_is_shown(
    address: str, tmp_path: Path, shell: str, code: str, shown: str
) -> None:
    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return _run(tmp_path, *command)

    for name in re.findall(r"^import (\w+)", code, re.MULTILINE):
        if (await asyncio.to_thread(run, PYTHON, "-c", f"import {name}")).returncode:
            pytest.skip(f"{name} is not installed")
    is_over_http = "duckdb" in code and HOST in code
    if is_over_http and (await asyncio.to_thread(run, PYTHON, "-c", PLACED)).returncode:
        pytest.skip("duckdb-extension-httpfs, which needs no download, is not installed")
    for *command, script in (["sh", "-euc", shell], [PYTHON, "-c", code]):
        ran = await asyncio.to_thread(run, *command, script.replace(HOST, address))
        assert ran.returncode == 0, ran.stderr
    assert ran.stdout == shown


@pytest.mark.parametrize("path", sorted(set(ADDRESSES)))
async def test_every_address_may_be_read_by_every_page(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers={"origin": "https://observablehq.com"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    if ".csv" in path:
        assert answer.headers["content-type"].startswith("text/csv")
        is_for_excel = "excel=true" in path
        assert answer.content.startswith(b"\xef\xbb\xbf") == is_for_excel
        assert (b"\r\n" in answer.content) == is_for_excel
        assert len(list(csv.reader(io.StringIO(answer.text)))) > 1


@pytest.mark.parametrize("path", [p for p in ADDRESSES if ".parquet" in p])
async def test_a_file_that_is_whole_has_a_length_and_parts(
    client: httpx.AsyncClient, path: str
) -> None:
    head = await client.head(path)
    length = int(head.headers["content-length"])
    assert head.headers["accept-ranges"] == "bytes"
    asked = {"range": f"bytes={length - 8}-{length - 1}", "if-range": head.headers["etag"]}
    part = await client.get(path, headers=asked)
    assert (part.status_code, part.content[4:]) == (206, b"PAR1")


async def test_the_chart_is_drawn_of_what_it_fetches(address: str) -> None:
    specification = json.loads(CHART.replace(HOST, address))
    drawn = await asyncio.to_thread(
        vl_convert.vegalite_to_svg, specification, allowed_base_urls=[address]
    )
    for name in ("Memory", "Scheduled tasks", "Voice mode"):
        assert name in drawn
