"""The guides are followed: their commands in a shell, their Python and JavaScript, their page in a
browser, where these are on the machine. The partner's is followed by test_story.py."""

import asyncio
import importlib.util
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.store.database import Database
from tests.docs.shell import BLOCK, ROOT, Reader, blocks
from tests.servers import serving

GUIDES = ROOT / "docs" / "guides"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NODE = shutil.which("node")
ASKING = """\
import { all, ask } from "./ask.mjs";
const { finding } = await ask("features/long-context/time-to-copy", { on: "2026-11-29" });
const ids = [];
for await (const one of all("features", { limit: 20 })) ids.push(one.id);
const problem = await ask("products", { vendor_id: "moonshot" }).catch((error) => error.message);
console.log(JSON.stringify({ finding, n: ids.length, once: new Set(ids).size, problem }));
"""


@pytest.fixture(scope="module")
async def address(
    bundled: Database, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[str]:
    """Where a service with the bundled data runs."""
    async with serving(bundled, tmp_path_factory.mktemp("data")) as server:
        yield server.address


def shown(guide: str, language: str, address: str) -> list[str]:
    """The blocks of a language, asking the service that runs."""
    text = (GUIDES / guide).read_text("utf-8").replace("http://localhost:8000", address)
    return [code for name, code in BLOCK.findall(text) if name == language]


@pytest.mark.parametrize("guide", ["frontend.md", "internal-tool.md"])
async def test_the_commands_are_answered(address: str, tmp_path: Path, guide: str) -> None:
    reader = Reader(address, tmp_path, {})
    found = blocks(GUIDES / guide)
    assert found
    for block in found:
        assert await asyncio.to_thread(reader.runs, block) == ""


async def test_the_notebook_runs_from_top_to_bottom(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    has_pandas = importlib.util.find_spec("pandas") is not None
    names: dict[str, object] = {}
    cells = shown("internal-tool.md", "python", address)
    assert len(cells) == 6
    for number, cell in enumerate(cells, 1):
        if has_pandas or "pandas" not in cell:
            await asyncio.to_thread(exec, compile(cell, f"cell {number}", "exec"), names)
    told = capsys.readouterr().out
    assert "Google 5.0" in told
    assert "2024 87" in told
    assert "Kimi chat match ['kimi']" in told


@pytest.mark.skipif(NODE is None, reason="node is not on this machine")
async def test_the_module_asks_and_goes_through_lists(address: str, tmp_path: Path) -> None:
    (module,) = shown("frontend.md", "js", address)
    (tmp_path / "ask.mjs").write_text(module, "utf-8")
    (tmp_path / "main.mjs").write_text(ASKING, "utf-8")
    ran = await asyncio.to_thread(
        subprocess.run, [NODE, "main.mjs"], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert '"n":44,"once":44' in ran.stdout
    assert "half of" in ran.stdout
    assert "moonshot" in ran.stdout


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not on this machine")
async def test_the_page_shows_finding_curve_and_rivals(address: str, tmp_path: Path) -> None:
    from playwright.async_api import async_playwright, expect

    page_file = tmp_path / "page.html"
    page_file.write_text(shown("frontend.md", "html", address)[-1], "utf-8")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await page.goto(page_file.as_uri())
        await expect(page.locator("#finding")).to_contain_text("Long context", timeout=20_000)
        await page.wait_for_function("document.images[0].naturalWidth > 0", timeout=20_000)
        assert await page.locator("#rivals li").count() > 5
        await page.locator("#feature").fill("memo")
        await expect(page.locator("#finding")).to_contain_text("Memory", timeout=20_000)
        assert faults == []
        await page.screenshot(path=tmp_path / "page.png", full_page=True)
        await browser.close()
