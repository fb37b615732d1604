"""Every example of the pages is run: what is not says why, on a list that may only shrink."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest

from service.model.webhooks import NewWebhook
from service.store.database import Database
from tests.answers import bearer
from tests.docs.shell import BLOCK, ELLIPSIS, ROOT, Reader, blocks
from tests.make import new_key
from tests.servers import serving

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Run by tests of their own, such as test_guides.py, test_readme.py and test_story.py; what is in
# Chinese has the same blocks as its English page (test_chinese.py).
TOLD_WHOLE = (
    "README.md",
    "docs/guides/",
    "docs/tools.md",
    "docs/clients.md",
    "docs/embedding.md",
    "docs/gallery.md",
    "docs/zh/",
)
# By page and the beginning of the block.
NOT_RUN = {
    ("docs/editing.md", "parity webhooks add"): "resolves a name of the open internet",
    ("docs/pictures.md", "python -c"): "needs the fonts of Debian; their subset is tested",
    ("docs/import-format.md", '{"kind"'): "lines of a file; tests/formats/import_format read them",
    ("docs/keys.md", "RateLimit-Policy"): "headers; tests/api/http/test_quotas.py counts them down",
    ("docs/formats.md", "id,name"): "the first rows of the file that the command above it gets",
    ("docs/bigger.md", "PARITY_"): "settings: tests/faults start services with them",
    ("docs/bigger.md", "  +"): "what python -m bench.failover saw",
    ("docs/bigger.md", "base:"): "tests/store/test_warehouse.py runs the statements",
    ("docs/curation.md", '{"type"'): "a message as a receiver gets it: tests/jobs",
    ("docs/following.md", '{"seq"'): "a change as the stream tells it: tests/api/changes",
    ("docs/following.md", '{"type"'): "a message as a receiver gets it: tests/jobs",
    ("docs/mcp.md", '{"mcpServers"'): "settings of other programs: tests/api/mcp asks as they do",
    ("docs/merging.md", '{"seq"'): "a change as the feed tells it: tests/api/changes",
    ("docs/operations.md", '{"time"'): "a line of a log: tests/telemetry reads them",
    ("docs/operations.md", "docker compose"): "needs an engine of docker",
    ("docs/operations.md", "groups:"): "rules of Prometheus: tests/telemetry/test_metrics.py",
    ("docs/metrics.md", '{"market"'): "worked by hand: tests/cases",
    ("docs/metrics.md", '{"origin_date"'): "worked by hand: tests/cases",
}
FACT = {"product_id": "doubao", "feature_id": "canvas", "stage": "preview", "comment": "read"}


@pytest.fixture
async def reader(
    own_bundled: Database, tmp_path: Path
) -> AsyncIterator[tuple[Reader, httpx.AsyncClient]]:
    """A reader with a key for everything, and what the pages take for granted."""
    _, secret = await new_key(own_bundled, "admin")
    async with serving(own_bundled, tmp_path / "data") as server:
        given = {"PARITY_DATABASE_URL": own_bundled.url, "PARITY_URL": server.address}
        given |= {"KEY": secret, "PARITY_KEY": secret}
        folder = tmp_path / "home"
        folder.mkdir()
        values = {f"parity_{ELLIPSIS}": secret}
        async with httpx.AsyncClient(base_url=server.address, headers=bearer(secret)) as client:
            yield Reader(server.address, folder, given, values), client


async def prepare(page: str, reader: Reader, client: httpx.AsyncClient) -> None:
    """What somebody who reads the page has before."""
    if page == "docs/merging.md":
        kimi = {"name": "Kimi Chat", "vendor_id": "moonshot-ai", "market_ids": ["chat-assistants"]}
        body = {**kimi, "comment": "came in twice"}
        made = await client.put("/v1/products/kimi-chat", json=body)
        assert made.is_success, made.text
    if page == "docs/curation.md":
        for name, day in (("adp_EARLY", "2026-03-01"), ("adp_LATE", "2026-05-01")):
            body = {**FACT, "date": day, "sources": ["https://example.org/page"]}
            reader.values[name] = (await client.post("/v1/adoptions", json=body)).json()["id"]


async def settle(reader: Reader, client: httpx.AsyncClient) -> None:
    """Jobs that a block began have ended, and `$REVISION` is the newest."""
    async with asyncio.timeout(60):
        while await _works(client):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    answer = await client.get("/v1/markets?limit=1")
    reader.values["$REVISION"] = answer.headers["dataset-revision"]


async def _works(client: httpx.AsyncClient) -> bool:
    newest = (await client.get("/v1/imports?limit=1")).json()["data"]
    return bool(newest) and newest[0]["status"] not in ("done", "failed")


async def test_every_command_does_what_its_page_says(
    reader: tuple[Reader, httpx.AsyncClient],
) -> None:
    """On one base, as somebody would who reads all pages."""
    somebody, client = reader
    wrong, n_run = {}, 0
    for page in PAGES:
        name = page.relative_to(ROOT).as_posix()
        if name.startswith(TOLD_WHOLE) or not (found := blocks(page)):
            continue
        await prepare(name, somebody, client)
        for number, block in enumerate(found):
            if not reason(name, block.text):
                told = await asyncio.to_thread(somebody.runs, block)
                await settle(somebody, client)
                n_run += 1
                if told:
                    wrong[f"{name} {number}"] = told
    assert wrong == {}
    assert n_run > 20


def reason(page: str, text: str) -> str:
    """Why the block is not run, or ""."""
    places = ((place, why) for place, why in NOT_RUN.items() if place[0] == page)
    return next((why for (_, start), why in places if text.startswith(start)), "")


def is_run(page: Path, language: str, text: str) -> bool:
    """Whether a test runs the block, or compares what it shows."""
    name = page.relative_to(ROOT).as_posix()
    if name.startswith(TOLD_WHOLE) or text.startswith("GET /"):
        return True
    commands = blocks(page)
    shown = [block.shown for block in commands if block.shown is not None]
    if language == "json":
        body = msgspec.json.decode(text)
        return body in shown or is_webhook(body)
    return any(block.text == text for block in commands)


def is_webhook(body: object) -> bool:
    try:
        msgspec.convert(body, NewWebhook)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_is_run_or_says_why(page: Path) -> None:
    name = page.relative_to(ROOT).as_posix()
    left = [
        text.partition("\n")[0]
        for language, text in BLOCK.findall(page.read_text("utf-8"))
        if not reason(name, text) and not is_run(page, language, text)
    ]
    assert left == []


def test_the_list_of_exceptions_holds_nothing_that_is_gone() -> None:
    for name, start in NOT_RUN:
        text = (ROOT / name).read_text("utf-8")
        assert re.search(rf"^```\w*\n{re.escape(start)}", text, re.MULTILINE), (name, start)
