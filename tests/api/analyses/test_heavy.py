"""A long analysis is computed in a process of its own: the others are answered meanwhile, and it
ends when nobody waits for it or its time is over."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TextIO

import httpx
import msgspec
import pytest

from service import limits
from service.api.http.gateway import Gateway
from service.store.database import Database
from service.usecases.analyses import answer
from tests.answers import assert_problem
from tests.clients import SETTINGS, created, panels_of
from tests.deadlines import Deadlines, over
from tests.usecases.computing import work

HEAVY = "/v1/markets/chat-assistants/homogenization?on=2026-11-01"
OTHER = "/v1/markets/ai-search/homogenization?on=2026-11-01"


@pytest.fixture
def pipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("pipe", "go"):
        os.mkfifo(tmp_path / name)
    monkeypatch.setenv("PARITY_TEST_PIPES", str(tmp_path))
    return tmp_path


@asynccontextmanager
async def serving(
    database: Database,
) -> AsyncIterator[tuple[httpx.AsyncClient, Gateway]]:
    """With one process for analyses and one connection to PostgreSQL."""
    own = Database(database.url, pool_size=1)
    await own.open()
    settings = msgspec.structs.replace(SETTINGS, analysis_processes=1)
    with created(own, settings) as app:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://parity.test") as client:
            yield client, app
        await panels_of(app).close()
    await own.close()


async def begun(pipes: Path) -> TextIO:
    """Once the process has begun: its end of the pipe."""
    stream = await asyncio.to_thread((pipes / "pipe").open)
    assert await asyncio.to_thread(stream.readline)
    return stream


async def test_everything_else_is_answered_meanwhile(
    bundled: Database, pipes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(bundled) as (client, _):
        monkeypatch.setattr(answer, "measured", work.measured_later)
        asked = asyncio.create_task(client.get(HEAVY))
        await begun(pipes)
        for path in (
            "/health/live",
            "/health/ready",
            "/v1/products/kimi",
            "/v1/products?limit=3",
            "/v1/compare?products=kimi,doubao&on=2026-11-01",
        ):
            assert (await client.get(path)).status_code == 200
        assert not asked.done()
        await asyncio.to_thread((pipes / "go").write_text, "go")
        found = await asked
    async with serving(bundled) as (client, app):
        monkeypatch.undo()
        panels_of(app)._pool = None
        assert found.json() == (await client.get(HEAVY)).json()


async def test_it_ends_when_the_client_is_gone(
    bundled: Database, pipes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(bundled) as (client, app):
        monkeypatch.setattr(answer, "measured", work.measured_never)
        gone, sent = asyncio.Event(), list[Any]()
        path, _, query = HEAVY.partition("?")
        requests = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Any:
            for request in requests:
                return request
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = httpx_scope(path, query)
        asked = asyncio.create_task(app(scope, receive, send))
        stream = await begun(pipes)
        gone.set()
        assert await asyncio.to_thread(stream.readline) == ""  # the process is gone
        await asked
        assert sent[0]["status"] == 499
        monkeypatch.undo()
        assert (await client.get(HEAVY)).status_code == 200


def httpx_scope(path: str, query: str) -> Any:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "headers": [(b"host", b"parity.test")],
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "server": ("parity.test", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
    }


@pytest.mark.parametrize(("lang", "word"), [("en", "narrow it"), ("zh", "缩小范围")])
async def test_over_its_time_it_is_refused_and_the_next_one_answered(
    bundled: Database,
    pipes: Path,
    monkeypatch: pytest.MonkeyPatch,
    deadlines: Deadlines,
    lang: str,
    word: str,
) -> None:
    async with serving(bundled) as (client, _):
        monkeypatch.setattr(answer, "measured", work.measured_never)
        asked = asyncio.create_task(client.get(f"{HEAVY}&lang={lang}"))
        stream = await begun(pipes)
        over(deadlines)
        refused = await asked
        assert await asyncio.to_thread(stream.readline) == ""
        assert_problem(refused, 422, "too_costly")
        assert word in refused.json()["detail"]
        monkeypatch.undo()
        assert (await client.get(OTHER)).status_code == 200


async def test_where_too_many_wait_it_is_refused_early(
    bundled: Database, pipes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ANALYSES_QUEUED", 0)
    async with serving(bundled) as (client, _):
        monkeypatch.setattr(answer, "measured", work.measured_later)
        asked = asyncio.create_task(client.get(HEAVY))
        await begun(pipes)
        refused = await client.get(f"{HEAVY}&confidence=0.9")
        assert_problem(refused, 503, "busy")
        assert int(refused.headers["retry-after"]) >= 1
        await asyncio.to_thread((pipes / "go").write_text, "go")
        assert (await asked).status_code == 200


@pytest.mark.parametrize(
    "path", [HEAVY, "/v1/homogenization?on=2026-11-01", HEAVY + "&explain=true"]
)
async def test_a_process_says_what_a_thread_says(bundled: Database, path: str) -> None:
    found = []
    for is_apart in (True, False):
        async with serving(bundled) as (client, app):
            if not is_apart:
                panels_of(app)._pool = None
            found.append((await client.get(path)).json())
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/homogenization?filter=layer = 'application'",
        "/v1/homogenization?filter=products.vendor.country = 'CN'",
        "/v1/homogenization?unit=vendor&filter=layer != 'model'",
        f"{OTHER}&filter=vendor.country = 'CN'",
        f"{OTHER}&vendor.country=US",
        "/v1/compare?products=kimi,chatgpt",
    ],
)
async def test_whatever_is_filtered_can_be_computed_elsewhere(
    bundled: Database, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(limits, "SMALL_SECONDS", -1.0)
    monkeypatch.setattr(limits, "LIGHT_SECONDS", -1.0)
    async with serving(bundled) as (client, _):
        answer = await client.get(path.replace(" ", "%20").replace("'", "%22"))
        assert answer.status_code == 200, answer.text
