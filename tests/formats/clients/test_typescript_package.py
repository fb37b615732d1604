"""The TypeScript client as it is packed and installed: its README runs against a live service."""

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "openapi/clients/typescript"
README = (FOLDER / "README.md").read_text("utf-8")
SCRIPT = "\n".join(re.findall(r"(?ms)^```ts\n(.*?)^```$", README))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COMPILERS = (FOLDER, ROOT / "bench/clients")
HAS_NODE = shutil.which("node") is not None and shutil.which("npm") is not None
needs_node = pytest.mark.skipif(not HAS_NODE, reason="node and npm are not on this machine")


def _run(*command: Any, cwd: Path, **environment: str) -> str:
    ran = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has the packed client, and nothing else."""
    project = tmp_path_factory.mktemp("project")
    (project / "package.json").write_text('{"private": true, "type": "module"}')
    _run("npm", "pack", "--silent", "--pack-destination", project, cwd=FOLDER)
    (packed,) = project.glob("*.tgz")
    quiet = ("--offline", "--silent", "--no-audit", "--no-fund")
    _run("npm", "install", *quiet, packed, cwd=project)
    return project


def _compiler() -> Path:
    for folder in COMPILERS:
        if (compiler := folder / "node_modules/.bin/tsc").exists():
            return compiler
    pytest.skip("no tsc: `npm ci` in openapi/clients/typescript")


@needs_node
def test_the_readme_runs_where_it_is_installed(installed: Path, service: dict[str, str]) -> None:
    (installed / "readme.mjs").write_text(SCRIPT)
    told = _run("node", "readme.mjs", cwd=installed, **service)
    assert "of the features that either of two rival products" in told
    assert "[ 'launchd__gte', 'limit' ]" in told


@needs_node
def test_it_is_strictly_typed(installed: Path) -> None:
    compiler = _compiler()
    tests = installed / "test"
    tests.mkdir()
    shutil.copy(FOLDER / "test/types.ts", tests)
    shutil.copy(FOLDER / "tsconfig.json", installed)
    (tests / "readme.ts").write_text(SCRIPT)
    _run(compiler, cwd=installed)


@needs_node
def test_it_sends_and_takes_as_it_should() -> None:
    _run("node", "--test", "test/", cwd=FOLDER)


async def test_it_works_in_a_page_of_another_origin(
    service: dict[str, str], tmp_path: Path
) -> None:
    browsers = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not on this machine")
    text = (ROOT / "docs/clients.md").read_text("utf-8")
    (html,) = re.findall(r"(?ms)^```html\n(.*?)^```$", text)
    html = html.replace("http://127.0.0.1:8000", service["PARITY_URL"])
    (tmp_path / "index.html").write_text(html)
    shutil.copy(FOLDER / "client.js", tmp_path)
    with _files(tmp_path) as origin:
        async with browsers.async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            page = await browser.new_page()
            await page.goto(origin)
            await page.wait_for_function("document.querySelector('#finding').textContent")
            told = await page.inner_text("body")
            await browser.close()
    assert "of the features that either of two rival products" in told
    assert "Le Chat" in told


@contextmanager
def _files(folder: Path) -> Iterator[str]:
    """A server of files, and its address: a browser lets only pages of this machine ask it."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_it_is_small_and_stands_alone() -> None:
    code = (FOLDER / "client.js").read_bytes()
    assert len(gzip.compress(code)) < 4_000
    assert b"import " not in code
    assert b"eval(" not in code
